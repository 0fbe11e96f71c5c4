import { alarmOf } from '../../model/alarms.ts';
import { nameProperty } from '../../model/resource-types.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, isFalse, list, text, tokensIn, type Value } from '../../model/values.ts';
import { isDeploymentHelper } from '../functions.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

interface Watch {
  readonly what: string;
  /** `undefined` for a namespace of the shop's own. */
  readonly namespace?: string;
  readonly metric: RegExp;
  /** What an alarm's dimension has to say; by default the resource itself. */
  readonly dimension?: (resource: Resource) => Value | undefined;
}

/** What has to be watched of each kind of resource, by the metric that tells. */
const watches: Readonly<Record<string, readonly Watch[]>> = {
  'AWS::Lambda::Function': [{ what: 'its throttled calls', namespace: 'AWS/Lambda', metric: /^Throttles$/ }],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    { what: 'errors of the shop', namespace: 'AWS/ApplicationELB', metric: /5XX_Count$/ },
    { what: 'tasks that do not answer', namespace: 'AWS/ApplicationELB', metric: /^UnHealthyHostCount$/ },
  ],
  'AWS::Backup::BackupVault': [
    { what: 'failed backups', namespace: 'AWS/Backup', metric: /^NumberOfBackupJobsFailed$/ },
  ],
  'AWS::EC2::ClientVpnEndpoint': [
    { what: 'a revocation list about to expire', namespace: 'AWS/ClientVPN', metric: /^CrlDaysToExpiry$/ },
    {
      what: 'a certificate about to expire',
      namespace: 'AWS/CertificateManager',
      metric: /^DaysToExpiry$/,
      dimension: ({ properties }) => properties.ServerCertificateArn,
    },
  ],
  'AWS::SecretsManager::Secret': [
    {
      what: 'an overdue rotation',
      metric: /Overdue|Rotation/,
      dimension: ({ properties }) => properties.Name,
    },
  ],
  'AWS::CodePipeline::Pipeline': [
    { what: 'an image that grows old', metric: /Age/, dimension: ({ properties }) => properties.Name },
  ],
};

/** Controls that fail in silence fail for good: each has an alarm on the number that tells. */
export const watched = defineRule({
  invariant: 'ALM1',
  finding: 'Watched',
  en: 'Functions, target groups, vaults, VPNs, secrets and pipelines each have the alarms that tell of their failure',
  ja: '関数・ターゲットグループ・バックアップ・VPN・シークレット・パイプラインの異常を知らせるアラームがある',
  appliesTo: Object.keys(watches),
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    if (!matters(resource, context)) return skip('has nothing of its own to watch');
    return (watches[resource.type] ?? []).map((watch): Verdict => {
      const alarm = alarmOn(resource, watch, context.graph);
      return alarm
        ? pass(`${alarm.logicalId} tells of ${watch.what}`)
        : fail(`no alarm tells of ${watch.what}`);
    });
  },
});

/** Copies are made from the vault that is watched; a secret that does not rotate is never overdue. */
function matters(resource: Resource, { graph }: Context): boolean {
  switch (resource.type) {
    case 'AWS::Lambda::Function':
      return !isDeploymentHelper(resource);
    case 'AWS::Backup::BackupVault':
      return graph
        .ofType('AWS::Backup::BackupPlan')
        .some((plan) =>
          list(at(plan.properties, 'BackupPlan', 'BackupPlanRule')).some(
            (rule) => graph.target(at(rule, 'TargetBackupVault'), resource.type) === resource,
          ),
        );
    case 'AWS::SecretsManager::Secret':
      return graph.referring(resource, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0;
    case 'AWS::ElasticLoadBalancingV2::TargetGroup':
      return ['HTTP', 'HTTPS'].includes(text(resource.properties.Protocol) ?? '');
    default:
      return true;
  }
}

function alarmOn(resource: Resource, watch: Watch, graph: EnvironmentGraph): Resource | undefined {
  const named = watch.dimension?.(resource) ?? resource.properties[nameProperty[resource.type] ?? ''];
  return graph.ofType('AWS::CloudWatch::Alarm').find((alarm) => {
    const properties = alarmOf(alarm.properties);
    const namespace = text(properties.Namespace) ?? '';
    const sameNamespace =
      watch.namespace === undefined ? !namespace.startsWith('AWS/') : namespace === watch.namespace;
    return (
      sameNamespace &&
      watch.metric.test(text(properties.MetricName) ?? '') &&
      !isFalse(properties.ActionsEnabled) &&
      list(properties.Dimensions).some((each) => speaksOf(at(each, 'Value'), resource, named))
    );
  });
}

function speaksOf(value: Value | undefined, resource: Resource, named: Value | undefined): boolean {
  if (value === undefined) return false;
  if (named !== undefined && value === named) return true;
  return (
    typeof value === 'string' &&
    tokensIn(value).some((token) => token.logicalId === resource.logicalId && token.stack === resource.stack)
  );
}
