import {
  at,
  display,
  hasUnknown,
  isMap,
  list,
  numeric,
  soleToken,
  text,
  type Value,
  type ValueMap,
} from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { shortest } from './checks.ts';
import { type Demand, eachResource, type Found } from './demand.ts';
import { docs } from './pages.ts';

const edgeRegion = 'us-east-1';
const edgeSource = `${docs}/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html`;
const wafQuotas = `${docs}/waf/latest/developerguide/limits.html`;

/** Region a value comes from; undefined when nothing tells. */
function regionOf(
  from: DeployedResource,
  value: Value | undefined,
  deployment: Deployment,
): string | undefined {
  const [found] = soleToken(value) ? deployment.referred(from, value) : [];
  return found ? found.stack.region : /^arn:[a-z-]+:[a-z0-9-]+:([a-z0-9-]+):/.exec(text(value) ?? '')?.[1];
}

const distributions = eachResource(
  'edge-in-us-east-1',
  ['AWS::CloudFront::Distribution'],
  (resource, deployment) => {
    const config = resource.properties.DistributionConfig;
    return [
      { what: 'certificate', value: at(config, 'ViewerCertificate', 'AcmCertificateArn') },
      { what: 'web ACL', value: at(config, 'WebACLId') },
    ].flatMap(({ what, value }): Found[] => {
      const region = regionOf(resource, value, deployment);
      // A web ACL for CloudFront has "global" in its ARN, and us-east-1 before it.
      if (region === undefined || region === edgeRegion) return [];
      return [
        {
          says: `takes a ${what} from ${region}; CloudFront takes it from ${edgeRegion} only (InvalidViewerCertificate, InvalidWebACLId)`,
          way: `Make it in a stack in ${edgeRegion}.`,
          source: edgeSource,
        },
      ];
    });
  },
);

const edgeAcls = eachResource('edge-in-us-east-1', aclTypes(), ({ stack, properties: { Scope } }) =>
  Scope === 'CLOUDFRONT' && stack.region !== undefined && stack.region !== edgeRegion
    ? [
        {
          says: `is for CloudFront, and stands in ${stack.region} (WAFInvalidParameterException)`,
          way: `Make it in a stack in ${edgeRegion}.`,
          source: edgeSource,
        },
      ]
    : [],
);

function aclTypes(): string[] {
  return ['WebACL', 'RuleGroup', 'IPSet', 'RegexPatternSet'].map((type) => `AWS::WAFv2::${type}`);
}

const aclLogs = eachResource('waf-log-names', ['AWS::WAFv2::LoggingConfiguration'], (logging, deployment) =>
  list(logging.properties.LogDestinationConfigs)
    .flatMap((destination) => text(destination) ?? [])
    .filter((arn) => {
      const [, written] = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:(.*)$/.exec(arn) ?? [];
      const [group] = deployment.referred(logging, written);
      const name = group ? text(group.properties.LogGroupName) : written;
      return name !== undefined && (!name.startsWith('aws-waf-logs-') || arn.endsWith(':*'));
    })
    .map((arn) => ({
      says: `logs to ${display(arn)} (WAFLogDestinationPermissionIssueException)`,
      way: 'Name a log group that begins with aws-waf-logs-, and end its ARN after the name.',
      source: `${docs}/waf/latest/developerguide/logging-cw-logs.html`,
    })),
);

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html */
const reservedMetrics = ['all', 'default_action'];

