import { coversAction } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A log group whose key refuses the service is written by nobody, and says so to nobody. */
export const logKeyUsable = defineRule({
  invariant: 'LOG1',
  finding: 'LogKeyUsable',
  en: 'Keys of log groups and trails let their service encrypt',
  ja: 'ログ用のキーはログサービスによる暗号化を許可する',
  appliesTo: ['AWS::KMS::Key'],
  judge(key, { graph }) {
    const needed = [
      ['AWS::Logs::LogGroup', 'KmsKeyId', /^logs(\.|$)/],
      ['AWS::CloudTrail::Trail', 'KMSKeyId', /^cloudtrail\./],
    ] as const;
    const users = needed.filter(([type, property]) => graph.referring(key, type, property).length > 0);
    // Without a policy of its own a key is judged by DAT2[KeyPolicy].
    const statements = resourcePolicyStatements(key, graph).filter(({ effect }) => effect === 'Allow');
    if (users.length === 0 || statements.length === 0) return skip('encrypts no log');
    const lacking = users.filter(
      ([, , service]) =>
        !statements.some(
          (statement) =>
            Object.values(statement.principals ?? {})
              .flat()
              .some((value) => service.test(value) || value === '*') &&
            coversAction(statement, 'kms:GenerateDataKey') !== 'no',
        ),
    );
    return lacking.length > 0
      ? fail(`lets no service encrypt ${lacking.map(([type]) => type).join(', ')}: nothing is written`)
      : pass('lets the services of its logs encrypt');
  },
});
