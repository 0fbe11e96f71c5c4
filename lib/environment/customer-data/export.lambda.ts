import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { databasesTrusting } from '../credentials/rotation/databases.ts';
import { type Desk, type Exported, type ExportRequest, exportData } from './export.ts';
import type { ExportQueries } from './queries.ts';

const secretsManager = new SecretsManagerClient();
const s3 = new S3Client();
const databases = databasesTrusting(process.env.DATABASE_CA);

/** What CDK wrote into the settings of the function. */
interface Settings {
  readonly bucket: string;
  readonly queries: ExportQueries;
  readonly passphraseSecrets: Desk['passphraseSecrets'];
  readonly loginSecret: string;
  readonly rotationFunction: string;
}

export async function handler(
  request: ExportRequest,
  context: { getRemainingTimeInMillis(): number },
): Promise<Exported> {
  const settings: Settings = JSON.parse(process.env.DESK ?? '{}');
  const { kind, person, reason } = request;
  const exported = await exportData(
    { kind, person, reason },
    {
      ...settings,
      secretsManager,
      s3,
      databases,
      patience: { milliseconds: Math.min(180_000, context.getRemainingTimeInMillis() / 3), interval: 2_000 },
      // The last seconds are for the bucket.
      remaining: () => context.getRemainingTimeInMillis() - 15_000,
      now: () => new Date(),
    },
  );
  console.log(JSON.stringify({ ...exported, kind, person, reason: reason.slice(0, 500) }));
  return exported;
}
