import { beforeAll, describe, expect, it } from 'vitest';
import { checkTemplates, type EnvironmentRow, type TemplateInput } from '../../lib/checks/check-templates.ts';
import { rules } from '../../lib/checks/rules/index.ts';
import { exampleEnvironment, exampleFiles } from '../support/synthesize.ts';
import { harmless } from './control-mutations.ts';
import { Mutant } from './mutate.ts';
import { mutations } from './mutations.ts';

/** Mutations are made on one example; that the others are silent is tested for each. */
const mutated = exampleFiles[1];

describe('the checks of the shop', () => {
  let templates: TemplateInput[];
  let before: Set<string>;

  beforeAll(async () => {
    templates = await templatesOf(mutated);
    before = new Set(open(templates).map(key));
  });

  it('know at least 100 mutations', () => {
    expect(mutations.length).toBeGreaterThanOrEqual(100);
  });

  it('each have a mutation that makes exactly them fail', () => {
    const broken = new Set(mutations.map(({ rule }) => `SecureShop-${rule}`));
    expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it.each(mutations.map((each) => [each.change, each] as const))(
    'report it when somebody would %s',
    (_, mutation) => {
      const mutant = new Mutant(templates);
      const named = mutation.make(mutant);
      // Nothing else is asked of the other rules, whose word would take most of the time.
      const asked = rules.filter(({ id }) => id.startsWith(`SecureShop-${mutation.rule}`));
      const found = open(mutant.templates, asked).filter((row) => !before.has(key(row)));
      expect(
        found.map((row) => `${row.rule} ${row.resource.stack}/${row.resource.logicalId}`),
      ).toContainEqual(
        expect.stringMatching(
          new RegExp(`^SecureShop-${escaped(mutation.rule)}.* ${escaped(`${named.stack}/${named.id}`)}$`),
        ),
      );
    },
  );

  it('say nothing of what is harmless', () => {
    const said = harmlessRounds(templates).flatMap((mutant) =>
      open(mutant.templates).filter((row) => !before.has(key(row))),
    );
    expect(said.map(key)).toEqual([]);
  });

  it.each([
    ['an action', 'Actions', [{ Type: 'ask-somebody' }], 'listener rule .*"ask-somebody"'],
    ['an expression', 'Conditions', [badExpression], '.*no regular expression'],
  ])('say what they cannot judge of a listener rule: %s', (_, property, value, words) => {
    const mutant = new Mutant(templates);
    mutant.all('AWS::ElasticLoadBalancingV2::ListenerRule').forEach(({ p }) => {
      p[property] = value;
    });
    const said = open(mutant.templates).map(({ reason }) => reason);
    expect(said).toContainEqual(expect.stringMatching(new RegExp(`^cannot be judged: ${words}`)));
    expect(said.filter((reason) => reason.startsWith('the rule failed'))).toEqual([]);
  });
});

const badExpression = { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['('] } };

describe.each(exampleFiles)('%s', (file) => {
  it('gives no reason for a finding as it stands', async () => {
    expect(
      open(await templatesOf(file)).map((row) => `${row.rule} ${row.resource.logicalId} ${row.reason}`),
    ).toEqual([]);
  });
});

/** Many changes at once, none of a resource that another one changes: all rules are asked in a few rounds. */
function harmlessRounds(templates: readonly TemplateInput[]): readonly Mutant[] {
  const rounds: { readonly mutant: Mutant; readonly taken: Set<string> }[] = [];
  for (const { change, make } of harmless) {
    const alone = new Mutant(templates);
    make(alone);
    const { changed } = alone;
    if (changed.length === 0) throw new Error(`nothing changes when somebody would ${change}`);
    let round = rounds.find(({ taken }) => !changed.some((name) => taken.has(name)));
    if (!round) {
      round = { mutant: new Mutant(templates), taken: new Set() };
      rounds.push(round);
    }
    make(round.mutant);
    for (const name of changed) round.taken.add(name);
  }
  return rounds.map(({ mutant }) => mutant);
}

async function templatesOf(file: (typeof exampleFiles)[number]): Promise<TemplateInput[]> {
  const { templates } = await exampleEnvironment(file);
  return Object.entries(templates).map(([name, template]) => ({ name, template: template.toJSON() }));
}

function open(templates: readonly TemplateInput[], asked = rules): EnvironmentRow[] {
  return checkTemplates(templates, asked).rows.filter(
    ({ outcome }) => outcome === 'non-compliant' || outcome === 'undecided',
  );
}

function key({ rule, resource, reason }: EnvironmentRow): string {
  return [rule, resource.stack, resource.logicalId, reason].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
