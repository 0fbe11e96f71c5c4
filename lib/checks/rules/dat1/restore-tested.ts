import { scheduleDays } from '../../model/schedules.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

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
