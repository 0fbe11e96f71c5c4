import { describe, expect, it } from 'vitest';
import { mysqlFault, statementFault } from '../../../lib/environment/credentials/rotation/mysql/faults.ts';
import { postgresFault } from '../../../lib/environment/credentials/rotation/postgres/faults.ts';

const secret = 'ALTER ROLE shop PASSWORD not-to-be-shown';
const login = { host: 'db', port: 5432, username: 'shop', database: 'wares' };
const ofPostgres = (code: string, routine = 'anything') =>
  postgresFault(Object.assign(new Error(secret), { code, routine }), login);
const ofMysql = (errno: number, message = secret) =>
  Object.assign(new Error(message), { code: 'ER_OF_THE_DRIVER', errno });

describe('what a server says is told by its cause, without its words', () => {
  it.each([
    ['28P01', 'authentication', false],
    ['28000', 'authentication', false],
    ['53300', 'out-of-connections', true],
    ['53100', 'out-of-connections', true],
    ['57P03', 'unreachable', true],
    ['57P01', 'unreachable', true],
    ['25006', 'read-only', true],
    ['55P03', 'locked', true],
    ['55006', 'locked', true],
    ['42501', 'rights', false],
    ['3D000', 'rights', false],
    ['0A000', 'settings', false],
    ['42704', 'rights', true],
    ['42710', 'rights', true],
    ['23505', 'rights', true],
    ['42939', 'malformed', false],
    ['42601', 'internal', false],
  ] as const)('PostgreSQL %s: %s', (code, category, transient) => {
    const fault = ofPostgres(code);
    expect(fault).toMatchObject({ category, transient });
    expect(fault.message).toContain(code);
    expect(fault.message).not.toContain('not-to-be-shown');
  });

  it.each([
    [1045, 'authentication', false],
    [1130, 'authentication', false],
    [1862, 'authentication', false],
    [1820, 'authentication', false],
    [3118, 'authentication', false],
    [4151, 'authentication', false],
    [1040, 'out-of-connections', true],
    [1203, 'out-of-connections', true],
    [1226, 'out-of-connections', true],
    [1021, 'out-of-connections', true],
    [1836, 'read-only', true],
    [1792, 'read-only', true],
    [1205, 'locked', true],
    [1044, 'rights', false],
    [1227, 'rights', false],
    [1396, 'rights', false],
    [1819, 'settings', false],
    [3895, 'settings', false],
    [3892, 'settings', false],
    [3162, 'rights', true],
    [1927, 'unreachable', true],
    [3032, 'unreachable', true],
    [1184, 'settings', false],
    [1153, 'settings', false],
    [3955, 'authentication', false],
    [1470, 'malformed', false],
    [1064, 'internal', false],
  ] as const)('MySQL %s: %s', (number, category, transient) => {
    const fault = mysqlFault(ofMysql(number), login);
    expect(fault).toMatchObject({ category, transient });
    expect(fault.message).not.toContain('not-to-be-shown');
  });

  it.each([
    ['53300', 'InitializeSessionUserId', 'out-of-connections', 'ALTER ROLE "shop" CONNECTION LIMIT -1'],
    ['53300', 'CheckMyDatabase', 'out-of-connections', 'ALTER DATABASE "wares" CONNECTION LIMIT -1'],
    ['55000', 'CheckMyDatabase', 'settings', 'ALTER DATABASE "wares" ALLOW_CONNECTIONS true'],
    ['42501', 'CheckMyDatabase', 'rights', 'GRANT CONNECT ON DATABASE "wares" TO "shop"'],
    ['28000', 'InitializeSessionUserId', 'authentication', 'ALTER ROLE "shop" LOGIN'],
    ['58P01', 'internal_load_library', 'settings', 'ALTER ROLE "shop" RESET local_preload_libraries'],
    ['25P04', 'ProcessInterrupts', 'settings', 'ALTER ROLE "shop" RESET transaction_timeout'],
    ['3D000', 'InitPostgres', 'rights', 'database "wares"'],
  ] as const)('PostgreSQL %s of %s: the statement that ends it', (code, routine, category, statement) => {
    const fault = ofPostgres(code, routine);
    expect(fault).toMatchObject({ category });
    expect(fault.message).toContain(statement);
  });

  it('tells an option that forbids writes from one that forbids the statement (MySQL 1290)', () => {
    const option = (name: string) =>
      mysqlFault(ofMysql(1290, `The server is running with the ${name} option`), login);
    expect(option('--read-only')).toMatchObject({ category: 'read-only' });
    expect(option('--super-read-only')).toMatchObject({ category: 'read-only' });
    expect(option('--strict-password-validation')).toMatchObject({ category: 'settings' });
    expect(option('--skip-grant-tables')).toMatchObject({
      category: 'settings',
      message: expect.stringContaining('--skip-grant-tables of db:5432'),
    });
    expect(option('--read-only').message).not.toContain('server is running');
  });

  it('knows that whoever is logged in and denied lacks a right', () => {
    expect(statementFault(ofMysql(1045), login)).toMatchObject({ category: 'rights' });
  });
});
