import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../../lib/environment/credentials/rotation/errors.ts';
import {
  cachingSha2Hash,
  generatePassword,
  nativePasswordHash,
  scramVerifier,
  sha256Crypt,
} from '../../../lib/environment/credentials/rotation/password.ts';
import { everyPrivilege } from '../../../lib/environment/credentials/rotation/privileges.ts';
import { parseSecret } from '../../../lib/environment/credentials/rotation/secret.ts';

const shop = {
  engine: 'postgres',
  host: 'db.example.jp',
  port: 15432,
  dbname: 'shop',
  username: 'shop_a',
  password: 'not-to-be-shown',
  baseName: 'shop',
  logins: ['shop_a', 'shop_b'],
  adminSecretArn: 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:admin-AbCdEf',
};

const mysqlShop = { ...shop, engine: 'mysql', port: 3306 };

function problemsOf(fields: unknown): string {
  try {
    parseSecret('v', typeof fields === 'string' ? fields : JSON.stringify(fields), 'AWSCURRENT');
    return '';
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    expect(thrown.stage).toBe('AWSCURRENT');
    return thrown.message;
  }
}

describe('the text of a secret', () => {
  it('is read with the names AWS uses', () => {
    const { logins: _, baseName: __, adminSecretArn, ...single } = shop;
    const { secret } = parseSecret(
      'v',
      JSON.stringify({ ...single, masterarn: adminSecretArn }),
      'AWSCURRENT',
    );
    expect(secret).toMatchObject({ scheme: 'single-user', adminSecret: adminSecretArn, database: 'shop' });
  });

  it('takes a port written as text, as people do', () => {
    expect(parseSecret('v', JSON.stringify({ ...shop, port: '5432' }), 'AWSCURRENT').secret).toMatchObject({
      port: 5432,
    });
  });

  it('tells every problem at once, by key, and repeats no value', () => {
    const told = problemsOf({
      ...shop,
      engine: 'oracle',
      host: 'tcp://db',
      port: 99999,
      password: '',
      username: 'somebody',
      logins: ['shop_a', 'shop_a'],
      adminSecretArn: undefined,
    });
    for (const key of ['engine', 'host', 'port', 'password', 'username', 'logins', 'adminSecretArn']) {
      expect(told).toContain(`key "${key}"`);
    }
    expect(told).not.toContain('oracle');
    expect(told).not.toContain('99999');
  });

  it('refuses a name PostgreSQL would cut off without a word', () => {
    const long = `${'長'.repeat(21)}_b`;
    expect(problemsOf({ ...shop, logins: ['shop_a', long] })).toContain('at most 63 bytes');
  });

  it.each([
    [['all'], ['ALL PRIVILEGES']],
    [
      [' select ', 'SELECT', 'Create  View'],
      ['CREATE VIEW', 'SELECT'],
    ],
    [[...everyPrivilege], ['ALL PRIVILEGES']],
    [['ALL PRIVILEGES', 'SELECT'], ['ALL PRIVILEGES']],
  ])('reads the privileges %j in one spelling', (grants, privileges) => {
    const { secret } = parseSecret('v', JSON.stringify({ ...mysqlShop, grants }), 'AWSCURRENT');
    expect(secret).toMatchObject({ grants: privileges });
  });

  it.each([
    [['FLY']],
    [['SELECT, INSERT']],
    [['GRANT OPTION']],
    [['PROCESS']],
    [[]],
    ['SELECT'],
    [['DELETE HISTORY']],
  ])('refuses the privileges %j, which the server would refuse later', (grants) => {
    expect(problemsOf({ ...mysqlShop, grants })).toContain('key "grants"');
  });

  it('lets MariaDB have a privilege of its own', () => {
    expect(problemsOf({ ...mysqlShop, engine: 'mariadb', grants: ['DELETE HISTORY'] })).toBe('');
  });

  it('takes a host in any case for the same host', () => {
    const one = { ...mysqlShop, host: 'DB.Example.JP', loginHost: 'App.Example.JP' };
    const { secret } = parseSecret('v', JSON.stringify(one), 'AWSCURRENT');
    expect(secret).toMatchObject({ host: 'db.example.jp', loginHost: 'app.example.jp' });
  });

  it.each([
    [{ dbname: 'template1' }, 'dbname'],
    [{ baseName: 'pg_shop' }, 'baseName'],
    [{ logins: ['pg_read_all_data', 'shop_b'] }, 'logins'],
    [{ owner: 'rdsadmin' }, 'owner'],
    [{ engine: 'mysql', dbname: 'mysql' }, 'dbname'],
    [{ engine: 'mariadb', dbname: 'SYS' }, 'dbname'],
    [{ engine: 'mysql', logins: ['root', 'shop_b'] }, 'logins'],
    [{ engine: 'mysql', dbname: 'secure_shop_rotation' }, 'dbname'],
  ])('refuses what the server keeps for itself: %j', (fields, key) => {
    expect(problemsOf({ ...shop, ...fields })).toContain(`key "${key}": write another name`);
  });

  it('takes the server of an administrator whose secret RDS made from the login', () => {
    const server = { engine: 'postgres', host: 'db.example.jp', port: 15432 } as const;
    const text = JSON.stringify({ username: 'postgres', password: 'not-to-be-shown' });
    expect(parseSecret('v', text, 'AWSCURRENT', server).secret).toMatchObject({
      ...server,
      username: 'postgres',
    });
    expect(() => parseSecret('v', text, 'AWSCURRENT')).toThrow(/key "host"/);
    const half = JSON.stringify({ username: 'postgres', password: 'x', host: 'other' });
    expect(() => parseSecret('v', half, 'AWSCURRENT', server)).toThrow(/key "port"/);
  });

  it('never ends in anything but a Fault, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        problemsOf(text);
      }),
    );
  });
});

describe('a generated password', () => {
  it('needs no quoting anywhere, and never repeats', () => {
    const many = Array.from({ length: 200 }, () => generatePassword());
    expect(new Set(many).size).toBe(200);
    for (const password of many) expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  it('is hashed as PostgreSQL does (RFC 7677)', async () => {
    // The exchange of RFC 7677: user "user", password "pencil", this salt and 4096 iterations.
    const verifier = await scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
    expect(verifier).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });

  it('is hashed as MySQL and MariaDB do', () => {
    expect(nativePasswordHash('one')).toBe('*74445CD742AF268FD22866DA0D12758951D638F7');
    const sha = execFileSync('openssl', ['passwd', '-5', '-salt', 'abcdefghijklmnop', 'Hello world!'], {
      encoding: 'utf8',
    }).trim();
    const ours = sha256Crypt(Buffer.from('Hello world!'), Buffer.from('abcdefghijklmnop'), 5000);
    expect(`$5$abcdefghijklmnop$${ours}`).toBe(sha);
    expect(cachingSha2Hash('one')).toMatch(/^\$A\$005\$[A-Za-z0-9]{20}[./A-Za-z0-9]{43}$/);
  });
});
