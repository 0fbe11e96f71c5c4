import { type Finding, findingOf } from './finding.ts';
import {
  attachment,
  bucketPolicies,
  type Companion,
  databaseInstances,
  gatewayAttachments,
  groupRules,
  listeners,
  mountTargets,
  permissions,
  policies,
  routes,
  secretPolicies,
  topicPolicies,
  valueAt,
  workingFunction,
} from './model/companions.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';

interface NeedRow {
  /** Resource types, `*` at the end for all that begin so. */
  readonly types: readonly string[];
  /** From property to property to the resource whose companion is needed: `['TaskDefinition', 'TaskRoleArn']`. */
  readonly through: readonly string[];
  readonly companion: Companion;
  /** For people: what it does with it at the moment it is created. */
  readonly because: string;
  readonly source: string;
  /** Whether it is made all the same, and works only later. @default it is refused */
  readonly worksLater?: boolean;
  /** Whether one of several is enough. @default it needs each of them */
  readonly oneIsEnough?: boolean;
}

const rds = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const ecs = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg';
const secrets = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide';
const cloudformation = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const vpc = 'https://docs.aws.amazon.com/vpc/latest/userguide';

const customResources = ['Custom::*', 'AWS::CloudFormation::CustomResource'];
const services = ['AWS::ECS::Service'];

/**
 * What a resource needs to work at the moment CloudFormation creates it, beyond what its properties refer to. A
 * reference to a role puts the role first, but not the policies that are attached to it.
 */
