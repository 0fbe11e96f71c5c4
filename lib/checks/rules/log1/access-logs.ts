import { dataClassOf } from '../../model/declarations.ts';
import { asWritten, at, isTrue, list, text } from '../../model/values.ts';
import { takesOnlySse } from '../dat1/encrypted.ts';
import { attribute } from '../net3/load-balancer-headers.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Who asked for what is recorded at every entrance and on every bucket that matters. */
export const accessLogs = defineRule({
  invariant: 'LOG1',
  finding: 'AccessLogs',
  en: 'Distributions, load balancers and buckets record who asked for what',
  ja: 'ディストリビューション・ロードバランサー・バケットがアクセスを記録する',
  appliesTo: [
    'AWS::CloudFront::Distribution',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::S3::Bucket',
  ],
  judge(resource, { graph, declared }) {
    switch (resource.type) {
      case 'AWS::CloudFront::Distribution': {
        const legacy = at(resource.properties, 'DistributionConfig', 'Logging', 'Bucket') !== undefined;
        const delivered = graph.referring(resource, 'AWS::Logs::DeliverySource', 'ResourceArn');
        const source = delivered.some((each) =>
          graph
            .ofType('AWS::Logs::Delivery')
            .some((delivery) =>
              names(delivery.properties.DeliverySourceName, each.properties.Name, each, graph),
            ),
        );
        const byText = graph
          .ofType('AWS::Logs::DeliverySource')
          .some((each) => JSON.stringify(each.properties.ResourceArn ?? '').includes(resource.logicalId));
        const cookies = isTrue(at(resource.properties, 'DistributionConfig', 'Logging', 'IncludeCookies'));
        if (cookies) return fail('logs cookies, with which a session can be taken over');
        if (legacy || source || byText) return pass('is logged');
        return declared ? fail('writes no access log') : skip('not part of a declared shop');
      }
      case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
        const attributes = resource.properties.LoadBalancerAttributes;
        const kinds =
          declared && (text(resource.properties.Type) ?? 'application') === 'application'
            ? ['access_logs', 'connection_logs']
            : ['access_logs'];
        return kinds.map((kind): Verdict => {
          const on =
            isTrue(attribute(attributes, `${kind}.s3.enabled`)) &&
            attribute(attributes, `${kind}.s3.bucket`) !== undefined;
          return on
            ? pass(`${kind} are on`)
            : declared
              ? fail(`${kind}.s3.enabled is not true`)
              : skip('not part of a declared shop');
        });
      }
      default: {
        const dataClass = dataClassOf(resource);
        if (!declared || takesOnlySse(resource, graph) || dataClass === undefined || dataClass === 'public')
          return skip('needs no access log');
        const target = graph.target(
          at(resource.properties, 'LoggingConfiguration', 'DestinationBucketName'),
          'AWS::S3::Bucket',
        );
        return target && target !== resource && dataClassOf(target) === 'logs'
          ? pass(`is logged to ${target.logicalId}`)
          : fail('writes no access log to another bucket (LoggingConfiguration)');
      }
    }
  },
});

function names(
  value: Parameters<typeof list>[0],
  name: Parameters<typeof list>[0],
  source: Parameters<typeof dataClassOf>[0],
  graph: { target: (value: never) => unknown },
): boolean {
  return (value !== undefined && value === name) || graph.target(value as never) === source;
}

/** The database writes down who signed in; the VPN who connected. */
export const sessionLogs = defineRule({
  invariant: 'LOG1',
  finding: 'SessionLogs',
  en: 'The database and the VPN record who connected',
  ja: 'データベースとVPNが接続者を記録する',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::EC2::ClientVpnEndpoint'],
  judge({ type, properties }, { declared, graph }) {
    if (type === 'AWS::EC2::ClientVpnEndpoint') {
      const options = properties.ConnectionLogOptions;
      return isTrue(at(options, 'Enabled')) && at(options, 'CloudwatchLogGroup') !== undefined
        ? pass('connections are recorded')
        : fail('ConnectionLogOptions.Enabled is not true');
    }
    if (!declared) return skip('not part of a declared shop');
    const exports = list(properties.EnableCloudwatchLogsExports).map(asWritten);
    const needed = /postgres/.test(text(properties.Engine) ?? '') ? ['postgresql'] : ['audit', 'error'];
    const missing = needed.filter((name) => !exports.includes(name));
    if (missing.length > 0) return fail(`does not export its ${missing.join(' and ')} log`);
    // RDS writes to a group of this name, and makes one without key or retention where none is.
    const folder = `/aws/rds/cluster/${text(properties.DBClusterIdentifier) ?? ''}/`;
    const unmade = exports.filter(
      (name) => graph.target(`${folder}${name}`, 'AWS::Logs::LogGroup') === undefined,
    );
    return unmade.length > 0
      ? fail(
          `exports its log to a group that RDS makes: expected ${unmade.map((name) => folder + name).join(', ')}`,
        )
      : pass(`exports ${exports.join(', ')}`);
  },
});

/** Changes to resources are recorded, not only calls. */
export const configRecorder = defineRule({
  invariant: 'LOG1',
  finding: 'ConfigRecorder',
  en: 'AWS Config records changes and delivers them',
  ja: 'AWS Configが変更を記録し配信する',
  appliesTo: ['AWS::Config::ConfigurationRecorder'],
  judge({ properties }, { graph }) {
    const delivered = graph.ofType('AWS::Config::DeliveryChannel').length > 0;
    const all =
      isTrue(at(properties, 'RecordingGroup', 'AllSupported')) ||
      at(properties, 'RecordingGroup', 'RecordingStrategy') !== undefined;
    return [
      delivered ? pass('is delivered') : fail('no DeliveryChannel delivers what it records'),
      all || properties.RecordingGroup === undefined
        ? pass('records what is supported')
        : fail('RecordingGroup.AllSupported is not true'),
    ];
  },
});
