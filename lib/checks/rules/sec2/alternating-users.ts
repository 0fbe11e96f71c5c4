import { at, list, text } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/**
 * With one login the old password stops working before every task has the new one; with two, the one in use stays.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export const alternatingUsers = defineRule({
  invariant: 'SEC2',
  finding: 'AlternatingUsers',
  en: 'The database login of running tasks changes between two users',
  ja: '稼働中タスクのデータベース認証情報は2ユーザー方式でローテーションする',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge(secret, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const values = graph
      .ofType('AWS::ECS::TaskDefinition')
      .flatMap((task) => containersOf(task, graph))
      .flatMap((container) => list(at(container, 'Secrets')))
      .map((each) => at(each, 'ValueFrom'))
      .filter((value) => graph.target(value, secret.type) === secret)
      .map((value) => text(value) ?? '');
    const isLogin = values.some((value) => /:username::?|:user::?/.test(value));
    const rotates = graph.referring(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0;
    if (!isLogin || !rotates) return skip('no running task signs in with it');
    const template = text(at(secret.properties, 'GenerateSecretString', 'SecretStringTemplate')) ?? '';
    const logins =
      /"logins":\s*\[([^\]]*)\]/
        .exec(template)?.[1]
        ?.split(',')
        .map((each) => each.trim()) ?? [];
    if (logins.length > 0 && new Set(logins).size < 2)
      return fail('names one login to alternate with itself');
    return /"scheme":\s*"alternating-users"|"masterarn"|"superuser/.test(template) &&
      !/"scheme":\s*"single-user"/.test(template)
      ? pass('changes between two users')
      : fail('is one login, which is changed under the tasks that use it');
  },
});
