import { coversAction, isAboutEveryone, type Statement } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import { at, numeric } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Nobody, an administrator included, deletes a backup early. */
export const vaultLocked = defineRule({
  invariant: 'DAT1',
  finding: 'VaultLocked',
  en: 'Backup vaults are locked',
  ja: 'バックアップボールトがロックされている',
  appliesTo: ['AWS::Backup::BackupVault'],
  judge(vault, { disposable, declared, graph }) {
    if (disposable) return skip('the environment is disposable');
    const lock = vault.properties.LockConfiguration;
    if (lock === undefined && !declared) return skip('not part of a declared shop');
    const least = numeric(at(lock, 'MinRetentionDays'));
    if (lock === undefined) return fail('has no LockConfiguration');
    return [
      least !== undefined && least >= 7
        ? pass(`keeps backups ${least} days or more`)
        : fail(`MinRetentionDays is ${least ?? 'not set'}; expected 7 or more`),
      ...protectedActions.map(
        (action): Verdict =>
          resourcePolicyStatements(vault, graph).some((statement) => refusesEverybody(statement, action))
            ? pass(`its policy refuses ${action}`)
            : fail(`no policy refuses ${action} to everybody`),
      ),
      at(lock, 'ChangeableForDays') === undefined
        ? fail('ChangeableForDays is not set: an administrator can remove the lock')
        : (numeric(at(lock, 'ChangeableForDays')) ?? 0) <= 31
          ? pass('the lock becomes final')
          : fail('the lock becomes final after more than a month'),
    ];
  },
});

/** By which a backup goes, or goes sooner. */
const protectedActions = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'];

function refusesEverybody(statement: Statement, action: string): boolean {
  return (
    statement.effect === 'Deny' &&
    isAboutEveryone(statement) &&
    coversAction(statement, action) === 'yes' &&
    Object.keys(statement.conditions).length === 0
  );
}
