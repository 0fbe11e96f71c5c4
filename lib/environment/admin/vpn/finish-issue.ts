import { createPrivateKey } from 'node:crypto';
import { UserError } from '../../../cli/user-error.ts';
import { commonName } from '../names.ts';
import { personCertificateRenewalDays } from '../periods.ts';
import { clientCertificateMaxDays, readCertificate } from '../pki/authority.ts';
import type { StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { inDays, isoDate } from './dates.ts';
import { profileIn, taken } from './profile.ts';
import { isActive, type RegisteredCertificate } from './register.ts';

/** What a certificate is to be like. */
export interface CertificateWishes {
  /** @default 90, the most that is allowed */
  readonly days?: number;
  /** Encrypts the private key in the file. @default none: the file's mode alone protects it */
  readonly passphrase?: string;
}

const day = 24 * 60 * 60 * 1000;

/**
 * Looks at the file that an earlier run may have left. Only an issue that is pending is finished, and only as it was
 * begun: a key that lies there in clear must not pass for one under the passphrase that is asked for now.
 *
 * @returns whether there is nothing left to do
 * @throws UserError when something else stands there, or what was begun differs from what is asked for
 */
export async function finishIssue(
  context: VpnContext,
  path: string,
  known: readonly RegisteredCertificate[],
  authority: StoredAuthority,
  options: CertificateWishes,
): Promise<boolean> {
  const profile = await profileIn(path);
  if (profile === undefined) return false;
  const { serial } = await readCertificate(profile.certificate).catch(() => {
    throw taken(path);
  });
  const ours = known.find((certificate) => certificate.serial === serial && !certificate.revokedAt);
  if (!ours || ours.outcome === 'abandoned') throw taken(path);
  const name = commonName(ours.person, ours.number);
  const until = isoDate(ours.notAfter);
  const now = context.now();
  if (ours.notAfter <= now || ours.authority !== authority.content.fingerprint) {
    const cause = ours.notAfter <= now ? `it ended on ${until}` : 'its authority was replaced';
    throw new UserError([
      `${path} holds ${name}, which nobody can use any more (${cause}): move it away, or name another file with --output`,
    ]);
  }
  const differences = differencesOf(ours, profile.privateKey, authority, options);
  if (differences.length > 0) {
    throw new UserError(
      differences.map((difference) => `${path} holds ${name}, ${difference}: ${mend(ours)}`),
    );
  }
  if (ours.outcome === 'issued') {
    if (!isActive(ours, now) || inDays(ours.notAfter, now) < personCertificateRenewalDays) {
      throw new UserError([
        `${path} holds ${name}, which was handed out and is valid until ${until}: move it away, or name another file with --output, to issue the next one`,
      ]);
    }
    context.say(`${name}: was issued already, valid until ${until}, in ${path}. Nothing to do.`);
    return true;
  }
  if ((await context.register.settle(ours, 'issued')) !== 'issued') throw taken(path);
  context.say(`${name}: finished an interrupted issue, valid until ${until}, in ${path}.`);
  return true;
}

function mend({ outcome, person }: RegisteredCertificate): string {
  return outcome === 'pending'
    ? 'delete the file and run the command again, which issues another one'
    : `leave the options out, or "secure-shop vpn revoke ${person}" and issue to another file`;
}

/** What the file was made with that the options do not say, and the reverse. */
function differencesOf(
  { notBefore, notAfter, outcome }: RegisteredCertificate,
  privateKey: string,
  authority: StoredAuthority,
  { days, passphrase }: CertificateWishes,
): string[] {
  const differences: string[] = [];
  const encrypted = privateKey.includes('ENCRYPTED');
  // Without options a certificate that was handed out is what it is; one that is pending is to be what is asked for.
  const asked = days ?? (outcome === 'pending' ? clientCertificateMaxDays : undefined);
  const cutShort = notAfter.getTime() >= authority.content.notAfter.getTime();
  const lasts = Math.round((notAfter.getTime() - notBefore.getTime()) / day);
  if (asked !== undefined && !cutShort && lasts !== asked) {
    differences.push(`which lasts ${lasts} days and not ${asked}`);
  }
  if (passphrase !== undefined && !encrypted) differences.push('whose key lies in clear');
  if (passphrase !== undefined && encrypted && !opens(privateKey, passphrase)) {
    differences.push('whose key lies under another passphrase');
  }
  if (passphrase === undefined && encrypted && outcome === 'pending') {
    differences.push('whose key lies under a passphrase');
  }
  return differences;
}

function opens(privateKey: string, passphrase: string): boolean {
  try {
    createPrivateKey({ key: privateKey, passphrase });
    return true;
  } catch {
    return false;
  }
}
