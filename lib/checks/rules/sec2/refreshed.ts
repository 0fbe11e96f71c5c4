import { type Answer, either } from '../../model/answers.ts';
import { mayRefer } from '../../model/references.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, hasUnknown, isTrue, list, type Value } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { refersTo, roleOf, whyIdle } from '../functions.ts';
import { type Context, defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** Databases whose login RDS can keep in a secret of its own, and rotate: by default every week. */
const managedLogins = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster'] as const;

/**
 * A container keeps the value it was started with: unless something restarts it after a rotation, the credential it
 * holds is invalidated by the rotation after that.
 */
export const refreshed = defineRule({
  invariant: 'SEC2',
  finding: 'Refreshed',
  en: 'Tasks are restarted after a secret of theirs was rotated',
  ja: 'シークレットのローテーション後にタスクが再起動される',
  appliesTo: ['AWS::SecretsManager::Secret', ...managedLogins, 'AWS::Lambda::Function'],
  judge(secret, context) {
    const { graph, declared } = context;
    if (secret.type === 'AWS::Lambda::Function')
      return declared ? judgeFunction(secret, context) : skip('not part of a declared shop');
    const rotates = isRotated(secret, graph);
    const holders = holdersOf(secret, graph);
    if (rotates === 'no' || holders.length === 0)
      return skip('no container holds a value of it that changes');
    if (rotates === 'unknown')
      return unsure('whether it is rotated, and who then restarts the tasks that hold it, a deploy decides');
    const baked = holders.filter(({ byValue }) => byValue).map(({ resource }) => resource.logicalId);
    return [
      ...(baked.length > 0
        ? [fail(`${baked.join(', ')} keeps the value that a deploy wrote into it, whatever is rotated`)]
        : []),
      ...(holders.some(({ byValue }) => !byValue) ? [judgeRestart(secret, context)] : []),
    ];
  },
});

function judgeRestart(secret: Resource, context: Context): Verdict {
  const { graph, declared } = context;
  const rule = graph.ofType('AWS::Events::Rule').find(({ properties }) => {
    const detail = at(properties, 'EventPattern', 'detail');
    const named = list(at(detail, 'additionalEventData', 'SecretId'));
    return (
      list(at(detail, 'eventName')).includes('RotationSucceeded') &&
      properties.State !== 'DISABLED' &&
      list(properties.Targets).length > 0 &&
      (named.length === 0 || named.some((each) => graph.target(each, secret.type) === secret))
    );
  });
  if (!rule)
    return declared
      ? fail('nothing restarts the tasks that hold it when it was rotated')
      : unsure('nothing in these templates restarts the tasks that hold it when it was rotated');
  const targets = list(rule.properties.Targets).map((target) => at(target, 'Arn'));
  const answers = targets.map((target) => mayRestart(target, context));
  if (answers.every((answer) => answer === 'no'))
    return fail(`${rule.logicalId} calls nothing that may restart the tasks (ecs:UpdateService)`);
  if (!answers.includes('yes'))
    return unsure(`whether what ${rule.logicalId} calls restarts the tasks is not in these templates`);
  const idle = targets.map((target) => {
    const code = graph.target(target, 'AWS::Lambda::Function');
    return code && whyIdle(code, restartSeconds);
  });
  const reason = idle.every((each) => each !== undefined) ? idle[0] : undefined;
  return reason ? fail(reason) : pass(`${rule.logicalId} restarts the tasks`);
}

/** A restart is waited for: new tasks start, are found healthy, and the ones before are drained. */
const restartSeconds = 300;

/** The same, said of the function that has to restart the tasks. */
function judgeFunction(code: Resource, context: Context): Verdict | readonly Verdict[] {
  const { graph, access } = context;
  const called = graph
    .ofType('AWS::Events::Rule')
    .some(
      ({ properties }) =>
        list(at(properties, 'EventPattern', 'detail', 'eventName')).includes('RotationSucceeded') &&
        list(properties.Targets).some((target) => graph.target(at(target, 'Arn'), code.type) === code),
    );
  if (!called) return skip('is not called after a rotation');
  const idle = whyIdle(code, restartSeconds);
  const role = roleOf(code, graph);
  const settings = JSON.stringify(code.properties.Environment ?? {});
  return [
    idle ? fail(idle) : pass('has the time that a restart takes'),
    ...servicesWithSecrets(graph).flatMap((service): Verdict[] => {
      const cluster = graph.target(service.properties.Cluster, 'AWS::ECS::Cluster');
      const untold = [service, ...(cluster ? [cluster] : [])].filter((each) => !refersTo(each, settings));
      return [
        !role || access.may(role, 'ecs:UpdateService', service)
          ? pass(`may restart the tasks of ${service.logicalId}`)
          : fail(`is called to restart ${service.logicalId}, and may not (ecs:UpdateService)`),
        untold.length > 0
          ? fail(
              `restarts something else: its environment does not name ${untold.map((each) => each.logicalId).join(', ')}`,
            )
          : pass(`is told to restart ${service.logicalId}`),
      ];
    }),
  ];
}

/** Services whose tasks are given a secret that changes. */
function servicesWithSecrets(graph: EnvironmentGraph): readonly Resource[] {
  const held = graph
    .ofType('AWS::SecretsManager::RotationSchedule')
    .flatMap(({ properties }) => graph.target(properties.SecretId, 'AWS::SecretsManager::Secret') ?? [])
    .flatMap((secret) => tasksWith(secret, graph));
  return graph.ofType('AWS::ECS::Service').filter(({ properties }) => {
    const task = graph.target(properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
    return task !== undefined && held.includes(task);
  });
}

/** What hands an event to somebody, or keeps it, starts nothing by itself. */
const starters = /^AWS::(?!SNS::|SQS::|Logs::|Kinesis)/;

function mayRestart(target: Value | undefined, { graph, access }: Context): Answer {
  const called = graph.target(target) ?? graph.target(target, 'AWS::Lambda::Function');
  if (called?.type !== 'AWS::Lambda::Function')
    return called === undefined || starters.test(called.type) ? 'unknown' : 'no';
  const role = roleOf(called, graph);
  if (!role) return 'unknown';
  return access.may(role, 'ecs:UpdateService') ? 'yes' : 'no';
}

/** A schedule of its own, or one that a deploy lets mean any secret; RDS rotates the logins that it keeps. */
function isRotated(secret: Resource, graph: EnvironmentGraph): Answer {
  if (secret.type !== 'AWS::SecretsManager::Secret') {
    const managed = secret.properties.ManageMasterUserPassword;
    return isTrue(managed) ? 'yes' : hasUnknown(managed) ? 'unknown' : 'no';
  }
  return graph
    .ofType('AWS::SecretsManager::RotationSchedule')
    .map(({ properties }) => mayRefer(properties.SecretId, secret, graph))
    .reduce(either, 'no');
}

interface Holder {
  readonly resource: Resource;
  /** Whether its settings hold the value itself, as a deploy found it. */
  readonly byValue: boolean;
}

function holdersOf(secret: Resource, graph: EnvironmentGraph): readonly Holder[] {
  const tasks = tasksWith(secret, graph).map((resource) => ({ resource, byValue: false }));
  const settings = [
    ...graph
      .ofType('AWS::ECS::TaskDefinition')
      .map((task) => [task, containersOf(task, graph).map((each) => at(each, 'Environment'))] as const),
    ...graph.ofType('AWS::Lambda::Function').map((code) => [code, code.properties.Environment] as const),
  ];
  const baked = settings
    .filter(([, written]) =>
      lookedUp(JSON.stringify(written ?? '')).some((each) => graph.target(each, secret.type) === secret),
    )
    .map(([resource]) => ({ resource, byValue: true }));
  return [...tasks, ...baked];
}

/** What `{{resolve:secretsmanager:...}}` in a text names. */
function lookedUp(text: string): readonly string[] {
  return [...text.matchAll(/\{\{resolve:secretsmanager:([^}]+)\}\}/g)].map(([, named = '']) =>
    named.replace(/:SecretString(:.*)?$|::.*$/, ''),
  );
}

function tasksWith(secret: Resource, graph: EnvironmentGraph): readonly Resource[] {
  return graph
    .ofType('AWS::ECS::TaskDefinition')
    .filter((task) =>
      containersOf(task, graph).some((container) =>
        list(at(container, 'Secrets')).some(
          (each) => graph.target(at(each, 'ValueFrom'), secret.type) === secret,
        ),
      ),
    );
}
