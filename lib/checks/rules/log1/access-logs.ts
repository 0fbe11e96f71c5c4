import { dataClassOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, isTrue, text, type Value } from '../../model/values.ts';
import { attribute } from '../load-balancer-attributes.ts';
import { takesOnlySse } from '../log-targets.ts';
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
              isDeliveredFrom(delivery.properties.DeliverySourceName, each.properties.Name, each, graph),
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

function isDeliveredFrom(
  value: Value | undefined,
  name: Value | undefined,
  source: Resource,
  graph: EnvironmentGraph,
): boolean {
  return (value !== undefined && value === name) || graph.target(value) === source;
}
