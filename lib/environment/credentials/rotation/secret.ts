import { Fault } from './errors.ts';

/**
 * What the JSON of a secret says. The names are those AWS's own rotation functions read (engine, host, port,
 * dbname, username, password, masterarn), so that existing secrets keep working; `scheme` decides how the secret
 * rotates, because it then travels with the secret and one function serves all of them.
 */
export type Scheme = 'alternating-users' | 'single-user' | 'generated';
export type Engine = 'postgres' | 'mysql';

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

/** In a pending version: the AWSCURRENT version it was made from. */
export const madeFromKey = 'madeFromVersion';

const engines: Readonly<Record<string, Engine>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  'aurora-postgresql': 'postgres',
  mysql: 'mysql',
  'aurora-mysql': 'mysql',
  mariadb: 'mysql',
};

const byteLimits: Readonly<Record<Engine, number>> = { postgres: 63, mysql: 80 };

/**
 * Reads the text of one version, or tells everything that is wrong with it: the stage, each key, and what to write.
 * Values are never repeated.
 */
export function parseSecret(id: string, text: string, stage: string): Version {
  const fields = parseFields(text, stage);
  const problems: string[] = [];
  const secret = read(new Reader(fields, problems));
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

function read(from: Reader): Secret {
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

function readAlternating(from: Reader, login: Login, adminSecret: string | undefined): AlternatingSecret {
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
  return {
    ...login,
    scheme: 'alternating-users',
    database: from.name('dbname', engine),
    adminSecret: adminSecret ?? '',
    baseName,
    logins,
    owner,
    loginHost: from.optionalText('loginHost', 255) ?? '%',
    grants: from.grants(),
  };
}

function readGenerated(from: Reader): GeneratedSecret {
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

/** Reads one key at a time and gathers every problem instead of stopping at the first. */
class Reader {
  private readonly fields: Readonly<Record<string, unknown>>;
  private readonly problems: string[];

  constructor(fields: Readonly<Record<string, unknown>>, problems: string[]) {
    this.fields = fields;
    this.problems = problems;
  }

  problem(key: string, whatToWrite: string): void {
    this.problems.push(`key "${key}": ${whatToWrite}`);
  }

  has(key: string): boolean {
    return this.fields[key] !== undefined;
  }

  scheme(): Scheme {
    const { scheme, logins } = this.fields;
    if (scheme === undefined) return logins === undefined ? 'single-user' : 'alternating-users';
    if (scheme === 'alternating-users' || scheme === 'single-user' || scheme === 'generated') return scheme;
    this.problem('scheme', 'write "alternating-users", "single-user" or "generated"');
    return 'single-user';
  }

  engine(): Engine {
    const written = this.fields.engine;
    const engine =
      typeof written === 'string' && Object.hasOwn(engines, written) ? engines[written] : undefined;
    if (engine !== undefined) return engine;
    this.problem('engine', `write one of ${Object.keys(engines).join(', ')}`);
    return 'postgres';
  }

  host(): string {
    const host = this.text('host', 255);
    if (!/^[A-Za-z0-9._:-]*$/.test(host))
      this.problem('host', 'write the name of a host, without scheme or port');
    return host;
  }

  /** AWS writes a number, people write a string of digits; both are a port. */
  port(): number {
    const written = this.fields.port;
    const port = typeof written === 'string' && /^\d+$/.test(written) ? Number(written) : written;
    if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535) return port;
    this.problem('port', 'write a number from 1 to 65535');
    return 0;
  }

  text(key: string, longest: number): string {
    const value = this.fields[key];
    if (typeof value === 'string' && value.length > 0 && value.length <= longest && !value.includes('\0')) {
      return value;
    }
    this.problem(key, `write a text of 1 to ${longest} characters`);
    return '';
  }

  optionalText(key: string, longest: number): string | undefined {
    return this.has(key) ? this.text(key, longest) : undefined;
  }

  /** A name the database stores whole: PostgreSQL cuts longer ones off without a word. */
  name(key: string, engine: Engine): string {
    const value = this.text(key, 255);
    this.limit(key, value, engine);
    return value;
  }

  optionalName(key: string, engine: Engine): string | undefined {
    return this.has(key) ? this.name(key, engine) : undefined;
  }

  ownerOf(baseName: string, engine: Engine): string {
    const owner = `${baseName}_owner`;
    if (engine === 'postgres') this.limit('baseName', owner, engine, 'with "_owner" after it ');
    return owner;
  }

  logins(engine: Engine): [string, string] {
    const value: unknown = this.fields.logins;
    if (Array.isArray(value) && value.length === 2) {
      const [first, second]: unknown[] = value;
      if (typeof first === 'string' && typeof second === 'string' && first !== '' && second !== '') {
        for (const login of [first, second]) this.limit('logins', login, engine);
        return [first, second];
      }
    }
    this.problem('logins', 'write the names of the two logins as a list of two texts');
    return ['', '-'];
  }

  /** Privileges go into a statement as they are, so only their words are let through. */
  grants(): string[] {
    const value = this.fields.grants;
    if (value === undefined) return ['ALL PRIVILEGES'];
    const words = Array.isArray(value) ? value.map(String) : [];
    if (words.length > 0 && words.every((word) => /^[A-Za-z][A-Za-z ]{1,40}$/.test(word))) {
      return words.map((word) => word.toUpperCase().trim());
    }
    this.problem('grants', 'write a list of privileges such as ["SELECT", "INSERT"]');
    return [];
  }

  keys(key: string): string[] {
    const value = this.fields[key];
    if (value === undefined) return [];
    const names = Array.isArray(value) ? value.map(String) : [''];
    if (names.every((name) => /^[A-Za-z][A-Za-z0-9_-]{0,127}$/.test(name) && !reserved.has(name)))
      return names;
    this.problem(key, 'write a list of key names in letters, digits, hyphens and underscores');
    return [];
  }

  length(): number {
    const value = this.fields.length ?? 64;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 16 && value <= 1024) return value;
    this.problem('length', 'write a number from 16 to 1024');
    return 64;
  }

  flag(key: string): boolean {
    const value = this.fields[key] ?? false;
    if (typeof value === 'boolean') return value;
    this.problem(key, 'write true or false');
    return false;
  }

  private limit(key: string, value: string, engine: Engine, written = ''): void {
    if (Buffer.byteLength(value) > byteLimits[engine]) {
      this.problem(key, `write a name that ${written}has at most ${byteLimits[engine]} bytes`);
    }
  }
}

const reserved = new Set(['scheme', 'names', 'fixed', 'length', 'grace', madeFromKey]);

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
