import { statementsOf } from './access/policies.ts';
import type { EnvironmentGraph, Resource } from './templates.ts';
import { asWritten, at, isMap, type Value } from './values.ts';

/**
 * Calls that switch a protection against deletion or change on, and do nothing else: the input names the subject and
 * the one setting. By the name EventBridge Scheduler gives them, with what they take of IAM.
 */
const protections: readonly {
  readonly call: string;
  readonly action: string;
  readonly subject: string;
  readonly setting: string;
  readonly on: Value;
}[] = [
  {
    call: 'cloudformation:updateTerminationProtection',
    action: 'cloudformation:UpdateTerminationProtection',
    subject: 'StackName',
    setting: 'EnableTerminationProtection',
    on: true,
  },
  {
    call: 'rds:modifyDBCluster',
    action: 'rds:ModifyDBCluster',
    subject: 'DbClusterIdentifier',
    setting: 'DeletionProtection',
    on: true,
  },
  {
    call: 'rds:modifyDBInstance',
    action: 'rds:ModifyDBInstance',
    subject: 'DbInstanceIdentifier',
    setting: 'DeletionProtection',
    on: true,
  },
  {
    call: 'elasticloadbalancingv2:modifyLoadBalancerAttributes',
    action: 'elasticloadbalancing:ModifyLoadBalancerAttributes',
    subject: 'LoadBalancerArn',
    setting: 'Attributes',
    on: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
  },
  {
    call: 'route53resolver:updateFirewallRuleGroupAssociation',
    action: 'route53resolver:UpdateFirewallRuleGroupAssociation',
    subject: 'FirewallRuleGroupAssociationId',
    setting: 'MutationProtection',
    on: 'ENABLED',
  },
];

interface ProtectiveCall {
  readonly schedule: Resource;
  readonly action: string;
  readonly subject: Value | undefined;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const universalTarget = /^arn:[^:]+:scheduler:::aws-sdk:/;

function protectiveCallOf(schedule: Resource): ProtectiveCall | undefined {
  const target = schedule.properties.Target;
  const call = asWritten(at(target, 'Arn')).replace(universalTarget, '');
  const known = protections.find((each) => each.call === call);
  const input = inputOf(at(target, 'Input'));
  if (!known || !input || schedule.properties.State === 'DISABLED') return undefined;
  const { [known.subject]: subject, [known.setting]: setting, ...others } = input;
  const alone = Object.keys(others).length === 0;
  return alone && asWritten(setting) === asWritten(known.on)
    ? { schedule, action: known.action, subject }
    : undefined;
}

/** Whether a schedule of these templates takes a policy off the roles that hold it, so that it is in force at times only. */
export function isTakenOff(policy: Resource, graph: EnvironmentGraph): boolean {
  return graph.ofType('AWS::Scheduler::Schedule').some(({ properties: { Target } }) => {
    const call = asWritten(at(Target, 'Arn')).replace(universalTarget, '');
    if (!/^iam:detachRolePolicy$/i.test(call)) return false;
    const input = inputOf(at(Target, 'Input'));
    return !input || graph.target(input.PolicyArn, policy.type) === policy;
  });
}

function inputOf(written: Value | undefined): Readonly<Record<string, Value | undefined>> | undefined {
  try {
    const input: unknown = JSON.parse(asWritten(written));
    return isMap(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a schedule of these templates switches the protection of a resource on, again and again. */
export function isSwitchedOn(resource: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::Scheduler::Schedule')
    .some((schedule) => graph.target(protectiveCallOf(schedule)?.subject, resource.type) === resource);
}

/**
 * What a role may call only as a schedule writes it: the actions of its protective calls, where nobody else takes the
 * role and every schedule that uses it makes such a call.
 */
export function protectiveActions(role: Resource, graph: EnvironmentGraph): readonly string[] {
  const takers = statementsOf(role, role.properties.AssumeRolePolicyDocument, graph).filter(
    ({ effect }) => effect === 'Allow',
  );
  const byScheduler = takers.every(
    ({ principals }) =>
      principals !== undefined &&
      Object.entries(principals).every(
        ([kind, names]) => kind === 'Service' && names.every((name) => name === 'scheduler.amazonaws.com'),
      ),
  );
  const schedules = graph.referring(role, 'AWS::Scheduler::Schedule', 'Target', 'RoleArn');
  const calls = schedules.map(protectiveCallOf);
  return byScheduler && calls.every((call) => call !== undefined)
    ? calls.flatMap((call) => call?.action ?? [])
    : [];
}
