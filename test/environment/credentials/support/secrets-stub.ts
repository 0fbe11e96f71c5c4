import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningService, Send, Service } from './secrets-service.ts';

type Request = Readonly<Record<string, unknown>>;

/** As text, or as bytes in base 64. */
type Value = { readonly SecretString: string } | { readonly SecretBinary: string };

interface Version {
  readonly created: Date;
  value: Value | undefined;
  readonly labels: Set<string>;
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly versions: Map<string, Version>;
  rotates: boolean;
  deleted: boolean;
}

/** An error of the service, as its protocol writes it. */
class Refusal extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/**
 * Secrets Manager, as far as a rotation meets it. Where time counts: moto closes each connection after one answer, and
 * its own time would be measured, or waited for. Labels and versions follow
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html and
 * API_PutSecretValue.html there.
 */
export class SecretsStub {
  readonly #secrets = new Map<string, Secret>();

  /** @throws Refusal */
  answer(operation: string, request: Request): object {
    return answerTo(this.#secrets, operation, request);
  }

  /** Without network and without the SDK's work: as the reference was measured. */
  get inProcess(): Service {
    const send = async (command: { constructor: { name: string }; input: Request }) =>
      this.answer(command.constructor.name.replace(/Command$/, ''), command.input);
    return { client: { send: send as unknown as Send['send'] }, keepsValues: true };
  }

  /** Over HTTP, on connections that stay open as those of AWS do. */
  async listen(): Promise<RunningService> {
    const server = createServer({ keepAlive: true, noDelay: true }, async (request, response) => {
      const type = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
      try {
        const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
        const answer = JSON.stringify(this.answer(operation, JSON.parse(await bodyOf(request))), inSeconds);
        response.writeHead(200, { ...type, 'content-length': Buffer.byteLength(answer) }).end(answer);
      } catch (thrown) {
        const refusal =
          thrown instanceof Refusal ? thrown : new Refusal('InternalServiceError', String(thrown));
        const answer = JSON.stringify({ __type: refusal.name, Message: refusal.message });
        response.writeHead(thrown instanceof Refusal ? 400 : 500, type).end(answer);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      keepsValues: true,
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }
}

/** The protocol writes times as seconds. */
function inSeconds(key: string, value: unknown): unknown {
  return key === 'CreatedDate' ? Date.parse(String(value)) / 1000 : value;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function answerTo(secrets: Map<string, Secret>, operation: string, request: Request): object {
  if (operation === 'CreateSecret') return create(secrets, request);
  if (operation === 'GetRandomPassword') return { RandomPassword: randomUUID() };
  const secret = secrets.get(String(request.SecretId)) ?? named(secrets, String(request.SecretId));
  if (secret.deleted) {
    throw new Refusal('InvalidRequestException', 'the secret was marked for deletion');
  }
  const about = { ARN: secret.arn, Name: secret.name };
  switch (operation) {
    case 'DescribeSecret':
      return { ...about, RotationEnabled: secret.rotates, VersionIdsToStages: labelled(secret) };
    case 'GetSecretValue':
      return { ...about, ...valueIn(secret, request) };
    case 'PutSecretValue':
      return { ...about, ...put(secret, request) };
    case 'UpdateSecretVersionStage':
      move(secret, request);
      return about;
    case 'ListSecretVersionIds':
      return { ...about, Versions: listed(secret, request.IncludeDeprecated === true) };
    case 'RotateSecret':
      return { ...about, VersionId: beginRotation(secret, String(request.ClientRequestToken)) };
    case 'CancelRotateSecret':
      secret.rotates = false;
      return about;
    case 'DeleteSecret':
      secret.deleted = true;
      return about;
    default:
      throw new Refusal('UnknownOperationException', operation);
  }
}

function named(secrets: Map<string, Secret>, name: string): Secret {
  const found = [...secrets.values()].find((secret) => secret.name === name);
  if (found !== undefined) return found;
  throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function create(secrets: Map<string, Secret>, { Name, SecretString }: Request): object {
  const name = String(Name);
  const arn = `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${name}-AbCdEf`;
  const secret: Secret = { arn, name, versions: new Map(), rotates: false, deleted: false };
  secrets.set(arn, secret);
  return { ARN: arn, Name: name, ...put(secret, { SecretString }) };
}

function labelled({ versions }: Secret): Record<string, string[]> {
  const entries = [...versions].map(([id, { labels }]): [string, string[]] => [id, [...labels]]);
  return Object.fromEntries(entries.filter(([, labels]) => labels.length > 0));
}

function listed({ versions }: Secret, deprecated: boolean): object[] {
  return [...versions]
    .filter(([, { labels }]) => deprecated || labels.size > 0)
    .map(([VersionId, { created, labels }]) => ({
      VersionId,
      CreatedDate: created,
      VersionStages: [...labels],
    }));
}

function valueIn(secret: Secret, { VersionId, VersionStage }: Request): object {
  const stage = VersionId === undefined ? String(VersionStage ?? 'AWSCURRENT') : VersionStage;
  const found = [...secret.versions].find(
    ([id, { labels }]) =>
      (VersionId === undefined || id === VersionId) && (stage === undefined || labels.has(String(stage))),
  );
  if (found?.[1].value === undefined) {
    throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
  }
  const [id, { value, created, labels }] = found;
  return { VersionId: id, ...value, CreatedDate: created, VersionStages: [...labels] };
}

/** A version that holds a value keeps it: the same one again is no error, another one is. */
function put(
  secret: Secret,
  { ClientRequestToken, SecretString, SecretBinary, VersionStages }: Request,
): object {
  const id = String(ClientRequestToken ?? randomUUID());
  const value =
    SecretBinary === undefined
      ? { SecretString: String(SecretString) }
      : { SecretBinary: Buffer.from(SecretBinary as Uint8Array).toString('base64') };
  const version = secret.versions.get(id) ?? { created: new Date(), value: undefined, labels: new Set() };
  if (version.value !== undefined && JSON.stringify(version.value) !== JSON.stringify(value)) {
    throw new Refusal('ResourceExistsException', 'this version already holds another value');
  }
  version.value = value;
  secret.versions.set(id, version);
  const labels = Array.isArray(VersionStages) ? VersionStages.map(String) : ['AWSCURRENT'];
  for (const label of labels) attach(secret, label, id);
  return { VersionId: id, VersionStages: [...version.labels] };
}

function move(secret: Secret, { VersionStage, MoveToVersionId, RemoveFromVersionId }: Request): void {
  const label = String(VersionStage);
  const holder = holderOf(secret, label);
  if (holder !== undefined && holder !== MoveToVersionId && holder !== RemoveFromVersionId) {
    throw new Refusal(
      'InvalidParameterException',
      `the label is on ${holder}: name it in RemoveFromVersionId`,
    );
  }
  if (typeof RemoveFromVersionId === 'string' && holder !== RemoveFromVersionId) {
    throw new Refusal('InvalidParameterException', `the label is not on ${RemoveFromVersionId}`);
  }
  if (typeof MoveToVersionId === 'string') attach(secret, label, MoveToVersionId);
  else if (holder !== undefined) secret.versions.get(holder)?.labels.delete(label);
}

function holderOf({ versions }: Secret, label: string): string | undefined {
  return [...versions].find(([, { labels }]) => labels.has(label))?.[0];
}

/** A label is on one version only; where AWSCURRENT leaves, AWSPREVIOUS comes. */
function attach(secret: Secret, label: string, id: string): void {
  const version = secret.versions.get(id);
  if (version === undefined) throw new Refusal('ResourceNotFoundException', 'there is no such version');
  const holder = holderOf(secret, label);
  if (holder === id) return;
  if (holder !== undefined) secret.versions.get(holder)?.labels.delete(label);
  version.labels.add(label);
  if (label === 'AWSCURRENT' && holder !== undefined) attach(secret, 'AWSPREVIOUS', holder);
}

/** The pending version exists before the function is called for the first time, and holds nothing yet. */
function beginRotation(secret: Secret, token: string): string {
  secret.rotates = true;
  const version = secret.versions.get(token) ?? { created: new Date(), value: undefined, labels: new Set() };
  secret.versions.set(token, version);
  attach(secret, 'AWSPENDING', token);
  return token;
}
