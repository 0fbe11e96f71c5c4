import { spawn } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import type { Shop } from '../../../lib/config/index.ts';
import {
  createAuthority,
  newSerial,
  readCertificate,
  readRevocationList,
  validity,
} from '../../../lib/environment/admin/pki/authority.ts';
import { requireAuthority } from '../../../lib/environment/admin/vpn/authority-secret.ts';
import { vpnContext } from '../../../lib/environment/admin/vpn/context.ts';
import { init } from '../../../lib/environment/admin/vpn/init.ts';
import { type IssueOptions, issue } from '../../../lib/environment/admin/vpn/issue.ts';
import { list } from '../../../lib/environment/admin/vpn/list.ts';
import { CertificateRegister, isActive } from '../../../lib/environment/admin/vpn/register.ts';
import { renewRevocationList } from '../../../lib/environment/admin/vpn/renew-crl.ts';
import { revoke, revokeAll } from '../../../lib/environment/admin/vpn/revoke.ts';
import { authoritiesOf } from '../../../lib/environment/admin/vpn/server-certificate.ts';
import { called } from '../../cli/support/called.ts';
import { everyPoint } from '../../support/every-point.ts';
import { program } from '../../support/programs.ts';
import { LoopbackAws } from './support/aws.ts';
import { shareKeyPairs } from './support/key-pairs.ts';
import { deployVpn, newOperator, type Operator, operatorOf, testShop } from './support/shop.ts';

function pick<T extends object>(from: T, names: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<T>;
}

const day = 24 * 60 * 60 * 1000;
const moto = program('moto_server');

