import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthority,
  createRevocationList,
  issueClientCertificate,
  issueServerCertificate,
  type KeyPair,
  newSerial,
  revocationListDays,
  validity,
} from '../../../lib/environment/admin/pki/authority.ts';
import {
  requireAuthority,
  type StoredAuthority,
} from '../../../lib/environment/admin/vpn/authority-secret.ts';
import { requireEndpoint } from '../../../lib/environment/admin/vpn/endpoint.ts';
import { issue } from '../../../lib/environment/admin/vpn/issue.ts';
import { vpnProfile } from '../../../lib/environment/admin/vpn/profile.ts';
import { renewRevocationList } from '../../../lib/environment/admin/vpn/renew-crl.ts';
import { revoke } from '../../../lib/environment/admin/vpn/revoke.ts';
import { program } from '../../support/programs.ts';
import { LoopbackAws } from './support/aws.ts';
import { namespacesAllowed, VpnWorld, type Watched } from './support/namespaces.ts';
import { deployVpn, newOperator, type Operator } from './support/shop.ts';

const openvpn = program('openvpn');
const moto = program('moto_server');
const missing = [openvpn, moto].filter((each) => each.missing).map(({ install }) => install);
const needs = missing.length > 0 ? missing : namespacesAllowed() ? [] : ['root, to make network namespaces'];

const day = 24 * 60 * 60 * 1000;
const inside = fileURLToPath(new URL('./support/inside.ts', import.meta.url));

