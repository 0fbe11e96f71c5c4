import { dataClassOf } from '../../model/declarations.ts';
import { asWritten, display } from '../../model/values.ts';
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
