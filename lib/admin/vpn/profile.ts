import { link, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../cli/user-error.ts';
import type { KeyPair } from '../pki/authority.ts';
import type { VpnEndpoint } from './endpoint.ts';

/**
 * The profile an admin imports into the VPN client, with certificate and private key inside.
 * The options are those AWS exports for an endpoint, see
 * https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-endpoint-export.html
 */
export function vpnProfile(
  endpoint: VpnEndpoint,
  options: { readonly serverName: string; readonly authority: string; readonly client: KeyPair },
): string {
  return [
    'client',
    'dev tun',
    `proto ${endpoint.protocol}`,
    `remote ${endpoint.host} ${endpoint.port}`,
    'remote-random-hostname',
    'resolv-retry infinite',
    'nobind',
    // An admin's certificate cannot pose as the server, nor another server of the same authority as this one.
    'remote-cert-tls server',
    `verify-x509-name ${options.serverName} name`,
    'cipher AES-256-GCM',
    'reneg-sec 0',
    'verb 3',
    ...(endpoint.federated ? ['auth-nocache', 'auth-federate'] : []),
    ...inline('ca', options.authority),
    ...inline('cert', options.client.certificate),
    ...inline('key', options.client.privateKey),
    '',
  ].join('\n');
}

/**
 * Writes the file whole or not at all, readable by its owner alone from the first byte, and never over another.
 *
 * @throws UserError when a file of that name exists
 */
export async function writeProfile(path: string, profile: string): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    await file.writeFile(profile);
    await file.sync();
    // Unlike a rename, a link fails when the name is taken.
    await link(partial, path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) throw new UserError([`${path} exists and is not overwritten`]);
    throw error;
  } finally {
    await file.close();
    await rm(partial, { force: true });
  }
}

/** @throws UserError when the file cannot be written there */
export async function requireWritable(path: string): Promise<void> {
  const probe = `${path}.partial`;
  try {
    await (await open(probe, 'w', 0o600)).close();
    await rm(probe);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EACCES') && !isCode(error, 'ENOTDIR')) throw error;
    throw new UserError([`cannot write into ${dirname(path)}: name another file with --output`]);
  }
}

/** @returns the certificate in an existing profile, undefined when there is no such file */
export async function certificateIn(path: string): Promise<string | undefined> {
  try {
    return /<cert>\s*([^<]+?)\s*<\/cert>/.exec(await readFile(path, 'utf8'))?.[1] ?? '';
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function inline(name: string, pem: string): string[] {
  return [`<${name}>`, pem.trim(), `</${name}>`];
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
