import { at, isMap, isTrue, list, text } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from './deployment.ts';

/** Why AWS does not delete a resource, and how its owner lifts that. */
export interface Obstacle {
  readonly why: string;
  readonly commands: readonly string[];
  readonly source: string;
}

/** What happens to a resource that leaves its stack. */
export type Fate = 'deleted' | 'retained' | 'snapshot';

export type Leaving = 'creation rolled back' | 'removed' | 'replaced';

const policies = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
export const deletionPolicySource = `${policies}/aws-attribute-deletionpolicy.html`;

/**
 * `Retain` holds also when the creation that made the resource is rolled back; `RetainExceptOnCreate` does not.
 * A replaced resource follows its UpdateReplacePolicy alone.
 */
export function fateOf({ type, declaration, properties }: DeployedResource, leaving: Leaving): Fate {
  const snapshotByDefault =
    type === 'AWS::RDS::DBCluster' ||
    (type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier === undefined);
  const written = leaving === 'replaced' ? declaration.UpdateReplacePolicy : declaration.DeletionPolicy;
  const policy = written ?? (snapshotByDefault && leaving !== 'replaced' ? 'Snapshot' : 'Delete');
  if (policy === 'Retain') return 'retained';
  if (policy === 'RetainExceptOnCreate') return leaving === 'creation rolled back' ? 'deleted' : 'retained';
  return policy === 'Snapshot' && leaving !== 'creation rolled back' ? 'snapshot' : 'deleted';
}

/** DeletionProtection, DeletionProtectionEnabled, MutationProtection, DeleteProtection ... of any service. */
const protectionProperty = /^(Deletion|Delete|Termination|Mutation|ApiTermination)Protection(Enabled)?$/;
const switchedOn = /^(true|enabled|active|on)$/i;

interface ProtectionRow {
  readonly type: string;
  readonly command: (id: string) => string;
  readonly source: string;
}

/** How commands name the id that AWS gave to a resource: the shell variable that the first of them sets. */
export const physicalId = '"$ID"';

/** How the protections that the shop uses are lifted. `id` is the resource's id in AWS. */
const lifted: readonly ProtectionRow[] = [
  {
    type: 'AWS::RDS::DBCluster',
    command: (id) =>
      `aws rds modify-db-cluster --db-cluster-identifier ${id} --no-deletion-protection --apply-immediately`,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html',
  },
  {
    type: 'AWS::RDS::DBInstance',
    command: (id) =>
      `aws rds modify-db-instance --db-instance-identifier ${id} --no-deletion-protection --apply-immediately`,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    command: (id) =>
      `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${id} --attributes Key=deletion_protection.enabled,Value=false`,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  },
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    command: (id) =>
      `aws route53resolver update-firewall-rule-group-association --firewall-rule-group-association-id ${id} --mutation-protection DISABLED`,
    source:
      'https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateFirewallRuleGroup.html',
  },
  {
    type: 'AWS::EC2::Instance',
    command: (id) => `aws ec2 modify-instance-attribute --instance-id ${id} --no-disable-api-termination`,
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html',
  },
];

/** Protection that AWS puts before a deletion, whatever the template's policies say. */
export function protectionOf(resource: DeployedResource): Obstacle | undefined {
  const property = protectingProperty(resource);
  if (property === undefined) return undefined;
  const row = lifted.find(({ type }) => type === resource.type);
  return {
    why: `${property} is on`,
    commands: row ? [row.command(physicalId)] : [],
    source: row?.source ?? policies,
  };
}

function protectingProperty({ type, properties }: DeployedResource): string | undefined {
  if (type === 'AWS::EC2::Instance' && isTrue(properties.DisableApiTermination))
    return 'DisableApiTermination';
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    const attribute = list(properties.LoadBalancerAttributes).find(
      (each) => isMap(each) && each.Key === 'deletion_protection.enabled',
    );
    return isTrue(at(attribute, 'Value')) ? 'deletion_protection.enabled' : undefined;
  }
  return Object.keys(properties).find(
    (name) => protectionProperty.test(name) && switchedOn.test(String(properties[name])),
  );
}

