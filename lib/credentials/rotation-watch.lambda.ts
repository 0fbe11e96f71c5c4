import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { overdueRecord, overdueSecrets } from './watch.ts';

const client = new SecretsManagerClient();

export async function handler(): Promise<void> {
  const secrets: Record<string, string> = JSON.parse(process.env.SECRETS ?? '{}');
  const now = new Date();
  const watched = await overdueSecrets(client, secrets, Number(process.env.LONGEST_GAP_HOURS), now);
  // Past the console, which would wrap the line in a record CloudWatch reads no metrics from.
  for (const secret of watched) process.stdout.write(`${overdueRecord(secret, now)}\n`);
}
