import type { Resource } from '../../model/templates.ts';
import { at, display, list, type Value } from '../../model/values.ts';
import { attribute } from '../load-balancer-attributes.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

const stores = ['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::KinesisFirehose::DeliveryStream'];

/** Where each type that writes logs says where to. */
const destinations: Readonly<Record<string, (resource: Resource) => readonly (Value | undefined)[]>> = {
  'AWS::CloudFront::Distribution': ({ properties }) => [
    at(properties, 'DistributionConfig', 'Logging', 'Bucket'),
  ],
  'AWS::CloudTrail::Trail': ({ properties }) => [
    properties.S3BucketName,
    properties.CloudWatchLogsLogGroupArn,
  ],
  'AWS::CodeBuild::Project': ({ properties }) => [
    at(properties, 'LogsConfig', 'CloudWatchLogs', 'GroupName'),
  ],
  'AWS::Config::DeliveryChannel': ({ properties }) => [properties.S3BucketName],
  'AWS::EC2::ClientVpnEndpoint': ({ properties }) => [
    at(properties, 'ConnectionLogOptions', 'CloudwatchLogGroup'),
  ],
  'AWS::EC2::FlowLog': ({ properties }) => [properties.LogGroupName, properties.LogDestination],
  'AWS::ECS::TaskDefinition': ({ properties }) =>
    list(properties.ContainerDefinitions).map((each) =>
      at(each, 'LogConfiguration', 'Options', 'awslogs-group'),
    ),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ properties }) =>
    ['access_logs', 'connection_logs'].map((kind) =>
      attribute(properties.LoadBalancerAttributes, `${kind}.s3.bucket`),
    ),
  'AWS::Lambda::Function': ({ properties }) => [at(properties, 'LoggingConfig', 'LogGroup')],
  'AWS::Logs::DeliveryDestination': ({ properties }) => [properties.DestinationResourceArn],
  'AWS::Logs::SubscriptionFilter': ({ properties }) => [properties.LogGroupName],
  'AWS::Route53Resolver::ResolverQueryLoggingConfig': ({ properties }) => [properties.DestinationArn],
  'AWS::S3::Bucket': ({ properties }) => [at(properties, 'LoggingConfiguration', 'DestinationBucketName')],
  'AWS::WAFv2::LoggingConfiguration': ({ properties }) => list(properties.LogDestinationConfigs),
};

/** A log that goes elsewhere is kept, encrypted and read by rules that nobody here can see. */
export const logDestination = defineRule({
  invariant: 'LOG1',
  finding: 'LogDestination',
  en: 'Logs go to groups and buckets that these templates make',
  ja: 'ログの出力先はテンプレートで作成したロググループ・バケットである',
  appliesTo: Object.keys(destinations),
  judge(resource, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const named = (destinations[resource.type]?.(resource) ?? []).flatMap((value) => value ?? []);
    if (named.length === 0) return skip('names no destination');
    return named.map((value): Verdict => {
      const target =
        graph.target(value, ...stores) ??
        graph.target(typeof value === 'string' ? graph.canonicalArn(value) : value, ...stores);
      return target
        ? pass(`writes to ${target.logicalId}`)
        : fail(`writes to ${display(value)}, which these templates do not make`);
    });
  },
});
