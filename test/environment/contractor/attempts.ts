import { type Attempt, account, buildLogs } from './simulated.ts';

const region = 'ap-northeast-1';
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;

/** What the contract is for. */
export const contracted: readonly Attempt[] = [
  {
    action: 'codepipeline:StartPipelineExecution',
    resource: arn('codepipeline', 'midori-tea-production-patching'),
  },
  { action: 'ecs:StopTask', resource: arn('ecs', 'task/midori-tea-production/0123456789abcdef') },
  { action: 'cloudwatch:GetMetricData', resource: '*' },
  { action: 'cloudwatch:DescribeAlarms', resource: '*' },
  { action: 'logs:FilterLogEvents', resource: arn('logs', 'log-group:Builds:log-stream:') },
  {
    action: 'cloudformation:DescribeStacks',
    resource: arn('cloudformation', 'stack/midori-tea-production-storefront/0123'),
  },
];

/** What a contractor, or whoever stole its key, would try. By what is reached for. */
export const attempts: Readonly<Record<string, readonly Attempt[]>> = {
  'customer data': [
    { action: 's3:GetObject', resource: 'arn:aws:s3:::midori-tea-media/orders.csv' },
    { action: 's3:ListBucket', resource: 'arn:aws:s3:::midori-tea-media' },
    { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::midori-tea-media' },
    { action: 'rds:CreateDBClusterSnapshot', resource: arn('rds', 'cluster:shop') },
    { action: 'rds:RestoreDBClusterToPointInTime', resource: arn('rds', 'cluster:shop') },
    { action: 'rds:ModifyDBClusterSnapshotAttribute', resource: arn('rds', 'cluster-snapshot:copy') },
    { action: 'rds:StartExportTask', resource: '*' },
    { action: 'rds:ModifyDBCluster', resource: arn('rds', 'cluster:shop') },
    { action: 'rds-db:connect', resource: arn('rds-db', 'dbuser:cluster-ABC/shop') },
    { action: 'rds-data:ExecuteStatement', resource: arn('rds', 'cluster:shop') },
    { action: 'elasticfilesystem:ClientMount', resource: arn('elasticfilesystem', 'file-system/fs-0123') },
    { action: 'ecs:ExecuteCommand', resource: arn('ecs', 'task/midori-tea-production/0123456789abcdef') },
    { action: 'ecs:RunTask', resource: arn('ecs', 'task-definition/midori-tea-production:1') },
    {
      action: 'ecs:UpdateService',
      resource: arn('ecs', 'service/midori-tea-production/midori-tea-production'),
    },
    { action: 'ecs:RegisterTaskDefinition', resource: '*' },
    { action: 'ecr:PutImage', resource: arn('ecr', 'repository/shop') },
    { action: 'ssm:StartSession', resource: arn('ec2', 'instance/i-0123') },
    { action: 'ssm:SendCommand', resource: arn('ec2', 'instance/i-0123') },
    { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:rotation') },
    { action: 'lambda:UpdateFunctionCode', resource: arn('lambda', 'function:rotation') },
  ],
  backups: [
    { action: 'backup:StartRestoreJob', resource: arn('backup', 'recovery-point:0123') },
    { action: 'backup:StartCopyJob', resource: arn('backup', 'recovery-point:0123') },
    { action: 'backup:DeleteRecoveryPoint', resource: arn('backup', 'recovery-point:0123') },
    {
      action: 'backup:PutBackupVaultAccessPolicy',
      resource: arn('backup', 'backup-vault:midori-tea-production-backups'),
    },
    {
      action: 'backup:DeleteBackupVault',
      resource: arn('backup', 'backup-vault:midori-tea-production-backups'),
    },
    { action: 'backup:UpdateBackupPlan', resource: arn('backup', 'backup-plan:0123') },
  ],
  'secrets and keys': [
    {
      action: 'secretsmanager:GetSecretValue',
      resource: arn('secretsmanager', 'secret:midori-tea/production/database-AbCdEf'),
    },
    {
      action: 'secretsmanager:PutResourcePolicy',
      resource: arn('secretsmanager', 'secret:midori-tea/production/database-AbCdEf'),
    },
    {
      action: 'secretsmanager:DeleteSecret',
      resource: arn('secretsmanager', 'secret:midori-tea/production/database-AbCdEf'),
    },
    {
      action: 'ssm:GetParameter',
      resource: arn('ssm', 'parameter/secure-shop/midori-tea/production/image-digest'),
    },
    {
      action: 'ssm:PutParameter',
      resource: arn('ssm', 'parameter/secure-shop/midori-tea/production/image-digest'),
    },
    { action: 'kms:Decrypt', resource: arn('kms', 'key/01234567-89ab-cdef-0123-456789abcdef') },
    { action: 'kms:CreateGrant', resource: arn('kms', 'key/01234567-89ab-cdef-0123-456789abcdef') },
    { action: 'kms:PutKeyPolicy', resource: arn('kms', 'key/01234567-89ab-cdef-0123-456789abcdef') },
    { action: 'kms:ScheduleKeyDeletion', resource: arn('kms', 'key/01234567-89ab-cdef-0123-456789abcdef') },
  ],
  'logs, the trail and alarms': [
    { action: 'logs:GetLogEvents', resource: arn('logs', 'log-group:Shop:log-stream:web') },
    {
      action: 'logs:FilterLogEvents',
      resource: arn('logs', 'log-group:aws-waf-logs-midori-tea:log-stream:'),
    },
    { action: 'logs:StartQuery', resource: buildLogs },
    { action: 'logs:DeleteLogGroup', resource: buildLogs },
    { action: 'logs:PutRetentionPolicy', resource: buildLogs },
    { action: 'cloudtrail:StopLogging', resource: arn('cloudtrail', 'trail/main') },
    { action: 'cloudtrail:LookupEvents', resource: '*' },
    { action: 'cloudwatch:DisableAlarmActions', resource: arn('cloudwatch', 'alarm:any') },
    { action: 'cloudwatch:DeleteAlarms', resource: arn('cloudwatch', 'alarm:any') },
    { action: 'sns:Unsubscribe', resource: arn('sns', 'alarms') },
    { action: 'events:DisableRule', resource: arn('events', 'rule/used') },
    { action: 'guardduty:DeleteDetector', resource: arn('guardduty', 'detector/0123') },
    { action: 'scheduler:DeleteSchedule', resource: arn('scheduler', 'schedule/default/close') },
  ],
  'other roles and its own limits': [
    { action: 'sts:AssumeRole', resource: role('midori-tea-production-task') },
    { action: 'iam:PassRole', resource: role('midori-tea-production-task') },
    { action: 'iam:AttachRolePolicy', resource: role('Contractor') },
    { action: 'iam:DetachRolePolicy', resource: role('Contractor') },
    { action: 'iam:PutRolePolicy', resource: role('Contractor') },
    { action: 'iam:UpdateAssumeRolePolicy', resource: role('Contractor') },
    { action: 'iam:DeleteRolePermissionsBoundary', resource: role('Contractor') },
    { action: 'iam:PutRolePermissionsBoundary', resource: role('Contractor') },
    {
      action: 'iam:CreatePolicyVersion',
      resource: `arn:aws:iam::${account}:policy/midori-tea-production-contractor-revocation`,
    },
    {
      action: 'iam:SetDefaultPolicyVersion',
      resource: `arn:aws:iam::${account}:policy/midori-tea-production-contractor-revocation`,
    },
    { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:user/back-door` },
    { action: 'iam:CreateAccessKey', resource: `arn:aws:iam::${account}:user/back-door` },
    {
      action: 'cloudformation:UpdateStack',
      resource: arn('cloudformation', 'stack/midori-tea-production-admin/0123'),
    },
    {
      action: 'codepipeline:UpdatePipeline',
      resource: arn('codepipeline', 'midori-tea-production-patching'),
    },
    {
      action: 'codepipeline:StartPipelineExecution',
      resource: arn('codepipeline', 'midori-tea-staging-patching'),
    },
    { action: 'ecs:StopTask', resource: arn('ecs', 'task/another-shop/0123456789abcdef') },
    { action: 'organizations:LeaveOrganization', resource: '*' },
  ],
};