const metricNames = eachResource('waf-reserved-metrics', aclTypes().slice(0, 2), ({ properties }) =>
  [...objectsIn(properties)]
    .flatMap(({ MetricName }) => shortest(MetricName ?? null) ?? [])
    .filter((name) => reservedMetrics.includes(name.toLowerCase()) || !/^[\w#:./-]{1,255}$/.test(name))
    .map((name) => ({
      says: `names a metric "${name}", which WAF keeps for itself or does not take (WAFInvalidParameterException)`,
      way: 'Write letters, digits and _-, and neither All nor Default_Action.',
      source: `${docs}/waf/latest/APIReference/API_VisibilityConfig.html`,
    })),
);

function* objectsIn(value: Value | undefined): Generator<ValueMap> {
  if (Array.isArray(value)) for (const member of value) yield* objectsIn(member);
  else if (isMap(value)) {
    yield value;
    for (const member of Object.values(value)) yield* objectsIn(member);
  }
}

/** Every statement of one kind, at any depth. */
function statements(properties: ValueMap, kind: string): ValueMap[] {
  return [...objectsIn(properties.Rules)].flatMap((each) => (isMap(each[kind]) ? [each[kind]] : []));
}

const aclQuotas = eachResource('waf-quotas', aclTypes().slice(0, 2), ({ properties }) => {
  const rates = statements(properties, 'RateBasedStatement');
  const lengths = [
    ...statements(properties, 'ByteMatchStatement').map(({ SearchString }) => SearchString),
    ...statements(properties, 'RegexMatchStatement').map(({ RegexString }) => RegexString),
  ].map((value) => [...(text(value) ?? '')].length);
  return [
    ...lengths
      .filter((length) => length > 200)
      .map((length) => `compares with ${length} characters, at most 200`),
    ...(rates.length > 10 ? [`has ${rates.length} rate rules, at most 10`] : []),
    ...rates
      .map(({ Limit }) => numeric(Limit) ?? 100)
      .filter((limit) => limit < 10 || limit > 2_000_000_000)
      .map((limit) => `limits a rate to ${limit}, at least 10`),
    ...rates
      .map(({ EvaluationWindowSec }) => numeric(EvaluationWindowSec) ?? 300)
      .filter((seconds) => ![60, 120, 300, 600].includes(seconds))
      .map((seconds) => `counts over ${seconds} s, where WAF takes 60, 120, 300 or 600`),
    ...statements(properties, 'GeoMatchStatement')
      .map(({ CountryCodes }) => list(CountryCodes).length)
      .filter((count) => count > 50)
      .map((count) => `names ${count} countries, at most 50`),
    ...[...objectsIn(properties.Rules)]
      .map(({ TextTransformations }) => list(TextTransformations).length)
      .filter((count) => count > 10)
      .map((count) => `transforms ${count} times, at most 10`),
  ].map((says) => ({
    says: `${says} (WAFInvalidParameterException, WAFLimitsExceededException)`,
    way: 'Write another number, or spread it over several statements.',
    source: wafQuotas,
  }));
});

/** An alias must be in the certificate. One that is brought along tells no names. */
const aliasesCertified = eachResource(
  'certificate-names',
  ['AWS::CloudFront::Distribution'],
  (distribution, deployment) => {
    const config = distribution.properties.DistributionConfig;
    const aliases = list(at(config, 'Aliases')).flatMap((alias) =>
      hasUnknown(alias) ? [] : (text(alias) ?? []),
    );
    if (hasUnknown(at(config, 'ViewerCertificate'))) return [];
    const arn = at(config, 'ViewerCertificate', 'AcmCertificateArn');
    const [certificate] = deployment.referred(distribution, arn);
    if (
      aliases.length > 0 &&
      arn === undefined &&
      at(config, 'ViewerCertificate', 'IamCertificateId') === undefined
    )
      return [aliasRefused(aliases.join(', '))];
    if (certificate?.type !== 'AWS::CertificateManager::Certificate') return [];
    const { DomainName, SubjectAlternativeNames } = certificate.properties;
    const named = [DomainName, ...list(SubjectAlternativeNames)].flatMap((name) => text(name ?? null) ?? []);
    return aliases
      .filter((alias) => !named.includes(alias) && !named.includes(`*${alias.slice(alias.indexOf('.'))}`))
      .map(aliasRefused);
  },
);

function aliasRefused(alias: string): Found {
  return {
    says: `has the alias ${alias}, which its certificate does not name (InvalidViewerCertificate)`,
    way: 'Add the name to the certificate.',
    source: edgeSource,
  };
}

/** A behaviour that leads to no origin. */
const origins = eachResource('distribution-limits', ['AWS::CloudFront::Distribution'], ({ properties }) => {
  const config = properties.DistributionConfig;
  const ids = [...list(at(config, 'Origins')), ...list(at(config, 'OriginGroups', 'Items'))].map((origin) =>
    text(at(origin, 'Id')),
  );
  if (ids.some((id) => id === undefined || hasUnknown(id))) return [];
  return [at(config, 'DefaultCacheBehavior'), ...list(at(config, 'CacheBehaviors'))]
    .flatMap((behavior) => text(at(behavior, 'TargetOriginId')) ?? [])
    .filter((id) => ids.length > 0 && !hasUnknown(id) && !ids.includes(id))
    .map((id) => ({
      says: `sends requests to the origin ${id}, which it does not have (NoSuchOrigin)`,
      way: 'Write the Id of one of its origins.',
      source: `${docs}/cloudfront/latest/APIReference/API_CreateDistribution.html`,
    }));
});

/** What CloudFront and WAF demand. */
export const edge: readonly Demand[] = [
  distributions,
  edgeAcls,
  aclLogs,
  metricNames,
  aclQuotas,
  aliasesCertified,
  origins,
];
