import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
  paginateDescribeStackResourceDrifts,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { isUnanswered } from '../account/existing-resource.ts';
import { isDenied } from '../account/run.ts';
import type { DeployedStack, Operated, Question } from './question.ts';

const secondsBetweenLooks = 5;
const mostLooks = 120;

/** What the environment changes itself, after the deploy. */
const own: readonly { readonly type: string; readonly path: RegExp; readonly actual?: RegExp }[] = [
  // The pipeline alone changes which image runs; the question about the image judges it.
  { type: 'AWS::ECS::Service', path: /^\/TaskDefinition$/ },
  { type: 'AWS::ECS::Service', path: /^\/DesiredCount$/ },
  // lib/environment/protection switches these on once the stack is complete.
  { type: 'AWS::RDS::DBCluster', path: /^\/DeletionProtection$/, actual: /^true$/ },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    path: /deletion_protection|LoadBalancerAttributes\/\d+$/,
    actual: /deletion_protection|^true$/,
  },
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    path: /^\/MutationProtection$/,
    actual: /^ENABLED$/,
  },
];

/** Whether what runs is still as CloudFormation made it. */
export const drift: Question = {
  id: 'drift',
  title: 'Drift (takes minutes)',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/detect-drift-stack.html',
  async ask(operated) {
    const deployed = await operated.deployed();
    const found = await Promise.all(
      deployed.map((stack) => driftOf(operated, stack).catch((error: unknown) => uncompared(stack, error))),
    );
    const changed = found.flat();
    return changed.length > 0 ? changed : [ready('drift', `none in ${deployed.length} stacks`)];
  },
};

/** AWS compares no stack that is being worked on or stuck; all others are told all the same. */
function uncompared({ name }: DeployedStack, error: unknown): Answer[] {
  if (isUnanswered(error) || isDenied(error)) throw error;
  return [look(`drift: ${name}`, `could not be compared: ${(error as Error).message}`, [again])];
}

const again = 'Ask again, or look in the console: "Detect drift".';

async function driftOf({ aws, pause }: Operated, { name, region }: DeployedStack): Promise<Answer[]> {
  const client = aws.stacks(region);
  const { StackDriftDetectionId: id } = await client.send(new DetectStackDriftCommand({ StackName: name }));
  const reason = await ended(client, id, pause);
  const pages = paginateDescribeStackResourceDrifts(
    { client },
    { StackName: name, StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] },
  );
  const drifts = await everyPage(pages, ({ StackResourceDrifts }) => StackResourceDrifts);
  return [
    ...drifts.flatMap((each) => judge(name, each)),
    ...(reason ? [look(`drift: ${name}`, reason, [again])] : []),
  ];
}

/** @returns why nothing, or not everything, could be compared */
async function ended(
  client: CloudFormationClient,
  id: string | undefined,
  pause: Operated['pause'],
): Promise<string | undefined> {
  for (let tries = 0; tries < mostLooks; tries++) {
    const { DetectionStatus: status, DetectionStatusReason: reason } = await client.send(
      new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }),
    );
    if (status === 'DETECTION_COMPLETE') return undefined;
    if (status === 'DETECTION_FAILED')
      return `not everything could be compared: ${reason ?? 'no reason is given'}`;
    await pause(secondsBetweenLooks);
  }
  return 'the comparison did not end within ten minutes';
}

function judge(stack: string, drifted: StackResourceDrift): Answer[] {
  const { LogicalResourceId: id = '', ResourceType: type = '', StackResourceDriftStatus: status } = drifted;
  const about = `drift: ${stack}/${id}`;
  if (status === 'DELETED') {
    return [problem(about, `${type} is gone`, ['Find out who deleted it: docs/first-hour.md; then deploy.'])];
  }
  const differences = (drifted.PropertyDifferences ?? []).filter(
    ({ PropertyPath: path = '', ActualValue: actual = '' }) =>
      !own.some(
        (each) =>
          each.type === type &&
          each.path.test(path) &&
          (each.actual === undefined || each.actual.test(actual)),
      ),
  );
  if (differences.length === 0) return [];
  // Values may be secrets, or long: who may see them asks CloudFormation.
  const paths = differences.map(({ PropertyPath = '' }) => PropertyPath);
  return [
    problem(about, `${type} was changed by hand: ${paths.join(', ')}`, [
      'Find out who changed it: docs/first-hour.md; then change it back, or write it into the config and deploy.',
    ]),
  ];
}
