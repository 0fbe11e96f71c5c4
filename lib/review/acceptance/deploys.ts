import { CfnWaitCondition, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { askAll } from '../account/run.ts';
import { describeAnswers } from '../account/show.ts';
import { isComplete } from '../account/stack-statuses.ts';
import { verdictOf } from '../deploys/verdict.ts';
import { launch, untilNothingMoves } from '../launch/launch.ts';
import { DeployFailed, type Progress, type Reading } from '../launch/tools.ts';
import { bootstrap } from '../preflight/checks/bootstrap.ts';
import { checks } from '../preflight/checks/index.ts';
import { type Ground, StepFailed } from './ground.ts';

export function preflight(ground: Ground): Promise<string> {
  return ground.read(async ({ operated }) => {
    // The deploy prepares regions itself.
    const others = checks.filter(({ id }) => id !== bootstrap.id);
    const answers = await askAll(others, operated, ground.launch.say);
    const wrong = answers.filter(({ standing }) => standing === 'problem');
    if (wrong.length > 0) {
      const wording = { problem: 'in the way of a deploy', none: '' };
      throw new StepFailed(describeAnswers(wrong, wording).join('\n'));
    }
    return `${answers.length} answers, none in the way`;
  });
}

export function plan(ground: Ground): Promise<string> {
  return ground.read(async ({ operated }) => {
    const planned = await ground.launch.plan(operated);
    const verdict = verdictOf(planned, undefined);
    if (!verdict.deployable) throw new StepFailed(verdict.says);
    const changes = planned.stacks.reduce((sum, { changes: each }) => sum + each.length, 0);
    return `${planned.stacks.length} stacks, ${changes} resources; ${verdict.says}`;
  });
}

/** The led deploy, from preparing the regions to the first certificate. */
export async function firstDeploy(ground: Ground): Promise<string> {
  if ((await launch(ground.launch)) !== 0)
    throw new StepFailed('the led deploy did not come through: see above');
  return ground.read(async ({ operated }) => {
    const deployed = await operated.deployed();
    const missing = operated.stacks.filter(
      ({ name, region }) =>
        !deployed.some((each) => each.name === name && each.region === region && isComplete(each.status)),
    );
    if (missing.length > 0)
      throw new StepFailed(`not complete: ${missing.map(({ name }) => name).join(', ')}`);
    return `${deployed.length} stacks are complete`;
  });
}

/** Seconds in which nobody signals: then the resource fails, and with it the deploy. */
const failsAfterSeconds = 1;

/**
 * A stack in the middle gets a resource that must fail; it is rolled back, and the same deploy without it comes through.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html
 */
export async function failAndRepeat(ground: Ground): Promise<string> {
  const { launch: tools } = ground;
  const failing = await ground.read(
    async (reading) => {
      await settle(reading, ground);
      try {
        await tools.deployer.deploy(reading.assembly, reading.operated.environment.name, tellIn(ground));
      } catch (error) {
        if (error instanceof DeployFailed) return true;
        throw error;
      }
      return false;
    },
    (app) => {
      const stack = middleStack(app.node.findAll().filter((each) => each instanceof Stack));
      const handle = new CfnWaitConditionHandle(stack, 'RehearsedFailureHandle');
      new CfnWaitCondition(stack, 'RehearsedFailure', {
        handle: handle.ref,
        timeout: String(failsAfterSeconds),
        count: 1,
      });
    },
  );
  if (!failing) throw new StepFailed('the deploy that had to fail came through');
  return ground.read(async (reading) => {
    await settle(reading, ground);
    await tools.deployer.deploy(reading.assembly, reading.operated.environment.name, tellIn(ground));
    return 'failed, was rolled back, and came through again';
  });
}

function middleStack(stacks: readonly Stack[]): Stack {
  const middle = stacks[Math.floor(stacks.length / 2)];
  if (!middle) throw new Error('the app has no stack');
  return middle;
}

export async function settle(reading: Reading, { launch: tools }: Ground): Promise<void> {
  if ((await untilNothingMoves(reading, tools)) !== 'goes on')
    throw new StepFailed('an operation on a stack does not end');
}

export function tellIn({ launch: { say } }: Ground): (progress: Progress) => void {
  return (progress) => {
    if (progress.kind === 'failed') say(`  FAILED  ${progress.says}`);
    if (progress.kind === 'complete') say(`  complete: ${progress.name}`);
    if (progress.kind === 'stack') say(`  ${progress.number} of ${progress.of}: ${progress.name} ...`);
  };
}
