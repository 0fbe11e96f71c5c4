import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  RotateSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { inLanguage } from '../../cli/output.ts';
import { UserError } from '../../cli/user-error.ts';
import { logGroupOf, reportIn, type StepReport } from './rotation-log.ts';

export interface FollowClients {
  readonly secretsManager: Pick<SecretsManagerClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
}

export interface FollowOptions {
  readonly say: (line: string) => void;
  readonly milliseconds: number;
  readonly interval: number;
  /** How long a failed step may wait for the retry of Secrets Manager to mend it. */
  readonly retryMilliseconds: number;
}

/**
 * Rotates a secret now and tells each step as the function's log reports it. What decides is the secret itself: the
 * rotation has succeeded once AWSCURRENT is on the new version and AWSPENDING is gone.
 *
 * @returns whether it succeeded
 */
export async function rotateAndFollow(
  clients: FollowClients,
  secretId: string,
  options: FollowOptions,
): Promise<boolean> {
  const { secretsManager } = clients;
  const token = randomUUID();
  const before = await describe(secretsManager, secretId);
  if (before.RotationEnabled !== true) {
    throw new UserError([
      `secret "${secretId}" has no rotation schedule; deploy the stack that holds it first`,
    ]);
  }
  const log = await logOf(clients, before.RotationLambdaARN, token, before.LastChangedDate?.getTime() ?? 0);
  try {
    await secretsManager.send(new RotateSecretCommand({ SecretId: secretId, ClientRequestToken: token }));
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'InvalidRequestException') throw thrown;
    throw new UserError([`secret "${secretId}" cannot be rotated now: ${thrown.message}`]);
  }
  options.say(`rotating ${secretId}`);

  const end = performance.now() + options.milliseconds;
  let failedAt: number | undefined;
  while (true) {
    for (const { step, outcome, message } of await log()) {
      options.say(`  ${step} ${inLanguage(outcome)}${outcome === 'done' ? '' : `: ${message}`}`);
      if (outcome !== 'warning') failedAt = outcome === 'done' ? undefined : (failedAt ?? performance.now());
    }
    const stages = (await describe(secretsManager, secretId)).VersionIdsToStages ?? {};
    const labels = stages[token] ?? [];
    if (labels.includes('AWSCURRENT') && !labels.includes('AWSPENDING')) {
      options.say('the new value is current');
      return true;
    }
    const now = performance.now();
    if (now > end || (failedAt !== undefined && now > failedAt + options.retryMilliseconds)) {
      const outcome = labels.includes('AWSCURRENT')
        ? 'the new value is current, but the rotation did not end'
        : 'not rotated: the value before is current still';
      options.say(`${outcome}. What to do: docs/runbooks/rotation.md`);
      return false;
    }
    await pause(options.interval);
  }
}

async function describe(
  client: FollowClients['secretsManager'],
  secretId: string,
): Promise<DescribeSecretCommandOutput> {
  try {
    return await client.send(new DescribeSecretCommand({ SecretId: secretId }));
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'ResourceNotFoundException') throw thrown;
    throw new UserError([`there is no secret "${secretId}"; \`secure-shop rotate --status\` lists them`]);
  }
}

/** What the function says of this rotation, each line once. Without the right to read its log, nothing. */
async function logOf(
  { lambda, logs }: FollowClients,
  functionArn: string | undefined,
  token: string,
  // Of AWS's clock: this PC's may be ahead, and then nothing would be found.
  startTime: number,
): Promise<() => Promise<StepReport[]>> {
  const logGroupName = await logGroupOf(lambda, functionArn);
  if (logGroupName === undefined) return async () => [];
  const seen = new Set<string>();
  return async () => {
    try {
      const events: FilteredLogEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page = await logs.send(
          new FilterLogEventsCommand({ logGroupName, startTime, filterPattern: `"${token}"`, nextToken }),
        );
        events.push(...(page.events ?? []));
        nextToken = page.nextToken || undefined;
      } while (nextToken !== undefined);
      const fresh = events.filter(({ eventId }) => eventId !== undefined && !seen.has(eventId));
      for (const { eventId } of fresh) seen.add(eventId ?? '');
      return fresh.flatMap(({ message }) =>
        reportIn(message ?? '').filter((report) => report.token === token),
      );
    } catch {
      return [];
    }
  };
}
