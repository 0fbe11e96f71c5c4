export interface AlternatingUsersTemplate {
  readonly engine: 'postgres' | 'mysql' | 'mariadb';
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly baseName: string;
  readonly adminSecretArn: string;
  /** @default none */
  readonly readers?: readonly string[];
}

/** What the rotation function finds in a secret whose two logins alternate (`AlternatingSecret`), but the password. */
export function alternatingUsersTemplate(options: AlternatingUsersTemplate): Record<string, unknown> {
  const { engine, host, port, database, baseName, adminSecretArn, readers = [] } = options;
  const logins = [`${baseName}_a`, `${baseName}_b`];
  return {
    scheme: 'alternating-users',
    engine,
    host,
    port,
    dbname: database,
    username: logins[0],
    baseName,
    logins,
    adminSecretArn,
    ...(readers.length > 0 ? { readers } : {}),
  };
}
