import type { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import type { ACMClient } from '@aws-sdk/client-acm';
import type { BackupClient } from '@aws-sdk/client-backup';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { GuardDutyClient } from '@aws-sdk/client-guardduty';
import type { Inspector2Client } from '@aws-sdk/client-inspector2';
import type { Macie2Client } from '@aws-sdk/client-macie2';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { DigestSettings } from './settings.ts';
import type { DigestWords } from './words.ts';

/** What AWS is asked with. Certificates and the web ACL of the edge are in us-east-1. */
export interface DigestClients {
  readonly metrics: CloudWatchClient;
  readonly edgeMetrics: CloudWatchClient;
  readonly certificates: ACMClient;
  readonly edgeCertificates: ACMClient;
  readonly secrets: SecretsManagerClient;
  readonly logs: CloudWatchLogsClient;
  readonly backup: BackupClient;
  readonly threats: GuardDutyClient;
  readonly hub: SecurityHubClient;
  readonly recorder: ConfigServiceClient;
  readonly analyzers: AccessAnalyzerClient;
  readonly weaknesses: Inspector2Client;
  readonly buckets: Macie2Client;
}

export interface Asked {
  readonly settings: DigestSettings;
  readonly clients: DigestClients;
  readonly now: Date;
}

export type Ask = (asked: Asked, words: DigestWords) => Promise<readonly string[]>;

export const day = 86_400_000;
/** Days that are looked back. */
export const week = 7;

export function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