interface WriterRow {
  /** What writes as soon as it exists. */
  readonly type: string;
  /** Property that names where to. */
  readonly into: string;
  /** Property of what is named there that names where to, when it does the writing. */
  readonly through?: string;
  readonly what: string;
  readonly source: string;
}

/** What puts something into a store of its stack right after its creation, so that the store is not empty any more. */
const writers: readonly WriterRow[] = [
  {
    type: 'AWS::CodePipeline::Pipeline',
    into: 'ArtifactStore',
    what: 'the first run of the pipeline',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html',
  },
  {
    type: 'AWS::CodePipeline::Pipeline',
    into: 'Stages',
    what: 'the first run of the pipeline',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html',
  },
  {
    type: 'AWS::CodePipeline::Pipeline',
    into: 'Stages',
    through: 'Environment',
    what: 'the first run of the pipeline',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html',
  },
  {
    type: 'AWS::CloudTrail::Trail',
    into: 'S3BucketName',
    what: 'the trail',
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-find-log-files.html',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    into: 'LoadBalancerAttributes',
    what: "the load balancer's test file",
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
  },
];

/** Stores that AWS deletes only when they are empty, and the property that lets it empty them itself. */
const emptyFirst: Readonly<Record<string, { readonly emptied?: string; readonly command: string }>> = {
  'AWS::S3::Bucket': {
    // "aws s3 rm" leaves the versions of a versioned bucket.
    command: `aws s3api delete-objects --bucket ${physicalId} --delete "$(aws s3api list-object-versions --bucket ${physicalId} --query '{Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}' --output json)"`,
  },
  'AWS::ECR::Repository': {
    emptied: 'EmptyOnDelete',
    command: `aws ecr batch-delete-image --repository-name ${physicalId} --image-ids "$(aws ecr list-images --repository-name ${physicalId} --query 'imageIds[].{imageDigest: imageDigest}' --output json)"`,
  },
  'AWS::Backup::BackupVault': {
    command: `for POINT in $(aws backup list-recovery-points-by-backup-vault --backup-vault-name ${physicalId} --query 'RecoveryPoints[].RecoveryPointArn' --output text); do aws backup delete-recovery-point --backup-vault-name ${physicalId} --recovery-point-arn "$POINT"; done`,
  },
};

/** The CDK empties a bucket by a custom resource, which needs this tag to be allowed to. */
const autoDeleteTag = 'aws-cdk:auto-delete-objects';

/** Our own custom resource that empties the store it names: lib/environment/teardown. */
const removal = 'Custom::Removal';

/** Whether the store is emptied before AWS deletes it. */
export function isEmptiedOnDelete(store: DeployedResource, deployment: Deployment): boolean {
  const { type, properties, stack } = store;
  const removed = deployment
    .resourcesOf(stack)
    .some(
      (each) => each.type === removal && deployment.referred(each, each.properties.Leftover).includes(store),
    );
  if (removed) return true;
  const { emptied } = emptyFirst[type] ?? {};
  if (emptied !== undefined) return isTrue(properties[emptied]);
  return list(properties.Tags).some((tag) => text(at(tag, 'Key')) === autoDeleteTag);
}

/** Commands that empty a store, as far as its locks allow. */
export function emptyingOf({ type }: DeployedResource): string[] {
  const { command } = emptyFirst[type] ?? {};
  return command === undefined ? [] : [command];
}

export function mustBeEmpty({ type }: DeployedResource): boolean {
  return Object.hasOwn(emptyFirst, type);
}

/** What fills a store that its own stack's failed creation would have to delete again. */
export function fullAfterCreation(
  store: DeployedResource,
  created: readonly DeployedResource[],
  deployment: Deployment,
): Obstacle | undefined {
  if (!mustBeEmpty(store) || isEmptiedOnDelete(store, deployment)) return undefined;
  const targets = (from: DeployedResource, property: string) =>
    deployment.referred(from, from.properties[property]);
  for (const { type, into, through, what, source } of writers) {
    const written = created
      .filter((writer) => writer.type === type)
      .flatMap((writer) => targets(writer, into))
      .flatMap((target) => (through ? targets(target, through) : [target]));
    if (!written.includes(store)) continue;
    return {
      why: `it is not empty: ${what} has written into it`,
      commands: emptyingOf(store),
      source,
    };
  }
  return undefined;
}