const needs: readonly NeedRow[] = [
  {
    types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    through: ['MonitoringRoleArn'],
    companion: policies,
    because: 'RDS starts Enhanced Monitoring with the role',
    source: `${rds}/USER_Monitoring.OS.Enabling.html`,
  },
  {
    types: services,
    through: ['TaskDefinition', 'TaskRoleArn'],
    companion: policies,
    because: 'its first task runs with the role',
    source: `${ecs}/task-iam-roles.html`,
  },
  {
    types: services,
    through: ['TaskDefinition', 'ExecutionRoleArn'],
    companion: policies,
    because: 'ECS pulls the image and reads the secrets with the role',
    source: `${ecs}/task_execution_IAM_role.html`,
  },
  {
    types: services,
    through: ['NetworkConfiguration.AwsvpcConfiguration.Subnets'],
    companion: routes,
    because: 'its first task pulls the image through the subnet',
    source: `${ecs}/fargate-task-networking.html`,
  },
  {
    types: services,
    through: ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
    companion: groupRules,
    because: 'its first task pulls the image through the security group',
    source: `${ecs}/fargate-task-networking.html`,
  },
  {
    types: services,
    through: ['LoadBalancers.*.TargetGroupArn'],
    companion: listeners,
    because: 'ECS refuses a target group that has no load balancer yet',
    source: `${ecs}/service-load-balancing.html`,
  },
  {
    types: services,
    through: ['TaskDefinition', 'Volumes.*.EFSVolumeConfiguration.FilesystemId'],
    companion: mountTargets,
    because: 'its first task mounts the file system',
    source: `${ecs}/efs-volumes.html`,
  },
  {
    types: ['AWS::Lambda::Function'],
    through: ['Role'],
    companion: (role, deployment) =>
      policies(role, deployment).filter((policy) => grants(policy, 'ec2:CreateNetworkInterface')),
    because: 'Lambda asks whether the role may create network interfaces before it takes a function in a VPC',
    source: `${lambda}/configuration-vpc.html`,
  },
  {
    types: ['AWS::Lambda::EventSourceMapping'],
    through: ['FunctionName', 'Role'],
    companion: policies,
    because: 'Lambda reads from the source with the role',
    source: `${lambda}/invocation-eventsourcemapping.html`,
  },
  {
    types: customResources,
    through: ['ServiceToken'],
    companion: workingFunction,
    because: 'CloudFormation calls the function at once, and waits for an answer up to an hour',
    source: `${cloudformation}/template-custom-resources.html`,
  },
  {
    types: ['AWS::SecretsManager::RotationSchedule'],
    through: ['RotationLambdaARN'],
    companion: workingFunction,
    because: 'the first rotation starts at once',
    source: `${secrets}/rotate-secrets_schedule.html`,
  },
  {
    types: ['AWS::SecretsManager::RotationSchedule'],
    through: ['RotationLambdaARN'],
    companion: permissions,
    because: 'Secrets Manager refuses a function that it may not invoke',
    source: `${secrets}/troubleshoot_rotation.html`,
  },
  {
    types: ['AWS::SecretsManager::RotationSchedule'],
    through: ['SecretId'],
    companion: attachment,
    because: 'the first rotation reads from the secret where its database is',
    source: `${secrets}/cloudformation_secrets.html`,
  },
  {
    types: ['AWS::SecretsManager::RotationSchedule'],
    through: ['SecretId'],
    companion: databaseInstances,
    because: 'the first rotation signs in to the database',
    source: `${secrets}/troubleshoot_rotation.html`,
    // The first instance of a cluster is the one that writes:
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html
    oneIsEnough: true,
  },
  {
    types: ['AWS::SecretsManager::RotationSchedule'],
    through: ['SecretId'],
    companion: secretPolicies,
    because: 'the first rotation reads and writes the secret',
    source: `${secrets}/auth-and-access_resource-policies.html`,
  },
  {
    types: ['AWS::CloudTrail::Trail'],
    through: ['S3BucketName'],
    companion: bucketPolicies,
    because: 'CloudTrail refuses a bucket that it may not write to (InsufficientS3BucketPolicyException)',
    source:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
  },
  {
    types: ['AWS::CloudTrail::Trail'],
    through: ['CloudWatchLogsRoleArn'],
    companion: policies,
    because: 'CloudTrail refuses a role that may not write to the log group',
    source:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
  },
  {
    types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    through: ['LoadBalancerAttributes'],
    companion: bucketPolicies,
    because: 'the load balancer writes a test file into the bucket when its access log is switched on',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
  },
  {
    types: ['AWS::S3::Bucket'],
    through: ['NotificationConfiguration'],
    companion: permissions,
    because: 'S3 refuses to notify a function that it may not invoke',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/NotificationHowTo.html',
  },
  {
    types: ['AWS::S3::Bucket'],
    through: ['NotificationConfiguration'],
    companion: topicPolicies,
    because: 'S3 refuses to notify a topic that it may not publish to',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/NotificationHowTo.html',
  },
  {
    types: ['AWS::Config::DeliveryChannel'],
    through: ['S3BucketName'],
    companion: bucketPolicies,
    because: 'AWS Config refuses a bucket that it may not write to',
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html',
  },
  {
    types: ['AWS::Logs::SubscriptionFilter'],
    through: ['DestinationArn'],
    companion: permissions,
    because: 'CloudWatch Logs refuses a function that it may not invoke',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html',
  },
  {
    types: ['AWS::Logs::SubscriptionFilter'],
    through: ['RoleArn'],
    companion: policies,
    because: 'CloudWatch Logs sends a test message with the role',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html',
  },
  {
    types: ['AWS::CodeBuild::Project'],
    through: ['ServiceRole'],
    companion: (role, deployment) =>
      policies(role, deployment).filter((policy) => grants(policy, 'ec2:DescribeSecurityGroups')),
    because: 'CodeBuild looks up the security groups with the role when a project has a VPC',
    source:
      'https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html',
  },
  {
    types: ['AWS::CodePipeline::Pipeline'],
    through: ['RoleArn'],
    companion: policies,
    because: 'a new pipeline runs at once',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html',
  },
  {
    types: ['AWS::CodePipeline::Pipeline'],
    through: ['Stages', 'ServiceRole'],
    companion: policies,
    because: 'a new pipeline runs at once, and its builds with the role',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html',
  },
  {
    types: ['AWS::Synthetics::Canary'],
    through: ['ExecutionRoleArn'],
    companion: policies,
    because: 'a new canary runs at once, and its function with the role',
    source:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html',
  },
  {
    types: ['AWS::StepFunctions::StateMachine'],
    through: ['RoleArn'],
    companion: policies,
    because: 'Step Functions refuses a role that may not write the logs',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  },
  {
    types: ['AWS::KinesisFirehose::DeliveryStream'],
    through: ['S3DestinationConfiguration.RoleARN'],
    companion: policies,
    because: 'Firehose checks the role',
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html',
  },
  {
    types: ['AWS::EC2::FlowLog'],
    through: ['LogDestination'],
    companion: bucketPolicies,
    because: 'the flow log is delivered into the bucket',
    source: `${vpc}/flow-logs-s3-permissions.html`,
  },
  {
    types: ['AWS::EC2::Instance'],
    through: ['IamInstanceProfile', 'Roles'],
    companion: policies,
    because: 'its first start runs with the role',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html',
  },
  {
    types: ['AWS::EC2::ClientVpnEndpoint'],
    through: ['ClientConnectOptions.LambdaFunctionArn', 'Role'],
    companion: policies,
    because: 'its handler answers connections with the role',
    source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-authorization.html',
  },
  {
    types: ['AWS::EC2::FlowLog'],
    through: ['DeliverLogsPermissionArn'],
    companion: policies,
    because: 'a flow log whose role may not write the logs does not become active',
    source: `${vpc}/flow-logs-iam-role.html`,
    worksLater: true,
  },
  {
    types: ['AWS::Scheduler::Schedule'],
    through: ['Target.RoleArn'],
    companion: policies,
    because: 'it may run as soon as it is made',
    source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html',
    worksLater: true,
  },
  {
    types: ['AWS::Backup::BackupSelection'],
    through: ['BackupSelection.IamRoleArn'],
    companion: policies,
    because: 'AWS Backup works with the role',
    source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html',
    worksLater: true,
  },
  {
    types: ['AWS::Backup::RestoreTestingSelection'],
    through: ['IamRoleArn'],
    companion: policies,
    because: 'AWS Backup works with the role',
    source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
    worksLater: true,
  },
  {
    types: ['AWS::EC2::NatGateway'],
    through: ['VpcId'],
    companion: gatewayAttachments,
    because: 'a gateway to the internet that is not attached yet makes the NAT gateway fail',
    source: `${vpc}/nat-gateway-troubleshooting.html`,
  },
  {
    types: ['AWS::EC2::NatGateway'],
    through: ['SubnetId', 'VpcId'],
    companion: gatewayAttachments,
    because: 'a gateway to the internet that is not attached yet makes the NAT gateway fail',
    source: `${vpc}/nat-gateway-troubleshooting.html`,
  },
  {
    types: ['AWS::EC2::Route'],
    through: ['GatewayId'],
    companion: (gateway, deployment) =>
      deployment
        .resourcesOf(gateway.stack)
        .filter(
          (each) =>
            each.type === 'AWS::EC2::VPCGatewayAttachment' &&
            deployment.referred(each, each.properties.InternetGatewayId).includes(gateway),
        ),
    because: 'EC2 refuses a route to an internet gateway of no VPC',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html',
  },
];

