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
