import {
  ExportClientVpnClientCertificateRevocationListCommand,
  ImportClientVpnClientCertificateRevocationListCommand,
} from '@aws-sdk/client-ec2';
import { UserError } from '../../../cli/user-error.ts';
import {
  clientCertificateMaxDays,
  createRevocationList,
  type RevocationListContent,
  readRevocationList,
} from '../pki/authority.ts';
import type { StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { isoDate } from './dates.ts';
import type { VpnEndpoint } from './endpoint.ts';
import { isBarred, type RegisteredCertificate } from './register.ts';

/**
 * @returns undefined when none was ever imported. AWS does not document how it says so: nothing, another text, and
 * an error that calls the list not found are all taken for it, and lead to an import at worst.
 */
export async function currentRevocationList(
  context: VpnContext,
  endpoint: VpnEndpoint,
): Promise<RevocationListContent | undefined> {
  const pem = await context.ec2
    .send(new ExportClientVpnClientCertificateRevocationListCommand({ ClientVpnEndpointId: endpoint.id }))
    .then(({ CertificateRevocationList }) => CertificateRevocationList ?? '')
    .catch((error: unknown) => {
      if (error instanceof Error && /RevocationList.*NotFound/i.test(error.name)) return '';
      throw error;
    });
  if (!pem.includes('BEGIN X509 CRL')) return undefined;
  try {
    return readRevocationList(pem);
  } catch {
    // A list nobody can read must not stand in the way of the next one.
    return undefined;
  }
}

/** An expired list locks everybody out. */
export function hasExpired(list: RevocationListContent | undefined, now: Date): boolean {
  return list?.nextUpdate !== undefined && list.nextUpdate <= now;
}

/** Certificates that may no longer connect, and that the endpoint's list does not name. */
export function missingFrom(
  list: RevocationListContent | undefined,
  certificates: readonly RegisteredCertificate[],
  authority: StoredAuthority,
  now: Date,
): RegisteredCertificate[] {
  return certificates.filter(
    (certificate) =>
      certificate.authority === authority.content.fingerprint &&
      isBarred(certificate, now) &&
      !list?.entries.some(({ serial }) => serial === certificate.serial),
  );
}

/**
 * Imports the list, unless the endpoint's names every certificate that may no longer connect and has not expired.
 *
 * @returns whether it was imported
 */
export async function completeRevocationList(
  context: VpnContext,
  authority: StoredAuthority,
  endpoint: VpnEndpoint,
): Promise<boolean> {
  const list = await currentRevocationList(context, endpoint);
  const missing = missingFrom(list, await context.register.all(), authority, context.now());
  const expired = hasExpired(list, context.now());
  if (missing.length === 0 && !expired) return false;
  if (expired) context.say(`The revocation list of ${endpoint.id} had expired, which locks everybody out.`);
  await importRevocationList(context, authority, endpoint);
  return true;
}

/** Each ends every session: more often than that, something else is wrong. */
const mostImports = 5;

/**
 * Makes the endpoint's list name every certificate that may no longer connect. It ends all sessions; those who
 * still may reconnect at once.
 *
 * Two operators at once: each reads the register again after the import, so whoever comes last imports all. What the
 * endpoint's list names already stays on it as long as it can matter, whatever became of the register.
 */
export async function importRevocationList(
  context: VpnContext,
  authority: StoredAuthority,
  endpoint: VpnEndpoint,
): Promise<void> {
  const list = await currentRevocationList(context, endpoint);
  const stillMatters = context.now().getTime() - clientCertificateMaxDays * 24 * 60 * 60 * 1000;
  const standing = (list?.entries ?? []).filter(({ revokedAt }) => revokedAt.getTime() > stillMatters);
  const barred = async () => {
    const all = missingFrom(undefined, await context.register.all(), authority, context.now());
    const registered = all.map(({ serial, revokedAt, notBefore }) => ({
      serial,
      revokedAt: revokedAt ?? notBefore,
    }));
    const known = new Set(registered.map(({ serial }) => serial));
    return [...registered, ...standing.filter(({ serial }) => !known.has(serial))];
  };
  let revoked = await barred();
  for (let tries = 0; tries < mostImports; tries++) {
    const next = await createRevocationList(authority, revoked, context.now());
    await context.ec2.send(
      new ImportClientVpnClientCertificateRevocationListCommand({
        ClientVpnEndpointId: endpoint.id,
        CertificateRevocationList: next,
      }),
    );
    const again = await barred();
    if (again.every(({ serial }) => revoked.some((entry) => entry.serial === serial))) {
      const { nextUpdate } = readRevocationList(next);
      const until = nextUpdate ? `, valid until ${isoDate(nextUpdate)}` : '';
      context.say(
        `Revocation list imported: ${revoked.length} entries${until}. All sessions end; those who still may connect again.`,
      );
      return;
    }
    revoked = again;
  }
  throw new UserError([
    `others revoke certificates faster than the list of ${endpoint.id} can be imported: run "secure-shop vpn renew-crl" once they have ended`,
  ]);
}
