import { setTimeout as pause } from 'node:timers/promises';
import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** @throws Error that names every secret still waiting, when the time is over */
export async function waitForRotation(
  client: Pick<SecretsManagerClient, 'send'>,
  secrets: readonly string[],
  time: { readonly milliseconds: number; readonly interval: number },
): Promise<void> {
  const end = Date.now() + time.milliseconds;
  let waiting = [...secrets];
  while (true) {
    const rotated = await Promise.all(waiting.map((secret) => wasRotated(client, secret)));
    waiting = waiting.filter((_, index) => !rotated[index]);
    if (waiting.length === 0) return;
    if (Date.now() + time.interval > end) {
      throw new Error(
        `the first rotation did not end for ${waiting.join(', ')}; the log of the rotation function says why, docs/runbooks/rotation.md what to do`,
      );
    }
    await pause(time.interval);
  }
}

async function wasRotated(client: Pick<SecretsManagerClient, 'send'>, secret: string): Promise<boolean> {
  const found = await client.send(new DescribeSecretCommand({ SecretId: secret }));
  return found.LastRotatedDate !== undefined;
}
