import type { BusinessHours } from '../../../config/index.ts';
import { isOpen } from '../hours.ts';
import { parseCommonName } from '../names.ts';
import { isActive, type RegisteredCertificate } from '../vpn/register.ts';

/** What the config says about who may connect, and when. */
export interface ConnectionRules {
  readonly people: readonly {
    readonly name: string;
    /** Needed with single sign-on only. */
    readonly email?: string;
  }[];
  /** Undefined: at any time. */
  readonly hours?: BusinessHours | undefined;
  readonly timeZone: string;
  /** Single sign-on is asked for besides the certificate: both must be the same person's. */
  readonly singleSignOn: boolean;
}

/**
 * Reads the rules as the stack writes them. A field that is missing must not read as "no such restriction".
 *
 * @throws Error when anything is missing or of another shape
 */
export function parseRules(text: string): ConnectionRules {
  const rules = JSON.parse(text) as ConnectionRules;
  const { people, hours, timeZone, singleSignOn } = rules;
  const isTime = (time: unknown) => typeof time === 'string' && /^\d\d:\d\d$/.test(time);
  const complete =
    Array.isArray(people) &&
    people.every((person) => typeof person?.name === 'string') &&
    (hours === undefined ||
      (Array.isArray(hours?.days) &&
        Array.isArray(hours.closedOn) &&
        isTime(hours.from) &&
        isTime(hours.to))) &&
    typeof timeZone === 'string' &&
    typeof singleSignOn === 'boolean';
  if (!complete) throw new Error('the rules of the function are incomplete');
  return rules;
}

/** The fields of Client VPN's request that decide. */
export interface ConnectionRequest {
  readonly 'common-name'?: unknown;
  readonly username?: unknown;
}

export type Reason =
  | 'allowed'
  | 'certificate name is not one of ours'
  | 'person is not in the config'
  | 'single sign-on is missing or is another person'
  | 'outside the hours'
  | 'certificate is not registered'
  | 'certificate was never handed out'
  | 'certificate is revoked'
  | 'certificate has expired'
  | 'could not decide';

/**
 * The second check, behind the certificate: whoever is not plainly allowed is refused.
 *
 * @param certificatesOf reads the register; asked last, so that a stranger costs no API call
 * @param clock right once the register has answered
 */
export async function decide(
  request: ConnectionRequest,
  rules: ConnectionRules,
  certificatesOf: (person: string) => Promise<readonly RegisteredCertificate[]>,
  clock: () => Date,
): Promise<Reason> {
  const name = request['common-name'];
  const id = typeof name === 'string' ? parseCommonName(name) : undefined;
  if (!id) return 'certificate name is not one of ours';
  const person = rules.people.find((one) => one.name === id.person);
  if (!person) return 'person is not in the config';
  if (rules.singleSignOn && !isSamePerson(request.username, person.email)) {
    return 'single sign-on is missing or is another person';
  }

  const certificate = (await certificatesOf(id.person)).find(({ number }) => number === id.number);
  const now = clock();
  if (rules.hours && !isOpen(rules.hours, rules.timeZone, now)) return 'outside the hours';
  if (!certificate) return 'certificate is not registered';
  if (isActive(certificate, now)) return 'allowed';
  if (certificate.revokedAt) return 'certificate is revoked';
  if (certificate.outcome !== 'issued') return 'certificate was never handed out';
  return 'certificate has expired';
}

/** What a refused person sees in the VPN client: enough to ask the right question, nothing about the rules. */
export function messageFor(reason: Reason): string {
  if (reason === 'allowed') return '';
  if (reason === 'outside the hours') return 'The VPN is closed at this hour.';
  if (reason === 'certificate has expired') return 'Your certificate has expired. Ask for a new one.';
  return 'You may not connect with this certificate. Ask whoever runs the VPN.';
}

function isSamePerson(username: unknown, email: string | undefined): boolean {
  // Beyond ASCII, other letters turn into these in lower case: the Kelvin sign becomes a "k".
  if (typeof username !== 'string' || !/^[\x21-\x7e]+$/.test(username)) return false;
  return email !== undefined && username.toLowerCase() === email.toLowerCase();
}
