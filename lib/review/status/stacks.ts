import { type Answer, problem, ready } from '../account/check.ts';
import { isComplete } from '../account/stack-statuses.ts';
import type { Operated, Question } from './question.ts';

const source = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html';

/** Where nothing is deployed, all others would speak of nothing. */
export const anything: Question = {
  id: 'deployed',
  title: 'Anything deployed',
  first: true,
  source,
  async ask({ deployed, environment }) {
    if ((await deployed()).length > 0) return [];
    return [
      problem('stacks', 'nothing of this environment is deployed', [
        'Deploy it: docs/first-deploy.md.',
        `npx --no-install secure-shop deploy -e ${environment.name}`,
      ]),
    ];
  },
};

/** Every stack of the config is deployed, and none is stuck. */
export const stacks: Question = { id: 'stacks', title: 'Stacks', source, ask: judge };

async function judge({ stacks: wanted, deployed, environment }: Operated): Promise<Answer[]> {
  const statuses = new Map(
    (await deployed()).map(({ name, region, status }) => [`${region} ${name}`, status]),
  );
  const open = wanted.flatMap(({ name, region = '' }) => {
    const status = statuses.get(`${region} ${name}`);
    if (isComplete(status)) return [];
    return [
      status === undefined
        ? problem(name, 'is not deployed', ['Deploy it.', `npx cdk deploy '${environment.name}/*'`])
        : problem(name, `is ${status}`, ['docs/runbooks/failed-deploy.md']),
    ];
  });
  return open.length > 0 ? open : [ready('stacks', `all ${wanted.length} are deployed and complete`)];
}
