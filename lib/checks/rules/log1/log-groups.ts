import { dataClassOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { asWritten, at, hasUnknown, list, numeric, type Value } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { isDeploymentHelper } from '../functions.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

const aYear = 365;
const aMonth = 30;

/** Logs that prove who did what stay a year; others a month. */
export const logRetention = defineRule({
  invariant: 'LOG1',
  finding: 'LogRetention',
  en: 'Logs that prove who did what are kept 365 days or more, others 30',
  ja: '証跡となるログは365日以上、その他は30日以上保持される',
  appliesTo: ['AWS::Logs::LogGroup'],
  judge(group, { graph, declared }) {
    const days = numeric(group.properties.RetentionInDays);
    if (hasUnknown(group.properties.RetentionInDays))
      return unsure('RetentionInDays is known only after deployment');
    const evidence = evidenceIn(group, graph);
    // Nothing set means for ever, which keeps the proof but also whatever was logged by mistake.
    if (days === undefined)
      return declared
        ? fail('RetentionInDays is not set: the group never forgets')
        : skip('is kept for ever');
    const needed = evidence ? aYear : declared ? aMonth : 1;
    return days >= needed
      ? pass(`is kept ${days} days`)
      : fail(`is kept ${days} days; ${evidence ?? 'logs'} need ${needed} or more`);
  },
});

/** Every log group is encrypted with a key that is the shop's. */
export const logEncrypted = defineRule({
  invariant: 'LOG1',
  finding: 'LogEncrypted',
  en: 'Log groups are encrypted with a customer-managed key',
  ja: 'ロググループはカスタマー管理キーで暗号化される',
  appliesTo: ['AWS::Logs::LogGroup'],
  judge({ properties }, { declared, graph }) {
    if (properties.KmsKeyId === undefined)
      return declared ? fail('KmsKeyId is not set') : skip('is encrypted with a key of AWS');
    const key = graph.target(properties.KmsKeyId, 'AWS::KMS::Key');
    const keyClass = key && dataClassOf(key);
    return keyClass === undefined || keyClass === 'logs'
      ? pass('is encrypted with a customer-managed key')
      : fail(`is encrypted with ${key?.logicalId}, the key for ${keyClass}`);
  },
});

/** What a group holds when it is evidence; undefined otherwise. */
export function evidenceIn(group: Resource, graph: EnvironmentGraph): string | undefined {
  const is = (value: Value | undefined) =>
    graph.target(typeof value === 'string' ? graph.canonicalArn(value) : value, group.type) === group;
  const named = asWritten(group.properties.LogGroupName ?? '');
  if (named.startsWith('aws-waf-logs-')) return 'web ACL logs';
  if (/^\/aws\/rds\//.test(named)) return 'database logs';
  const sources: [string, string, (resource: Resource) => readonly (Value | undefined)[]][] = [
    [
      'flow logs',
      'AWS::EC2::FlowLog',
      ({ properties }) => [properties.LogGroupName, properties.LogDestination],
    ],
    ['trails', 'AWS::CloudTrail::Trail', ({ properties }) => [properties.CloudWatchLogsLogGroupArn]],
    [
      'web ACL logs',
      'AWS::WAFv2::LoggingConfiguration',
      ({ properties }) => list(properties.LogDestinationConfigs),
    ],
    [
      'VPN connection logs',
      'AWS::EC2::ClientVpnEndpoint',
      ({ properties }) => [at(properties, 'ConnectionLogOptions', 'CloudwatchLogGroup')],
    ],
    [
      'DNS query logs',
      'AWS::Route53Resolver::ResolverQueryLoggingConfig',
      ({ properties }) => [properties.DestinationArn],
    ],
    [
      'DNS query logs',
      'AWS::Route53::HostedZone',
      ({ properties }) => [at(properties, 'QueryLoggingConfig', 'CloudWatchLogsLogGroupArn')],
    ],
    [
      'delivered logs',
      'AWS::Logs::DeliveryDestination',
      ({ properties }) => [properties.DestinationResourceArn],
    ],
  ];
  return sources.find(([, type, values]) =>
    graph.ofType(type).some((resource) => values(resource).some(is)),
  )?.[0];
}

/** A function that makes its own log group makes one without key or retention. */
export const functionLogs = defineRule({
  invariant: 'LOG1',
  finding: 'FunctionLogs',
  en: 'Functions and containers log to groups that these templates make',
  ja: '関数とコンテナは管理されたロググループに出力する',
  appliesTo: ['AWS::Lambda::Function', 'AWS::ECS::TaskDefinition', 'AWS::CodeBuild::Project'],
  judge(resource, { graph, declared }) {
    const { type, properties } = resource;
    if (type === 'AWS::ECS::TaskDefinition') {
      return containersOf(resource, graph).map((container): Verdict => {
        const name = asWritten(at(container, 'Name') ?? 'a container without a name');
        const driver = at(container, 'LogConfiguration', 'LogDriver');
        if (driver === undefined || driver === 'none') return fail(`${name} logs nowhere`);
        const group = at(container, 'LogConfiguration', 'Options', 'awslogs-group');
        if (declared && driver !== 'awslogs')
          return fail(`${name} logs through ${asWritten(driver)}; expected awslogs`);
        return graph.target(group, 'AWS::Logs::LogGroup') || !declared
          ? pass(`${name} logs`)
          : fail(`${name} logs to a group that these templates do not make`);
      });
    }
    if (!declared) return skip('not part of a declared shop');
    if (type === 'AWS::CodeBuild::Project') {
      return graph.target(at(properties, 'LogsConfig', 'CloudWatchLogs', 'GroupName'), 'AWS::Logs::LogGroup')
        ? pass('logs to a group of its own')
        : fail('names no log group');
    }
    if (isDeploymentHelper(resource)) return skip('runs during deployment, with a group made by Lambda');
    return graph.target(at(properties, 'LoggingConfig', 'LogGroup'), 'AWS::Logs::LogGroup') ||
      graph.ofType('AWS::Logs::LogGroup').some((group) => namesFunction(group, properties.FunctionName))
      ? pass('logs to a group of its own')
      : fail('logs to a group that Lambda makes, without key or retention');
  },
});

function namesFunction(group: Resource, name: Value | undefined): boolean {
  return typeof name === 'string' && group.properties.LogGroupName === `/aws/lambda/${name}`;
}
