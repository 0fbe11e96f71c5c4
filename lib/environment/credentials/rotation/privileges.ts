/** What a login may be granted on one database: https://mariadb.com/kb/en/grant/#database-privileges. */
export const everyPrivilege = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'DROP',
  'REFERENCES',
  'INDEX',
  'ALTER',
  'CREATE TEMPORARY TABLES',
  'LOCK TABLES',
  'CREATE VIEW',
  'SHOW VIEW',
  'CREATE ROUTINE',
  'ALTER ROUTINE',
  'EXECUTE',
  'EVENT',
  'TRIGGER',
] as const;

export const allPrivileges = 'ALL PRIVILEGES';
/** MariaDB's own, which `ALL PRIVILEGES` there includes. */
const mariadbPrivileges = ['DELETE HISTORY'];

/**
 * Privileges in one spelling, whoever wrote them: a person (`all`, blanks, one twice) or a server, which prints
 * `ALL PRIVILEGES` for a list that holds them all.
 */
export function normalized(privileges: readonly string[]): string[] {
  const words = privileges.map((word) => word.trim().replace(/\s+/g, ' ').toUpperCase());
  const known = new Set(words.map((word) => (word === 'ALL' ? allPrivileges : word)));
  if (known.has(allPrivileges) || everyPrivilege.every((one) => known.has(one))) return [allPrivileges];
  return [...known].sort();
}

/** Those a server would refuse, or that are no matter of one database. Expects the spelling of `normalized`. */
export function unknownPrivileges(privileges: readonly string[], mariadb: boolean): string[] {
  const known: readonly string[] = [allPrivileges, ...everyPrivilege, ...(mariadb ? mariadbPrivileges : [])];
  return privileges.filter((one) => !known.includes(one));
}
