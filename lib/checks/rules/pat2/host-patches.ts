import { scheduleDays } from '../../model/schedules.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, isFalse, list, numeric, text, type Value } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

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
    'AWS::SSM::MaintenanceWindowTarget',
    'AWS::EC2::Instance',
  ],
  judge(resource, context) {
    switch (resource.type) {
      case 'AWS::SSM::PatchBaseline':
        return judgeBaseline(resource, context);
      case 'AWS::SSM::MaintenanceWindowTask':
        return judgeTask(resource, context);
      case 'AWS::SSM::MaintenanceWindowTarget':
        return judgeTarget(resource, context);
      case 'AWS::EC2::Instance':
        return judgeHost(resource, context);
      case 'AWS::SSM::Association':
        return judgeScan(resource, context);
      default:
        return judgeWindow(resource, context);
    }
  },
});

function judgeBaseline(baseline: Resource, { declared, graph }: Context): Verdict[] {
  const { properties } = baseline;
  const rules = list(at(properties, 'ApprovalRules', 'PatchRules'));
  if (rules.length === 0) return [fail('approves no patch (ApprovalRules)')];
  if (!declared) return [pass('approves patches by rule')];
  const security = rules.filter((rule) =>
    list(at(rule, 'PatchFilterGroup', 'PatchFilters')).every((filter) => {
      const values = list(at(filter, 'Values'));
      const key = text(at(filter, 'Key'));
      if (key === 'SEVERITY') return values.includes('*');
      return (
        key !== 'CLASSIFICATION' ||
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
    ...(list(properties.Sources).length > 0 ? [fail('takes packages from elsewhere (Sources)')] : []),
    ...judgeSystem(baseline, graph),
  ];
}

/** A patch group has one baseline for each operating system: hosts of another one get what AWS approves by default. */
function judgeSystem(baseline: Resource, graph: EnvironmentGraph): Verdict[] {
  const groups = groupsOf(baseline);
  const own = systemOf(baseline);
  const hosts = graph.ofType('AWS::EC2::Instance');
  if (hosts.length > 0 && !hosts.some((host) => groups.includes(patchGroupOf(host) ?? '')))
    return [fail(`is for ${groups.join(', ') || 'no patch group'}, to which no host belongs (PatchGroups)`)];
  return hosts.flatMap((host): Verdict[] => {
    const group = patchGroupOf(host);
    const system = hostSystem(host, graph);
    if (group === undefined || !groups.includes(group) || system === undefined) return [];
    const right = graph
      .ofType('AWS::SSM::PatchBaseline')
      .some((each) => groupsOf(each).includes(group) && systemOf(each) === system);
    return [
      right
        ? pass(`${host.logicalId} has a baseline for ${system}`)
        : fail(`is for ${own} and patches ${host.logicalId}, which runs ${system} (OperatingSystem)`),
    ];
  });
}

function groupsOf({ properties }: Resource): string[] {
  return list(properties.PatchGroups).flatMap((group) => text(group) ?? []);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-patchbaseline.html */
function systemOf({ properties }: Resource): string {
  return text(properties.OperatingSystem) ?? 'WINDOWS';
}

/** Systems Manager reads either spelling of the tag. */
function patchGroupOf({ properties }: Resource): string | undefined {
  const tag = list(properties.Tags).find((each) => /^Patch ?Group$/.test(text(at(each, 'Key')) ?? ''));
  return text(at(tag, 'Value'));
}

/** What AWS names its own images after: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
const imageSystems: readonly (readonly [RegExp, string])[] = [
  [/\/al2023-|\/amazon-linux-2023/, 'AMAZON_LINUX_2023'],
  [/\/amzn2-|\/amazon-linux-2\//, 'AMAZON_LINUX_2'],
  [/\/amzn-ami-/, 'AMAZON_LINUX'],
  [/\/ami-windows-latest\//, 'WINDOWS'],
  [/\/canonical\/ubuntu\//, 'UBUNTU'],
  [/\/debian\/release\//, 'DEBIAN'],
  [/\/suse\//, 'SUSE'],
];

/** The system of the image a host starts from; nothing when only the image itself would tell. */
function hostSystem(host: Resource, graph: EnvironmentGraph): string | undefined {
  const template = graph.target(
    at(host.properties, 'LaunchTemplate', 'LaunchTemplateId'),
    'AWS::EC2::LaunchTemplate',
  );
  const image =
    text(host.properties.ImageId) ?? text(at(template?.properties, 'LaunchTemplateData', 'ImageId')) ?? '';
  return imageSystems.find(([pattern]) => /\/aws\/service\//.test(image) && pattern.test(image))?.[1];
}

/** Hosts that a window patches are chosen by their tags. */
function chooses(target: Resource, host: Resource): boolean {
  const tags = new Map(
    list(host.properties.Tags).map((tag) => [text(at(tag, 'Key')) ?? '', text(at(tag, 'Value')) ?? '']),
  );
  return list(target.properties.Targets).some((each) => {
    const key = text(at(each, 'Key')) ?? '';
    const values = list(at(each, 'Values')).flatMap((value) => text(value) ?? []);
    if (key === 'InstanceIds') return values.some((value) => value.includes(host.logicalId));
    const tag = tags.get(key.replace(/^tag:/, ''));
    return tag !== undefined && values.includes(tag);
  });
}

function judgeTarget(target: Resource, { graph, declared }: Context): Verdict {
  if (!declared) return skip('not part of a declared shop');
  if (graph.target(target.properties.WindowId, 'AWS::SSM::MaintenanceWindow') === undefined)
    return fail('belongs to no window of these templates');
  const hosts = graph.ofType('AWS::EC2::Instance');
  return hosts.length === 0 || hosts.some((host) => chooses(target, host))
    ? pass('chooses the hosts there are')
    : fail('chooses none of the hosts there are');
}

function judgeHost(host: Resource, { graph, declared }: Context): Verdict[] {
  if (!declared) return [skip('not part of a declared shop')];
  const patched = graph.ofType('AWS::SSM::MaintenanceWindowTarget').some((target) => chooses(target, host));
  const group = patchGroupOf(host);
  const judged = graph
    .ofType('AWS::SSM::PatchBaseline')
    .some((baseline) => group !== undefined && groupsOf(baseline).includes(group));
  return [
    patched ? pass('is patched in a window') : fail('no maintenance window chooses it'),
    judged
      ? pass(`gets what the baseline of ${group} approves`)
      : fail(
          `gets what AWS approves by default: no patch baseline is for ${group ?? 'it (no tag PatchGroup)'}`,
        ),
  ];
}

function judgeTask({ properties }: Resource, { declared, graph }: Context): Verdict {
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
  if (!declared) return pass('installs patches');
  const reboot = at(
    properties,
    'TaskInvocationParameters',
    'MaintenanceWindowRunCommandParameters',
    'Parameters',
    'RebootOption',
  );
  if (list(reboot).includes('NoReboot'))
    return fail('never restarts a host: fixes of the kernel do not take effect (RebootOption)');
  const window = graph.target(properties.WindowId, 'AWS::SSM::MaintenanceWindow');
  if (!window) return fail('belongs to no window of these templates');
  const targets = list(properties.Targets).flatMap((each) => list(at(each, 'Values')));
  const own = targets.some((value) => {
    const target = graph.target(value, 'AWS::SSM::MaintenanceWindowTarget');
    return target && graph.target(target.properties.WindowId, window.type) === window;
  });
  const direct = list(properties.Targets).some((each) => text(at(each, 'Key')) !== 'WindowTargetIds');
  return own || direct ? pass('installs patches') : fail('has no targets in its own window');
}

function judgeScan(scan: Resource, { graph, declared }: Context): Verdict {
  const { properties } = scan;
  if (text(properties.Name) !== 'AWS-RunPatchBaseline') return skip('looks for no patches');
  const unseen = graph.ofType('AWS::EC2::Instance').filter((host) => !chooses(scan, host));
  if (declared && unseen.length > 0)
    return fail(`does not look at ${unseen.map(({ logicalId }) => logicalId).join(', ')} (Targets)`);
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
  if (text(properties.StartDate) !== undefined) verdicts.push(fail('begins one day (StartDate)'));
  const patches = graph
    .referring(window, 'AWS::SSM::MaintenanceWindowTask', 'WindowId')
    .some(
      (task) =>
        text(task.properties.TaskArn) === 'AWS-RunPatchBaseline' && hasTargets(task.properties.Targets),
    );
  if (!patches) verdicts.push(fail('patches nothing: no task of it runs AWS-RunPatchBaseline'));
  const scans = graph
    .ofType('AWS::SSM::Association')
    .some((each) => text(each.properties.Name) === 'AWS-RunPatchBaseline');
  if (!scans) verdicts.push(fail('no association looks which patches are missing'));
  return verdicts;
}

function hasTargets(value: Value | undefined): boolean {
  return list(value).some((target) => list(at(target, 'Values')).length > 0);
}
