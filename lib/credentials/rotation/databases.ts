import type { Databases } from './database.ts';
import { tlsOptions } from './tls.ts';

/** The drivers, each loaded when a secret first asks for it: most functions only ever meet one. */
export function databasesTrusting(pem?: string): Databases {
  return {
    async connect(login, deadline) {
      const tls = await tlsOptions(pem);
      if (login.engine === 'postgres') {
        const { connectPostgres } = await import('./postgres.ts');
        return await connectPostgres(login, tls, deadline);
      }
      const { connectMysql } = await import('./mysql.ts');
      return await connectMysql(login, tls, deadline);
    },
    async dialect(engine) {
      if (engine === 'postgres') return (await import('./postgres.ts')).postgres;
      return (await import('./mysql.ts')).mysql;
    },
  };
}
