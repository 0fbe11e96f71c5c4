import type { EnvironmentGraph, Resource } from '../templates.ts';
import { type Statement, statementsOf } from './policies.ts';

/**
 * What AWS managed policies let their holder do with data, secrets, keys and roles; permissions about anything else
 * are left out. Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
 */
const dataPermissions: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  PowerUserAccess: [
    'secretsmanager:*',
    'kms:*',
    's3:*',
    'rds:*',
    'rds-data:*',
    'dynamodb:*',
    'sqs:*',
    'elasticfilesystem:*',
    'lambda:*',
    'ecs:*',
    'logs:*',
  ],
  IAMFullAccess: ['iam:*'],
  ReadOnlyAccess: [
    's3:Get*',
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'sqs:ReceiveMessage',
    'logs:Get*',
  ],
  SecurityAudit: [],
  ViewOnlyAccess: [],
  SecretsManagerReadWrite: ['secretsmanager:*', 'kms:ListAliases'],
  AmazonS3FullAccess: ['s3:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*'],
  AmazonRDSFullAccess: ['rds:*'],
  AmazonRDSDataFullAccess: ['rds-data:*', 'secretsmanager:GetSecretValue'],
  AmazonDynamoDBFullAccess: ['dynamodb:*'],
  AmazonDynamoDBReadOnlyAccess: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  AmazonSQSFullAccess: ['sqs:*'],
  AmazonElasticFileSystemFullAccess: ['elasticfilesystem:*'],
  AmazonElasticFileSystemClientReadWriteAccess: [
    'elasticfilesystem:ClientMount',
    'elasticfilesystem:ClientWrite',
  ],
  AWSLambda_FullAccess: ['lambda:*', 'iam:PassRole'],
  AmazonECS_FullAccess: ['ecs:*', 'iam:PassRole'],
  AWSKeyManagementServicePowerUser: ['kms:CreateAlias', 'kms:TagResource'],
  AmazonSSMManagedInstanceCore: [],
  AmazonSSMReadOnlyAccess: [],
  CloudWatchAgentServerPolicy: [],
  AWSXRayDaemonWriteAccess: [],
  AWSXrayWriteOnlyAccess: [],
  CloudWatchLambdaInsightsExecutionRolePolicy: [],
  AmazonEC2ContainerRegistryReadOnly: [],
  AmazonEC2ContainerRegistryPullOnly: [],
  AWSBackupServiceRolePolicyForS3Backup: ['s3:GetObject', 's3:GetObjectVersion'],
  AWSBackupServiceRolePolicyForS3Restore: [],
};

/** @returns undefined for a policy nobody has described here */
export function managedPolicyStatements(
  arn: string,
  source: Resource,
  graph: EnvironmentGraph,
): Statement[] | undefined {
  const path = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (path === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const actions = Object.hasOwn(dataPermissions, name) ? dataPermissions[name] : undefined;
  // Policies for service roles are held by a service, which reads nobody's data for anybody.
  if (!actions)
    return path.startsWith('service-role/') || path.startsWith('aws-service-role/') ? [] : undefined;
  return actions.length === 0
    ? []
    : statementsOf(source, { Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }] }, graph);
}
