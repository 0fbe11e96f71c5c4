import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, isObject, type JsonObject, list, object, objectsIn } from '../json.ts';

const aclType = 'AWS::WAFv2::WebACL';

/** Region a value comes from; undefined when it is no ARN and no resource of ours. */
function regionOf(
  environment: DeployedEnvironment,
  from: Resource,
  value: JsonObject[string],
): string | undefined {
  const found = target(environment, from.stack, value);
  return found
    ? found.stack.region
    : /^arn:aws:[a-z0-9-]+:([a-z0-9-]+):/.exec(text(environment, from.stack, value))?.[1];
}

const edgeRegion: Constraint = {
  id: 'edge-in-us-east-1',
  says: 'certificate, web ACL and metrics of CloudFront are in us-east-1, and a web ACL’s logs in its region',
  violations: (environment) => [
    ...resources(environment, 'AWS::CloudFront::Distribution').flatMap((distribution) => {
      const config = distribution.properties.DistributionConfig;
      const certificate = regionOf(
        environment,
        distribution,
        at(config, 'ViewerCertificate', 'AcmCertificateArn'),
      );
      const acl = regionOf(environment, distribution, at(config, 'WebACLId'));
      return [
        ...(certificate === 'us-east-1' ? [] : [`${label(distribution)}: certificate in ${certificate}`]),
        ...(acl === 'us-east-1' ? [] : [`${label(distribution)}: web ACL in ${acl}`]),
      ];
    }),
    ...resources(environment, aclType)
      .filter(({ properties, stack }) => properties.Scope === 'CLOUDFRONT' && stack.region !== 'us-east-1')
      .map((acl) => `${label(acl)}: in ${acl.stack.region}`),
    ...resources(environment, 'AWS::CloudWatch::Alarm')
      .filter(
        ({ properties, stack }) => properties.Namespace === 'AWS/CloudFront' && stack.region !== 'us-east-1',
      )
      .map((alarm) => `${label(alarm)}: CloudFront has no metrics in ${alarm.stack.region}`),
    ...resources(environment, 'AWS::WAFv2::LoggingConfiguration').flatMap((logging) =>
      list(logging.properties.LogDestinationConfigs)
        .map((destination) => text(environment, logging.stack, destination))
        .filter((arn) => !arn.startsWith(`arn:aws:logs:${logging.stack.region}:`))
        .map((arn) => `${label(logging)}: logs to ${arn}`),
    ),
  ],
  breakIn(environment) {
    const acl = resources(environment, aclType).find(({ properties }) => properties.Scope === 'CLOUDFRONT');
    if (acl) acl.stack.region = 'eu-west-1';
    return acl !== undefined;
  },
};

const logNames: Constraint = {
  id: 'waf-log-names',
  says: 'web ACLs log to a group that exists, named as WAF wants it',
  violations: (environment) =>
    resources(environment, 'AWS::WAFv2::LoggingConfiguration').flatMap((logging) => {
      const groups = resources(environment, 'AWS::Logs::LogGroup').map(({ stack, properties }) =>
        text(environment, stack, properties.LogGroupName),
      );
      return list(logging.properties.LogDestinationConfigs)
        .map((destination) => text(environment, logging.stack, destination))
        .filter((arn) => {
          const name = /:log-group:(aws-waf-logs-[^:*]+)$/.exec(arn)?.[1];
          return name === undefined || !groups.includes(name);
        })
        .map((arn) => `${label(logging)}: ${arn}`);
    }),
  breakIn(environment) {
    const [logging] = resources(environment, 'AWS::WAFv2::LoggingConfiguration');
    if (logging)
      logging.properties.LogDestinationConfigs = ['arn:aws:logs:us-east-1:111122223333:log-group:waf:*'];
    return logging !== undefined;
  },
};

/** Every statement of a rule, at any depth, by its kind. */
function* statementsOf(acl: Resource, kind: string): Generator<JsonObject> {
  for (const value of objectsIn(acl.properties.Rules)) {
    const statement = value[kind];
    if (isObject(statement)) yield statement;
  }
}

