import type { EnvironmentGraph, Resource } from '../templates.ts';
import { ways } from './reading-ways.ts';
import { arnOf } from './resource-arns.ts';

/** Calls that take away, or change, the policy of a store and with it what it refuses; those that write a new one read. */
export const guardRemovals: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['s3:DeleteBucketPolicy'],
  'AWS::SecretsManager::Secret': ['secretsmanager:DeleteResourcePolicy'],
  'AWS::SQS::Queue': ['sqs:RemovePermission'],
  'AWS::SNS::Topic': ['sns:RemovePermission'],
  'AWS::DynamoDB::Table': ['dynamodb:DeleteResourcePolicy'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb:DeleteResourcePolicy'],
  'AWS::Kinesis::Stream': ['kinesis:DeleteResourcePolicy'],
  'AWS::MSK::Cluster': ['kafka:DeleteClusterPolicy'],
};

export const storeTypes: readonly string[] = Object.keys(ways);

/** Each call that reads the store, with an ARN it may be asked for. */
export function readingCalls(
  store: Resource,
  graph: EnvironmentGraph,
): readonly { readonly action: string; readonly arn: string; readonly after?: string | undefined }[] {
  const own = arnOf(store, graph);
  return (ways[store.type] ?? []).flatMap(({ actions, on, after }) =>
    on(own, store, graph).flatMap((arn) => actions.map((action) => ({ action, arn, after }))),
  );
}

/** Calls that read what is there, for asking what a policy gives rather than what it could be turned into. */
export function plainReading(action: string): boolean {
  return !/:(Put|Set|Add|Create|Enable|Delete|Replicate)|ModifyDB\w*SnapshotAttribute/.test(action);
}
