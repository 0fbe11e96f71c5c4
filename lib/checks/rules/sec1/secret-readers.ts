import { readersOf } from '../../model/declarations.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Each secret says who may read it; DAT2 then checks that nobody else can. */
export const secretReaders = defineRule({
  invariant: 'SEC1',
  finding: 'SecretReaders',
  en: 'Every secret declares its readers',
  ja: '各シークレットが読み手を宣言している',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge(secret, { declared, access }) {
    const readers = readersOf(secret);
    if (readers) return pass(`${readers.length} declared: ${readers.join(', ')}`);
    if (!declared) return skip('not part of a declared shop');
    const rotated = access.declaredReaders(secret);
    return rotated ? pass('only the function that rotates it reads it') : fail('declares no readers');
  },
});
