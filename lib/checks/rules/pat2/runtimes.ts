import { daysOfSupportLeft, isKnownRuntime } from '../../../patching/runtimes.ts';
import { isForeignAccount } from '../../model/policies.ts';
import { at, isFalse, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure } from '../rule.ts';
import { scheduleDays } from '../sec1/rotation-schedule.ts';

/** Functions run on a runtime that still gets patches. */
export const runtimes = defineRule({
  invariant: 'PAT2',
  finding: 'Runtimes',
  en: 'Functions run on runtimes that AWS still patches',
  ja: '関数はAWSが保守中のランタイムで動作する',
  appliesTo: ['AWS::Lambda::Function'],
  judge({ properties }, { graph }) {
    const layers = list(properties.Layers)
      .map((layer) => graph.canonicalArn(text(layer) ?? ''))
      .filter((layer) => isForeignAccount(layer, graph.account));
    if (layers.length > 0 && graph.declaration !== undefined)
      return fail(`runs code of another account: ${layers.join(', ')}`);
    if (text(properties.PackageType) === 'Image') return skip('is a container image');
    const runtime = text(properties.Runtime);
    if (runtime === undefined) return fail('names no runtime');
    if (!isKnownRuntime(runtime)) return unsure(`no date is known for ${runtime}`);
    return daysOfSupportLeft(runtime, new Date()) >= 0
      ? pass(`runs on ${runtime}`)
      : fail(`runs on ${runtime}, which gets no more patches`);
  },
});

/** Fargate hosts are patched by AWS on the newest platform version. */
export const platformVersion = defineRule({
  invariant: 'PAT2',
  finding: 'PlatformVersion',
  en: 'Tasks run on the newest Fargate platform',
  ja: 'タスクは最新のFargateプラットフォームで動作する',
  appliesTo: ['AWS::ECS::Service'],
  judge({ properties }) {
    const version = text(properties.PlatformVersion);
    return version === undefined || version === 'LATEST' || version === '1.4.0'
      ? pass(`platform ${version ?? 'LATEST'}`)
      : fail(`platform ${version} is not LATEST`);
  },
});

/** Hosts take patches by themselves, in a window that comes round at least monthly. */
export const hostPatches = defineRule({
  invariant: 'PAT2',
  finding: 'HostPatches',
  en: 'Hosts install patches in a window that comes at least monthly',
  ja: 'ホストは毎月以上のウィンドウでパッチを適用する',
  appliesTo: ['AWS::SSM::MaintenanceWindow', 'AWS::SSM::PatchBaseline', 'AWS::SSM::MaintenanceWindowTask'],
  judge({ type, properties }) {
    if (type === 'AWS::SSM::PatchBaseline')
      return list(at(properties, 'ApprovalRules', 'PatchRules')).length > 0
        ? pass('approves patches by rule')
        : fail('approves no patch (ApprovalRules)');
    if (type === 'AWS::SSM::MaintenanceWindowTask') {
      const operation = at(
        properties,
        'TaskInvocationParameters',
        'MaintenanceWindowRunCommandParameters',
        'Parameters',
        'Operation',
      );
      return operation !== undefined && !list(operation).includes('Install')
        ? fail('looks for patches and installs none')
        : pass('installs patches');
    }
    if (isFalse(properties.Enabled)) return fail('is not enabled');
    // Windows may write the seconds before the minutes.
    const schedule = (text(properties.Schedule) ?? '').replace(/^cron\(\S+ ((?:\S+ ){5}\S+)\)$/, 'cron($1)');
    return scheduleDays(schedule) <= 31
      ? pass('comes at least monthly')
      : fail(`comes less than monthly: ${schedule}`);
  },
});
