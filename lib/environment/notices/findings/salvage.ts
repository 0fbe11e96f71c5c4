import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { levelOf } from './levels.ts';

/** Where services write these in their findings; the first that holds a text is taken. */
const places = {
  kind: ['title', 'Title', 'finding_info.title', 'type', 'configRuleName'],
  id: ['id', 'Id', 'finding_info.uid', 'findingArn', 'arn', 'findingId'],
  resource: [
    'resource',
    'resourceId',
    'resourceArn',
    'resources.0.id',
    'Resources.0.Id',
    'resources.0.uid',
    'resourcesAffected.s3Object.path',
    'resourcesAffected.s3Bucket.name',
    's3ObjectDetails.objectKey',
    's3BucketDetails.bucketName',
    'resourceDetails.ecsClusterDetails.clusterName',
    'resourceDetails.eksClusterDetails.clusterName',
    'resourceDetails.ec2InstanceDetails.instanceId',
  ],
  region: ['region', 'Region', 'awsRegion', 'cloud.region'],
  time: ['updatedAt', 'UpdatedAt', 'finding_info.modified_time_dt'],
} as const;

const severities = ['severity', 'severity.description', 'Severity.Label', 'severity.Label'];

type Salvaged = Pick<Finding, 'level' | 'resource' | 'region' | 'time'> & {
  readonly kind: string | undefined;
  /** Its own, or a mark of what it holds: the same finding has the same one. */
  readonly id: string;
};

/** What can be said of a finding in a form that nobody foresaw. A severity that is not known is taken seriously. */
export function salvage(detail: unknown): Salvaged {
  const first = (paths: readonly string[]) =>
    paths.map((path) => valueAt(detail, path)).find((value) => typeof value === 'string' && value !== '') as
      | string
      | undefined;
  return {
    kind: first(places.kind),
    id: first(places.id) ?? markOf(JSON.stringify(detail) ?? ''),
    level: severities.flatMap((path) => levelOf(valueAt(detail, path)) ?? [])[0] ?? 'high',
    resource: first(places.resource),
    region: first(places.region),
    time: first(places.time),
  };
}

/** Under which it also stands in the log of the function that tells. */
export function markOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Readonly<Record<string, unknown>>)[key]
          : undefined,
      value,
    );
}
