import { at, isFalse, isTrue, list, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Where the shop lets people sign in by Cognito, they sign in with more than a short password. */
export const userPool = defineRule({
  invariant: 'ADM2',
  finding: 'UserPool',
  en: 'User pools ask for long passwords and a second factor, and let nobody sign themselves up',
  ja: 'ユーザープールは長いパスワードと多要素認証を要求し、自己登録を許さない',
  appliesTo: ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::IdentityPool'],
  judge({ type, properties }, { declared }) {
    if (type === 'AWS::Cognito::IdentityPool')
      return isTrue(properties.AllowUnauthenticatedIdentities)
        ? fail('gives credentials of AWS to whoever asks (AllowUnauthenticatedIdentities)')
        : pass('gives credentials to those who signed in');
    if (type === 'AWS::Cognito::UserPoolClient') {
      const flows = list(properties.ExplicitAuthFlows).flatMap((flow) => text(flow) ?? []);
      const plain = flows.filter((flow) => /USER_PASSWORD|ADMIN_NO_SRP/.test(flow));
      return declared && plain.length > 0
        ? fail(`takes passwords as they are (${plain.join(', ')})`)
        : pass('takes no password as it is');
    }
    const length = numeric(at(properties, 'Policies', 'PasswordPolicy', 'MinimumLength'));
    if (!declared)
      return length !== undefined && length < 8
        ? fail(`takes passwords of ${length} characters`)
        : skip('not part of a declared shop');
    const verdicts: Verdict[] = [
      length !== undefined && length >= 12
        ? pass(`asks for ${length} characters`)
        : fail(`MinimumLength is ${length ?? 'not set'}; expected 12 or more`),
      text(properties.MfaConfiguration) === 'ON'
        ? pass('asks for a second factor')
        : fail(`MfaConfiguration is ${text(properties.MfaConfiguration) ?? 'not set'}; expected ON`),
    ];
    if (!isTrue(at(properties, 'AdminCreateUserConfig', 'AllowAdminCreateUserOnly')))
      verdicts.push(fail('everyone may sign up (AllowAdminCreateUserOnly is not true)'));
    if (isFalse(at(properties, 'Policies', 'PasswordPolicy', 'RequireNumbers')))
      verdicts.push(fail('RequireNumbers is false'));
    return verdicts;
  },
});
