import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target } from '../environment.ts';
import { at, object } from '../json.ts';
import { statements } from '../policies.ts';

const scheduleType = 'AWS::SecretsManager::RotationSchedule';

/** What is wrong with a schedule in the cron of Secrets Manager and the length of its window, such as `2h`. */
function scheduleProblems(expression: string, duration: string | undefined): string[] {
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (!cron) return [`"${expression}" is no cron expression`];
  const [, minute = '', hour = '', dayOfMonth = '', , dayOfWeek = '', year = ''] = cron;
  const length = duration === undefined ? undefined : Number(/^(\d+)h$/.exec(duration)?.[1]);
  const step = /^(\d+)\/(\d+)$/.exec(hour);
  const first = Number(step ? step[1] : hour);
  const period = step ? Number(step[2]) : 24;
  return [
    ...(minute === '0' ? [] : [`window opens at minute ${minute}`]),
    ...(year === '*' ? [] : [`year is ${year}`]),
    ...((dayOfMonth === '?') === (dayOfWeek === '?') ? ['days of month and of week exclude each other'] : []),
    ...(Number.isInteger(first) && first < 24 ? [] : [`hour is ${hour}`]),
    ...(step && (first >= period || period > 24 || 24 % period !== 0)
      ? [`hours ${hour} do not repeat evenly`]
      : []),
    ...(length === undefined
      ? []
      : Number.isInteger(length) && length >= 1 && length <= period && (step !== null || first + length <= 24)
        ? []
        : [`window of ${duration}`]),
  ];
}

const schedule: Constraint = {
  id: 'rotation-schedule',
  says: 'rotation schedules open on the hour, repeat evenly and end on the same day',
  violations: (environment) =>
    resources(environment, scheduleType).flatMap((rotation) => {
      const rules = rotation.properties.RotationRules;
      const duration = at(rules, 'Duration');
      return scheduleProblems(
        String(at(rules, 'ScheduleExpression')),
        duration === undefined ? undefined : String(duration),
      ).map((problem) => `${label(rotation)}: ${problem}`);
    }),
  breakIn(environment) {
    const [rotation] = resources(environment, scheduleType);
    if (rotation) object(rotation.properties.RotationRules).ScheduleExpression = 'cron(30 17/12 * * ? *)';
    return rotation !== undefined;
  },
};

function secretOf(environment: DeployedEnvironment, { stack, properties }: Resource): string {
  const secret = target(environment, stack, properties.SecretId);
  return secret ? label(secret) : JSON.stringify(properties.SecretId);
}

const oneSchedule: Constraint = {
  id: 'rotation-one-schedule',
  says: 'every secret has at most one rotation schedule',
  violations(environment) {
    const secrets = resources(environment, scheduleType).map((rotation) => secretOf(environment, rotation));
    return secrets
      .filter((secret, index) => secrets.indexOf(secret) !== index)
      .map((secret) => `${secret}: two schedules`);
  },
  breakIn(environment) {
    const rotations = resources(environment, scheduleType);
    for (const one of rotations) {
      const other = rotations.find(({ id, stack }) => id !== one.id && stack.name === one.stack.name);
      if (!other) continue;
      other.properties.SecretId = one.properties.SecretId;
      return true;
    }
    return false;
  },
};

const permission: Constraint = {
  id: 'rotation-permission',
  says: 'Secrets Manager may invoke the function before the schedule exists',
  violations: (environment) =>
    resources(environment, scheduleType).flatMap((rotation) => {
      const rotator = target(environment, rotation.stack, rotation.properties.RotationLambdaARN);
      if (!rotator) return [`${label(rotation)}: its function is not of this environment`];
      const permissions = resources(environment, 'AWS::Lambda::Permission').filter(
        ({ stack, properties }) => {
          const invoked = target(environment, stack, properties.FunctionName);
          return (
            properties.Principal === 'secretsmanager.amazonaws.com' &&
            invoked?.id === rotator.id &&
            invoked.stack.name === rotator.stack.name
          );
        },
      );
      const inTime = permissions.some(({ stack, id }) =>
        stack.name !== rotation.stack.name
          ? rotation.stack.dependsOn.includes(stack.name)
          : rotation.dependsOn.includes(id),
      );
      return inTime ? [] : [`${label(rotation)}: Secrets Manager may not invoke ${label(rotator)} yet`];
    }),
  breakIn(environment) {
    const [rotation] = resources(environment, scheduleType);
    if (rotation) rotation.declaration.DependsOn = [];
    return rotation !== undefined;
  },
};

const policyPublic: Constraint = {
  id: 'secret-policy-public',
  says: 'no resource policy opens a secret to everybody',
  violations: (environment) =>
    resources(environment, 'AWS::SecretsManager::ResourcePolicy').flatMap((policy) =>
      statements(environment, policy.stack, policy.properties.ResourcePolicy)
        .filter(({ allows, aws, conditions }) => allows && aws.includes('*') && conditions.length === 0)
        .map(() => `${label(policy)}: lets everybody in`)
        .concat(
          policy.properties.BlockPublicPolicy === true
            ? []
            : [`${label(policy)}: Secrets Manager would take a policy that does`],
        ),
    ),
  breakIn(environment) {
    const [policy] = resources(environment, 'AWS::SecretsManager::ResourcePolicy');
    if (policy) {
      policy.properties.ResourcePolicy = {
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' },
        ],
      };
    }
    return policy !== undefined;
  },
};

export const credentials: Constraint[] = [schedule, oneSchedule, permission, policyPublic];
