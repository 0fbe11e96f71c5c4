import { setTimeout as sleep } from 'node:timers/promises';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { type Account, regionsOf } from '../account/check.ts';
import { existingStacks } from '../deploys/aws/existing-stacks.ts';
import { readTemplateText } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { DeployedStack, Operated } from './question.ts';

/** How many templates are waited for at once: CloudFormation takes a few calls a second. */
const atOnce = 4;

/** Adds what CloudFormation holds of the environment, once somebody asks for it. Reads only. */
export function operatedOf(
  account: Account,
  pause: Operated['pause'] = (seconds) => sleep(seconds * 1000),
): Operated {
  const deployed = once(() =>
    Promise.all(regionsOf(account).map((region) => deployedIn(account, region))).then((lists) =>
      lists.flat(),
    ),
  );
  return { ...account, deployed, running: once(async () => templatesOf(account, await deployed())), pause };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

async function deployedIn({ stacks, aws }: Account, region: string): Promise<DeployedStack[]> {
  const own = new Set(stacks.filter((stack) => stack.region === region).map(({ name }) => name));
  const found = await existingStacks(aws.stacks(region));
  return found.flatMap(({ StackName: name = '', StackStatus: status = '', CreationTime: created }) =>
    // A stack of which only a change set was made holds nothing yet.
    own.has(name) && status !== 'REVIEW_IN_PROGRESS' ? [{ name, region, status, created }] : [],
  );
}

async function templatesOf(
  { aws, environment }: Account,
  deployed: readonly DeployedStack[],
): Promise<StackTemplate[]> {
  const pending = [...deployed];
  const read: StackTemplate[] = [];
  const next = async (): Promise<void> => {
    for (let stack = pending.shift(); stack !== undefined; stack = pending.shift()) {
      const { name, region, status } = stack;
      const { TemplateBody: body = '' } = await aws
        .stacks(region)
        .send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }));
      const template = readTemplateText(body, `template of ${name}`);
      const { account } = environment;
      read.push({ environment: environment.name, name, region, account, status, file: '', template });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return read.sort((a, b) => a.name.localeCompare(b.name));
}
