import type { AlternatingPlan } from '../database.ts';
import { Fault } from '../errors.ts';
import { otherLogin } from '../secret.ts';
import type { Catalog, Role } from './catalog.ts';
import { identifier, literal, setPassword } from './sql.ts';

/** Whatever exists and is not ours is refused untouched. */
export function assertOurs({ roles }: Catalog, plan: AlternatingPlan): void {
  for (const role of roles.values()) {
    if (role.marker !== plan.marker) {
      throw new Fault(
        'foreign',
        `role "${role.name}" exists and is not marked "${plan.marker}"; it stays untouched`,
      );
    }
    if (role.powers.includes('SUPERUSER')) {
      throw new Fault('foreign', `role "${role.name}" was made a superuser; take that back first`);
    }
  }
}

/** What is missing to an owner without login and two logins that act as it; nothing when all is as it should be. */
export async function roleStatements({ roles, version }: Catalog, plan: AlternatingPlan): Promise<string[]> {
  const { owner, username } = plan.pending;
  const statements: string[] = [];
  const create = (name: string, login: 'LOGIN' | 'NOLOGIN') =>
    statements.push(
      `CREATE ROLE ${identifier(name)} ${login}`,
      `COMMENT ON ROLE ${identifier(name)} IS ${literal(plan.marker)}`,
    );
  if (!roles.has(owner)) create(owner, 'NOLOGIN');
  if (roles.get(owner)?.login) statements.push(`ALTER ROLE ${identifier(owner)} NOLOGIN PASSWORD NULL`);

  const inUse = otherLogin(plan.pending);
  if (!roles.has(inUse)) {
    // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
    create(inUse, 'LOGIN');
    statements.push(...rightStatements(inUse, owner, undefined, undefined, version));
    statements.push(await setPassword(plan.current));
  }
  if (!roles.has(username)) create(username, 'LOGIN');
  statements.push(...rightStatements(username, owner, roles.get(username), roles.get(inUse), version));
  return statements;
}

/** The login is a member of the owner and of nothing else, acts as it, and has the limits and settings of its twin. */
function rightStatements(
  login: string,
  owner: string,
  role: Role | undefined,
  twin: Role | undefined,
  version: number,
): string[] {
  const statements: string[] = [];
  const name = identifier(login);
  if (!memberOf(role).includes(owner)) statements.push(`GRANT ${identifier(owner)} TO ${name}`);
  for (const extra of role?.memberships ?? []) {
    if (extra.role === owner) continue;
    // A member granted by somebody else can only be revoked in that role's name (PostgreSQL 16 and newer).
    const by = version >= 160000 ? ` GRANTED BY ${identifier(extra.grantor)}` : '';
    statements.push(`REVOKE ${identifier(extra.role)} FROM ${name}${by}`);
  }

  const attributes: string[] = [];
  if (role !== undefined && !role.login) attributes.push('LOGIN');
  if (role?.expires) attributes.push(`VALID UNTIL 'infinity'`);
  for (const power of role?.powers ?? []) attributes.push(power === 'NOINHERIT' ? 'INHERIT' : `NO${power}`);
  const limit = twin?.connectionLimit ?? -1;
  if (limit !== (role?.connectionLimit ?? -1)) attributes.push(`CONNECTION LIMIT ${limit}`);
  if (attributes.length > 0) statements.push(`ALTER ROLE ${name} ${attributes.join(' ')}`);

  const wanted = desiredSettings(twin?.settings ?? [], owner);
  const found = role?.settings ?? [];
  for (const setting of found.filter((entry) => !wanted.includes(entry))) {
    const { scope, key } = splitSetting(setting);
    statements.push(`ALTER ROLE ${name}${scope} RESET ${key}`);
  }
  for (const setting of wanted.filter((entry) => !found.includes(entry))) {
    const { scope, key, value } = splitSetting(setting);
    statements.push(`ALTER ROLE ${name}${scope} SET ${key} TO ${value}`);
  }
  return statements;
}

/** The twin of a login gets its settings; one that only a superuser may set has to be named to be found. */
export function namingSetting(fault: Fault, statement: string): Fault {
  const [, setting] = /^ALTER ROLE .* (?:SET|RESET) ((?:"[^"]+"\.?)+)(?: TO|$)/.exec(statement) ?? [];
  if (fault.category !== 'rights' || setting === undefined) return fault;
  return new Fault(
    'rights',
    `the administrator may not give setting ${setting} of the login in use to the other; set it on both, or on neither`,
  );
}

export function memberOf(role: Role | undefined): string[] {
  return [...new Set(role?.memberships.map((membership) => membership.role))];
}

export function desiredSettings(twins: readonly string[], owner: string): string[] {
  const others = twins.filter((setting) => !setting.startsWith('\0role='));
  return [...others, `\0role=${owner}`].sort();
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
