import { resourcePolicyStatements } from '../../model/access.ts';
import { coversAction, isAboutEveryone, isForeignAccount, type Statement } from '../../model/policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, display, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';
import { scheduleDays } from '../sec1/rotation-schedule.ts';

const shortestDays = 30;

/** A plan runs every day, keeps what it makes, and has somewhere to put a second copy. */
export const backupPlan = defineRule({
  invariant: 'DAT1',
  finding: 'BackupPlan',
  en: 'Backups are made daily, kept for a month or more, and copied elsewhere',
  ja: 'バックアップは毎日作成され、1か月以上保持され、別の場所へコピーされる',
  appliesTo: ['AWS::Backup::BackupPlan'],
  judge(plan, { declared, disposable, graph }) {
    if (!declared) return skip('not part of a declared shop');
    const rules = list(at(plan.properties, 'BackupPlan', 'BackupPlanRule'));
    if (rules.length === 0) return fail('has no rule');
    const verdicts: Verdict[] = rules.map((rule) => {
      const days = numeric(at(rule, 'Lifecycle', 'DeleteAfterDays'));
      const least = disposable ? 14 : shortestDays;
      return days !== undefined && days < least
        ? fail(`${text(at(rule, 'RuleName'))} keeps backups ${days} days; expected ${least} or more`)
        : pass('backups are kept');
    });
    const daily = rules.some(
      (rule) =>
        at(rule, 'EnableContinuousBackup') === true ||
        scheduleDays(text(at(rule, 'ScheduleExpression')) ?? '') <= 1,
    );
    verdicts.push(daily ? pass('runs daily') : fail('no rule runs daily'));
    for (const rule of rules) {
      const vault = at(rule, 'TargetBackupVault');
      const found = graph.target(vault, 'AWS::Backup::BackupVault');
      if (found === undefined)
        verdicts.push(
          fail(`keeps backups in ${display(vault ?? 'no vault')}, which these templates do not make`),
        );
      else verdicts.push(...withinLock(rule, found));
    }
    const copied = rules.flatMap((rule) => list(at(rule, 'CopyActions')));
    if (!disposable)
      verdicts.push(
        copied.length > 0 ? pass('is copied to another vault') : fail('no rule copies to another vault'),
      );
    for (const copy of copied) {
      const vault = text(at(copy, 'DestinationBackupVaultArn')) ?? '';
      if (isForeignAccount(vault, graph.account))
        verdicts.push(fail(`copies to ${vault} of another account`));
      const found = graph.target(at(copy, 'DestinationBackupVaultArn'), 'AWS::Backup::BackupVault');
      if (found === undefined)
        verdicts.push(fail(`copies to ${display(vault)}, which these templates do not make`));
      else verdicts.push(...withinLock(copy, found));
      const days = numeric(at(copy, 'Lifecycle', 'DeleteAfterDays'));
      if (days !== undefined && days < shortestDays && !disposable)
        verdicts.push(fail(`a copy is kept ${days} days; expected ${shortestDays} or more`));
    }
    return verdicts;
  },
});

/**
 * A locked vault takes no backup that would be kept shorter or longer than the lock says: the job fails.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
function withinLock(rule: Value, { logicalId, properties }: Resource): Verdict[] {
  const lock = properties.LockConfiguration;
  const [least, most] = [numeric(at(lock, 'MinRetentionDays')), numeric(at(lock, 'MaxRetentionDays'))];
  const days = numeric(at(rule, 'Lifecycle', 'DeleteAfterDays')) ?? Number.POSITIVE_INFINITY;
  if ((least === undefined || days >= least) && (most === undefined || days <= most)) return [];
  const kept = Number.isFinite(days) ? `${days} days` : 'for ever';
  return [
    fail(
      `asks ${logicalId} to keep backups ${kept}, which its lock refuses (${least ?? 0}-${most ?? ''} days)`,
    ),
  ];
}

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

/** A backup nobody has restored is a hope. */
export const restoreTested = defineRule({
  invariant: 'DAT1',
  finding: 'RestoreTested',
  en: 'Restores are tested at least monthly',
  ja: '復元テストが毎月以上行われる',
  appliesTo: ['AWS::Backup::BackupPlan', 'AWS::Backup::RestoreTestingPlan'],
  judge(resource, { graph, declared, disposable }) {
    if (!declared || disposable)
      return skip(disposable ? 'the environment is disposable' : 'not part of a declared shop');
    if (resource.type === 'AWS::Backup::RestoreTestingPlan') {
      const selections = graph.ofType('AWS::Backup::RestoreTestingSelection').filter((each) => {
        const name = each.properties.RestoreTestingPlanName;
        return name === resource.properties.RestoreTestingPlanName || graph.target(name) === resource;
      });
      const days = scheduleDays(text(resource.properties.ScheduleExpression) ?? '');
      return [
        ...judgeRecoveryPoints(at(resource.properties, 'RecoveryPointSelection'), graph),
        days <= 31 ? pass('runs every month or more') : fail('runs less than monthly'),
        selections.length > 0 ? pass('has something to restore') : fail('selects nothing to restore'),
      ];
    }
    return graph.ofType('AWS::Backup::RestoreTestingPlan').length > 0
      ? pass('restores are tested')
      : fail('no restore testing plan exists');
  },
});

/** What is restored comes from the vaults that the plans fill. */
function judgeRecoveryPoints(selection: Value | undefined, graph: EnvironmentGraph): Verdict[] {
  const excluded = list(at(selection, 'ExcludeVaults'));
  if (excluded.length > 0) return [fail(`leaves ${excluded.map(display).join(', ')} out (ExcludeVaults)`)];
  const included = list(at(selection, 'IncludeVaults'));
  const filled = graph
    .ofType('AWS::Backup::BackupPlan')
    .flatMap(({ properties }) => list(at(properties, 'BackupPlan', 'BackupPlanRule')))
    .map((rule) => graph.target(at(rule, 'TargetBackupVault'), 'AWS::Backup::BackupVault'));
  const isFilled = (vault: Value) => {
    const found = graph.target(vault, 'AWS::Backup::BackupVault');
    return found !== undefined && filled.includes(found);
  };
  const tested = included.some((vault) => vault === '*' || isFilled(vault));
  return [
    tested ? pass('restores from the vault of the plan') : fail('restores from no vault that a plan fills'),
  ];
}
