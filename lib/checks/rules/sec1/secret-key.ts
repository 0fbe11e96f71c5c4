import { dataClassOf } from '../../model/declarations.ts';
import { asWritten, at, display } from '../../model/values.ts';
import { defineRule, fail, pass, unsure } from '../rule.ts';

/** A secret is encrypted with a key of our own, made for credentials and nothing else. */
export const secretKey = defineRule({
  invariant: 'SEC1',
  finding: 'SecretKey',
  en: 'Every secret is encrypted with the customer-managed key for credentials',
  ja: '各シークレットは資格情報用のカスタマー管理キーで暗号化される',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge(secret, { graph, declared }) {
    const value = secret.properties.KmsKeyId;
    if (value === undefined) return fail('KmsKeyId is not set: the account-wide default key encrypts it');
    const key = graph.target(value, 'AWS::KMS::Key');
    if (!key) {
      return /alias\/aws\//.test(asWritten(value))
        ? fail('is encrypted with the account-wide default key')
        : declared
          ? fail(`key ${display(value)} is not a key of the shop`)
          : unsure(`key ${display(value)} is not in these templates`);
    }
    const [own, keyClass] = [dataClassOf(secret) ?? 'credentials', dataClassOf(key)];
    return keyClass === undefined || keyClass === own
      ? pass(`is encrypted with ${key.logicalId}`)
      : fail(`is encrypted with ${key.logicalId}, the key for ${keyClass}`);
  },
});

/** The password RDS makes for itself follows the same rule, and is never written in a template. */
export const masterSecret = defineRule({
  invariant: 'SEC1',
  finding: 'MasterSecret',
  en: "A database's master password is a secret with a key of its own",
  ja: 'データベースのマスターパスワードは専用キーを持つシークレットである',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster'],
  judge({ properties }, { graph }) {
    const password = properties.MasterUserPassword;
    if (password !== undefined) {
      const fromSecret = /\{\{resolve:(secretsmanager|ssm-secure):/.test(asWritten(password));
      return fromSecret ? pass('comes from a secret') : fail('MasterUserPassword is written in the template');
    }
    if (asWritten(properties.ManageMasterUserPassword) !== 'true')
      return pass('has no master password of its own');
    const key = graph.target(at(properties, 'MasterUserSecret', 'KmsKeyId'), 'AWS::KMS::Key');
    const keyClass = key && dataClassOf(key);
    if (at(properties, 'MasterUserSecret', 'KmsKeyId') === undefined)
      return fail('MasterUserSecret has no key of its own');
    return keyClass === undefined || keyClass === 'credentials'
      ? pass('is managed, with a key of its own')
      : fail(`MasterUserSecret is encrypted with ${key?.logicalId}, the key for ${keyClass}`);
  },
});
