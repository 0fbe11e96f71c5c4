import { Stack, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { bucketsOfHosts } from '../network/outside/buckets.ts';
import { removalPolicyOf } from '../retention.ts';
import { patchGroupTag } from './host-patching.ts';

export interface OperationsHostProps {
  readonly patchGroup: string;
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly logsKey: kms.IKey;
  readonly logRetentionDays: number;
  readonly disposable: boolean;
}

/**
 * The newest image of the day the host is made. A parameter of the template would replace the host at whatever deploy
 * comes after Amazon has published another one; this reference is looked at only when the host itself changes. What came
 * later is what patching is for.
 */
const newestAtLaunch: ec2.IMachineImage = {
  getImage: () => ({
    imageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}',
    osType: ec2.OperatingSystemType.LINUX,
    userData: ec2.UserData.forLinux(),
  }),
};

/**
 * A small host for maintenance that needs a shell inside the network. It has no open port, no key pair and no
 * public address: the one way in is Session Manager, which asks IAM who comes and records every line.
 * Costs about 10 USD a month.
 */
export class OperationsHost extends Construct {
  constructor(scope: Construct, id: string, props: OperationsHostProps) {
    super(scope, id);
    const sessionLog = new logs.LogGroup(this, 'SessionLog', {
      encryptionKey: props.logsKey,
      retention: props.logRetentionDays,
      removalPolicy: removalPolicyOf(props),
    });
    new ssm.CfnDocument(this, 'Session', {
      name: `${props.patchGroup}-session`,
      documentType: 'Session',
      content: {
        schemaVersion: '1.0',
        description: 'A recorded session on the operations host',
        sessionType: 'Standard_Stream',
        inputs: {
          cloudWatchLogGroupName: sessionLog.logGroupName,
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: true,
          idleSessionTimeout: '15',
          maxSessionDuration: '60',
        },
      },
    });

    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Operations host: nothing in, HTTPS out',
      allowAllOutbound: false,
    });
    securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'Systems Manager and package mirrors');

    const userData = ec2.UserData.forLinux();
    // An image of Amazon Linux 2023 is locked to its release, and would never be offered what came later.
    // https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades-usage.html
    userData.addCommands('echo latest > /etc/dnf/vars/releasever');
    const instance = new ec2.Instance(this, 'Host', {
      vpc: props.vpc,
      vpcSubnets: props.subnets,
      securityGroup,
      role: this.hostRole(sessionLog),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
      machineImage: newestAtLaunch,
      userData,
      // On the instance itself: the library's launch template has a name without the shop's.
      httpTokens: ec2.HttpTokens.REQUIRED,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(10, { encrypted: true }) }],
    });
    // The subnet says it already; a zone written by hand besides would only go stale.
    instance.instance.addPropertyDeletionOverride('AvailabilityZone');
    acknowledge(instance, {
      rule: 'EC29',
      reason:
        'A host that refuses termination stays beside its successor, and keeps a deploy that fails from being rolled back. Compensated: it keeps nothing, its sessions are recorded outside of it, and the stack that makes it anew is protected.',
    });
    Tags.of(instance).add(patchGroupTag, props.patchGroup);
  }

  /** What the agent of Systems Manager needs; AWS's own policy would also read every parameter of the account. */
  private hostRole(sessionLog: logs.ILogGroup): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      description: 'Lets Systems Manager patch the operations host and open sessions on it',
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: [
          'ec2messages:AcknowledgeMessage',
          'ec2messages:DeleteMessage',
          'ec2messages:FailMessage',
          'ec2messages:GetEndpoint',
          'ec2messages:GetMessages',
          'ec2messages:SendReply',
          'ssm:DescribeAssociation',
          'ssm:DescribeDocument',
          'ssm:GetDeployablePatchSnapshotForInstance',
          'ssm:GetDocument',
          'ssm:GetManifest',
          'ssm:ListAssociations',
          'ssm:ListInstanceAssociations',
          'ssm:PutComplianceItems',
          'ssm:PutConfigurePackageResult',
          'ssm:PutInventory',
          'ssm:UpdateAssociationStatus',
          'ssm:UpdateInstanceAssociationStatus',
          'ssm:UpdateInstanceInformation',
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
          'logs:DescribeLogGroups',
        ],
        resources: ['*'],
        // The agent speaks to the endpoints of its own region only.
        conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(this).region } },
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [sessionLog.logGroupArn],
      }),
    );
    // Through an endpoint, AWS's public buckets ask for the role's own permission.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
    const fetched = bucketsOfHosts(Stack.of(this).region).map(({ name }) => `arn:aws:s3:::${name}/*`);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: fetched }));
    for (const objects of fetched) {
      acknowledge(role, {
        rule: `IAM5[Resource::${objects}]`,
        reason:
          'What AWS keeps in this public bucket of its own for hosts, nobody else can list. Compensated: read only, of the buckets that AWS names for patching and its agent, and the S3 endpoint lets through no others.',
      });
    }
    acknowledge(role, {
      rule: 'IAM5[Resource::*]',
      reason:
        'The message channels of Systems Manager know no resource, and a host cannot be named before it exists. Compensated: in this region only, and no action reads a parameter, a secret or a store; AWS managed policy AmazonSSMManagedInstanceCore, the usual choice, would also read every parameter.',
    });
    return role;
  }
}
