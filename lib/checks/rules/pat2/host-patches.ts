import type { Resource } from '../../model/templates.ts';
import { at, isFalse, list, numeric, text, type Value } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';
import { scheduleDays } from '../sec1/rotation-schedule.ts';

/** Longest time between a fix and its approval. */
const longestDelayDays = 14;

/** Hosts take patches by themselves, in a window that comes round at least monthly. */
export const hostPatches = defineRule({
  invariant: 'PAT2',
  finding: 'HostPatches',
  en: 'Hosts install patches in a window that comes at least monthly, and are looked at daily',
  ja: 'ホストは毎月以上のウィンドウでパッチを適用し、毎日検査される',
  appliesTo: [
    'AWS::SSM::MaintenanceWindow',
    'AWS::SSM::PatchBaseline',
    'AWS::SSM::MaintenanceWindowTask',
    'AWS::SSM::Association',
  ],
  judge(resource, context) {
    switch (resource.type) {
      case 'AWS::SSM::PatchBaseline':
        return judgeBaseline(resource, context);
      case 'AWS::SSM::MaintenanceWindowTask':
        return judgeTask(resource, context);
      case 'AWS::SSM::Association':
        return judgeScan(resource);
      default:
        return judgeWindow(resource, context);
    }
  },
});

function judgeBaseline({ properties }: Resource, { declared }: Context): Verdict[] {
  const rules = list(at(properties, 'ApprovalRules', 'PatchRules'));
  if (rules.length === 0) return [fail('approves no patch (ApprovalRules)')];
  if (!declared) return [pass('approves patches by rule')];
  const security = rules.filter((rule) =>
    list(at(rule, 'PatchFilterGroup', 'PatchFilters')).every((filter) => {
      const values = list(at(filter, 'Values'));
      return (
        text(at(filter, 'Key')) !== 'CLASSIFICATION' ||
        values.some((value) => /^(Security|SecurityUpdates|\*)$/.test(text(value) ?? ''))
      );
    }),
  );
  const delays = security.map((rule) => numeric(at(rule, 'ApproveAfterDays')) ?? Number.POSITIVE_INFINITY);
  const rejected = list(properties.RejectedPatches);
  return [
    security.length > 0 ? pass('approves security fixes') : fail('approves no security fixes'),
    ...delays
      .filter((days) => days > longestDelayDays)
      .map((days) =>
        fail(`approves security fixes after ${days} days; expected ${longestDelayDays} or fewer`),
      ),
    ...(rejected.length > 0 ? [fail(`never installs ${rejected.join(', ')} (RejectedPatches)`)] : []),
  ];
}

function judgeTask({ properties }: Resource, { declared }: Context): Verdict {
  const operation = at(
    properties,
    'TaskInvocationParameters',
    'MaintenanceWindowRunCommandParameters',
    'Parameters',
    'Operation',
  );
  const patches = text(properties.TaskArn) === 'AWS-RunPatchBaseline';
  if (operation === undefined && !(patches && declared)) return pass('does something else');
  if (!list(operation).includes('Install')) return fail('looks for patches and installs none');
  return declared && list(properties.Targets).length === 0
    ? fail('has no targets')
    : pass('installs patches');
}

function judgeScan({ properties }: Resource): Verdict {
  if (text(properties.Name) !== 'AWS-RunPatchBaseline') return skip('looks for no patches');
  return scheduleDays(text(properties.ScheduleExpression) ?? '') <= 7
    ? pass('is looked at weekly or more often')
    : fail('nobody sees within a week which patches are missing (ScheduleExpression)');
}

function judgeWindow(window: Resource, { graph, declared }: Context): Verdict[] {
  const { properties } = window;
  if (isFalse(properties.Enabled)) return [fail('is not enabled')];
  // Windows may write the seconds before the minutes.
  const schedule = (text(properties.Schedule) ?? '').replace(/^cron\(\S+ ((?:\S+ ){5}\S+)\)$/, 'cron($1)');
  const verdicts: Verdict[] = [
    scheduleDays(schedule) <= 31
      ? pass('comes at least monthly')
      : fail(`comes less than monthly: ${schedule}`),
  ];
  if (!declared) return verdicts;
  const [duration, cutoff] = [numeric(properties.Duration) ?? 0, numeric(properties.Cutoff) ?? 0];
  if (duration <= cutoff)
    verdicts.push(fail(`closes before anything may begin: ${duration} hours, cutoff ${cutoff}`));
  if (text(properties.EndDate) !== undefined) verdicts.push(fail('ends one day (EndDate)'));
  const does = (type: string) =>
    graph.referring(window, type, 'WindowId').some(({ properties }) => hasTargets(properties.Targets));
  if (!does('AWS::SSM::MaintenanceWindowTask')) verdicts.push(fail('does nothing: no task belongs to it'));
  const scans = graph
    .ofType('AWS::SSM::Association')
    .some((each) => text(each.properties.Name) === 'AWS-RunPatchBaseline');
  if (!scans) verdicts.push(fail('no association looks which patches are missing'));
  return verdicts;
}

function hasTargets(value: Value | undefined): boolean {
  return list(value).some((target) => list(at(target, 'Values')).length > 0);
}
