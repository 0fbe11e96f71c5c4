/**
 * Why a rotation could not go on. The category decides what happens next: a transient one is tried again within
 * the step, an authentication failure moves on to the next credential that might work, all others need a person
 * or the next retry of Secrets Manager.
 */
export type Category =
  /** The database refused the login. */
  | 'authentication'
  /** No answer from the database, or it is starting up or shutting down. */
  | 'unreachable'
  /** No TLS, or a certificate that does not prove the host. */
  | 'tls'
  /** The database answers, but takes no writes: a replica, or a primary during failover. */
  | 'read-only'
  /** The database has no connection left to give. */
  | 'out-of-connections'
  /** A lock in the database was not released in time. */
  | 'locked'
  /** The credential the function works with lacks a right, or a rotated login has other rights than declared. */
  | 'rights'
  /** What is set of the server, a role or a database stands in the way; the error has the statement that ends it. */
  | 'settings'
  /** A role, user or database of the same name belongs to somebody else. */
  | 'foreign'
  /** The login that is due still has sessions: the shop never picked the new credential up. */
  | 'in-use'
  /** The secret's text cannot be used. */
  | 'malformed'
  /** The versions of the secret are not those of this rotation. */
  | 'stale'
  /** Secrets Manager or KMS refused, throttled, or did not answer. */
  | 'secrets-manager'
  /** A fault in the function itself. */
  | 'internal';

const transient: readonly Category[] = ['unreachable', 'out-of-connections', 'locked', 'read-only'];

/**
 * What went wrong, in words that are safe in any log: it never holds SQL, a value of a secret, or the error of a
 * driver (drivers attach the statement to theirs).
 */
export class Fault extends Error {
  readonly category: Category;
  /** Whether the same call may well succeed a moment later. */
  readonly transient: boolean;
  /** The version of the secret this is about, when it is not the pending one. */
  readonly stage: string | undefined;

  constructor(category: Category, message: string, options: { transient?: boolean; stage?: string } = {}) {
    super(message);
    this.name = 'Fault';
    this.category = category;
    this.transient = options.transient ?? transient.includes(category);
    this.stage = options.stage;
  }
}

export const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type Step = (typeof steps)[number];

/** A step that failed, told so that nobody has to look anything up: which secret, which step, why. */
export class RotationError extends Error {
  readonly secret: string;
  readonly step: string;
  readonly stage: string;
  readonly category: Category;

  constructor(secret: string, step: string, fault: Fault) {
    const stage = fault.stage ?? 'AWSPENDING';
    super(`rotation of ${secret} stopped in ${step} (${stage}): ${fault.category}: ${fault.message}`);
    this.name = 'RotationError';
    this.secret = secret;
    this.step = step;
    this.stage = stage;
    this.category = fault.category;
  }
}

/**
 * Turns anything thrown into words that are safe to log. Only the name and a short code of a foreign error are
 * kept: its message may quote the statement, and the statement may hold a verifier.
 */
export function asFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new Fault('internal', `unexpected ${name}${codeOf(thrown)}`);
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return '';
  const code = String(thrown.code);
  return /^[A-Za-z0-9_]{1,40}$/.test(code) ? ` (${code})` : '';
}

const tlsCodes =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH|HANDSHAKE_NO_SSL_SUPPORT|HANDSHAKE_SSL_ERROR)/;
const otherAuthority =
  'is of an authority that is not Amazon RDS; look who answers on that address, or name its authority (certificateAuthority)';
const tlsCauses: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired; renew it',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'is of another host; write the name that it has, or look who answers on that address',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: otherAuthority,
};
const networkCodes =
  /^(ECONN|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EPIPE|EAI_AGAIN|PROTOCOL_CONNECTION_LOST|PROTOCOL_SEQUENCE_TIMEOUT)/;

/** What the TLS layer or the network says, the same for every engine; undefined when it is neither. */
export function connectionFault(code: string, where: string): Fault | undefined {
  if (tlsCodes.test(code)) {
    const what = tlsCauses[code] ?? 'is not trusted, or it offers no TLS; look who answers on that address';
    return new Fault('tls', `the certificate of ${where} ${what} (${code})`);
  }
  if (networkCodes.test(code)) return new Fault('unreachable', `no answer from ${where} (${code})`);
  return undefined;
}
