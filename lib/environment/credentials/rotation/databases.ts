import type { Databases, Driver } from './database.ts';
import type { Engine } from './secret.ts';
import { tlsOptions } from './tls.ts';

// Each driver is loaded when a secret first asks for it, and once: most functions only ever meet one.
const loaded = new Map<Engine, Promise<{ readonly driver: Driver }>>();

async function driverFor(engine: Engine): Promise<Driver> {
  const loading =
    loaded.get(engine) ??
    (engine === 'postgres' ? import('./postgres/driver.ts') : import('./mysql/driver.ts'));
  loaded.set(engine, loading);
  return (await loading).driver;
}

/** @param pem the authority that signed the database's certificate; without it, those of Amazon RDS */
export function databasesTrusting(pem?: string): Databases {
  return {
    async connect(login, deadline, acting = 'itself') {
      const { connect } = await driverFor(login.engine);
      return await connect(login, await tlsOptions(pem), deadline, acting);
    },
    async dialect(engine) {
      return (await driverFor(engine)).dialect;
    },
  };
}
