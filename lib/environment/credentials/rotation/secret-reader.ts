import { isReservedDatabase, isReservedLogin } from '../../../config/reserved-names.ts';
import type { Engine, Scheme } from './kinds.ts';
import { allPrivileges, normalized, unknownPrivileges } from './privileges.ts';

/** In a pending version: the AWSCURRENT version it was made from. */
export const madeFromKey = 'madeFromVersion';

const reserved = new Set(['scheme', 'names', 'fixed', 'length', 'grace', madeFromKey]);

const engines: Readonly<Record<string, Engine>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  'aurora-postgresql': 'postgres',
  mysql: 'mysql',
  'aurora-mysql': 'mysql',
  mariadb: 'mysql',
};

const byteLimits: Readonly<Record<Engine, number>> = { postgres: 63, mysql: 80 };

/** Reads one key at a time and gathers every problem instead of stopping at the first. */
export class SecretReader {
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

  /** In lower case: two spellings of a name are one host. */
  host(key = 'host'): string {
    return this.asHost(key, this.text(key, 255));
  }

  /** Hosts besides the writer on which the logins may have sessions. */
  readers(): string[] {
    const value = this.fields.readers;
    if (value === undefined) return [];
    const hosts: unknown[] = Array.isArray(value) ? value : [''];
    if (hosts.every((host) => typeof host === 'string' && host !== '' && host.length <= 255)) {
      return hosts.map((host) => this.asHost('readers', String(host)));
    }
    this.problem('readers', 'write a list of names of hosts');
    return [];
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

  /** Of a database that is made for the shop, and whose every table the logins get. */
  database(engine: Engine): string {
    const name = this.name('dbname', engine);
    if (isReservedDatabase(engine, name)) {
      this.problem('dbname', 'write another name; the server keeps this one for itself');
    }
    return name;
  }

  /** The host part of an account; the server folds its case. */
  loginHost(): string {
    const host = (this.optionalText('loginHost', 255) ?? '%').toLowerCase();
    if (!/^[\x21-\x7e]+$/.test(host)) this.problem('loginHost', 'write a host, an address or "%"');
    return host;
  }

  unreserved(key: string, login: string, engine: Engine): void {
    if (!isReservedLogin(engine, login)) return;
    this.problem(key, 'write another name; the server keeps names like this for itself');
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

  /** Privileges go into a statement as they are, so only those a server knows are let through. */
  grants(): string[] {
    const value = this.fields.grants;
    if (value === undefined) return [allPrivileges];
    const words: unknown[] = Array.isArray(value) ? value : [];
    const privileges = normalized(words.map(String));
    if (privileges.length > 0 && unknownPrivileges(privileges, this.fields.engine === 'mariadb').length === 0)
      return privileges;
    this.problem(
      'grants',
      'write a list of privileges on one database, such as ["SELECT", "INSERT"] or ["ALL PRIVILEGES"]',
    );
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

  private asHost(key: string, host: string): string {
    if (!/^[A-Za-z0-9._:-]*$/.test(host)) {
      this.problem(key, 'write the name of a host, without scheme or port');
    }
    return host.toLowerCase();
  }

  private limit(key: string, value: string, engine: Engine, written = ''): void {
    if (Buffer.byteLength(value) > byteLimits[engine]) {
      this.problem(key, `write a name that ${written}has at most ${byteLimits[engine]} bytes`);
    }
  }
}
