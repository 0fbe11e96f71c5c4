import { commonName } from '../names.ts';
import { personCertificateRenewalDays, revocationListWarningDays } from '../periods.ts';
import { requireAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { inDays, isoDate } from './dates.ts';
import { findEndpoint } from './endpoint.ts';
import { isActive, type RegisteredCertificate } from './register.ts';
import { currentRevocationList, hasExpired, missingFrom } from './revocation-list.ts';

export interface CertificateLine {
  /** Common name, such as "hana.3". */
  readonly name: string;
  readonly person: string;
  readonly validUntil: string;
  readonly state: 'valid' | 'revoked' | 'expired' | 'unfinished' | 'abandoned';
  /** Undefined: it was not revoked. */
  readonly revokedOn: string | undefined;
}

export interface CertificateList {
  readonly certificates: readonly CertificateLine[];
  /** Undefined: none was imported, so none can expire. */
  readonly revocationListUntil: string | undefined;
  readonly authorityUntil: string;
  /** What somebody should do something about. */
  readonly warnings: readonly string[];
}

export async function list(
  context: VpnContext,
  options: { readonly endpointId?: string } = {},
): Promise<CertificateList> {
  const now = context.now();
  const authority = await requireAuthority(context);
  const certificates = await context.register.all();
  const endpoint = await findEndpoint(context, options.endpointId);
  const revocations = endpoint && (await currentRevocationList(context, endpoint));

  const warnings = peopleWarnings(context, certificates, now);
  if (endpoint && missingFrom(revocations, certificates, authority, now).length > 0) {
    warnings.push(
      'the revocation list does not name every revoked certificate: run "secure-shop vpn renew-crl"',
    );
  }
  if (revocations?.nextUpdate && inDays(revocations.nextUpdate, now) < revocationListWarningDays) {
    const when = hasExpired(revocations, now)
      ? `expired on ${isoDate(revocations.nextUpdate)} and locks everybody out`
      : `expires on ${isoDate(revocations.nextUpdate)} and then locks everybody out`;
    warnings.push(`the revocation list ${when}: run "secure-shop vpn renew-crl"`);
  }
  if (!endpoint) warnings.push('no VPN is deployed: nobody can connect');
  return {
    certificates: certificates.map((certificate) => line(certificate, now)),
    revocationListUntil: revocations?.nextUpdate && isoDate(revocations.nextUpdate),
    authorityUntil: isoDate(authority.content.notAfter),
    warnings,
  };
}

export function formatList({
  certificates,
  revocationListUntil,
  authorityUntil,
  warnings,
}: CertificateList): string[] {
  const rows = certificates.map(({ name, validUntil, state, revokedOn }) => [
    name,
    validUntil,
    revokedOn ? `${state} on ${revokedOn}` : state,
  ]);
  const header = ['CERTIFICATE', 'VALID UNTIL', 'STATE'];
  const width = Math.max(...[header, ...rows].map(([name = '']) => name.length)) + 2;
  return [
    ...[header, ...rows].map(
      ([name = '', until = '', state = '']) => `${name.padEnd(width)}${until.padEnd(13)}${state}`,
    ),
    '',
    `Authority: valid until ${authorityUntil}. Revocation list: ${revocationListUntil ? `valid until ${revocationListUntil}` : 'none, nothing was revoked'}.`,
    ...warnings.map((warning) => `Warning: ${warning}`),
  ];
}

function line(certificate: RegisteredCertificate, now: Date): CertificateLine {
  return {
    name: commonName(certificate.person, certificate.number),
    person: certificate.person,
    validUntil: isoDate(certificate.notAfter),
    state: stateOf(certificate, now),
    revokedOn: certificate.revokedAt && isoDate(certificate.revokedAt),
  };
}

function stateOf(certificate: RegisteredCertificate, now: Date): CertificateLine['state'] {
  if (certificate.revokedAt) return 'revoked';
  if (certificate.outcome === 'abandoned') return 'abandoned';
  if (certificate.notAfter <= now) return 'expired';
  return certificate.outcome === 'pending' ? 'unfinished' : 'valid';
}

function peopleWarnings(
  context: VpnContext,
  certificates: readonly RegisteredCertificate[],
  now: Date,
): string[] {
  const active = certificates.filter((certificate) => isActive(certificate, now));
  const named = context.environment.admin.people.map(({ name }) => name);
  const ending = named.flatMap((person) => {
    const last = active.filter((certificate) => certificate.person === person).at(-1);
    if (!last) return [`${person} has no valid certificate: run "secure-shop vpn issue ${person}"`];
    return inDays(last.notAfter, now) < personCertificateRenewalDays
      ? [
          `the certificate of ${person} ends on ${isoDate(last.notAfter)}: run "secure-shop vpn issue ${person}"`,
        ]
      : [];
  });
  const left = [
    ...new Set(active.map(({ person }) => person).filter((person) => !named.includes(person))),
  ].map(
    (person) =>
      `${person} is not in the config any more, but holds a valid certificate: run "secure-shop vpn revoke ${person}"`,
  );
  return [...ending, ...left];
}
