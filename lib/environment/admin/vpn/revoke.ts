import { closest } from 'fastest-levenshtein';
import { UserError } from '../../../cli/user-error.ts';
import { commonName } from '../names.ts';
import { requireAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { isoDate } from './dates.ts';
import { findEndpoint, requireTrust } from './endpoint.ts';
import type { RegisteredCertificate } from './register.ts';
import { completeRevocationList } from './revocation-list.ts';

export interface RevokeOptions {
  readonly endpointId?: string;
}

/**
 * Takes a person's certificates away, whether or not the config still names the person.
 *
 * The register comes first: from then on the connection handler refuses the person. The list follows, which ends
 * the sessions that are open. If it stops in between, running it again imports the list.
 */
export async function revoke(
  context: VpnContext,
  person: string,
  options: RevokeOptions = {},
): Promise<void> {
  const all = await context.register.all();
  const theirs = all.filter((certificate) => certificate.person === person);
  if (theirs.length === 0) throw unknownPerson(context, person, all);

  for (const certificate of theirs) await withdraw(context, certificate);
  await importList(context, options);
}

/**
 * Takes everybody's certificates away: the first thing to do when somebody may know the authority's key, and could make
 * a certificate of any name. The connection handler refuses every name from then on, and the list ends the sessions.
 */
export async function revokeAll(context: VpnContext, options: RevokeOptions = {}): Promise<void> {
  for (const certificate of await context.register.all()) await withdraw(context, certificate);
  await importList(context, options);
}

async function withdraw(context: VpnContext, certificate: RegisteredCertificate): Promise<void> {
  const name = commonName(certificate.person, certificate.number);
  const now = context.now();
  if (certificate.notAfter <= now || certificate.outcome === 'abandoned') return;
  if (certificate.revokedAt) {
    context.say(`${name}: was revoked on ${isoDate(certificate.revokedAt)}.`);
    return;
  }
  // Also when it is still pending: whoever is issuing it at this moment loses.
  const outcome =
    certificate.outcome === 'pending'
      ? await context.register.settle(certificate, 'abandoned')
      : certificate.outcome;
  if (outcome === 'issued') await context.register.revoke(certificate, now);
  context.say(`${name}: revoked.`);
}

async function importList(context: VpnContext, options: RevokeOptions): Promise<void> {
  const endpoint = await findEndpoint(context, options.endpointId);
  if (!endpoint) {
    context.say('No VPN is deployed, so nobody is connected.');
    return;
  }
  const authority = await requireAuthority(context);
  await requireTrust(context, authority, endpoint);
  if (!(await completeRevocationList(context, authority, endpoint))) {
    context.say('The revocation list is complete. Nothing to do.');
  }
}

function unknownPerson(
  context: VpnContext,
  person: string,
  all: readonly RegisteredCertificate[],
): UserError {
  const holders = [...new Set(all.map((certificate) => certificate.person))];
  if (context.environment.admin.people.some(({ name }) => name === person)) {
    return new UserError([`${person} never had a certificate: there is nothing to revoke`]);
  }
  return new UserError([
    holders.length === 0
      ? `"${person}" never had a certificate; nobody has one yet`
      : `"${person}" never had a certificate; did you mean "${closest(person, holders)}"? Certificates were issued to ${holders.join(', ')}`,
  ]);
}