/** Resources that need something at their creation which the templates let come later, or leave to chance. */
export function lateNeeds(deployment: Deployment): Finding[] {
  return deployment.resources.flatMap((resource) => {
    const reported = new Set<DeployedResource>();
    return needs
      .filter(({ types }) => types.some((type) => covers(type, resource.type)))
      .filter((row) => applies(row, resource))
      .flatMap(({ through, companion, because, source, worksLater, oneIsEnough }) => {
        const needed = hop([resource], through, deployment).flatMap((of) => companion(of, deployment));
        const missing = needed.filter(
          (each) => isKnown(each, resource) && !deployment.isBefore(each, resource) && !reported.has(each),
        );
        if (oneIsEnough && missing.length < needed.length) return [];
        return [...new Set(missing)].map((each) => {
          reported.add(each);
          return {
            ...late(resource, each, because, source, deployment),
            ...(worksLater && { effect: 'interrupted' as const }),
          };
        });
      });
  });
}

/** In which order the stacks of templates without a cloud assembly are deployed, nobody says. */
function isKnown(needed: DeployedResource, resource: DeployedResource): boolean {
  if (needed.stack === resource.stack) return needed !== resource;
  return resource.stack.dependsOn !== undefined;
}

/** Lambda and CodeBuild ask about the network only for what is in one. */
function applies({ types }: NeedRow, { type, properties }: DeployedResource): boolean {
  const onlyInVpc = ['AWS::Lambda::Function', 'AWS::CodeBuild::Project'];
  return !onlyInVpc.includes(type) || !types.includes(type) || properties.VpcConfig !== undefined;
}

function covers(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

function hop(
  from: readonly DeployedResource[],
  through: readonly string[],
  deployment: Deployment,
): readonly DeployedResource[] {
  return through.reduce<readonly DeployedResource[]>(
    (resources, path) => [
      ...new Set(
        resources.flatMap((each) => deployment.referred(each, valueAt(each.properties, path.split('.')))),
      ),
    ],
    from,
  );
}

function grants({ properties }: DeployedResource, action: string): boolean {
  return JSON.stringify(properties.PolicyDocument ?? {}).includes(action);
}

function late(
  resource: DeployedResource,
  needed: DeployedResource,
  because: string,
  source: string,
  deployment: Deployment,
): Finding {
  const always = deployment.isBefore(resource, needed);
  const name = needed.stack === resource.stack ? needed.id : `${needed.id} of ${needed.stack.name}`;
  return findingOf(resource, {
    effect: 'refused',
    constraint: 'needed-late',
    says: always
      ? `needs ${name} (${needed.type}) when it is created, which always comes after it: ${because}`
      : `needs ${name} (${needed.type}) when it is created, and nothing puts that first: ${because}`,
    way: always
      ? `Let ${needed.id} not refer to ${resource.id}, or put what is needed first into a policy of its own.`
      : `Add ${needed.id} to DependsOn of ${resource.id}.`,
    source,
  });
}
