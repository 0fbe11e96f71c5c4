import { isForeignAccount } from '../../model/access/restrictions.ts';
import { backupAccountOf } from '../../model/declarations.ts';
import { scheduleDays } from '../../model/schedules.ts';
import type { Resource } from '../../model/templates.ts';
import { at, display, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

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
    const second = backupAccountOf(plan);
    const isSecond = (copy: Value) =>
      second !== undefined && text(at(copy, 'DestinationBackupVaultArn'))?.split(':')[4] === second;
    if (second !== undefined)
      verdicts.push(
        copied.some(isSecond)
          ? pass(`is copied to the second account ${second}`)
          : fail(`no rule copies to the second account ${second}`),
      );
    for (const copy of copied) {
      const days = numeric(at(copy, 'Lifecycle', 'DeleteAfterDays'));
      if (days !== undefined && days < shortestDays && !disposable)
        verdicts.push(fail(`a copy is kept ${days} days; expected ${shortestDays} or more`));
      // What its vault is like only that account can say.
      if (isSecond(copy)) continue;
      const vault = text(at(copy, 'DestinationBackupVaultArn')) ?? '';
      if (isForeignAccount(vault, graph.account))
        verdicts.push(fail(`copies to ${vault} of another account`));
      const found = graph.target(at(copy, 'DestinationBackupVaultArn'), 'AWS::Backup::BackupVault');
      if (found === undefined)
        verdicts.push(fail(`copies to ${display(vault)}, which these templates do not make`));
      else verdicts.push(...withinLock(copy, found));
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
