import { Fault } from './errors.ts';
import type { Engine } from './kinds.ts';
import { madeFromKey, SecretReader } from './secret-reader.ts';

export type { Engine, Scheme } from './kinds.ts';

export interface Login {
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly database: string | undefined;
  readonly username: string;
  readonly password: string;
}

export interface SingleUserSecret extends Login {
  readonly scheme: 'single-user';
  /** Another secret that may repair this login; the administrator's own has none. */
  readonly adminSecret: string | undefined;
  /** PostgreSQL: a role the login is made a member of, should it have to be created again. */
  readonly owner: string | undefined;
  /** MySQL: the privileges on the database, should the login have to be created again. */
  readonly grants: readonly string[] | undefined;
}

export interface AlternatingSecret extends Login {
  readonly scheme: 'alternating-users';
  readonly database: string;
  readonly adminSecret: string;
  /** The name both logins derive from; it marks what belongs to this secret. */
  readonly baseName: string;
  /** The two logins; `username` is one of them, and each rotation moves to the other. */
  readonly logins: readonly [string, string];
  /** PostgreSQL: the role without login that owns the database. */
  readonly owner: string;
  /** MySQL: the host part of both logins. */
  readonly loginHost: string;
  /** MySQL: the privileges on the database. */
  readonly grants: readonly string[];
  /** Hosts of the cluster's readers: the logins may have sessions there that the writer does not see. */
  readonly readers: readonly string[];
}

export interface GeneratedSecret {
  readonly scheme: 'generated';
  /** The keys whose values are made anew. */
  readonly names: readonly string[];
  /** Keys that get a value once and keep it, such as a pepper that stored password hashes depend on. */
  readonly fixed: readonly string[];
  readonly length: number;
  /** Whether the value before stays readable under `<NAME>_PREVIOUS` until the next rotation. */
  readonly grace: boolean;
}

export type Secret = SingleUserSecret | AlternatingSecret | GeneratedSecret;

/** One version of a secret: its text as written, and what it means. */
export interface Version<S extends Secret = Secret> {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly secret: S;
}

/** The server of a login, for a secret that does not name it. */
export type ServerOfLogin = Pick<Login, 'engine' | 'host' | 'port'>;

export function serverOfLogin({ engine, host, port }: Login): ServerOfLogin {
  return { engine, host, port };
}

/**
 * Reads the text of one version, or tells everything that is wrong with it: the stage, each key, and what to write.
 * Values are never repeated.
 *
 * @param server of an administrator whose secret RDS made, which holds a user and a password only
 */
export function parseSecret(id: string, text: string, stage: string, server?: ServerOfLogin): Version {
  const written = parseFields(text, stage);
  const bare = ['engine', 'host', 'port'].every((key) => written[key] === undefined);
  const fields = server !== undefined && bare ? { ...written, ...server } : written;
  const problems: string[] = [];
  const secret = read(new SecretReader(fields, problems));
  if (problems.length > 0) throw new Fault('malformed', problems.join('; '), { stage });
  return { id, fields, secret };
}

function parseFields(text: string, stage: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('malformed', 'the text is not JSON', { stage });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Fault('malformed', 'the text is not a JSON object', { stage });
  }
  return value as Record<string, unknown>;
}

function read(from: SecretReader): Secret {
  const scheme = from.scheme();
  if (scheme === 'generated') return readGenerated(from);
  const engine = from.engine();
  const adminSecret = from.optionalText('adminSecretArn', 2048) ?? from.optionalText('masterarn', 2048);
  const login: Login = {
    engine,
    host: from.host(),
    port: from.port(),
    database: from.optionalName('dbname', engine),
    username: from.name('username', engine),
    password: from.text('password', 4096),
  };
  if (scheme === 'single-user') {
    const grants = from.has('grants') ? from.grants() : undefined;
    return { ...login, scheme, adminSecret, owner: from.optionalName('owner', engine), grants };
  }
  return readAlternating(from, login, adminSecret);
}

function readAlternating(
  from: SecretReader,
  login: Login,
  adminSecret: string | undefined,
): AlternatingSecret {
  const { engine, username } = login;
  const baseName = from.name('baseName', engine);
  const logins = from.logins(engine);
  if (logins[0] === logins[1]) from.problem('logins', 'name two different logins');
  if (!logins.includes(username)) from.problem('username', 'write one of the two names in "logins"');
  if (adminSecret === undefined) {
    from.problem('adminSecretArn', 'write the ARN of the secret of an administrator of this database');
  }
  const owner = from.has('owner') ? from.name('owner', engine) : from.ownerOf(baseName, engine);
  if (logins.includes(owner)) from.problem('owner', 'name a role other than the two logins');
  for (const login of logins) from.unreserved('logins', login, engine);
  if (engine === 'postgres') from.unreserved(from.has('owner') ? 'owner' : 'baseName', owner, engine);
  return {
    ...login,
    scheme: 'alternating-users',
    database: from.database(engine),
    adminSecret: adminSecret ?? '',
    baseName,
    logins,
    owner,
    loginHost: from.loginHost(),
    grants: from.grants(),
    readers: from.readers(),
  };
}

function readGenerated(from: SecretReader): GeneratedSecret {
  const names = from.keys('names');
  const fixed = from.keys('fixed');
  if (names.length + fixed.length === 0) from.problem('names', 'name at least one key to generate');
  for (const name of names) if (fixed.includes(name)) from.problem('fixed', 'repeats a key of "names"');
  const grace = from.flag('grace');
  if (
    grace &&
    [...names, ...fixed].some(
      (name) => names.includes(name.replace(/_PREVIOUS$/, '')) && name.endsWith('_PREVIOUS'),
    )
  ) {
    from.problem('names', 'leave out what ends in _PREVIOUS: there the values before are kept');
  }
  return { scheme: 'generated', names, fixed, length: from.length(), grace };
}

/** Which part of two versions differs that a rotation never changes; none when the list is empty. */
export function identityDifferences(pending: Secret, current: Secret): string[] {
  if (pending.scheme !== current.scheme) return ['scheme'];
  if (pending.scheme === 'generated' || current.scheme === 'generated') return [];
  const keys: (keyof Login)[] = ['engine', 'host', 'port', 'database'];
  const differences: string[] = keys.filter((key) => pending[key] !== current[key]);
  if (pending.scheme === 'single-user' && pending.username !== current.username) differences.push('username');
  if (pending.scheme === 'alternating-users' && current.scheme === 'alternating-users') {
    const same = (key: keyof AlternatingSecret) =>
      JSON.stringify(pending[key]) === JSON.stringify(current[key]);
    const names: (keyof AlternatingSecret)[] = [
      'baseName',
      'logins',
      'owner',
      'loginHost',
      'adminSecret',
      'grants',
      'readers',
    ];
    differences.push(...names.filter((key) => !same(key)));
    if (pending.username !== otherLogin(current)) differences.push('username');
  }
  return differences;
}

export function otherLogin(secret: AlternatingSecret): string {
  const [first, second] = secret.logins;
  return secret.username === first ? second : first;
}

/** The pending version says which AWSCURRENT it was made from, so that it never replaces another. */
export function withOrigin(fields: Record<string, unknown>, currentId: string): Record<string, unknown> {
  return { ...fields, [madeFromKey]: currentId };
}
