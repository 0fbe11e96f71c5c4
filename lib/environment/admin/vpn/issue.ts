import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { checkAll, UserError } from '../../../cli/user-error.ts';
import { commonName } from '../names.ts';
import { personCertificateRenewalDays } from '../periods.ts';
import {
  clientCertificateMaxDays,
  encryptKey,
  issueClientCertificate,
  newSerial,
  validity,
} from '../pki/authority.ts';
import { requireAuthority, type StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { inDays, isoDate } from './dates.ts';
import { requireEndpoint } from './endpoint.ts';
import { type CertificateWishes, finishIssue } from './finish-issue.ts';
import { requireWritable, vpnProfile, writeProfile } from './profile.ts';
import { isActive, type NewCertificate, type RegisteredCertificate } from './register.ts';
import { completeRevocationList } from './revocation-list.ts';

const passphraseLeastCharacters = 12;
/** An OpenVPN built without smart cards reads no more of it (USER_PASS_LEN in its src/openvpn/misc.h). */
const passphraseMostBytes = 127;

export interface IssueOptions extends CertificateWishes {
  /** @default "<shop>-<environment>-<person>.ovpn" in the current folder */
  readonly output?: string;
  readonly endpointId?: string;
}

/**
 * Gives a person a certificate of their own, as a profile for the VPN client.
 *
 * The order makes it safe to interrupt: the number is reserved, then the file is written, then the register says
 * "issued", without which the connection handler lets nobody in. Whatever step it stopped at, running it again
 * finishes it or starts over with the next number.
 */
export async function issue(
  context: VpnContext,
  person: string,
  options: IssueOptions = {},
): Promise<string> {
  const path = pathOf(context, person, options);
  await refuseWishes(context, person, options);
  const authority = await requireAuthority(context);
  const endpoint = await requireEndpoint(context, authority, options.endpointId);
  // A new endpoint starts without a list: it gets one before anybody can reach it.
  await completeRevocationList(context, authority, endpoint);

  const known = await context.register.of(person);
  if (await finishIssue(context, path, known, authority, options)) return path;
  refuseSecond(context, person, known, authority);
  await abandonInterrupted(context, known);

  const certificate = await reserve(context, person, known, authority, options.days);
  const name = commonName(person, certificate.number);
  const { certificate: pem, privateKey } = await issueClientCertificate(authority, {
    ...certificate,
    commonName: name,
  });
  await writeProfile(
    path,
    vpnProfile(endpoint, {
      serverName: context.names.server,
      authority: authority.certificate,
      client: {
        certificate: pem,
        privateKey: options.passphrase ? encryptKey(privateKey, options.passphrase) : privateKey,
      },
    }),
  );
  if ((await context.register.settle(certificate, 'issued')) === 'abandoned') {
    await rm(path);
    throw new UserError([
      `somebody else issued a certificate to ${person} at the same time; this one was withdrawn. See "secure-shop vpn list"`,
    ]);
  }
  context.say(`${name}: valid until ${isoDate(certificate.notAfter)}, written to ${path}.`);
  context.say(
    'The file is the key to the admin screens: hand it over in person or through a password manager, never by mail, and delete it here.',
  );
  return path;
}

/** @throws UserError with all that is wrong with what is asked for, as far as it shows without AWS */
export async function refuseWishes(
  context: VpnContext,
  person: string,
  options: IssueOptions,
): Promise<void> {
  await checkAll(
    () => requirePerson(context, person),
    () => checkOptions(options),
    () => requireWritable(pathOf(context, person, options)),
  );
}

function pathOf({ shop, environment }: VpnContext, person: string, { output }: IssueOptions): string {
  return resolve(output ?? `${shop.name}-${environment.name}-${person}.ovpn`);
}

function requirePerson(context: VpnContext, person: string): void {
  const names = context.environment.admin.people.map(({ name }) => name);
  if (names.includes(person)) return;
  throw new UserError([
    `"${person}" is not in admin.people of ${context.environment.name}; did you mean "${closest(person, names)}"? People get in only when the config names them: ${names.join(', ')}`,
  ]);
}

function checkOptions({ days, passphrase }: IssueOptions): void {
  const problems: string[] = [];
  if (days !== undefined && (!Number.isInteger(days) || days < 1 || days > clientCertificateMaxDays)) {
    problems.push(`--days is ${days}: write a whole number from 1 to ${clientCertificateMaxDays}`);
  }
  if (passphrase !== undefined) problems.push(...passphraseProblems(passphrase));
  if (problems.length > 0) throw new UserError(problems);
}

function passphraseProblems(passphrase: string): string[] {
  const problems: string[] = [];
  if (passphrase.length < passphraseLeastCharacters) {
    problems.push(
      `the passphrase is shorter than ${passphraseLeastCharacters} characters: choose a longer one`,
    );
  }
  if (Buffer.byteLength(passphrase) > passphraseMostBytes) {
    problems.push(
      `the passphrase is longer than ${passphraseMostBytes} bytes, which is all a VPN client reads: choose a shorter one`,
    );
  }
  if (/\p{Cc}/u.test(passphrase)) {
    problems.push(
      'the passphrase holds a line break or another character nobody can type into a VPN client: write it on one line',
    );
  }
  return problems;
}

/** One certificate a person, so that revoking a person is one act and the log names one device. */
function refuseSecond(
  context: VpnContext,
  person: string,
  known: readonly RegisteredCertificate[],
  authority: StoredAuthority,
): void {
  const now = context.now();
  const lasting = known.find(
    (certificate) =>
      certificate.authority === authority.content.fingerprint &&
      isActive(certificate, now) &&
      inDays(certificate.notAfter, now) >= personCertificateRenewalDays,
  );
  if (!lasting) return;
  throw new UserError([
    `${person} has a certificate already, ${commonName(person, lasting.number)}, valid until ${isoDate(lasting.notAfter)}; the next one can be issued in its last ${personCertificateRenewalDays} days. If its file is lost: "secure-shop vpn revoke ${person}", then issue again`,
  ]);
}

async function abandonInterrupted(
  context: VpnContext,
  known: readonly RegisteredCertificate[],
): Promise<void> {
  for (const certificate of known.filter(({ outcome }) => outcome === 'pending')) {
    if ((await context.register.settle(certificate, 'abandoned')) === 'issued') {
      throw new UserError([
        `somebody else has just issued ${commonName(certificate.person, certificate.number)}. See "secure-shop vpn list"`,
      ]);
    }
    context.say(
      `${commonName(certificate.person, certificate.number)}: abandoned, its issue was interrupted.`,
    );
  }
}

async function reserve(
  context: VpnContext,
  person: string,
  known: readonly RegisteredCertificate[],
  authority: StoredAuthority,
  days = clientCertificateMaxDays,
): Promise<NewCertificate> {
  const { notBefore, notAfter } = validity(context.now(), days);
  const certificate: NewCertificate = {
    person,
    number: Math.max(0, ...known.map(({ number }) => number)) + 1,
    serial: newSerial(),
    notBefore,
    notAfter: notAfter < authority.content.notAfter ? notAfter : authority.content.notAfter,
    authority: authority.content.fingerprint,
  };
  if (await context.register.reserve(certificate)) return certificate;
  throw new UserError([
    `somebody else is issuing a certificate to ${person} right now. See "secure-shop vpn list", then try again`,
  ]);
}
