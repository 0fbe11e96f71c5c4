import { constants } from 'node:fs';
import { access, link, lstat, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../../cli/user-error.ts';
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
 * What an interrupted run left beside it is taken away.
 *
 * @throws UserError when the name is taken, or the file cannot be written
 */
export async function writeProfile(path: string, profile: string): Promise<void> {
  const partial = partialOf(path);
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600).catch(unwritable(path));
  try {
    await file.chmod(0o600);
    await file.writeFile(profile);
    await file.sync();
    // Unlike a rename, a link fails when the name is taken.
    await link(partial, path);
    // Another run may have put its own file under the same passing name.
    if ((await lstat(path)).ino !== (await file.stat()).ino) throw taken(path);
  } catch (error) {
    unwritable(path)(error);
  } finally {
    await file.close();
    await rm(partial, { force: true });
  }
}

/** Looked at before anything is reserved. @throws UserError when the file cannot be written there */
export async function requireWritable(path: string): Promise<void> {
  // Nothing is opened to find out: the name may be a link that somebody else has put there.
  await access(dirname(path), constants.W_OK | constants.X_OK).catch(unwritable(path));
  await lstat(partialOf(path)).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) unwritable(path)(error);
  });
}

/**
 * @returns certificate and private key in an existing profile, undefined when the name is free
 * @throws UserError when something stands there that no run of ours has left
 */
export async function profileIn(path: string): Promise<KeyPair | undefined> {
  const found = await lstat(path).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) unwritable(path)(error);
  });
  if (!found) return undefined;
  if (!found.isFile()) throw taken(path);
  const text = await readFile(path, 'utf8').catch(() => '');
  const [, certificate] = /<cert>\s*([^<]+?)\s*<\/cert>/.exec(text) ?? [];
  const [, privateKey] = /<key>\s*([^<]+?)\s*<\/key>/.exec(text) ?? [];
  if (certificate === undefined || privateKey === undefined) throw taken(path);
  return { certificate, privateKey };
}

export function taken(path: string): UserError {
  return new UserError([
    `${path} exists and is not overwritten: move it away, or name another file with --output`,
  ]);
}

function partialOf(path: string): string {
  return `${path}.partial`;
}

function unwritable(path: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'EEXIST') throw taken(path);
    const causes: Record<string, string> = {
      ENAMETOOLONG: 'the name is too long',
      ENOENT: 'no such folder',
      ENOTDIR: 'no such folder',
      ENOSPC: 'the disk is full',
      // No hard links, and then no file modes either: a memory stick.
      EPERM: 'its file system does not keep a file private',
      ENOTSUP: 'its file system does not keep a file private',
    };
    const cause = causes[String(error.code)] ?? String(error.code);
    throw new UserError([`cannot write into ${dirname(path)} (${cause}): name another file with --output`]);
  };
}

function inline(name: string, pem: string): string[] {
  return [`<${name}>`, pem.trim(), `</${name}>`];
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
