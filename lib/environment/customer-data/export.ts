import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  RotateSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Databases } from '../credentials/rotation/database.ts';
import { Deadline } from '../credentials/rotation/deadline.ts';
import { parseSecret } from '../credentials/rotation/secret.ts';
import { askUntil, type Patience } from '../lambda/ask-until.ts';
import { encrypted } from './encrypt.ts';
import { exportedRows } from './exported-rows.ts';
import type { ExportKind } from './kinds.ts';
import type { ExportQueries } from './queries.ts';
import { reasonProblem } from './reason.ts';

export interface ExportRequest {
  readonly kind: ExportKind;
  /** One of those whom the config names. */
  readonly person: string;
  /** Why somebody needs it, for whoever looks at the trail. */
  readonly reason: string;
}

/** What an export became. Nothing in it opens it. */
export interface Exported {
  readonly bucket: string;
  /** Begins with the name of the person, who alone may read what lies below it. */
  readonly key: string;
  readonly rows: number;
  /** Secret and version of it that hold its passphrase. */
  readonly passphraseSecret: string;
  readonly passphraseVersion: string;
}

export interface Desk {
  readonly secretsManager: Pick<SecretsManagerClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly databases: Databases;
  readonly bucket: string;
  readonly queries: ExportQueries;
  /** By the names of those whom the config names, the secret with the passphrase of their exports. */
  readonly passphraseSecrets: Readonly<Record<string, string>>;
  readonly loginSecret: string;
  /** The function that rotates the passphrase: its log says why it did not. */
  readonly rotationFunction: string;
  /** For the rotation of the passphrase. */
  readonly patience: Patience;
  /** Milliseconds that reading may still take. */
  readonly remaining: () => number;
  readonly now: () => Date;
}

/**
 * Writes customers or orders into the bucket of the desk, encrypted under a passphrase that no other export has.
 *
 * One call writes the whole file, so that an export that breaks off leaves nothing that could be read.
 *
 * @throws Error when there is no reason, the person is not named, the passphrase does not change in time, or the database or the bucket refuses
 */
export async function exportData(request: ExportRequest, desk: Desk): Promise<Exported> {
  const { kind, person, reason } = request;
  const problem = reasonProblem(reason);
  if (problem !== undefined) throw new Error(problem);
  const { [person]: passphraseSecret } = desk.passphraseSecrets;
  if (passphraseSecret === undefined || !Object.hasOwn(desk.passphraseSecrets, person))
    throw new Error(`"${person}" is not among those whom the config names`);
  const passphrase = await freshPassphrase(passphraseSecret, desk);
  const login = await readLogin(desk);
  const session = await desk.databases.connect(login, new Deadline(desk.remaining()));
  let rows = 0;
  let body: Buffer;
  try {
    const texts = exportedRows(session, login.engine, desk.queries[kind], (more) => {
      rows += more;
    });
    body = await encrypted(texts, passphrase.text);
  } finally {
    await session.close();
  }
  const key = `${person}/${desk.now().toISOString().replaceAll(':', '-')}-${kind}.csv.age`;
  const object: PutObjectCommandInput = {
    Bucket: desk.bucket,
    Key: key,
    Body: body,
    ContentType: 'application/octet-stream',
    // Headers hold ASCII only.
    Metadata: { reason: encodeURIComponent(reason), 'passphrase-version': passphrase.version },
  };
  await desk.s3.send(new PutObjectCommand(object));
  return { bucket: desk.bucket, key, rows, passphraseSecret, passphraseVersion: passphrase.version };
}

/**
 * Rotates the passphrase and reads the new one. The version stays readable by its id while the exports live: Secrets
 * Manager keeps the last hundred (https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version).
 */
async function freshPassphrase(
  SecretId: string,
  { secretsManager, rotationFunction, patience }: Desk,
): Promise<{ readonly version: string; readonly text: string }> {
  const { VersionId: version } = await secretsManager.send(new RotateSecretCommand({ SecretId }));
  if (version === undefined) throw new Error('Secrets Manager named no version of the new passphrase');
  const { answer, lastError } = await askUntil(async () => {
    const { VersionIdsToStages = {} } = await secretsManager.send(new DescribeSecretCommand({ SecretId }));
    return VersionIdsToStages[version]?.includes('AWSCURRENT') ? true : undefined;
  }, patience);
  if (!answer) {
    throw new Error(
      `the passphrase did not change in time${lastError === undefined ? '' : ` (${lastError})`}: the log of ${rotationFunction} says why, docs/runbooks/rotation.md what to do`,
    );
  }
  const { SecretString = '{}' } = await secretsManager.send(
    new GetSecretValueCommand({ SecretId, VersionId: version }),
  );
  const { passphrase } = JSON.parse(SecretString) as { readonly passphrase?: unknown };
  if (typeof passphrase !== 'string' || passphrase.length < 32)
    throw new Error('the secret of the exports holds no passphrase of at least 32 characters');
  return { version, text: passphrase };
}

async function readLogin({ secretsManager, loginSecret: SecretId }: Desk) {
  const { SecretString = '', VersionId = '' } = await secretsManager.send(
    new GetSecretValueCommand({ SecretId }),
  );
  const { secret } = parseSecret(VersionId, SecretString, 'AWSCURRENT');
  if (secret.scheme === 'generated') throw new Error('the secret of the database login holds no login');
  return secret;
}