function aclProblems(acl: Resource): string[] {
  const tooLong = (what: string, texts: unknown[]) =>
    texts
      .map(String)
      .filter((each) => [...each].length > 200)
      .map((each) => `${what} of ${[...each].length} characters`);
  const rates = [...statementsOf(acl, 'RateBasedStatement')];
  return [
    ...tooLong(
      'string',
      [...statementsOf(acl, 'ByteMatchStatement')].map(({ SearchString }) => SearchString),
    ),
    ...tooLong(
      'expression',
      [...statementsOf(acl, 'RegexMatchStatement')].map(({ RegexString }) => RegexString),
    ),
    ...(rates.length > 10 ? [`${rates.length} rate rules`] : []),
    ...rates
      .filter(({ Limit }) => Number(Limit) < 10 || Number(Limit) > 2_000_000_000)
      .map(({ Limit }) => `rate ${Limit}`),
    ...rates
      .filter(
        ({ EvaluationWindowSec: window }) =>
          window !== undefined && ![60, 120, 300, 600].includes(Number(window)),
      )
      .map(({ EvaluationWindowSec: window }) => `rate over ${String(window)} s`),
    ...[...statementsOf(acl, 'GeoMatchStatement')]
      .filter(({ CountryCodes }) => list(CountryCodes).length > 50)
      .map(({ CountryCodes }) => `${list(CountryCodes).length} countries`),
    ...[...objectsIn(acl.properties.Rules)]
      .filter(({ TextTransformations }) => list(TextTransformations).length > 10)
      .map(() => 'more than 10 transformations'),
  ];
}

const quotas: Constraint = {
  id: 'waf-quotas',
  says: 'web ACLs fit into the quotas of WAF',
  violations(environment) {
    const sets = resources(environment, 'AWS::WAFv2::RegexPatternSet');
    return [
      ...resources(environment, aclType).flatMap((acl) =>
        aclProblems(acl).map((problem) => `${label(acl)}: ${problem}`),
      ),
      ...sets
        .filter(({ properties }) => {
          const patterns = list(properties.RegularExpressionList).map(String);
          return patterns.length > 10 || patterns.some((pattern) => [...pattern].length > 200);
        })
        .map((set) => `${label(set)}: too many patterns, or one too long`),
      ...(sets.length > 10 ? [`${sets.length} pattern sets`] : []),
    ];
  },
  breakIn(environment) {
    for (const acl of resources(environment, aclType)) {
      for (const statement of statementsOf(acl, 'RateBasedStatement')) {
        statement.Limit = 5;
        return true;
      }
    }
    return false;
  },
};

/** Whatever the distribution takes from a stack that is deployed, and cleaned up, before the distribution changes. */
function takenByDistributions(environment: DeployedEnvironment): Resource[] {
  return resources(environment, 'AWS::CloudFront::Distribution').flatMap(({ stack, properties }) => {
    const certificate = at(properties.DistributionConfig, 'ViewerCertificate', 'AcmCertificateArn');
    const found = target(environment, stack, certificate);
    return found && found.stack.name !== stack.name ? [found] : [];
  });
}

const certificateInUse: Constraint = {
  id: 'edge-certificate-in-use',
  says: 'a certificate that CloudFront still uses is not deleted when another takes its place',
  violations: (environment) =>
    takenByDistributions(environment)
      .filter(({ declaration }) => declaration.UpdateReplacePolicy !== 'Retain')
      .map((certificate) => `${label(certificate)}: deleted while CloudFront uses it`),
  breakIn(environment) {
    const [certificate] = takenByDistributions(environment);
    if (certificate) certificate.declaration.UpdateReplacePolicy = 'Delete';
    return certificate !== undefined;
  },
};

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_VisibilityConfig.html */
const reservedMetrics = ['all', 'default_action'];

const metricNames: Constraint = {
  id: 'waf-metric-names',
  says: 'metrics of web ACLs have names of their own in the account, and none that WAF reserves',
  violations: (environment) => {
    const named = resources(environment, aclType).flatMap((acl) =>
      [...objectsIn(acl.properties)]
        .map(({ MetricName }) => MetricName)
        .filter((name) => name !== undefined)
        .map((name) => ({ acl, name: String(name) })),
    );
    const names = named.map(({ name }) => name);
    return named
      .filter(({ acl, name }, index) => {
        const owner = acl.stack.name.replace(/[^-]+$/, '');
        const reserved = reservedMetrics.includes(name.toLowerCase());
        return reserved || !name.startsWith(owner) || names.indexOf(name) !== index;
      })
      .map(({ acl, name }) => `${label(acl)}: ${name}`);
  },
  breakIn(environment) {
    const [acl] = resources(environment, aclType);
    if (acl) object(acl.properties.VisibilityConfig).MetricName = 'all';
    return acl !== undefined;
  },
};

export const perimeter: Constraint[] = [edgeRegion, logNames, quotas, certificateInUse, metricNames];
