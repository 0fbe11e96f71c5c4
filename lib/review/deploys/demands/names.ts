import { type Check, words } from './checks.ts';
import { api, docs } from './pages.ts';

/** Type without `AWS::`, property, what it takes, and where AWS says so. */
export type NameRow = readonly [type: string, path: string, check: Check, source: string];

const wordly = 'letters, digits and -_';

/** How AWS lets things be called. */
export const names: readonly NameRow[] = [
  [
    'IAM::Role',
    'RoleName',
    words(1, 64, /^[\w+=,.@-]+$/, 'letters, digits and _+=,.@-'),
    `${api.iam}/API_CreateRole.html`,
  ],
  [
    'IAM::User',
    'UserName',
    words(1, 64, /^[\w+=,.@-]+$/, 'letters, digits and _+=,.@-'),
    `${api.iam}/API_CreateUser.html`,
  ],
  [
    'IAM::ManagedPolicy',
    'ManagedPolicyName',
    words(1, 128, /^[\w+=,.@-]+$/, 'letters, digits and _+=,.@-'),
    `${api.iam}/API_CreatePolicy.html`,
  ],
  [
    'IAM::Policy',
    'PolicyName',
    words(1, 128, /^[\w+=,.@-]+$/, 'letters, digits and _+=,.@-'),
    `${api.iam}/API_PutRolePolicy.html`,
  ],
  [
    'IAM::InstanceProfile',
    'InstanceProfileName',
    words(1, 128, /^[\w+=,.@-]+$/, 'letters, digits and _+=,.@-'),
    `${api.iam}/API_CreateInstanceProfile.html`,
  ],
  [
    'S3::Bucket',
    'BucketName',
    words(
      3,
      63,
      /^(?!xn--|sthree-|.*\.\.|\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
      'small letters, digits, dots and hyphens',
    ),
    `${api.s3}/bucketnamingrules.html`,
  ],
  [
    'Lambda::Function',
    'FunctionName',
    words(1, 64, /^[a-zA-Z0-9-_]+$/, wordly),
    `${api.lambda}/API_CreateFunction.html`,
  ],
  [
    'Logs::LogGroup',
    'LogGroupName',
    words(1, 512, /^[.\-_/#A-Za-z0-9]+$/, 'letters, digits and ._-/#'),
    `${api.logs}/API_CreateLogGroup.html`,
  ],
  [
    'SecretsManager::Secret',
    'Name',
    words(1, 512, /^[A-Za-z0-9/_+=.@-]+$/, 'letters, digits and /_+=.@-'),
    `${api.secrets}/API_CreateSecret.html`,
  ],
  [
    'SSM::Parameter',
    'Name',
    words(
      1,
      1011,
      /^(?!\/?(aws|ssm))[a-zA-Z0-9_.\-/]+$/i,
      'letters, digits and _.-/, not beginning with aws or ssm',
    ),
    `${api.ssm}/API_PutParameter.html`,
  ],
  [
    'SSM::Document',
    'Name',
    words(3, 128, /^[a-zA-Z0-9_\-.:/]+$/, 'letters, digits and _-.'),
    `${api.ssm}/API_CreateDocument.html`,
  ],
  [
    'SSM::PatchBaseline',
    'Name',
    words(3, 128, /^[a-zA-Z0-9_\-.]+$/, 'letters, digits and _-.'),
    `${api.ssm}/API_CreatePatchBaseline.html`,
  ],
  [
    'SSM::MaintenanceWindow',
    'Name',
    words(3, 128, /^[a-zA-Z0-9_\-.]+$/, 'letters, digits and _-.'),
    `${api.ssm}/API_CreateMaintenanceWindow.html`,
  ],
  [
    'KMS::Alias',
    'AliasName',
    words(7, 256, /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/, 'alias/ with letters, digits and /_-, not alias/aws/'),
    `${api.kms}/API_CreateAlias.html`,
  ],
  [
    'ECR::Repository',
    'RepositoryName',
    words(
      2,
      256,
      /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/,
      'small letters and digits, with single ._-/ between them',
    ),
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`,
  ],
  [
    'ECS::Cluster',
    'ClusterName',
    words(1, 255, /^[a-zA-Z0-9-_]+$/, wordly),
    `${api.ecs}/API_CreateCluster.html`,
  ],
  [
    'ECS::Service',
    'ServiceName',
    words(1, 255, /^[a-zA-Z0-9-_]+$/, wordly),
    `${api.ecs}/API_CreateService.html`,
  ],
  [
    'ECS::TaskDefinition',
    'Family',
    words(1, 255, /^[a-zA-Z0-9-_]+$/, wordly),
    `${api.ecs}/API_RegisterTaskDefinition.html`,
  ],
  [
    'ElasticLoadBalancingV2::LoadBalancer',
    'Name',
    words(
      1,
      32,
      /^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
      'letters, digits and hyphens between them, not beginning with internal-',
    ),
    `${api.elb}/API_CreateLoadBalancer.html`,
  ],
  [
    'ElasticLoadBalancingV2::TargetGroup',
    'Name',
    words(1, 32, /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/, 'letters, digits and hyphens between them'),
    `${api.elb}/API_CreateTargetGroup.html`,
  ],
  [
    'RDS::DBCluster',
    'DBClusterIdentifier',
    words(
      1,
      63,
      /^[a-zA-Z](?!.*--)(?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
      'letters, digits and single hyphens, beginning with a letter',
    ),
    `${api.rds}/API_CreateDBCluster.html`,
  ],
  [
    'RDS::DBInstance',
    'DBInstanceIdentifier',
    words(
      1,
      63,
      /^[a-zA-Z](?!.*--)(?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
      'letters, digits and single hyphens, beginning with a letter',
    ),
    `${api.rds}/API_CreateDBInstance.html`,
  ],
  [
    'RDS::DBSubnetGroup',
    'DBSubnetGroupName',
    words(1, 255, /^(?!default$)[a-zA-Z0-9._ -]+$/i, 'letters, digits, spaces and ._-'),
    `${api.rds}/API_CreateDBSubnetGroup.html`,
  ],
  [
    'Events::Rule',
    'Name',
    words(1, 64, /^[.\-_A-Za-z0-9]+$/, 'letters, digits and .-_'),
    `${api.events}/API_PutRule.html`,
  ],
  [
    'Scheduler::Schedule',
    'Name',
    words(1, 64, /^[0-9a-zA-Z-_.]+$/, 'letters, digits and -_.'),
    `${docs}/scheduler/latest/APIReference/API_CreateSchedule.html`,
  ],
  ['CloudWatch::Alarm', 'AlarmName', words(1, 255), `${api.cloudwatch}/API_PutMetricAlarm.html`],
  [
    'CloudTrail::Trail',
    'TrailName',
    words(3, 128, /^[a-zA-Z0-9][a-zA-Z0-9._-]*[a-zA-Z0-9]$/, 'letters, digits and ._- between them'),
    `${docs}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
  ],
  [
    'CodePipeline::Pipeline',
    'Name',
    words(1, 100, /^[A-Za-z0-9.@\-_]+$/, 'letters, digits and .@-_'),
    `${docs}/codepipeline/latest/APIReference/API_PipelineDeclaration.html`,
  ],
  [
    'CodeBuild::Project',
    'Name',
    words(2, 150, /^[A-Za-z0-9][A-Za-z0-9\-_]+$/, wordly),
    `${api.codebuild}/API_CreateProject.html`,
  ],
  [
    'SNS::Topic',
    'TopicName',
    words(1, 256, /^[A-Za-z0-9-_]+(\.fifo)?$/, wordly),
    `${api.sns}/API_CreateTopic.html`,
  ],
  [
    'SQS::Queue',
    'QueueName',
    words(1, 80, /^[A-Za-z0-9-_]+(\.fifo)?$/, wordly),
    `${api.sqs}/API_CreateQueue.html`,
  ],
  [
    'Backup::BackupVault',
    'BackupVaultName',
    words(2, 50, /^[a-zA-Z0-9-_]+$/, wordly),
    `${api.backup}/API_CreateBackupVault.html`,
  ],
  [
    'Backup::RestoreTestingPlan',
    'RestoreTestingPlanName',
    words(1, 50, /^[a-zA-Z0-9_]+$/, 'letters, digits and _'),
    `${api.backup}/restore-testing.html`,
  ],
  [
    'Backup::RestoreTestingSelection',
    'RestoreTestingSelectionName',
    words(1, 50, /^[a-zA-Z0-9_]+$/, 'letters, digits and _'),
    `${api.backup}/restore-testing.html`,
  ],
  [
    'Backup::BackupSelection',
    'BackupSelection.SelectionName',
    words(1, 50, /^[a-zA-Z0-9-_.]+$/, 'letters, digits and -_.'),
    `${api.backup}/API_BackupSelection.html`,
  ],
  [
    'EC2::LaunchTemplate',
    'LaunchTemplateName',
    words(3, 128, /^[a-zA-Z0-9().\-/_]+$/, 'letters, digits and ().-/_'),
    `${api.ec2}/API_CreateLaunchTemplate.html`,
  ],
  [
    'EC2::SecurityGroup',
    'GroupName',
    words(
      1,
      255,
      /^(?!sg-)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/,
      'letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with sg-',
    ),
    `${api.ec2}/API_CreateSecurityGroup.html`,
  ],
  [
    'StepFunctions::StateMachine',
    'StateMachineName',
    words(1, 80, /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]+$/, 'no blanks, brackets or wildcards'),
    `${docs}/step-functions/latest/apireference/API_CreateStateMachine.html`,
  ],
  [
    'AccessAnalyzer::Analyzer',
    'AnalyzerName',
    words(1, 255, /^[A-Za-z][A-Za-z0-9_.-]*$/, 'letters, digits and _.-, beginning with a letter'),
    `${docs}/access-analyzer/latest/APIReference/API_CreateAnalyzer.html`,
  ],
  [
    'CloudFront::ResponseHeadersPolicy',
    'ResponseHeadersPolicyConfig.Name',
    words(1, 128),
    `${docs}/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html`,
  ],
  [
    'CloudFront::OriginAccessControl',
    'OriginAccessControlConfig.Name',
    words(1, 64),
    `${docs}/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html`,
  ],
  [
    'CloudFront::Function',
    'Name',
    words(1, 64, /^[a-zA-Z0-9-_]+$/, wordly),
    `${docs}/cloudfront/latest/APIReference/API_CreateFunction.html`,
  ],
  [
    'CloudFront::CachePolicy',
    'CachePolicyConfig.Name',
    words(1, 128),
    `${docs}/cloudfront/latest/APIReference/API_CachePolicyConfig.html`,
  ],
  ...['WebACL', 'RuleGroup', 'IPSet', 'RegexPatternSet'].map(
    (type): NameRow => [
      `WAFv2::${type}`,
      'Name',
      words(1, 128, /^[\w-]+$/, wordly),
      `${api.waf}/APIReference/API_Create${type}.html`,
    ],
  ),
  ...['FirewallRuleGroup', 'FirewallDomainList'].map(
    (type): NameRow => [
      `Route53Resolver::${type}`,
      'Name',
      words(1, 64, /^(?!\d+$)[a-zA-Z0-9\-_' ']+$/, 'letters, digits, spaces and -_'),
      `${api.route53}/API_route53resolver_Create${type}.html`,
    ],
  ),
];
