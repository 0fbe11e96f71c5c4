import type { AlternatingPlan } from '../database.ts';
import { Fault } from '../errors.ts';
import { otherLogin } from '../secret.ts';
import type { Catalog, Role } from './catalog.ts';
import { identifier, literal, setPassword } from './sql.ts';

/** Whatever exists and is not ours is refused untouched. */
export function assertOurs({ roles, databaseOwner, acting }: Catalog, plan: AlternatingPlan): void {
  const { owner, database } = plan.pending;
  for (const role of roles.values()) {
    if (role.marker !== plan.marker) {
      throw new Fault(
        'foreign',
        `role "${role.name}" exists and is not marked; it stays untouched. If it is the secret's, run: COMMENT ON ROLE ${identifier(role.name)} IS ${literal(plan.marker)}`,
      );
    }
    if (role.powers.includes('SUPERUSER')) {
      throw new Fault(
        'foreign',
        `role "${role.name}" was made a superuser; take that back first: ALTER ROLE ${identifier(role.name)} NOSUPERUSER`,
      );
    }
  }
  // Where the owner role is there, the logins worked with this database before, whoever owns it now.
  if (databaseOwner !== null && ![owner, acting].includes(databaseOwner) && !roles.has(owner)) {
    throw new Fault(
      'foreign',
      `database "${database}" belongs to role "${databaseOwner}"; it stays untouched. Write another "dbname", or give it to "${acting}" first`,
    );
  }
}

export interface RoleStatements {
  /** Without these the shop could not log in, or not work: all of them, or none. */
  readonly needed: readonly string[];
  /** The limits and settings of the twin, and what no login needs; each by itself, and after the password. */
  readonly tidying: readonly string[];
}

/** What is missing to an owner without login and two logins that act as it; nothing when all is as it should be. */
export async function roleStatements(
  { roles, version }: Catalog,
  plan: AlternatingPlan,
): Promise<RoleStatements> {
  const { owner, username } = plan.pending;
  const needed: string[] = [];
  const create = (name: string, login: 'LOGIN' | 'NOLOGIN') =>
    needed.push(
      `CREATE ROLE ${identifier(name)} ${login}`,
      `COMMENT ON ROLE ${identifier(name)} IS ${literal(plan.marker)}`,
    );
  if (!roles.has(owner)) create(owner, 'NOLOGIN');
  if (roles.get(owner)?.login) needed.push(`ALTER ROLE ${identifier(owner)} NOLOGIN PASSWORD NULL`);

  const inUse = otherLogin(plan.pending);
  if (!roles.has(inUse)) {
    // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
    create(inUse, 'LOGIN');
    needed.push(...actingStatements(inUse, owner, undefined, version), await setPassword(plan.current));
  }
  const due = roles.get(username);
  if (due === undefined) create(username, 'LOGIN');
  needed.push(...actingStatements(username, owner, due, version));
  return { needed, tidying: twinStatements(username, due, roles.get(inUse), owner, version) };
}

/** The login may log in, is a member of the owner and acts as it. */
function actingStatements(login: string, owner: string, role: Role | undefined, version: number): string[] {
  const statements: string[] = [];
  const name = identifier(login);
  const options = version >= 160000 ? ' WITH INHERIT TRUE, SET TRUE' : '';
  if (!mayActAs(role, owner)) statements.push(`GRANT ${identifier(owner)} TO ${name}${options}`);

  const attributes: string[] = [];
  if (role !== undefined && !role.login) attributes.push('LOGIN');
  if (role?.expires) attributes.push(`VALID UNTIL 'infinity'`);
  if (role?.powers.includes('NOINHERIT')) attributes.push('INHERIT');
  if (attributes.length > 0) statements.push(`ALTER ROLE ${name} ${attributes.join(' ')}`);

  const settings = role?.settings ?? [];
  const wanted = actingSetting(owner);
  for (const setting of settings.filter((entry) => isRoleSetting(entry) && entry !== wanted)) {
    statements.push(resetStatement(name, setting));
  }
  if (!settings.includes(wanted)) statements.push(setStatement(name, wanted));
  return statements;
}

function mayActAs(role: Role | undefined, owner: string): boolean {
  return role?.memberships.some((one) => one.role === owner && one.inherits && one.sets) ?? false;
}

/** The login is a member of nothing but the owner, and has the limits and settings of its twin. */
function twinStatements(
  login: string,
  role: Role | undefined,
  twin: Role | undefined,
  owner: string,
  version: number,
): string[] {
  const statements: string[] = [];
  const name = identifier(login);
  for (const extra of role?.memberships ?? []) {
    if (extra.role === owner) continue;
    // A member granted by somebody else can only be revoked in that role's name (PostgreSQL 16 and newer).
    const by = version >= 160000 ? ` GRANTED BY ${identifier(extra.grantor)}` : '';
    statements.push(`REVOKE ${identifier(extra.role)} FROM ${name}${by}`);
  }
  for (const power of role?.powers ?? []) {
    if (power !== 'NOINHERIT') statements.push(`ALTER ROLE ${name} NO${power}`);
  }
  const limit = twin?.connectionLimit ?? -1;
  if (limit !== (role?.connectionLimit ?? -1)) {
    statements.push(`ALTER ROLE ${name} CONNECTION LIMIT ${limit}`);
  }
  const wanted = (twin?.settings ?? []).filter((entry) => !isRoleSetting(entry));
  const found = (role?.settings ?? []).filter((entry) => !isRoleSetting(entry));
  for (const setting of found.filter((entry) => !wanted.includes(entry))) {
    statements.push(resetStatement(name, setting));
  }
  for (const setting of wanted.filter((entry) => !found.includes(entry))) {
    statements.push(setStatement(name, setting));
  }
  return statements;
}

function actingSetting(owner: string): string {
  return `\0role=${owner}`;
}

function isRoleSetting(entry: string): boolean {
  return entry.split('\0')[1]?.startsWith('role=') ?? false;
}

function setStatement(name: string, entry: string): string {
  const { scope, key, value } = splitSetting(entry);
  return `ALTER ROLE ${name}${scope} SET ${key} TO ${value}`;
}

function resetStatement(name: string, entry: string): string {
  const { scope, key } = splitSetting(entry);
  return `ALTER ROLE ${name}${scope} RESET ${key}`;
}

/** Lists are stored quoted, element by element, and would become one long name if quoted again. */
const listSettings = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
]);

function splitSetting(entry: string): { scope: string; key: string; value: string } {
  const [database = '', setting = ''] = entry.split('\0');
  const at = setting.indexOf('=');
  const key = setting.slice(0, at);
  const value = setting.slice(at + 1);
  return {
    scope: database === '' ? '' : ` IN DATABASE ${identifier(database)}`,
    // Names of extensions' settings have a dot: each part is quoted by itself.
    key: key.split('.').map(identifier).join('.'),
    value: listSettings.has(key) ? listLiterals(value) : literal(value),
  };
}

function listLiterals(list: string): string {
  const elements = list.match(/"(?:[^"]|"")*"|[^,\s][^,]*/g) ?? [];
  const unquoted = elements.map((element) =>
    element.startsWith('"') ? element.slice(1, -1).replaceAll('""', '"') : element.trim(),
  );
  return unquoted.length === 0 ? literal('') : unquoted.map(literal).join(', ');
}
