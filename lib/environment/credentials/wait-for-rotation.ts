import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { askUntil, type Patience } from '../lambda/ask-until.ts';

/** @throws Error that names every secret still waiting, when the time is over */
export async function waitForRotation(
  client: Pick<SecretsManagerClient, 'send'>,
  secrets: readonly string[],
  time: Patience,
): Promise<void> {
  const waiting = new Set(secrets);
  const { answer, lastError } = await askUntil(async () => {
    for (const secret of waiting) if (await wasRotated(client, secret)) waiting.delete(secret);
    return waiting.size === 0 ? true : undefined;
  }, time);
  if (answer) return;
  const unanswered = lastError === undefined ? '' : ` (Secrets Manager does not answer: ${lastError})`;
  throw new Error(
    `the first rotation did not end for ${[...waiting].join(', ')}${unanswered}; the log of the rotation function says why, docs/runbooks/rotation.md what to do`,
  );
}

async function wasRotated(client: Pick<SecretsManagerClient, 'send'>, secret: string): Promise<boolean> {
  const found = await client.send(new DescribeSecretCommand({ SecretId: secret }));
  return found.LastRotatedDate !== undefined;
}
