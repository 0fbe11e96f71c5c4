import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, type Value } from '../../model/values.ts';
import { refersTo, roleOf, whyIdle } from '../functions.ts';
import { type Context, defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/**
 * A container keeps the value it was started with: unless something restarts it after a rotation, the credential it
 * holds is invalidated by the rotation after that.
 */
export const refreshed = defineRule({
  invariant: 'SEC2',
  finding: 'Refreshed',
  en: 'Tasks are restarted after a secret of theirs was rotated',
  ja: 'シークレットのローテーション後にタスクが再起動される',
  appliesTo: ['AWS::SecretsManager::Secret', 'AWS::Lambda::Function'],
  judge(secret, context) {
    const { graph, declared } = context;
    if (secret.type === 'AWS::Lambda::Function')
      return declared ? judgeFunction(secret, context) : skip('not part of a declared shop');
    const rotates = graph.referring(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0;
    if (!rotates || tasksWith(secret, graph).length === 0)
      return skip('no container holds a value of it that changes');
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
    if (!targets.some((target) => mayRestart(target, context)))
      return fail(`${rule.logicalId} calls nothing that may restart the tasks (ecs:UpdateService)`);
    const idle = targets.map((target) => {
      const code = graph.target(target, 'AWS::Lambda::Function');
      return code && whyIdle(code, restartSeconds);
    });
    const reason = idle.every((each) => each !== undefined) ? idle[0] : undefined;
    return reason ? fail(reason) : pass(`${rule.logicalId} restarts the tasks`);
  },
});

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

function mayRestart(target: Value | undefined, { graph, access }: Context): boolean {
  const code = graph.target(target, 'AWS::Lambda::Function');
  const role = code && roleOf(code, graph);
  // Anything else than a function may do as it likes with the event.
  return !code || !role || access.may(role, 'ecs:UpdateService');
}

function tasksWith(secret: Resource, graph: EnvironmentGraph): readonly Resource[] {
  return graph
    .ofType('AWS::ECS::TaskDefinition')
    .filter((task) =>
      list(task.properties.ContainerDefinitions).some((container) =>
        list(at(container, 'Secrets')).some(
          (each) => graph.target(at(each, 'ValueFrom'), secret.type) === secret,
        ),
      ),
    );
}
