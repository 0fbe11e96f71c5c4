import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target } from '../environment.ts';
import { at, object, objectsIn } from '../json.ts';

const aclType = 'AWS::WAFv2::WebACL';

const edgeMetrics: Constraint = {
  id: 'edge-metrics',
  says: 'alarms on CloudFront are in us-east-1, where its metrics are',
  violations: (environment) =>
    resources(environment, 'AWS::CloudWatch::Alarm')
      .filter(
        ({ properties, stack }) => properties.Namespace === 'AWS/CloudFront' && stack.region !== 'us-east-1',
      )
      .map((alarm) => `${label(alarm)}: CloudFront has no metrics in ${alarm.stack.region}`),
  breakIn(environment) {
    const [alarm] = resources(environment, 'AWS::CloudWatch::Alarm').filter(
      ({ stack }) => stack.region !== 'us-east-1',
    );
    if (alarm) alarm.properties.Namespace = 'AWS/CloudFront';
    return alarm !== undefined;
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

export const perimeter: Constraint[] = [edgeMetrics, certificateInUse, metricNames];