describe.skipIf(moto.missing)(`secure-shop vpn (needs moto: ${moto.install})`, () => {
  let aws: LoopbackAws;
  let folder: string;

  beforeAll(async () => {
    await shareKeyPairs();
    aws = await LoopbackAws.start(moto.path ?? '');
  });
  afterAll(() => aws.stop());
  afterAll(() => vi.restoreAllMocks());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vpn-'));
  });
  afterEach(() => {
    aws.interruption = undefined;
    aws.beforeCall = undefined;
    aws.clockAhead = 0;
    rmSync(folder, { recursive: true });
  });

  const file = (name = 'hana.ovpn') => join(folder, name);
  const revokedSerials = (endpointId: string) => {
    const pem = aws.endpoints.get(endpointId)?.revocationList;
    return pem ? readRevocationList(pem).entries.map(({ serial }) => serial) : [];
  };
  const activeNames = async (operator: Operator) =>
    (await operator.register.all())
      .filter((certificate) => isActive(certificate, operator.now()))
      .map(({ person, number }) => `${person}.${number}`);

  async function storeAuthority(operator: Operator, secret: string): Promise<void> {
    await operator.secretsManager.send(
      new PutSecretValueCommand({ SecretId: operator.names.authoritySecret, SecretString: secret }),
    );
  }

  async function problemsOf(command: Promise<unknown>): Promise<string> {
    const error = await command.then(
      () => expect.fail('the command should have failed'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof UserError)) throw error;
    return error.problems.join('\n');
  }

  it('goes from nothing to a profile that only its owner can read', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    const path = await issue(operator, 'hana', { output: file() });

    expect(statSync(path).mode & 0o777).toBe(0o600);
    const profile = readFileSync(path, 'utf8');
    expect(profile).toMatch(/^remote cvpn-endpoint-\S+\.amazonaws\.com 443$/m);
    expect(profile).toContain('remote-cert-tls server');
    expect(profile).toContain(`verify-x509-name vpn.production.${operator.shop.name}.internal name`);
    expect(profile).toContain('BEGIN PRIVATE KEY');
    const { certificates } = await list(operator);
    expect(certificates).toMatchObject([{ name: 'hana.1', person: 'hana', state: 'valid' }]);
  });

  it('lets no private key reach the terminal, a parameter, or any AWS call but the two that store one', async () => {
    const operator = await newOperator();
    const firstCall = aws.calls.length;
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');

    expect(operator.said.join('\n')).not.toContain('PRIVATE KEY');
    const carriers = aws.calls
      .slice(firstCall)
      .filter(({ body }) => /PRIVATE KEY/.test(body) || /"PrivateKey"/.test(body))
      .map(({ action }) => action);
    expect(carriers).toEqual(['secretsmanager.CreateSecret', 'CertificateManager.ImportCertificate']);
    const clientKey = /<key>([^<]+)<\/key>/.exec(readFileSync(file(), 'utf8'))?.[1]?.split('\n')[5] ?? '';
    expect(clientKey.length).toBeGreaterThan(30);
    expect(aws.calls.some(({ body }) => body.includes(clientKey))).toBe(false);
  });

  it('keeps the authority under the key for credentials', async () => {
    const operator = await newOperator();
    const firstCall = aws.calls.length;
    await init(operator);
    const created = aws.calls.slice(firstCall).find(({ action }) => action === 'secretsmanager.CreateSecret');
    expect(JSON.parse(created?.body ?? '{}').KmsKeyId).toMatch(
      /^arn:aws:kms:ap-northeast-1:123456789012:key\//,
    );
  });

  it('encrypts the key under a passphrase when one is given', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file(), passphrase: 'correct horse battery' });
    const key = /<key>\s*([^<]+)<\/key>/.exec(readFileSync(file(), 'utf8'))?.[1] ?? '';
    expect(key).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    expect(() => createPrivateKey({ key, passphrase: 'wrong' })).toThrow();
    expect(createPrivateKey({ key, passphrase: 'correct horse battery' }).asymmetricKeyType).toBe('rsa');
  });

  it('tells the client to sign on as well when the endpoint asks for it', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator, { federated: true });
    await issue(operator, 'hana', { output: file() });
    expect(readFileSync(file(), 'utf8')).toMatch(/^auth-federate$/m);
  });

  it('tells what comes first when the commands are run in the wrong order', async () => {
    const operator = await newOperator();
    expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain(
      'run "secure-shop vpn init" first',
    );
    await init(operator);
    expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain('has no VPN yet');
    expect(await problemsOf(renewRevocationList(operator))).toContain('has no VPN yet');
    expect(await problemsOf(revoke(operator, 'hana'))).toContain('never had a certificate');

    const undeployed = operatorOf(testShop({}, 'not-deployed'));
    expect(await problemsOf(init(undeployed))).toContain('deploy it once without admin.vpn.certificateArn');
  });

  it('refuses the account of another environment', async () => {
    const operator = await newOperator();
    const elsewhere = operatorOf(testShop({ account: '999999999999' }, operator.shop.name));
    expect(await problemsOf(init(elsewhere))).toContain('belong to account 123456789012');
  });

  it('knows only the people of the config, and suggests the nearest', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    expect(await problemsOf(issue(operator, 'hanna', { output: file() }))).toContain('did you mean "hana"?');
    await issue(operator, 'hana', { output: file() });
    expect(await problemsOf(revoke(operator, 'hanna'))).toContain('did you mean "hana"?');
    expect(await problemsOf(revoke(operator, 'ken'))).toContain('ken never had a certificate');
  });

  it('names every mistake in the options at once', async () => {
    const operator = await newOperator();
    const problems = await problemsOf(
      issue(operator, 'hana', { output: file(), days: 91, passphrase: 'short' }),
    );
    expect(problems).toContain('from 1 to 90');
    expect(problems).toContain('shorter than 12');
    expect(await problemsOf(issue(operator, 'hana', { output: join(folder, 'no', 'where.ovpn') }))).toContain(
      'cannot write into',
    );
  });

  it('never overwrites a file', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    writeFileSync(file(), 'my recipes');
    expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain('is not overwritten');
    expect(readFileSync(file(), 'utf8')).toBe('my recipes');
    expect(await operator.register.all()).toEqual([]);
  });

  it('writes to nothing but a file of its own, and touches no link on the way', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    const precious = file('precious');
    writeFileSync(precious, 'my recipes');
    symlinkSync(precious, file('link.ovpn'));
    symlinkSync(file('nowhere'), file('dangling.ovpn'));
    mkdirSync(file('folder.ovpn'));
    for (const name of ['link.ovpn', 'dangling.ovpn', 'folder.ovpn']) {
      expect(await problemsOf(issue(operator, 'hana', { output: file(name) }))).toContain(
        'is not overwritten',
      );
    }
    const long = file(`${'x'.repeat(250)}.ovpn`);
    expect(await problemsOf(issue(operator, 'hana', { output: long }))).toContain('the name is too long');
    expect(await operator.register.all()).toEqual([]);

    symlinkSync(precious, file('hana.ovpn.partial'));
    await issue(operator, 'hana', { output: file() });
    expect(readFileSync(precious, 'utf8')).toBe('my recipes');
    expect(existsSync(file('nowhere'))).toBe(false);
  });

  it('keeps the key from everybody else, however open new files are by default', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    const before = process.umask(0);
    try {
      await issue(operator, 'hana', { output: file() });
    } finally {
      process.umask(before);
    }
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('refuses a passphrase that no VPN client can be given', async () => {
    const operator = await newOperator();
    const problems = await problemsOf(
      issue(operator, 'hana', { output: file(), passphrase: `two\nlines ${'x'.repeat(200)}` }),
    );
    expect(problems).toContain('longer than 127 bytes');
    expect(problems).toContain('line break');
  });

  it('issues one certificate a person, and the next one only shortly before the end', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    expect(await problemsOf(issue(operator, 'hana', { output: file('2.ovpn') }))).toContain(
      'has a certificate already, hana.1',
    );
    operator.clock.days = 80;
    await issue(operator, 'hana', { output: file('2.ovpn') });
    expect(await activeNames(operator)).toEqual(['hana.1', 'hana.2']);
    operator.clock.days = 91;
    expect(await activeNames(operator)).toEqual(['hana.2']);
  });

  it('never takes an old profile for an interrupted issue: a renewal is issued, or refused aloud', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    // At once again: the file is what was asked for, and nothing is said to be finished.
    await issue(operator, 'hana', { output: file() });
    expect(operator.said.at(-1)).toMatch(/^hana\.1: was issued already/);
    for (const days of [80, 91]) {
      operator.clock.days = days;
      expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain('move it away');
      expect(await operator.register.of('hana')).toHaveLength(1);
    }
    await issue(operator, 'hana', { output: file('2.ovpn') });
    expect(await activeNames(operator)).toEqual(['hana.2']);
  });

  describe('finishes an interrupted issue only as it was begun', () => {
    const passphrase = 'correct horse battery';
    it.each<[string, IssueOptions, IssueOptions, string | undefined]>([
      ['with the same options', { days: 30, passphrase }, { days: 30, passphrase }, undefined],
      ['without options', {}, {}, undefined],
      ['with the days that are the default', { days: 90 }, {}, undefined],
      ['under a passphrase, where the key lies in clear', {}, { passphrase }, 'lies in clear'],
      ['under another passphrase', { passphrase: `${passphrase}!` }, { passphrase }, 'another passphrase'],
      ['in clear, where the key lies under a passphrase', { passphrase }, {}, 'under a passphrase'],
      ['for other days', { days: 30 }, { days: 60 }, 'lasts 30 days and not 60'],
      ['for the default of days', { days: 30 }, {}, 'lasts 30 days and not 90'],
    ])('%s', async (_how, began, asked, refusal) => {
      const operator = await newOperator();
      await deployVpn(aws, operator);
      const settle = vi
        .spyOn(operator.register, 'settle')
        .mockRejectedValueOnce(new Error('pulled the plug'));
      await expect(issue(operator, 'hana', { ...began, output: file() })).rejects.toThrow('pulled the plug');
      settle.mockRestore();
      const again = issue(operator, 'hana', { ...asked, output: file() });
      if (refusal === undefined) {
        await again;
        expect(operator.said.at(-1)).toContain('finished an interrupted issue');
        expect(await activeNames(operator)).toEqual(['hana.1']);
      } else {
        expect(await problemsOf(again)).toContain(refusal);
        expect(await activeNames(operator)).toEqual([]);
        rmSync(file());
        await issue(operator, 'hana', { ...asked, output: file() });
        expect(await activeNames(operator)).toEqual(['hana.2']);
      }
    });

    it('and no longer once it has expired', async () => {
      const operator = await newOperator();
      await deployVpn(aws, operator);
      vi.spyOn(operator.register, 'settle').mockRejectedValueOnce(new Error('pulled the plug'));
      await expect(issue(operator, 'hana', { output: file() })).rejects.toThrow('pulled the plug');
      operator.clock.days = 91;
      expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain('it ended on');
    });
  });

  it('revokes everybody at once, before the authority is replaced', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file('hana.ovpn') });
    await issue(operator, 'ken', { output: file('ken.ovpn') });
    await revokeAll(operator);
    expect(await activeNames(operator)).toEqual([]);
    expect(revokedSerials(endpointId)).toHaveLength(2);
    await revokeAll(operator);
    expect(operator.said.at(-1)).toBe('The revocation list is complete. Nothing to do.');
  });

  it('revokes one person and leaves the others, also one who has left the config', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file('hana.ovpn') });
    await issue(operator, 'ken', { output: file('ken.ovpn') });
    const withoutKen = operatorOf(
      testShop({ admin: { people: [{ name: 'hana', email: 'hana@example.jp' }] } }, operator.shop.name),
    );
    expect((await list(withoutKen)).warnings).toContainEqual(
      expect.stringContaining('ken is not in the config any more'),
    );

    await revoke(withoutKen, 'ken');
    expect(await activeNames(operator)).toEqual(['hana.1']);
    const [ken] = await operator.register.of('ken');
    expect(revokedSerials(endpointId)).toEqual([ken?.serial]);
  });

  it('says when a person was revoked before, and disturbs nobody again', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');
    const imports = aws.endpoints.get(endpointId)?.imports;
    await revoke(operator, 'hana');
    expect(operator.said.at(-2)).toMatch(/^hana\.1: was revoked on /);
    expect(operator.said.at(-1)).toBe('The revocation list is complete. Nothing to do.');
    expect(aws.endpoints.get(endpointId)?.imports).toBe(imports);
  });

  it('renews the list, and warns before it expires', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');
    operator.clock.days = 155;
    expect((await list(operator)).warnings).toContainEqual(
      expect.stringContaining('then locks everybody out'),
    );
    await renewRevocationList(operator);
    expect((await list(operator)).warnings).not.toContainEqual(
      expect.stringContaining('locks everybody out'),
    );
  });

  it('mends an expired list whenever it meets one, and says that it locks everybody out', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');
    operator.clock.days = 200;
    expect((await list(operator)).warnings).toContainEqual(
      expect.stringMatching(/list expired on .* and locks everybody out/),
    );
    await revoke(operator, 'hana');
    const { nextUpdate } = readRevocationList(aws.endpoints.get(endpointId)?.revocationList ?? '');
    expect(nextUpdate?.getTime()).toBeGreaterThan(operator.now().getTime());
    operator.clock.days = 400;
    await issue(operator, 'ken', { output: file('ken.ovpn') });
    expect(operator.said.join('\n')).toContain('had expired, which locks everybody out');
  });

  it('un-revokes nobody, not even when the register was lost', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');
    const [serial] = revokedSerials(endpointId);
    const forgetful = {
      ...operator,
      register: new CertificateRegister(operator.ssm, `${operator.names.register}/lost`),
    };
    await renewRevocationList(forgetful);
    expect(revokedSerials(endpointId)).toEqual([serial]);
    // Once nobody can hold a valid certificate of that number any more, the list forgets it too.
    operator.clock.days = 91;
    await renewRevocationList(forgetful);
    expect(revokedSerials(endpointId)).toEqual([]);
  });

  it('replaces a list that nobody can read', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    const endpoint = aws.endpoints.get(endpointId);
    if (!endpoint) throw new Error('it was deployed');
    endpoint.revocationList = '-----BEGIN X509 CRL-----\nbm9uc2Vuc2U=\n-----END X509 CRL-----\n';
    await renewRevocationList(operator);
    expect(revokedSerials(endpointId)).toEqual([]);
  });

  it('names an entry of the register that it never wrote', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    const Name = `${operator.names.register}/hana/1`;
    await operator.ssm.send(new PutParameterCommand({ Name, Value: 'mine', Type: 'String' }));
    expect(await problemsOf(list(operator))).toContain('"hana/1" was not written by secure-shop');
  });

  it('dates by the clock of AWS when that of the PC is wrong', async () => {
    const deployed = await newOperator();
    await deployVpn(aws, deployed);
    const { now, ...rest } = vpnContext(deployed.shop as Shop, deployed.environment, { say: () => {} });
    aws.clockAhead = -20 * day;
    await issue({ ...rest, now }, 'hana', { output: file() });
    const pem = /<cert>\s*([^<]+)<\/cert>/.exec(readFileSync(file(), 'utf8'))?.[1] ?? '';
    const { notBefore } = await readCertificate(pem);
    expect(Math.abs(notBefore.getTime() - (Date.now() - 20 * day))).toBeLessThan(day);
  });

  it('gives a new endpoint the list before anybody can use it', async () => {
    const operator = await newOperator();
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    await revoke(operator, 'hana');
    const replacement = await deployVpn(aws, operator);
    expect((await list(operator)).warnings).toContainEqual(
      expect.stringContaining('does not name every revoked'),
    );
    await issue(operator, 'ken', { output: file('ken.ovpn') });
    const [hana] = await operator.register.of('hana');
    expect(revokedSerials(replacement)).toEqual([hana?.serial]);
  });

  it('does nothing the second time it is told to init, and renews the server certificate near its end', async () => {
    const operator = await newOperator();
    operator.clock.days = -800;
    const first = await init(operator);
    expect(await init(operator)).toEqual(first);
    operator.clock.days = 0;
    const renewed = await init(operator);
    expect(renewed.arn).toBe(first.arn);
    expect(renewed.notAfter.getTime()).toBeGreaterThan(first.notAfter.getTime());
  });

  it('says that the authority has expired, and replaces it under a certificate of its own', async () => {
    const operator = await newOperator();
    const endpointId = await deployVpn(aws, operator);
    const expired = await createAuthority('expired', new Date(Date.now() - (5 * 365 + 1) * day));
    await storeAuthority(operator, JSON.stringify(expired));
    const commands = [init, (one: Operator) => issue(one, 'hana', { output: file() }), renewRevocationList];
    for (const command of commands) {
      expect(await problemsOf(command(operator))).toContain('the certificate authority expired on');
    }

    const replaced = await init(operator, { replaceAuthority: true });
    expect(replaced.arn).not.toBe(aws.endpoints.get(endpointId)?.rootChainArn);
    // The endpoint still trusts the old authority: nothing is issued that it would refuse.
    expect(await problemsOf(issue(operator, 'hana', { output: file() }))).toContain(
      'trusts another certificate',
    );
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
  });

  it('never issues a certificate that outlives its authority', async () => {
    const operator = await newOperator();
    await init(operator);
    const ending = await createAuthority('ending', new Date(Date.now() - (5 * 365 - 10) * day));
    await storeAuthority(operator, JSON.stringify(ending));
    await deployVpn(aws, operator);
    await issue(operator, 'hana', { output: file() });
    const { certificates, authorityUntil } = await list(operator);
    expect(certificates[0]?.validUntil).toBe(authorityUntil);
  });

  it('explains a secret that was edited by hand without showing it', async () => {
    const operator = await newOperator();
    await init(operator);
    await storeAuthority(operator, '{"privateKey":"hunter2"}');
    const problems = await problemsOf(init(operator));
    expect(problems).toContain('does not hold a certificate authority');
    expect(problems).not.toContain('hunter2');
  });

  it('says how to bring back an authority that is marked for deletion', async () => {
    const operator = await newOperator();
    await init(operator);
    await operator.secretsManager.send(new DeleteSecretCommand({ SecretId: operator.names.authoritySecret }));
    expect(await problemsOf(init(operator))).toContain('aws secretsmanager restore-secret');
  });

  describe('from the command line', () => {
    const bin = fileURLToPath(new URL('../../../bin/secure-shop.mjs', import.meta.url));

    /** A file with the operator's shop. */
    function configOf(operator: Operator): string {
      const { name, ...environment } = operator.environment;
      const config = file(`${operator.shop.name}.ts`);
      const shop = {
        name: operator.shop.name,
        platform: { preset: 'woocommerce' },
        payment: { provider: 'stripe' },
        environments: {
          [name]: pick(environment, ['account', 'region', 'domain', 'hostedZone', 'alarms', 'mail']),
        },
      };
      Object.assign(shop.environments[name] ?? {}, {
        // That of moto.
        account: '123456789012',
        admin: { people: operator.environment.admin.people },
        mail: { provider: 'ses' },
      });
      writeFileSync(config, `export default ${JSON.stringify(shop)};`);
      return config;
    }

    /** In a process of its own. */
    function secureShop(
      operator: Operator,
      args: string[],
      input = '',
    ): Promise<{ code: number | null; output: string }> {
      const child = spawn(process.execPath, [bin, 'vpn', ...args, '--config', configOf(operator)], {
        cwd: folder,
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.stdin.end(input);
      return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
    }

    it('issues under a passphrase from standard input, which no argument shows', async () => {
      const operator = await newOperator();
      await deployVpn(aws, operator);
      const { code, output } = await secureShop(
        operator,
        ['issue', 'hana', '--passphrase-file', '-'],
        'correct horse battery\n',
      );
      expect(output).toContain('hana.1: valid until');
      expect(code).toBe(0);
      const path = file(`${operator.shop.name}-production-hana.ovpn`);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readFileSync(path, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
    });

    it('answers a name with what to write instead, and exit code 2', async () => {
      const { code, output } = await secureShop(await newOperator(), ['issue', 'hanna']);
      expect(output).toContain('did you mean "hana"?');
      expect(output).not.toMatch(/\n\s+at /);
      expect(code).toBe(2);
    });

    it.each([
      [['issue', 'hana', '--days', 'many'], 'whole number of days'],
      [['issue', 'hana', '--passphrase'], 'asks on the terminal'],
      [['list', '--environment', 'staging'], 'no environment "staging"'],
    ])('answers %j with what to write instead, and exit code 2', async (args, message) => {
      const { code, said } = await called(['vpn', ...args, '--config', configOf(await newOperator())]);
      expect(said).toContain(message);
      expect(code).toBe(2);
    });
  });

  describe('two operators at once', () => {
    it('agree on one authority', async () => {
      const first = await newOperator();
      const second = operatorOf(testShop({}, first.shop.name));
      const certificates = await Promise.all([init(first), init(second)]);
      // Each may have imported a certificate of its own: both are of the one authority, and all agree from now on.
      const authority = await requireAuthority(first);
      for (const { arn } of certificates) {
        expect(await authoritiesOf(first, arn)).toContain(authority.content.fingerprint);
      }
      expect(await init(second)).toEqual(await init(first));
    });

    it('cannot both issue to the same person', async () => {
      const first = await newOperator();
      await deployVpn(aws, first);
      const second = operatorOf(testShop({}, first.shop.name));
      const results = await Promise.allSettled([
        issue(first, 'hana', { output: file('first.ovpn') }),
        issue(second, 'hana', { output: file('second.ovpn') }),
      ]);
      const won = results.filter(({ status }) => status === 'fulfilled');
      expect(won.length).toBeLessThanOrEqual(1);
      expect(await activeNames(first)).toHaveLength(won.length);
      const left = [file('first.ovpn'), file('second.ovpn')].filter(existsSync);
      expect(left).toHaveLength(won.length);
    });

    it('end with one list that names both revoked people', async () => {
      const first = await newOperator();
      const endpointId = await deployVpn(aws, first);
      await issue(first, 'hana', { output: file('hana.ovpn') });
      await issue(first, 'ken', { output: file('ken.ovpn') });
      const second = operatorOf(testShop({}, first.shop.name));
      // The second operator revokes ken after the first has read the register, and before its list arrives.
      let acted = false;
      aws.beforeCall = async ({ action }) => {
        if (acted || action !== 'ImportClientVpnClientCertificateRevocationList') return;
        acted = true;
        await revoke(second, 'ken');
      };
      await revoke(first, 'hana');
      const serials = (await first.register.all()).map(({ serial }) => serial);
      expect(revokedSerials(endpointId).sort()).toEqual(serials.sort());
    });
  });

  describe('interrupted at any call, and run again', () => {
    const beforeOrAfter = Math.random() < 0.5 ? [false, true] : [true, false];

    /**
     * Interrupts the command at each of its AWS calls in turn: before AWS carried one out, and after it carried out the
     * next, or the other way round, another way each time.
     */
    async function interruptEverywhere(round: () => Promise<Round>): Promise<void> {
      for (let step = 0; ; step += 1) {
        for (const carriedOut of everyPoint ? beforeOrAfter : beforeOrAfter.slice(step % 2).slice(0, 1)) {
          const { command, expectFinished } = await round();
          aws.interruption = { at: aws.calls.length + step, carriedOut };
          const outcome = await command().then(
            () => 'finished',
            (error: Error) => error.name,
          );
          aws.interruption = undefined;
          if (outcome === 'finished') {
            expect(step).toBeGreaterThan(2);
            return;
          }
          expect(outcome).toBe('Interrupted');
          await command();
          await expectFinished();
        }
      }
    }

    interface Round {
      readonly command: () => Promise<unknown>;
      readonly expectFinished: () => Promise<void>;
    }

    it('init ends with one authority and one server certificate', async () => {
      await interruptEverywhere(async () => {
        const operator = await newOperator();
        return {
          command: () => init(operator),
          expectFinished: async () => expect(await init(operator)).toEqual(await init(operator)),
        };
      });
    });

    /** The same VPN with an empty register: rounds must not grow longer than the step that stops them. */
    function withNewRegister(operator: Operator, round: number): Operator {
      return {
        ...operator,
        register: new CertificateRegister(operator.ssm, `${operator.names.register}/${round}`),
      };
    }

    it('issue ends with one file, whose certificate is the one that counts', async () => {
      const deployed = await newOperator();
      await deployVpn(aws, deployed);
      let round = 0;
      await interruptEverywhere(async () => {
        const operator = withNewRegister(deployed, round++);
        const person = 'hana';
        const output = file(`${round}.ovpn`);
        return {
          command: () => issue(operator, person, { output }),
          expectFinished: async () => {
            const active = (await operator.register.of(person)).filter((one) =>
              isActive(one, operator.now()),
            );
            const pem = /<cert>\s*([^<]+)<\/cert>/.exec(readFileSync(output, 'utf8'))?.[1] ?? '';
            expect(active.map(({ serial }) => serial)).toEqual([(await readCertificate(pem)).serial]);
            expect(existsSync(`${output}.partial`)).toBe(false);
          },
        };
      });
    });

    it('revoke ends with the person on the list', async () => {
      const deployed = await newOperator();
      const endpointId = await deployVpn(aws, deployed);
      const authority = await requireAuthority(deployed);
      let round = 0;
      await interruptEverywhere(async () => {
        const operator = withNewRegister(deployed, round++);
        const person = 'hana';
        const serial = newSerial();
        const certificate = { person, number: 1, serial, authority: authority.content.fingerprint };
        await operator.register.reserve({ ...certificate, ...validity(operator.now(), 90) });
        await operator.register.settle(certificate, 'issued');
        return {
          command: () => revoke(operator, person),
          expectFinished: async () => expect(revokedSerials(endpointId)).toContain(serial),
        };
      });
    });

    it.each(['secretsmanager.PutSecretValue', 'CertificateManager.ImportCertificate'])(
      'init --replace-authority replaces once, at %s',
      async (at) => {
        const first = await newOperator();
        const { arn } = await init(first);
        const operator = operatorOf(
          testShop(
            { admin: { people: [{ name: 'hana', email: 'hana@example.jp' }], vpn: { certificateArn: arn } } },
            first.shop.name,
          ),
        );
        const old = await requireAuthority(operator);
        aws.interruption = { at, carriedOut: true };
        await expect(init(operator, { replaceAuthority: true })).rejects.toThrow('pulled the plug');
        aws.interruption = undefined;
        const replacement = await requireAuthority(operator);
        expect(replacement.version).not.toBe(old.version);

        const server = await init(operator, { replaceAuthority: true });
        expect((await requireAuthority(operator)).version).toBe(replacement.version);
        expect(await authoritiesOf(operator, server.arn)).toContain(replacement.content.fingerprint);
      },
    );

    it('renew-crl ends with a list', async () => {
      const operator = await newOperator();
      const endpointId = await deployVpn(aws, operator);
      await interruptEverywhere(async () => ({
        command: () => renewRevocationList(operator),
        expectFinished: async () => expect(aws.endpoints.get(endpointId)?.revocationList).toBeDefined(),
      }));
    });
  });
});
