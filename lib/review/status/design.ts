import { isDeepStrictEqual } from 'node:util';
import { isOpen, type Row } from '../../checks/recorder/row.ts';
import { packName } from '../../declarations/pack-name.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { review } from '../report/review.ts';
import { type StackTemplate, templateTree } from '../templates/template-tree.ts';
import type { Question } from './question.ts';

/** Whether what is deployed equals what was reviewed: the same templates, or templates that hold to the same rules. */
export const design: Question = {
  id: 'design',
  title: 'What runs against what was reviewed',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html',
  async ask({ stacks: designed, running, environment }) {
    const deployed = await running();
    const differing = designed.flatMap((stack) => {
      const live = deployed.find(({ name, region }) => name === stack.name && region === stack.region);
      const count = live ? differences(live, stack) : 0;
      return count > 0 ? [`${stack.name} (${count})`] : [];
    });
    if (differing.length === 0) return [ready('design', 'every deployed template is the one of the config')];
    return [
      look('design', `resources differ from the config: ${differing.join(', ')}`, [
        'See what the next deploy would change.',
        `npx --no-install secure-shop plan -e ${environment.name}`,
      ]),
      ...newFindings(deployed, designed),
    ];
  },
};

function differences({ template: live }: StackTemplate, { template: wanted }: StackTemplate): number {
  const ids = new Set([...Object.keys(live.Resources), ...Object.keys(wanted.Resources)]);
  return [...ids].filter((id) => !isDeepStrictEqual(plain(live, id), plain(wanted, id))).length;
}

/** Metadata tell where a construct stands in the code: nothing runs by them. */
function plain({ Resources }: StackTemplate['template'], id: string) {
  const { Metadata, ...resource } = Resources[id] ?? { Type: '' };
  return resource;
}

/** What our rules find in the templates that run, and not in those of the config. */
function newFindings(deployed: readonly StackTemplate[], designed: readonly StackTemplate[]): Answer[] {
  const known = new Set(findings(designed).map(keyOf));
  return findings(deployed)
    .filter((row) => !known.has(keyOf(row)))
    .map(({ rule, resource, reason }) =>
      problem(`${resource.stack}/${resource.logicalId}`, `${rule.id}: ${reason ?? rule.info}`, [
        'What runs does not hold to the rules that the config holds to: deploy the config.',
      ]),
    );
}

function findings(stacks: readonly StackTemplate[]): Row[] {
  const { app, recorder, unreadable } = templateTree(stacks);
  const { rows } = review(
    { title: '', source: '', tree: app, stacks, recorder, unreadable, notices: [] },
    { packs: [packName], failOn: 'never' },
  );
  return rows.filter(isOpen);
}

function keyOf({ finding, resource }: Row): string {
  return [finding, resource.stack, resource.logicalId || resource.path].join(' ');
}
