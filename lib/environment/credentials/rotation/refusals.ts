import { Fault } from './errors.ts';

/** Where no answer comes at all. */
export const noWay = 'look at the VPC endpoint of Secrets Manager, its security group and its private DNS';

/**
 * States of a secret that one and the same InvalidRequestException tells; only its message tells them apart, and the
 * same error says that a version does not carry a label.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
 */
const states: readonly (readonly [message: RegExp, cause: string])[] = [
  [
    /(marked|scheduled) for deletion/i,
    'the secret is scheduled for deletion: restore it (aws secretsmanager restore-secret), or remove what rotates it',
  ],
  [
    /replica/i,
    'the secret is a replica: rotate it in its primary region, or make it a secret of its own (aws secretsmanager stop-replication-to-replica)',
  ],
  [
    /managed by|owned by|owning service/i,
    'another service manages the secret, and only that service writes it: let that service rotate it, and take this function away from it',
  ],
];

export function stateFault(thrown: unknown): Fault | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'InvalidRequestException') return undefined;
  const cause = states.find(([message]) => message.test(thrown.message))?.[1];
  return cause === undefined ? undefined : new Fault('secrets-manager', cause);
}

const keyState =
  'the key of the secret is disabled, about to be deleted, or not allowed to the function: aws kms describe-key tells its state, then enable it (enable-key), keep it (cancel-key-deletion) or mend its policy';

/** What each refusal means, and what to do. */
const advice: Readonly<Record<string, string>> = {
  InvalidRequestException:
    "the secret's state forbids it, see aws secretsmanager describe-secret; its values are unharmed, write nothing",
  AccessDeniedException:
    'the policy of the secret, of its key or of the function forbids it; deploy again what a person changed',
  DecryptionFailure: keyState,
  EncryptionFailure: keyState,
  ResourceNotFoundException:
    'there is no such secret or version in this account and region; look for it with aws secretsmanager list-secrets',
  // Unlabelled versions are removed when there are more than 100, and not in their first 24 hours:
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
  LimitExceededException:
    'the secret has as many versions as it may have; find out who writes it that often (CloudTrail: PutSecretValue), end that, and rotate again a day later',
};

/** What a call was refused with that will not be made again. */
export function refusalFault(operation: string, thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const name = thrown instanceof Error ? thrown.name : 'unknown';
  const code = codeOf(thrown);
  if (/^E[A-Z_]+$/.test(code)) {
    return new Fault('secrets-manager', `${operation} does not reach Secrets Manager (${code}); ${noWay}`);
  }
  const cause = Object.hasOwn(advice, name)
    ? advice[name]
    : 'look the call up in CloudTrail, which has the words of the service, and mend what they name';
  return new Fault('secrets-manager', `${operation} failed (${safe(name)}): ${cause}`);
}

const passing =
  /Throttl|TooManyRequests|RequestLimitExceeded|InternalService|InternalFailure|ServiceUnavailable|Timeout|ECONN|EPIPE|EAI_AGAIN|NetworkingError|DecryptionFailure|SyntaxError/;

/**
 * Throttling, a fault of the service, no answer or half of one, a clock the SDK has set right by now: worth another
 * try. Refusals are not.
 */
export function passes(thrown: unknown): boolean {
  if (thrown instanceof Fault) return true;
  if (!(thrown instanceof Error)) return false;
  const about = ('$metadata' in thrown ? thrown.$metadata : undefined) as
    | { httpStatusCode?: number; clockSkewCorrected?: boolean }
    | undefined;
  const status = about?.httpStatusCode ?? 0;
  if (about?.clockSkewCorrected === true) return true;
  return passing.test(thrown.name) || passing.test(codeOf(thrown)) || status >= 500 || status === 429;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function safe(name: string): string {
  return /^[A-Za-z0-9_.]{1,80}$/.test(name) ? name : 'unknown error';
}
