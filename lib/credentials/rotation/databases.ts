import type { Databases } from './database.ts';
import { tlsOptions } from './tls.ts';

// Each driver is loaded when a secret first asks for it, and once: most functions only ever meet one.
let postgresDriver: Promise<typeof import('./postgres.ts')> | undefined;
let mysqlDriver: Promise<typeof import('./mysql.ts')> | undefined;
const loadPostgres = () => (postgresDriver ??= import('./postgres.ts'));
const loadMysql = () => (mysqlDriver ??= import('./mysql.ts'));

export function databasesTrusting(pem?: string): Databases {
  return {
    async connect(login, deadline) {
      const tls = await tlsOptions(pem);
      if (login.engine === 'postgres') {
        const { connectPostgres } = await loadPostgres();
        return await connectPostgres(login, tls, deadline);
      }
      const { connectMysql } = await loadMysql();
      return await connectMysql(login, tls, deadline);
    },
    async dialect(engine) {
      if (engine === 'postgres') return (await loadPostgres()).postgres;
      return (await loadMysql()).mysql;
    },
  };
}
