/** Kinds of database that keep names for themselves. */
export type DatabaseKind = 'postgres' | 'mysql';

interface Reserved {
  readonly databases: ReadonlySet<string>;
  readonly logins: ReadonlySet<string>;
  /** What the name of a login must not begin with. */
  readonly loginPrefix?: string;
}

/**
 * Names that the server, or Amazon RDS, keeps for itself. Where a server would take one all the same, the shop's login
 * would get the server's own tables with it.
 *
 * https://www.postgresql.org/docs/current/sql-createrole.html (`pg_`, error 42939),
 * https://dev.mysql.com/doc/refman/8.4/en/system-schema.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const reserved: Readonly<Record<DatabaseKind, Reserved>> = {
  postgres: {
    databases: new Set(['postgres', 'template0', 'template1', 'rdsadmin', 'awsdatacatalog']),
    logins: new Set([
      'postgres',
      'public',
      'none',
      'rdsadmin',
      'rdsrepladmin',
      'rdstopmgr',
      'rdsproxyadmin',
      'rds_superuser',
      'rds_replication',
      'rds_password',
      'rds_iam',
      'rds_ad',
    ]),
    loginPrefix: 'pg_',
  },
  mysql: {
    databases: new Set([
      'mysql',
      'sys',
      'information_schema',
      'performance_schema',
      'ndbinfo',
      'innodb',
      'tmp',
      'secure_shop_rotation',
    ]),
    logins: new Set([
      'root',
      'mysql',
      'mariadb.sys',
      'mysql.sys',
      'mysql.session',
      'mysql.infoschema',
      'event_scheduler',
      'system user',
      'unauthenticated user',
      'rdsadmin',
      'rdsrepladmin',
      'rdsproxyadmin',
      'rds_superuser_role',
      'public',
    ]),
  },
};

/** Case is no difference: MySQL folds names of schemas on some servers, and a near-twin of a system name helps nobody. */
export function isReservedDatabase(kind: DatabaseKind, name: string): boolean {
  return reserved[kind].databases.has(name.toLowerCase());
}

export function isReservedLogin(kind: DatabaseKind, name: string): boolean {
  const { logins, loginPrefix } = reserved[kind];
  const folded = name.toLowerCase();
  return logins.has(folded) || (loginPrefix !== undefined && folded.startsWith(loginPrefix));
}

/** Whether a database and logins that are named after this can exist on either kind of server. */
export function isReservedBase(base: string): boolean {
  return (['postgres', 'mysql'] as const).some(
    (kind) => isReservedDatabase(kind, base) || isReservedLogin(kind, `${base}_a`),
  );
}
