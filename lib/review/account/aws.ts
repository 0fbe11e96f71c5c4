import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { ACMClient } from '@aws-sdk/client-acm';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudControlClient } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
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
  readonly topics: (region: string) => SNSClient;
  readonly identity: (region: string) => STSClient;
  readonly keys: (region: string) => KMSClient;
  readonly tags: (region: string) => ResourceGroupsTaggingAPIClient;
}

/** CloudFront and Route 53 answer there. */
const global = 'us-east-1';

export function awsWithCredentials(): Aws {
  return {
    analyzers: (region) => new AccessAnalyzerClient({ region }),
    certificates: (region) => new ACMClient({ region }),
    backup: (region) => new BackupClient({ region }),
    stacks: (region) => new CloudFormationClient({ region }),
    distributions: () => new CloudFrontClient({ region: global }),
    logs: (region) => new CloudWatchLogsClient({ region }),
    detectors: (region) => new GuardDutyClient({ region }),
    inspector: (region) => new Inspector2Client({ region }),
    zones: () => new Route53Client({ region: global }),
    network: (region) => new EC2Client({ region }),
    schedules: (region) => new SchedulerClient({ region }),
    secrets: (region) => new SecretsManagerClient({ region }),
    resources: (region) => new CloudControlClient({ region }),
    mails: (region) => new SESv2Client({ region }),
    quotas: (region) => new ServiceQuotasClient({ region }),
    parameters: (region) => new SSMClient({ region }),
    metrics: (region) => new CloudWatchClient({ region }),
    pipelines: (region) => new CodePipelineClient({ region }),
    images: (region) => new ECRClient({ region }),
    services: (region) => new ECSClient({ region }),
    functions: (region) => new LambdaClient({ region }),
    hub: (region) => new SecurityHubClient({ region }),
    topics: (region) => new SNSClient({ region }),
    identity: (region) => new STSClient({ region }),
    keys: (region) => new KMSClient({ region }),
    tags: (region) => new ResourceGroupsTaggingAPIClient({ region }),
  };
}
