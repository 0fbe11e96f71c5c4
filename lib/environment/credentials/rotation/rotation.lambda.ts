import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { databasesTrusting } from './databases.ts';
import { RotationError } from './errors.ts';
import { type RotationEvent, rotate } from './rotate.ts';

/** What the function leaves itself to say why it stopped, before Lambda ends it without a word. */
const marginMilliseconds = 3000;

// Retries are the store's own: they know the deadline, the SDK's do not.
const secretsManager = new SecretsManagerClient({ maxAttempts: 1 });
const databases = databasesTrusting(process.env.DATABASE_CA || undefined);

export async function handler(
  event: RotationEvent,
  context: { getRemainingTimeInMillis(): number },
): Promise<void> {
  const started = Date.now();
  const about = { secret: event.SecretId, token: event.ClientRequestToken, step: event.Step };
  try {
    const milliseconds = context.getRemainingTimeInMillis() - marginMilliseconds;
    const warn = (message: string) =>
      console.warn(JSON.stringify({ ...about, outcome: 'warning', message: message.slice(0, 2000) }));
    await rotate(event, { secretsManager, databases, milliseconds, warn });
    console.log(JSON.stringify({ ...about, outcome: 'done', milliseconds: Date.now() - started }));
  } catch (thrown) {
    const error =
      thrown instanceof RotationError ? thrown : new Error('rotation failed for a reason that is not told');
    const category = thrown instanceof RotationError ? thrown.category : 'internal';
    console.error(
      JSON.stringify({
        ...about,
        outcome: 'failed',
        category,
        message: error.message,
        milliseconds: Date.now() - started,
      }),
    );
    throw error;
  }
}
