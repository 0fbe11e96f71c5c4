import { at, isTrue, list, numeric, text, type Value, type ValueMap } from '../../checks/model/values.ts';
import { type Finding, findingOf } from './finding.ts';
import type { ResourceChange } from './model/changes.ts';
import type { DeployedResource } from './model/deployment.ts';

const aurora = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

interface RefusedChangeRow {
  readonly type: string;
  readonly property: string;
  /** Whether AWS refuses to go from the one value to the other. */
  readonly refuses: (
    from: Value | undefined,
    to: Value | undefined,
    before: ValueMap,
    after: ValueMap,
  ) => boolean;
  readonly says: string;
  readonly way: string;
  readonly source: string;
}

const smaller = (from: Value | undefined, to: Value | undefined) => {
  const [old, next] = [numeric(from), numeric(to)];
  return old !== undefined && next !== undefined && next < old;
};

/** Changes in place that the schemas allow and AWS refuses. */
const refused: readonly RefusedChangeRow[] = [
  ...['DBCluster', 'DBInstance'].map((type) => ({
    type: `AWS::RDS::${type}`,
    property: 'Engine',
    refuses: () => true,
    says: 'changes, and no database becomes one of another engine',
    way: 'Build the shop on the other engine as a new environment, move the data, and delete the old one.',
    source: `https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Modify${type}.html`,
  })),
  ...['DBCluster', 'DBInstance'].map((type) => ({
    type: `AWS::RDS::${type}`,
    property: 'EngineVersion',
    refuses: (from: Value | undefined, to: Value | undefined, before: ValueMap, after: ValueMap) =>
      before.Engine === after.Engine && isOlder(text(to), text(from)),
    says: 'goes back to an older version, which RDS does not do; automatic minor upgrades may have made the running one newer still',
    way: 'Keep the version that runs, or write a newer one.',
    source: `${aurora}/USER_UpgradeDBInstance.Upgrading.html`,
  })),
  {
    type: 'AWS::RDS::DBCluster',
    property: 'EngineVersion',
    refuses: (from, to, before, after) =>
      before.Engine === after.Engine &&
      majorOf(text(from)) !== majorOf(text(to)) &&
      !isTrue(after.AllowMajorVersionUpgrade),
    says: 'becomes another major version ("The AllowMajorVersionUpgrade flag must be present")',
    way: 'Try the upgrade on a copy first; then set AllowMajorVersionUpgrade to true, with a parameter group of the new version.',
    source: `${aurora}/USER_UpgradeDBInstance.Upgrading.html`,
  },
  {
    type: 'AWS::CloudFront::VpcOrigin',
    property: 'VpcOriginEndpointConfig',
    refuses: (from, to) =>
      ['Arn', 'HTTPPort', 'HTTPSPort', 'OriginProtocolPolicy'].some(
        (name) => JSON.stringify(at(from, name)) !== JSON.stringify(at(to, name)),
      ),
    says: 'changes where or how CloudFront connects, while a distribution uses the origin (CannotUpdateEntityWhileInUse)',
    way: 'Make an origin under another logical id, which takes its place.',
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html',
  },
  {
    type: 'AWS::RDS::DBSubnetGroup',
    property: 'SubnetIds',
    refuses: (from, to) => list(from).some((subnet) => !list(to).includes(subnet)),
    says: 'loses a subnet that instances of the database may be in ("Some of the subnets to be deleted are currently in use")',
    way: 'Keep the zones of the database: a shop can take on a zone, not give one up.',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSubnetGroup.html',
  },
  {
    type: 'AWS::Backup::BackupVault',
    property: 'LockConfiguration',
    refuses: (from) =>
      from !== undefined && (from as { ChangeableForDays?: Value }).ChangeableForDays !== undefined,
    says: 'changes a lock in compliance mode, which nobody can once its days of grace have passed',
    way: 'Leave the lock as it is. An environment that shall be disposable is made anew, under another name; this one stays what it is.',
    source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html',
  },
  {
    type: 'AWS::S3::Bucket',
    property: 'ObjectLockEnabled',
    refuses: (from, to) => from === true && to !== true,
    says: 'switches Object Lock off, which S3 does not do',
    way: 'Leave it on.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html',
  },
  {
    type: 'AWS::EC2::Volume',
    property: 'Size',
    refuses: smaller,
    says: 'becomes smaller, which EBS does not do',
    way: 'Make a new volume.',
    source: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    property: 'AllocatedStorage',
    refuses: smaller,
    says: 'becomes smaller, which RDS does not do',
    way: 'Make a new instance and move the data.',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html',
  },
];

/** What of a change in place AWS refuses, whatever the schemas say. */
export function refusedChanges(
  { properties }: ResourceChange,
  before: DeployedResource,
  after: DeployedResource,
): Finding[] {
  return refused
    .filter(
      ({ type, property, refuses }) =>
        type === before.type &&
        properties.includes(property) &&
        refuses(before.properties[property], after.properties[property], before.properties, after.properties),
    )
    .map(({ property, says, way, source }) =>
      findingOf(after, {
        effect: 'refused',
        constraint: 'one-way',
        says: `${property} ${says}`,
        way,
        source,
      }),
    );
}

/** `8.0` of "8.0.mysql_aurora.3.10.1", `17` of "17.5". */
function majorOf(version: string | undefined): string | undefined {
  return version?.includes('.mysql_aurora') ? version.split('.mysql_aurora')[0] : version?.split('.')[0];
}

/** @param version such as "8.0.mysql_aurora.3.10.1" or "17.5" */
function isOlder(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined || than === undefined) return false;
  const [one, other] = [version, than].map((each) => each.match(/\d+/g)?.map(Number) ?? []);
  for (const [index, number] of (one ?? []).entries()) {
    const against = other?.[index];
    if (against === undefined || number > against) return false;
    if (number < against) return true;
  }
  return false;
}
