import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EmbeddedMetrics } from '../lambda/embedded-metrics.ts';
import { overdueMetric } from './overdue-metric.ts';

export interface WatchedSecret {
  readonly name: string;
  readonly overdue: boolean;
}

/** A secret that was never rotated counts from its creation. */
export async function overdueSecrets(
  client: Pick<SecretsManagerClient, 'send'>,
  secrets: Readonly<Record<string, string>>,
  longestGapHours: number,
  now: Date,
): Promise<WatchedSecret[]> {
  return await Promise.all(
    Object.entries(secrets).map(async ([name, arn]) => {
      const found = await client.send(new DescribeSecretCommand({ SecretId: arn }));
      const since = found.LastRotatedDate ?? found.CreatedDate;
      const hours =
        since === undefined ? Number.POSITIVE_INFINITY : (now.getTime() - since.getTime()) / 3_600_000;
      return { name, overdue: hours > longestGapHours };
    }),
  );
}

export function overdueMetrics({ name, overdue }: WatchedSecret, time: Date): EmbeddedMetrics {
  return {
    namespace: overdueMetric.namespace,
    dimensions: { Secret: name },
    values: { [overdueMetric.metricName]: overdue ? 1 : 0 },
    time,
  };
}
