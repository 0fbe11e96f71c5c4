import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, type Value } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

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
    if (!declared) return skip('not part of a declared shop');
    if (secret.type === 'AWS::Lambda::Function') return judgeFunction(secret, context);
    const rotates = graph.referring(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0;
    if (!rotates || !isInContainer(secret, graph))
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
    const restarts =
      rule && list(rule.properties.Targets).some((target) => mayRestart(at(target, 'Arn'), context));
    if (rule && !restarts)
      return fail(`${rule.logicalId} calls nothing that may restart the tasks (ecs:UpdateService)`);
    return rule
      ? pass(`${rule.logicalId} restarts the tasks`)
      : fail('nothing restarts the tasks that hold it when it was rotated');
  },
});

/** The same, said of the function that has to restart the tasks. */
function judgeFunction(code: Resource, context: Context): Verdict {
  const called = context.graph
    .ofType('AWS::Events::Rule')
    .some(
      ({ properties }) =>
        list(at(properties, 'EventPattern', 'detail', 'eventName')).includes('RotationSucceeded') &&
        list(properties.Targets).some(
          (target) => context.graph.target(at(target, 'Arn'), code.type) === code,
        ),
    );
  if (!called) return skip('is not called after a rotation');
  const role = context.graph.target(code.properties.Role, 'AWS::IAM::Role');
  return !role || context.access.may(role, 'ecs:UpdateService')
    ? pass('may restart the tasks')
    : fail('is called to restart the tasks, and may not (ecs:UpdateService)');
}

function mayRestart(target: Value | undefined, { graph, access }: Context): boolean {
  const code = graph.target(target, 'AWS::Lambda::Function');
  const role = code && graph.target(code.properties.Role, 'AWS::IAM::Role');
  // Anything else than a function may do as it likes with the event.
  return !code || !role || access.may(role, 'ecs:UpdateService');
}

function isInContainer(secret: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::ECS::TaskDefinition')
    .some((task) =>
      list(task.properties.ContainerDefinitions).some((container) =>
        list(at(container, 'Secrets')).some(
          (each) => graph.target(at(each, 'ValueFrom'), secret.type) === secret,
        ),
      ),
    );
}
