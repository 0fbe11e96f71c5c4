import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { declareDataClass } from '../../declarations/declare.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';

export interface MediaFileSystemProps extends RetentionProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly key: kms.IKey;
  /** POSIX user and group that own the files. */
  readonly userId: number;
}

/** Pictures and uploads: encrypted, mounted over TLS, and only through the shop's access point with its role. */
export class MediaFileSystem extends Construct {
  readonly fileSystem: efs.FileSystem;
  readonly accessPoint: efs.AccessPoint;

  constructor(scope: Construct, id: string, props: MediaFileSystemProps) {
    super(scope, id);
    this.fileSystem = new efs.FileSystem(this, 'FileSystem', {
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      securityGroup: props.securityGroup,
      encrypted: true,
      kmsKey: props.key,
      throughputMode: efs.ThroughputMode.ELASTIC,
      lifecyclePolicy: efs.LifecyclePolicy.AFTER_30_DAYS,
      outOfInfrequentAccessPolicy: efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
      // The backup plan of the environment takes its place.
      enableAutomaticBackups: false,
      fileSystemPolicy: onlyWithRoleOverTls(),
      // Keeps away the CDK's statement against anonymous clients, which would let every client write. The policy
      // above allows nothing to anybody.
      allowAnonymousAccess: true,
      removalPolicy: removalPolicyOf(props),
    });
    declareDataClass(this.fileSystem, 'customer-data');

    const owner = String(props.userId);
    // Its owner is in its name: another owner is another access point, and whoever reads its id sees the change.
    this.accessPoint = this.fileSystem.addAccessPoint(`ShopMedia${owner}`, {
      path: '/media',
      posixUser: { uid: owner, gid: owner },
      createAcl: { ownerUid: owner, ownerGid: owner, permissions: '750' },
    });
  }
}

/** Allows nothing: what the shop's role may do, its own policy says. */
function onlyWithRoleOverTls(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'OnlyOverTls',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      new iam.PolicyStatement({
        // By its absence: naming the access point here would make the two wait for each other.
        sid: 'OnlyThroughAnAccessPoint',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: [
          'elasticfilesystem:ClientMount',
          'elasticfilesystem:ClientWrite',
          'elasticfilesystem:ClientRootAccess',
        ],
        conditions: { Null: { 'elasticfilesystem:AccessPointArn': 'true' } },
      }),
    ],
  });
}
