import {
  ListSecretsCommand,
  type SecretListEntry,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

export interface SecretStatus {
  readonly name: string;
  /** Days since the value last changed; undefined when it never did. */
  readonly ageDays: number | undefined;
  readonly nextWindow: Date | undefined;
  readonly outcome: 'succeeded' | 'running or failed' | 'never rotated' | 'rotation is off';
  /** What the last rotation left as it was; undefined when nobody may read the log of the function. */
  readonly warnings: readonly string[] | undefined;
}

/** A secret whose log is to be read. */
export interface LoggedSecret {
  readonly arn: string;
  readonly functionArn: string | undefined;
  /** Before its last rotation began. */
  readonly since: Date;
}

export type ReadWarnings = (secret: LoggedSecret) => Promise<readonly string[] | undefined>;

/** How long the four steps may take, with every retry of Secrets Manager. */
const longestRotation = 24 * 3_600_000;

/** Every secret of an environment, read without any value. */
export async function statusOfSecrets(
  client: Pick<SecretsManagerClient, 'send'>,
  prefix: string,
  now: Date,
  readWarnings: ReadWarnings = async () => undefined,
): Promise<SecretStatus[]> {
  const found: Promise<SecretStatus>[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [prefix] }], NextToken }),
    );
    for (const secret of page.SecretList ?? []) {
      // The filter of the service matches word by word and ignores case.
      if (secret.Name?.startsWith(prefix)) found.push(statusOf(secret, now, readWarnings));
    }
    NextToken = page.NextToken || undefined;
  } while (NextToken !== undefined);
  return (await Promise.all(found)).sort((a, b) => a.name.localeCompare(b.name));
}

async function statusOf(
  secret: SecretListEntry,
  now: Date,
  readWarnings: ReadWarnings,
): Promise<SecretStatus> {
  const rotated = secret.LastRotatedDate;
  const since = new Date((rotated ?? secret.CreatedDate ?? now).getTime() - longestRotation);
  return {
    name: secret.Name ?? '',
    ageDays: rotated === undefined ? undefined : (now.getTime() - rotated.getTime()) / 86_400_000,
    nextWindow: secret.NextRotationDate,
    outcome: outcomeOf(secret),
    warnings:
      secret.RotationEnabled === true
        ? await readWarnings({ arn: secret.ARN ?? '', functionArn: secret.RotationLambdaARN, since })
        : [],
  };
}

/** A rotation that ended takes AWSPENDING away; one that runs, or gave up, leaves it on a version of its own. */
function outcomeOf(secret: SecretListEntry): SecretStatus['outcome'] {
  if (secret.RotationEnabled !== true) return 'rotation is off';
  const labels = Object.values(secret.SecretVersionsToStages ?? {});
  if (labels.some((stages) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT'))) {
    return 'running or failed';
  }
  return secret.LastRotatedDate === undefined ? 'never rotated' : 'succeeded';
}

export function statusTable(secrets: readonly SecretStatus[]): string {
  const rows = secrets.map(({ name, ageDays, nextWindow, outcome }) => [
    name,
    ageDays === undefined ? '-' : `${ageDays.toFixed(1)} days`,
    nextWindow === undefined ? '-' : `${nextWindow.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    outcome,
  ]);
  const all = [['secret', 'age', 'next rotation by', 'last outcome'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const table = all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
  const warnings = secrets.flatMap(({ name, warnings }) =>
    (warnings ?? []).map((warning) => `  ${name}: ${warning}`),
  );
  const unread = secrets.filter(({ warnings }) => warnings === undefined).map(({ name }) => name);
  return [
    table,
    ...(warnings.length > 0 ? ['', 'what the last rotation left as it was:', ...warnings] : []),
    ...(unread.length > 0
      ? [
          '',
          `the warnings of these could not be read: ${unread.join(', ')}`,
          '(it takes lambda:GetFunctionConfiguration on the rotation function and logs:FilterLogEvents on its log)',
        ]
      : []),
  ].join('\n');
}
