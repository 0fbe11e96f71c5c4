import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { ACMClient } from '@aws-sdk/client-acm';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { IAMClient } from '@aws-sdk/client-iam';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { awsIn } from '../../cli/aws-client-config.ts';

/** The clients that checks ask with, by region. */
export interface Aws {
  readonly analyzers: (region: string) => AccessAnalyzerClient;
  readonly certificates: (region: string) => ACMClient;
  readonly backup: (region: string) => BackupClient;
  readonly stacks: (region: string) => CloudFormationClient;
  readonly distributions: () => CloudFrontClient;
  readonly logs: (region: string) => CloudWatchLogsClient;
  readonly detectors: (region: string) => GuardDutyClient;
  readonly inspector: (region: string) => Inspector2Client;
  readonly zones: () => Route53Client;
  readonly network: (region: string) => EC2Client;
  readonly schedules: (region: string) => SchedulerClient;
  readonly secrets: (region: string) => SecretsManagerClient;
  /** Of any type. */
  readonly resources: (region: string) => CloudControlClient;
  readonly mails: (region: string) => SESv2Client;
  readonly quotas: (region: string) => ServiceQuotasClient;
  readonly parameters: (region: string) => SSMClient;
  readonly metrics: (region: string) => CloudWatchClient;
  readonly pipelines: (region: string) => CodePipelineClient;
  readonly images: (region: string) => ECRClient;
  readonly services: (region: string) => ECSClient;
  readonly functions: (region: string) => LambdaClient;
  readonly hub: (region: string) => SecurityHubClient;
  /** AWS Config. */
  readonly changes: (region: string) => ConfigServiceClient;
  readonly macie: (region: string) => Macie2Client;
  readonly roles: () => IAMClient;
  readonly topics: (region: string) => SNSClient;
  readonly identity: (region: string) => STSClient;
  readonly keys: (region: string) => KMSClient;
  readonly tags: (region: string) => ResourceGroupsTaggingAPIClient;
}

/** CloudFront, Route 53 and IAM answer there. */
const global = 'us-east-1';

export function awsWithCredentials(): Aws {
  return {
    analyzers: (region) => new AccessAnalyzerClient(awsIn(region)),
    certificates: (region) => new ACMClient(awsIn(region)),
    backup: (region) => new BackupClient(awsIn(region)),
    stacks: (region) => new CloudFormationClient(awsIn(region)),
    distributions: () => new CloudFrontClient(awsIn(global)),
    logs: (region) => new CloudWatchLogsClient(awsIn(region)),
    detectors: (region) => new GuardDutyClient(awsIn(region)),
    inspector: (region) => new Inspector2Client(awsIn(region)),
    zones: () => new Route53Client(awsIn(global)),
    network: (region) => new EC2Client(awsIn(region)),
    schedules: (region) => new SchedulerClient(awsIn(region)),
    secrets: (region) => new SecretsManagerClient(awsIn(region)),
    resources: (region) => new CloudControlClient(awsIn(region)),
    mails: (region) => new SESv2Client(awsIn(region)),
    quotas: (region) => new ServiceQuotasClient(awsIn(region)),
    parameters: (region) => new SSMClient(awsIn(region)),
    metrics: (region) => new CloudWatchClient(awsIn(region)),
    pipelines: (region) => new CodePipelineClient(awsIn(region)),
    images: (region) => new ECRClient(awsIn(region)),
    services: (region) => new ECSClient(awsIn(region)),
    functions: (region) => new LambdaClient(awsIn(region)),
    hub: (region) => new SecurityHubClient(awsIn(region)),
    changes: (region) => new ConfigServiceClient(awsIn(region)),
    macie: (region) => new Macie2Client(awsIn(region)),
    roles: () => new IAMClient(awsIn(global)),
    topics: (region) => new SNSClient(awsIn(region)),
    identity: (region) => new STSClient(awsIn(region)),
    keys: (region) => new KMSClient(awsIn(region)),
    tags: (region) => new ResourceGroupsTaggingAPIClient(awsIn(region)),
  };
}
