import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { type Deadline, inTime, pause } from './deadline.ts';
import { Fault } from './errors.ts';
import { noWay, passes, refusalFault, stateFault } from './refusals.ts';
import { parseSecret, type ServerOfLogin, type Version } from './secret.ts';

export type Stage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

export interface Versions {
  readonly rotationEnabled: boolean;
  readonly stages: Readonly<Record<string, readonly string[]>>;
  readonly current: string | undefined;
}

/** Secrets Manager as a rotation sees it: every call bounded by the deadline and repeated when throttled. */
export class SecretStore {
  private readonly client: Pick<SecretsManagerClient, 'send'>;
  private readonly deadline: Deadline;

  constructor(client: Pick<SecretsManagerClient, 'send'>, deadline: Deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  async versions(secretId: string): Promise<Versions> {
    const found: DescribeSecretCommandOutput = await this.call('DescribeSecret', (abortSignal) =>
      this.client.send(new DescribeSecretCommand({ SecretId: secretId }), { abortSignal }),
    );
    const stages = found.VersionIdsToStages ?? {};
    return {
      // Absent where rotation was never set up; whoever cancels it makes it false.
      rotationEnabled: found.RotationEnabled ?? true,
      stages,
      current: Object.keys(stages).find((id) => stages[id]?.includes('AWSCURRENT')),
    };
  }

  /** The version that carries the label; with a version id, only if that version carries it. */
  async read(secretId: string, stage: Stage, versionId?: string): Promise<Version | undefined> {
    const found = await this.value(secretId, { VersionStage: stage, VersionId: versionId });
    return found === undefined ? undefined : parseSecret(found.id, found.text, stage);
  }

  /** AWSCURRENT. @param server where a secret that RDS made of its administrator does not name it */
  async readLogin(secretId: string, server: ServerOfLogin): Promise<Version | undefined> {
    const found = await this.value(secretId, { VersionStage: 'AWSCURRENT' });
    return found === undefined ? undefined : parseSecret(found.id, found.text, 'AWSCURRENT', server);
  }

  /**
   * Every version still held, labelled or not, newest first: the one place where a password survives that was
   * set but never promoted. Versions that cannot be read or parsed are left out.
   */
  async *everyVersion(secretId: string, server?: ServerOfLogin): AsyncGenerator<Version> {
    for (const id of await this.versionIds(secretId)) {
      try {
        const found = await this.value(secretId, { VersionId: id });
        if (found !== undefined) yield parseSecret(found.id, found.text, `version ${id}`, server);
      } catch (thrown) {
        if (!(thrown instanceof Fault) || thrown.category !== 'malformed') throw thrown;
      }
    }
  }

  /** @returns false when the version already holds another value, written by a run at the same time */
  async writePending(secretId: string, versionId: string, fields: object): Promise<boolean> {
    const stored = await this.call(
      'PutSecretValue',
      async (abortSignal) => {
        await this.client.send(
          new PutSecretValueCommand({
            SecretId: secretId,
            ClientRequestToken: versionId,
            SecretString: JSON.stringify(fields),
            VersionStages: ['AWSPENDING'],
          }),
          { abortSignal },
        );
        return true;
      },
      { absent: ['ResourceExistsException'] },
    );
    return stored ?? false;
  }

  /**
   * Asked again soon when no answer comes: a transaction may be open meanwhile, and the label have moved.
   * @returns false when AWSCURRENT was no longer on `from`
   */
  async promote(secretId: string, versionId: string, from: string): Promise<boolean> {
    return await this.move(secretId, {
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: versionId,
      RemoveFromVersionId: from,
    });
  }

  async clearPending(secretId: string, versionId: string): Promise<void> {
    await this.move(secretId, { VersionStage: 'AWSPENDING', RemoveFromVersionId: versionId });
  }

  private async move(
    secretId: string,
    change: { VersionStage: Stage; MoveToVersionId?: string; RemoveFromVersionId: string },
  ): Promise<boolean> {
    const moved = await this.call(
      'UpdateSecretVersionStage',
      async (abortSignal) => {
        await this.client.send(new UpdateSecretVersionStageCommand({ SecretId: secretId, ...change }), {
          abortSignal,
        });
        return true;
      },
      { absent: ['InvalidParameterException', 'InvalidRequestException'], firstLimit: 300 },
    );
    return moved ?? false;
  }

  private async versionIds(secretId: string): Promise<string[]> {
    const versions: { id: string; created: number }[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.call('ListSecretVersionIds', (abortSignal) =>
        this.client.send(
          new ListSecretVersionIdsCommand({ SecretId: secretId, IncludeDeprecated: true, NextToken }),
          { abortSignal },
        ),
      );
      for (const { VersionId, CreatedDate } of page.Versions ?? []) {
        if (VersionId !== undefined) versions.push({ id: VersionId, created: CreatedDate?.getTime() ?? 0 });
      }
      NextToken = page.NextToken || undefined;
    } while (NextToken !== undefined);
    return versions.sort((a, b) => b.created - a.created).map(({ id }) => id);
  }

  private async value(
    secretId: string,
    which: { VersionStage?: Stage; VersionId?: string | undefined },
  ): Promise<{ id: string; text: string } | undefined> {
    const found = await this.call(
      'GetSecretValue',
      (abortSignal) =>
        this.client.send(new GetSecretValueCommand({ SecretId: secretId, ...which }), { abortSignal }),
      {
        // Of one version of many that are looked through, it is no matter why it cannot be read.
        absent:
          which.VersionStage === undefined
            ? ['ResourceNotFoundException', 'InvalidRequestException', 'InvalidParameterException']
            : ['ResourceNotFoundException'],
      },
    );
    if (found?.SecretBinary !== undefined) {
      throw new Fault(
        'malformed',
        'the version holds bytes (SecretBinary); write its JSON as text (put-secret-value --secret-string)',
        which.VersionStage === undefined ? {} : { stage: which.VersionStage },
      );
    }
    // A failed rotation may leave a version that holds nothing.
    if (found?.VersionId === undefined || found.SecretString === undefined) return undefined;
    return { id: found.VersionId, text: found.SecretString };
  }

  /** Repeats what is throttled or got no answer until the deadline. */
  private async call<T>(
    operation: string,
    send: (abortSignal: AbortSignal) => Promise<T>,
    options: CallOptions & { readonly absent: readonly string[] },
  ): Promise<T | undefined>;
  private async call<T>(operation: string, send: (abortSignal: AbortSignal) => Promise<T>): Promise<T>;
  private async call<T>(
    operation: string,
    send: (abortSignal: AbortSignal) => Promise<T>,
    { absent = [], firstLimit = longestAnswer }: CallOptions = {},
  ): Promise<T | undefined> {
    let limit = firstLimit;
    for (let wait = 50; ; wait = Math.min(wait * 2, 2000)) {
      const abort = new AbortController();
      try {
        const late = () =>
          new Fault('secrets-manager', `${operation} got no answer from Secrets Manager in time; ${noWay}`);
        return await inTime(send(abort.signal), this.deadline.atMost(limit), late);
      } catch (thrown) {
        abort.abort();
        const state = stateFault(thrown);
        if (state !== undefined) throw state;
        if (thrown instanceof Error && absent.includes(thrown.name)) return undefined;
        // Who waited for an answer in vain has waited enough.
        if (thrown instanceof Fault && limit < longestAnswer && !this.deadline.passed) {
          limit = Math.min(limit * 2, longestAnswer);
          continue;
        }
        // Jitter, so that two functions that were throttled together do not come back together.
        const delay = wait * (0.5 + Math.random());
        if (!passes(thrown) || this.deadline.remaining < delay) throw refusalFault(operation, thrown);
        await pause(delay);
      }
    }
  }
}

interface CallOptions {
  /** Names of errors that are an answer: nothing is there. */
  readonly absent?: readonly string[];
  /** Milliseconds after which a call is given up and made anew, doubled each time. @default longestAnswer */
  readonly firstLimit?: number;
}

/** Milliseconds for one answer of Secrets Manager. */
const longestAnswer = 5000;
