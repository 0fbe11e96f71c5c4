import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RotationOptions } from '../../../../lib/environment/credentials/rotation/rotate.ts';

export type Send = RotationOptions['secretsManager'];

/** Secrets Manager behind an endpoint, or as a client in this process. */
export interface Service {
  readonly endpoint?: string;
  readonly client?: Send;
  /** Whether a version that holds a value keeps it, as in AWS; in moto it does not. */
  readonly keepsValues: boolean;
}

export interface RunningService extends Service {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Secrets Manager, with the one point put right in which moto differs from AWS and that a rotation depends on: writing
 * another value to a version that holds one is ResourceExistsException.
 */
export class SecretsService {
  readonly client: Send;
  readonly #keepsValues: boolean;
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor({ endpoint = '', client = clientOf(endpoint), keepsValues }: Service) {
    this.client = client;
    this.#keepsValues = keepsValues;
  }

  /** What a function gets instead of the client itself. */
  get forFunction(): Send {
    if (this.#keepsValues) return this.client;
    const send = async (command: unknown, ...rest: unknown[]) => {
      if (command instanceof PutSecretValueCommand) return await this.#put(command);
      return await (this.client.send as (...args: unknown[]) => Promise<unknown>)(command, ...rest);
    };
    return { send: send as SecretsManagerClient['send'] };
  }

  async #put(command: PutSecretValueCommand): Promise<unknown> {
    const token = command.input.ClientRequestToken ?? '';
    const before = this.#writing.get(token) ?? Promise.resolve();
    const mine = before.catch(() => {}).then(() => this.#putOnce(command));
    this.#writing.set(token, mine);
    return await mine;
  }

  async #putOnce(command: PutSecretValueCommand): Promise<unknown> {
    const { SecretId, ClientRequestToken: VersionId, SecretString } = command.input;
    const existing = await this.#text(SecretId ?? '', { VersionId });
    if (existing !== undefined && existing !== SecretString) {
      throw new ResourceExistsException({ message: 'exists', $metadata: {} });
    }
    return await this.client.send(command);
  }

  async create(name: string, fields: object | string): Promise<string> {
    const text = typeof fields === 'string' ? fields : JSON.stringify(fields);
    const created = await this.client.send(new CreateSecretCommand({ Name: name, SecretString: text }));
    return created.ARN ?? '';
  }

  /**
   * As the schedule does: rotation is enabled, and a pending version exists that holds nothing yet. Without a
   * function moto would promote that version at once; with one it does not know, it stops right before.
   */
  async startRotation(secretId: string, token: string = randomUUID()): Promise<string> {
    const request = new RotateSecretCommand({
      SecretId: secretId,
      ClientRequestToken: token,
      RotationRules: { AutomaticallyAfterDays: 7 },
      RotationLambdaARN: 'arn:aws:lambda:ap-northeast-1:123456789012:function:rotation',
    });
    // AWS starts a new rotation when AWSPENDING is on the current version; moto refuses, turned round.
    const stages = await this.stages(secretId);
    for (const [id, labels] of Object.entries(stages)) {
      if (labels.includes('AWSPENDING') && labels.includes('AWSCURRENT'))
        await this.clearPending(secretId, id);
    }
    try {
      await this.client.send(request);
    } catch (thrown) {
      if (!(thrown instanceof ResourceNotFoundException)) throw thrown;
    }
    return token;
  }

  async fields(secretId: string, stage = 'AWSCURRENT'): Promise<Record<string, unknown>> {
    const text = await this.#text(secretId, { VersionStage: stage });
    return text === undefined ? {} : JSON.parse(text);
  }

  async stages(secretId: string): Promise<Record<string, string[]>> {
    const found = await this.client.send(new DescribeSecretCommand({ SecretId: secretId }));
    return found.VersionIdsToStages ?? {};
  }

  /**
   * Somebody writes a new current value by hand. In two calls, as moto would leave AWSCURRENT on two versions after a
   * promotion.
   */
  async overwrite(secretId: string, fields: object | string | Uint8Array): Promise<void> {
    const value =
      fields instanceof Uint8Array
        ? { SecretBinary: fields }
        : { SecretString: typeof fields === 'string' ? fields : JSON.stringify(fields) };
    const { VersionId } = await this.client.send(
      new PutSecretValueCommand({ SecretId: secretId, ...value, VersionStages: ['BYHAND'] }),
    );
    const stages = await this.stages(secretId);
    const current = Object.keys(stages).find((id) => stages[id]?.includes('AWSCURRENT'));
    if (VersionId === undefined || current === undefined) throw new Error('moto lost a version');
    await this.label(secretId, 'AWSCURRENT', VersionId, current);
  }

  async clearPending(secretId: string, versionId: string): Promise<void> {
    await this.unlabel(secretId, 'AWSPENDING', versionId);
  }

  async label(secretId: string, label: string, to: string, from?: string): Promise<void> {
    await this.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: secretId,
        VersionStage: label,
        MoveToVersionId: to,
        ...(from === undefined ? {} : { RemoveFromVersionId: from }),
      }),
    );
  }

  async unlabel(secretId: string, label: string, from: string): Promise<void> {
    await this.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: secretId,
        VersionStage: label,
        RemoveFromVersionId: from,
      }),
    );
  }

  /** The text of every version, for searching logs for what must not be there. */
  async everyText(secretId: string): Promise<string[]> {
    const list = await this.client.send(
      new ListSecretVersionIdsCommand({ SecretId: secretId, IncludeDeprecated: true }),
    );
    const texts = await Promise.all(
      (list.Versions ?? []).map(({ VersionId }) => this.#text(secretId, { VersionId })),
    );
    return texts.filter((text) => text !== undefined);
  }

  async #text(
    secretId: string,
    which: { VersionStage?: string; VersionId?: string | undefined },
  ): Promise<string | undefined> {
    try {
      const found = await this.client.send(new GetSecretValueCommand({ SecretId: secretId, ...which }));
      return found.SecretString;
    } catch {
      return undefined;
    }
  }
}

function clientOf(endpoint: string): SecretsManagerClient {
  return new SecretsManagerClient({
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 3,
  });
}
