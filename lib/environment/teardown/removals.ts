import { Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { Names } from './forget-names.ts';
import type { Leftover } from './leftover.ts';

/** A leftover, and what it takes of IAM to remove it. */
export interface Removal {
  /** Below it the custom resource stands. */
  readonly scope: IConstruct;
  readonly leftover: Leftover;
  /** What has to exist while it is removed, besides the right to do so. */
  readonly after: readonly IConstruct[];
  /** What goes before it is removed. */
  readonly before: readonly IConstruct[];
  readonly statements: readonly iam.PolicyStatement[];
  /** Resources of the statements that are patterns, as AwsSolutions spells them. */
  readonly patterns: readonly string[];
  /** Rules of our own that the statements break. */
  readonly edits: readonly ('DAT2[ControlEdits]' | 'DAT2[WildcardPolicy]')[];
}

/** What of a stack would outlive it, or keep it from being deleted. */
export function removalsIn(stack: Stack): Removal[] {
  return stack.node.findAll().flatMap((construct) => {
    if (construct instanceof s3.CfnBucket) return [bucketRemoval(construct)];
    if (construct instanceof backup.CfnBackupVault) return [vaultRemoval(construct)];
    if (construct instanceof ec2.CfnVPC) return [vpcRemoval(construct)];
    return [];
  });
}

function bucketRemoval(bucket: s3.CfnBucket): Removal {
  const scope = parentOf(bucket);
  return {
    scope,
    leftover: { kind: 'bucket', name: bucket.ref },
    after: [],
    // With it goes the right of services to write logs.
    before: scope.node.findAll().filter((each) => each instanceof s3.CfnBucketPolicy),
    statements: [
      new iam.PolicyStatement({
        actions: ['s3:ListBucketVersions', 's3:DeleteBucket'],
        resources: [bucket.attrArn],
      }),
      new iam.PolicyStatement({
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
        resources: [`${bucket.attrArn}/*`],
      }),
    ],
    patterns: [`<${Stack.of(bucket).getLogicalId(bucket)}.Arn>/*`],
    edits: ['DAT2[ControlEdits]'],
  };
}

function vaultRemoval(vault: backup.CfnBackupVault): Removal {
  const { region, account } = Stack.of(vault);
  const points = `arn:aws:backup:${region}:${account}:recovery-point:*`;
  // Of a cluster, and of an instance, whose snapshots are called so without a word before it.
  const snapshots = `arn:aws:rds:${region}:${account}:*snapshot:awsbackup:*`;
  return {
    scope: parentOf(vault),
    leftover: { kind: 'vault', name: vault.ref },
    after: [],
    before: [],
    statements: [
      new iam.PolicyStatement({
        actions: ['backup:ListRecoveryPointsByBackupVault'],
        resources: [vault.attrBackupVaultArn],
      }),
      // A recovery point's name does not tell its vault, and one of a database is a snapshot.
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
      new iam.PolicyStatement({
        actions: ['backup:DeleteRecoveryPoint'],
        resources: [points, snapshots],
      }),
      // AWS Backup deletes it with the rights of the caller.
      // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupFullAccess.html
      new iam.PolicyStatement({
        actions: ['rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot'],
        resources: [snapshots],
        conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'backup.amazonaws.com' } },
      }),
      // Or with its own role, which whoever asks must be allowed to create in an account that has none yet.
      // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteRecoveryPoint.html
      new iam.PolicyStatement({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [
          `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
        ],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'backup.amazonaws.com' } },
      }),
    ],
    patterns: [points, snapshots],
    edits: ['DAT2[ControlEdits]', 'DAT2[WildcardPolicy]'],
  };
}

function vpcRemoval(vpc: ec2.CfnVPC): Removal {
  const stack = Stack.of(vpc);
  const scope = parentOf(vpc);
  const { region, account } = stack;
  const endpoints = `arn:aws:ec2:${region}:${account}:vpc-endpoint/*`;
  const groups = `arn:aws:ec2:${region}:${account}:security-group/*`;
  return {
    scope,
    leftover: { kind: 'vpc', name: vpc.ref },
    // Endpoints stand in subnets, which go afterwards.
    after: scope.node.findAll().filter((each) => each instanceof ec2.CfnSubnet),
    before: [],
    statements: [
      new iam.PolicyStatement({
        actions: ['ec2:DescribeVpcEndpoints', 'ec2:DescribeSecurityGroups'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['ec2:DeleteVpcEndpoints'],
        resources: [endpoints],
        conditions: { StringEquals: { 'aws:ResourceTag/GuardDutyManaged': 'true' } },
      }),
      new iam.PolicyStatement({
        actions: ['ec2:DeleteSecurityGroup'],
        resources: [groups],
        conditions: {
          ArnEquals: {
            'ec2:Vpc': stack.formatArn({ service: 'ec2', resource: 'vpc', resourceName: vpc.ref }),
          },
        },
      }),
    ],
    patterns: ['*', endpoints, groups],
    edits: [],
  };
}

/** What the environment wrote under its own names, to go with the last of its stacks. */
export function namesRemoval(stack: Stack, names: Names): Removal {
  const arnOf = (service: string, resource: string) =>
    `arn:aws:${service}:${stack.region}:${stack.account}:${resource}`;
  const parameters = arnOf('ssm', `parameter${names.parameterPath}*`);
  const logGroup = arnOf('logs', `log-group:${names.logGroup}:*`);
  return {
    scope: stack,
    leftover: { kind: 'names', name: names.parameterPath, names },
    after: [],
    before: [],
    statements: [
      new iam.PolicyStatement({ actions: ['ssm:DescribeParameters'], resources: ['*'] }),
      new iam.PolicyStatement({
        actions: ['ssm:DeleteParameters'],
        resources: [parameters],
      }),
      new iam.PolicyStatement({
        actions: ['secretsmanager:DeleteSecret'],
        // Secrets Manager adds six characters to the name.
        resources: [arnOf('secretsmanager', `secret:${names.secret}-??????`)],
      }),
      new iam.PolicyStatement({
        actions: ['logs:DeleteLogGroup'],
        resources: [logGroup],
      }),
    ],
    patterns: ['*', parameters, logGroup],
    edits: ['DAT2[ControlEdits]'],
  };
}

function parentOf(construct: IConstruct): IConstruct {
  return construct.node.scope ?? construct;
}
