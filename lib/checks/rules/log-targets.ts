import type { Resource } from '../model/templates.ts';
import { at, list, text, type Value } from '../model/values.ts';
import type { Context } from './rule.ts';

/** Load balancers and S3 deliver their access logs only to buckets encrypted with S3's own keys. */
export function takesOnlySse(bucket: Resource, graph: Context['graph']): boolean {
  const isBucket = (value: Value | undefined) => graph.target(value, 'AWS::S3::Bucket') === bucket;
  return (
    graph
      .ofType('AWS::S3::Bucket')
      .some((each) => isBucket(at(each.properties, 'LoggingConfiguration', 'DestinationBucketName'))) ||
    isBucketOwnTarget(bucket) ||
    graph
      .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .some((balancer) =>
        list(balancer.properties.LoadBalancerAttributes).some(
          (each) => /_logs\.s3\.bucket$/.test(text(at(each, 'Key')) ?? '') && isBucket(at(each, 'Value')),
        ),
      )
  );
}

/** A bucket that logs its own accesses to itself names no other. */
function isBucketOwnTarget(bucket: Resource): boolean {
  const logging = at(bucket.properties, 'LoggingConfiguration');
  return logging !== undefined && at(logging, 'DestinationBucketName') === undefined;
}
