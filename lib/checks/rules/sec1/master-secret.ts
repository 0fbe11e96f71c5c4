import { dataClassOf } from '../../model/declarations.ts';
import { asWritten, at, display, hasUnknown, isTrue, isUnknown, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/** The password that RDS makes for itself has a key for credentials as well, and none is ever written in a template. */
export const masterSecret = defineRule({
  invariant: 'SEC1',
  finding: 'MasterSecret',
  en: "A database's master password is a secret with a key of its own",
  ja: 'データベースのマスターパスワードは専用キーを持つシークレットである',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster'],
  judge({ properties }, { graph }) {
    const passwords = graph.possible(properties.MasterUserPassword);
    if (passwords.length > 0) return passwords.map(({ value }) => judgePassword(value));
    const managed = properties.ManageMasterUserPassword;
    if (hasUnknown(managed))
      return unsure('whether RDS makes its master password is known only after deployment');
    if (!isTrue(managed)) return pass('has no master password of its own');
    const key = graph.target(at(properties, 'MasterUserSecret', 'KmsKeyId'), 'AWS::KMS::Key');
    const keyClass = key && dataClassOf(key);
    if (at(properties, 'MasterUserSecret', 'KmsKeyId') === undefined)
      return fail('MasterUserSecret has no key of its own');
    return keyClass === undefined || keyClass === 'credentials'
      ? pass('is managed, with a key of its own')
      : fail(`MasterUserSecret is encrypted with ${key?.logicalId}, the key for ${keyClass}`);
  },
});

function judgePassword(password: Value): Verdict {
  if (/\{\{resolve:(secretsmanager|ssm-secure):/.test(asWritten(password)))
    return pass('comes from a secret');
  return isUnknown(password)
    ? fail(
        `MasterUserPassword is ${display(password)}, which somebody knows and types; expected ManageMasterUserPassword or a secret`,
      )
    : fail('MasterUserPassword is written in the template');
}