/** A real OpenVPN server stands in for Client VPN, with the certificate, key and list that AWS was given. */
describe.skipIf(needs.length > 0)(
  `a real OpenVPN ${needs.map((need) => `(needs ${need})`).join(' ')}`,
  () => {
    const world = new VpnWorld();
    const running: Watched[] = [];
    let folder: string;
    let aws: LoopbackAws;
    let operator: Operator;
    let endpointId: string;
    let authority: StoredAuthority;
    let server: Watched;

    const file = (name: string, content?: string): string => {
      const path = join(folder, name);
      if (content !== undefined) writeFileSync(path, content, { mode: 0o600 });
      return path;
    };

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'openvpn-'));
      aws = await LoopbackAws.start(moto.path ?? '');
      operator = await newOperator();
      endpointId = await deployVpn(aws, operator);
      authority = await requireAuthority(operator);
      await issue(operator, 'hana', { output: file('hana.ovpn') });
      await issue(operator, 'ken', { output: file('ken.ovpn'), passphrase: 'correct horse battery' });
      await issue(operator, 'yui', { output: file('yui.ovpn') });
      await renewRevocationList(operator);

      world.create();
      const page = await issueServerCertificate(authority, operator.environment.admin.host, new Date());
      file('page.crt', page.certificate);
      file('page.key', page.privateKey);
      file('ca.crt', authority.certificate);
      await startInside(world.server, 'resolve', '198.51.100.1', '198.51.100.1');
      await startInside(world.shop, 'resolve', '10.20.0.2', '10.20.0.10');
      await startInside(world.shop, 'serve', '10.20.0.10', file('page.crt'), file('page.key'));
      const imported = aws.importedCertificates.at(-1);
      if (!imported) throw new Error('nothing was imported to ACM');
      server = await startServer(imported);
    });

    afterAll(async () => {
      await Promise.all(running.map((each) => each.stop()));
      world.destroy();
      await aws?.stop();
      rmSync(folder, { recursive: true });
    });

    const clients: Watched[] = [];
    afterEach(async () => {
      await Promise.all(clients.splice(0).map((each) => each.stop()));
      installRevocationList();
    });

    async function startInside(namespace: string, ...args: string[]): Promise<void> {
      const started = world.run(namespace, process.execPath, '--import', 'tsx', inside, ...args);
      running.push(started);
      if (!(await started.line(/^ready$/))) throw new Error(started.lines.join('\n'));
    }

    /** The list as Client VPN holds it at this moment. */
    function installRevocationList(pem = aws.endpoints.get(endpointId)?.revocationList ?? ''): void {
      file('crl.pem', pem);
    }

    async function startServer(identity: KeyPair): Promise<Watched> {
      installRevocationList();
      file('server.crt', identity.certificate);
      file('server.key', identity.privateKey);
      const config = [
        'dev tun',
        'proto udp4',
        'port 443',
        'topology subnet',
        'server 10.250.0.0 255.255.252.0',
        'dh none',
        `ca ${file('ca.crt')}`,
        `cert ${file('server.crt')}`,
        `key ${file('server.key')}`,
        `crl-verify ${file('crl.pem')}`,
        'verify-client-cert require',
        'remote-cert-tls client',
        'data-ciphers AES-256-GCM',
        'hand-window 5',
        'push "route 10.20.0.0 255.255.0.0"',
        'push "dhcp-option DNS 10.20.0.2"',
        'verb 3',
        '',
      ].join('\n');
      const started = world.run(world.server, openvpn.path ?? '', '--config', file('server.conf', config));
      running.push(started);
      if (!(await started.line(/Initialization Sequence Completed/)))
        throw new Error(started.lines.join('\n'));
      return started;
    }

    const passphrase = () => file('pass', 'correct horse battery\n');

    function startClient(profile: string, ...options: string[]): Watched {
      const bounds = ['--hand-window', '10', '--tls-exit', '--connect-retry-max', '1'];
      const client = world.run(world.client, openvpn.path ?? '', '--config', profile, ...bounds, ...options);
      clients.push(client);
      return client;
    }

    /** @returns true once the client is connected, false once it has given up */
    async function connects(profile: string, ...options: string[]): Promise<boolean> {
      const client = startClient(profile, ...options);
      return (await client.line(/Initialization Sequence Completed/)) !== undefined;
    }

    /** What the server said of a client it refused. */
    async function refusal(profile: string): Promise<string> {
      const from = server.lines.length;
      const client = startClient(profile);
      await server.line(/TLS handshake failed/, from);
      await client.stop();
      expect(client.lines.filter((line) => line.includes('Completed'))).toEqual([]);
      return server.lines.slice(from).find((line) => line.includes('VERIFY ERROR')) ?? '';
    }

    async function visit(): Promise<string> {
      const { host } = operator.environment.admin;
      const browser = world.run(
        world.client,
        process.execPath,
        ...['--import', 'tsx', inside, 'visit', host, '10.20.0.2', file('ca.crt')],
      );
      return (await browser.line(/^(page|unreachable)/)) ?? browser.lines.join('\n');
    }

    /** A profile like ours, around another certificate. */
    async function profileWith(name: string, client: KeyPair): Promise<string> {
      const endpoint = await requireEndpoint(operator, authority);
      const serverName = operator.names.server;
      return file(name, vpnProfile(endpoint, { serverName, authority: authority.certificate, client }));
    }

    it('leads to the admin page, which cannot be reached without it', async () => {
      expect(await visit()).toMatch(/^unreachable/);
      expect(await connects(file('hana.ovpn'))).toBe(true);
      expect(await visit()).toBe('page: orders of today');
    });

    it('takes a key under a passphrase', async () => {
      expect(await connects(file('ken.ovpn'), '--askpass', passphrase())).toBe(true);
    });

    it('refuses a revoked person, while the others stay', async () => {
      expect(await connects(file('hana.ovpn'), '--dev', 'tun0')).toBe(true);
      await revoke(operator, 'yui');
      installRevocationList();
      expect(await refusal(file('yui.ovpn'))).toContain('certificate revoked: CN=yui.1');
      expect(await visit()).toBe('page: orders of today');
      expect(await connects(file('ken.ovpn'), '--dev', 'tun1', '--askpass', passphrase())).toBe(true);
    });

    it('refuses a certificate that has expired', async () => {
      const expired = await issueClientCertificate(authority, {
        serial: newSerial(),
        commonName: 'hana.1',
        ...validity(new Date(Date.now() - 2 * day), 1),
      });
      expect(await refusal(await profileWith('expired.ovpn', expired))).toContain(
        'certificate has expired: CN=hana.1',
      );
    });

    it('refuses a certificate of another authority, whatever its name', async () => {
      const impostor = await createAuthority(authority.content.commonName ?? '', new Date());
      const forged = await issueClientCertificate(impostor, {
        serial: newSerial(),
        commonName: 'hana.1',
        ...validity(new Date(), 1),
      });
      expect(await refusal(await profileWith('forged.ovpn', forged))).toContain(
        'unable to get local issuer certificate: CN=hana.1',
      );
    });

    it("refuses the server's own certificate as a client's", async () => {
      const posing = await issueServerCertificate(authority, operator.names.server, new Date());
      expect(await refusal(await profileWith('posing.ovpn', posing))).toContain(
        'unsuitable certificate purpose',
      );
    });

    it('locks everybody out once its revocation list has expired, which is why an alarm rings before', async () => {
      const stale = new Date(Date.now() - (revocationListDays + 1) * day);
      installRevocationList(await createRevocationList(authority, [], stale));
      expect(await refusal(file('hana.ovpn'))).toContain('CRL has expired');
    });

    it("is refused itself by our profile when it shows an admin's certificate", async () => {
      await server.stop();
      const profile = readFileSync(file('hana.ovpn'), 'utf8');
      const part = (name: string) => new RegExp(`<${name}>\\s*([^<]+)</${name}>`).exec(profile)?.[1] ?? '';
      await startServer({ certificate: part('cert'), privateKey: part('key') });
      const client = startClient(file('hana.ovpn'));
      expect(await client.line(/VERIFY ERROR|Initialization Sequence Completed/)).toContain(
        'unsuitable certificate purpose',
      );
    });
  },
);
