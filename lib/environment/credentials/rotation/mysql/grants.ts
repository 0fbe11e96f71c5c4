import type { Row, Session } from '../database.ts';
import { asFault } from '../errors.ts';
import { allPrivileges, everyPrivilege, normalized } from '../privileges.ts';
import type { Server } from './server.ts';
import { identifier } from './sql.ts';

export interface Grant {
  readonly privileges: readonly string[];
  /** As the server writes it, quotes and escapes included; empty for a role. */
  readonly on: string;
  readonly withGrantOption: boolean;
}

export function grantsQuestion(name: string): string {
  return `SHOW GRANTS FOR ${name}`;
}

/** What an account may do, without the USAGE every account has. */
export function grantsIn(rows: readonly Row[]): Grant[] {
  const grants: Grant[] = [];
  for (const row of rows) {
    const line = String(Object.values(row)[0]);
    const onObject = /^GRANT (.+?) ON (.+?) TO [`'"]/.exec(line);
    const role = /^GRANT (.+) TO [`'"]/.exec(line);
    const withGrantOption = / WITH GRANT OPTION/.test(line);
    if (onObject?.[1] !== undefined && onObject[2] !== undefined) {
      if (onObject[1] === 'USAGE' && !withGrantOption) continue;
      grants.push({ privileges: splitPrivileges(onObject[1]), on: onObject[2], withGrantOption });
    } else if (role?.[1] !== undefined) {
      grants.push({ privileges: [role[1]], on: '', withGrantOption: false });
    }
  }
  return grants;
}

/** At the commas that are not inside the list of columns of a privilege. */
function splitPrivileges(text: string): string[] {
  return text.split(/,\s*(?![^(]*\))/).map((privilege) => privilege.trim());
}

/** What a login of the shop is to have, and what it has. */
export class GrantDifferences {
  /** Declared and not there. */
  readonly missing: readonly string[];
  /** There and not declared. */
  readonly extra: readonly Grant[];

  constructor(found: readonly Grant[], declared: readonly string[], database: string, server: Server) {
    const target = databaseTarget(database, server);
    const own = found.find(({ on }) => on === target);
    const wanted = normalized(declared);
    const has = normalized(own?.privileges ?? []);
    const satisfied = (privilege: string) => has.includes(allPrivileges) || has.includes(privilege);
    this.missing = wanted.filter((privilege) => !satisfied(privilege));
    const superfluous = wanted.includes(allPrivileges) ? [] : has.filter((one) => !wanted.includes(one));
    const onDatabase =
      own !== undefined && (superfluous.length > 0 || own.withGrantOption)
        ? [{ ...own, privileges: superfluous }]
        : [];
    const elsewhere = found.filter((grant) => grant !== own && !isRoutineOf(grant, database, server));
    this.extra = [...onDatabase, ...elsewhere];
  }
}

/** Whoever creates a routine gets rights on it, beside those on the database (automatic_sp_privileges). */
export function isRoutineOf({ on }: Grant, database: string, server: Server): boolean {
  return new RegExp(
    `^(PROCEDURE|FUNCTION|PACKAGE|PACKAGE BODY) ${escaped(routineTarget(database, server))}\\.`,
  ).test(on);
}

export function databaseTarget(database: string, server: Server): string {
  return `${databasePattern(database, server)}.*`;
}

/** In GRANT a database name is a pattern: `_` and `%` would grant neighbours as well. */
function databasePattern(database: string, server: Server): string {
  const name = folded(database, server);
  return identifier(server.literalNames ? name : name.replace(/[\\_%]/g, '\\$&'));
}

function routineTarget(database: string, server: Server): string {
  return identifier(folded(database, server));
}

function folded(database: string, server: Server): string {
  return server.foldsNames ? database.toLowerCase() : database;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * RDS gives its administrator of MariaDB no DELETE HISTORY, and whoever lacks one privilege may not grant ALL; the
 * others go one by one then.
 */
export async function grant(
  admin: Session,
  privileges: readonly string[],
  target: string,
  name: string,
): Promise<void> {
  const give = (words: readonly string[]) => admin.query(`GRANT ${words.join(', ')} ON ${target} TO ${name}`);
  try {
    await give(privileges);
  } catch (thrown) {
    if (!privileges.includes(allPrivileges) || asFault(thrown).category !== 'rights') throw thrown;
    await give(everyPrivilege);
  }
}

/** Line by line, as each was granted. @returns why something stays */
export async function revoke(admin: Session, extra: readonly Grant[], name: string): Promise<string[]> {
  const warnings: string[] = [];
  for (const { privileges, on, withGrantOption } of extra) {
    const statements: string[] = [];
    const from = `${on === '' ? '' : ` ON ${on}`} FROM ${name}`;
    if (privileges.length > 0) statements.push(`REVOKE ${privileges.join(', ')}${from}`);
    if (withGrantOption) statements.push(`REVOKE GRANT OPTION${from}`);
    for (const statement of statements) {
      try {
        await admin.query(statement);
      } catch (thrown) {
        const { category, message } = asFault(thrown);
        if (category !== 'rights' && category !== 'internal') throw thrown;
        warnings.push(`a right nobody declared stays with the login (${message}); run: ${statement}`);
      }
    }
  }
  return warnings;
}
