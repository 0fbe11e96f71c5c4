import type { Session } from '../database.ts';
import type { AlternatingSecret } from '../secret.ts';
import type { Server } from './server.ts';
import { account, identifier } from './sql.ts';

interface Grant {
  readonly privileges: readonly string[];
  /** As the server writes it, quotes and escapes included; empty for a role. */
  readonly on: string;
  readonly withGrantOption: boolean;
}

/** What an account may do, without the USAGE every account has. */
export async function grantsOf(session: Session, name: string): Promise<Grant[]> {
  const rows = await session.query(`SHOW GRANTS FOR ${name}`);
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

export function wantedGrant(secret: AlternatingSecret, server: Server): Grant {
  return {
    privileges: secret.grants,
    on: `${databasePattern(secret.database, server)}.*`,
    withGrantOption: false,
  };
}

export function sameGrant(left: Grant, right: Grant): boolean {
  const sorted = (grant: Grant) => [...grant.privileges].sort().join();
  return (
    left.on === right.on && left.withGrantOption === right.withGrantOption && sorted(left) === sorted(right)
  );
}

/** Grants what is declared and revokes everything else, line by line: that needs no more rights than were granted. */
export async function assertGrants(
  admin: Session,
  username: string,
  secret: AlternatingSecret,
  server: Server,
): Promise<void> {
  const name = account(username, secret.loginHost);
  const wanted = wantedGrant(secret, server);
  const found = await grantsOf(admin, name);
  for (const grant of found.filter((one) => !sameGrant(one, wanted))) {
    if (grant.on === '') await admin.query(`REVOKE ${grant.privileges.join(', ')} FROM ${name}`);
    else {
      await admin.query(`REVOKE ${grant.privileges.join(', ')} ON ${grant.on} FROM ${name}`);
      if (grant.withGrantOption) await admin.query(`REVOKE GRANT OPTION ON ${grant.on} FROM ${name}`);
    }
  }
  if (!found.some((grant) => sameGrant(grant, wanted))) {
    await admin.query(`GRANT ${wanted.privileges.join(', ')} ON ${wanted.on} TO ${name}`);
  }
}

/** In GRANT a database name is a pattern: `_` and `%` would grant neighbours as well. */
export function databasePattern(database: string, server: Server): string {
  return identifier(server.literalNames ? database : database.replace(/[\\_%]/g, '\\$&'));
}
