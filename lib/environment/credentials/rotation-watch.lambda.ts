import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { correctedTime } from '../../cli/corrected-time.ts';
import { writeMetrics } from '../lambda/embedded-metrics.ts';
import { overdueMetrics, overdueSecrets } from './overdue.ts';

const client = new SecretsManagerClient();

export async function handler(): Promise<void> {
  const secrets: Record<string, string> = JSON.parse(process.env.SECRETS ?? '{}');
  const now = () => correctedTime([client]);
  const { watched, unanswered } = await overdueSecrets(
    client,
    secrets,
    Number(process.env.LONGEST_GAP_HOURS),
    now,
  );
  for (const secret of watched) writeMetrics(overdueMetrics(secret, now()));
  if (unanswered.length > 0) {
    throw new Error(`Secrets Manager does not answer for ${unanswered.join(', ')}`);
  }
}
