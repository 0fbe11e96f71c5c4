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
}

/** Every secret of an environment, read without any value. */
export async function statusOfSecrets(
  client: Pick<SecretsManagerClient, 'send'>,
  prefix: string,
  now: Date,
): Promise<SecretStatus[]> {
  const found: SecretStatus[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [prefix] }], NextToken }),
    );
    for (const secret of page.SecretList ?? []) {
      // The filter of the service matches word by word and ignores case.
      if (secret.Name?.startsWith(prefix)) found.push(statusOf(secret, now));
    }
    NextToken = page.NextToken || undefined;
  } while (NextToken !== undefined);
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

function statusOf(secret: SecretListEntry, now: Date): SecretStatus {
  const rotated = secret.LastRotatedDate;
  return {
    name: secret.Name ?? '',
    ageDays: rotated === undefined ? undefined : (now.getTime() - rotated.getTime()) / 86_400_000,
    nextWindow: secret.NextRotationDate,
    outcome: outcomeOf(secret),
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
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
