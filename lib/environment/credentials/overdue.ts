import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EmbeddedMetrics } from '../lambda/embedded-metrics.ts';
import { overdueMetric } from './overdue-metric.ts';

export interface WatchedSecret {
  readonly name: string;
  readonly overdue: boolean;
}

/**
 * A secret that was never rotated counts from its creation. One that Secrets Manager does not answer for is missing
 * here, which its alarm takes for overdue, and holds up no other.
 *
 * @param clock right once Secrets Manager has answered
 */
export async function overdueSecrets(
  client: Pick<SecretsManagerClient, 'send'>,
  secrets: Readonly<Record<string, string>>,
  longestGapHours: number,
  clock: () => Date,
): Promise<{ readonly watched: WatchedSecret[]; readonly unanswered: string[] }> {
  const asked = Object.keys(secrets);
  const looks = await Promise.allSettled(
    Object.entries(secrets).map(async ([name, arn]) => {
      const found = await client.send(new DescribeSecretCommand({ SecretId: arn }));
      const since = found.LastRotatedDate ?? found.CreatedDate;
      const hours =
        since === undefined ? Number.POSITIVE_INFINITY : (clock().getTime() - since.getTime()) / 3_600_000;
      return { name, overdue: hours > longestGapHours };
    }),
  );
  return {
    watched: looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : [])),
    unanswered: asked.filter((_, index) => looks[index]?.status === 'rejected'),
  };
}

export function overdueMetrics({ name, overdue }: WatchedSecret, time: Date): EmbeddedMetrics {
  return {
    namespace: overdueMetric.namespace,
    dimensions: { Secret: name },
    values: { [overdueMetric.metricName]: overdue ? 1 : 0 },
    time,
  };
}
