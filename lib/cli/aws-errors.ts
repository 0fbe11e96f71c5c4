import { UserError } from './user-error.ts';

const missingCredentials = ['CredentialsProviderError', 'TokenProviderError'];
const expiredCredentials = ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'];
/** What a region says of credentials of an account that did not enable it, too, each service in its words. */
const unknownCredentials = [
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'AuthFailure',
];
const badSignatures = ['SignatureDoesNotMatch', 'InvalidSignatureException', 'InvalidSignature'];

/**
 * Of a clock that the SDK could not set right.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
function isOfClock({ name, message }: Error): boolean {
  return (
    ['RequestTimeTooSkewed', 'RequestInTheFuture'].includes(name) ||
    (badSignatures.includes(name) && /Signature (?:expired|not yet current)/i.test(message))
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html, "Blocked"; S3 says AccountProblem. */
function isOfSuspension({ name, message }: Error): boolean {
  return (
    ['Blocked', 'AccountProblem'].includes(name) ||
    /\baccount (?:is|has been)(?: currently| temporarily)? (?:suspended|blocked|deactivated)/i.test(message)
  );
}

/** It was not AWS who answered, but something on the way. */
export class NotAws extends Error {
  /** Those on the way have bad moments, too: the SDK asks again. */
  readonly $retryable = {};

  constructor() {
    super('an answer that is not of AWS');
  }
}

/**
 * What AWS refuses is the operator's to mend: missing rights, expired credentials, no network. Each command can be
 * run again afterwards.
 */
export async function explainAwsErrors<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const explanation = explain(error);
    if (explanation === undefined) throw error;
    throw new UserError([`${explanation}. Nothing is lost: run the command again afterwards`]);
  }
}

/** Whether no call would be answered, whatever it asks. */
export function isOfCredentials(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const names = [...missingCredentials, ...expiredCredentials, ...unknownCredentials, ...badSignatures];
  return names.includes(error.name) || isOfClock(error) || isOfSuspension(error);
}

/** Whether the region that was asked does not know the credentials, as none does that the account did not enable. */
export function isUnknownToRegion(error: unknown): boolean {
  return error instanceof Error && unknownCredentials.includes(error.name);
}

function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (missingCredentials.includes(error.name))
    return /\bSSO\b.*\b(?:expired|invalid)\b/i.test(error.message) ? ofEndedSession() : withoutCredentials();
  if (expiredCredentials.includes(error.name)) return 'the AWS credentials have expired: sign in again';
  if (isOfClock(error)) {
    return 'the clock of this computer is wrong, and AWS takes no request that is dated so: let the network set it (in the settings of the system, on Linux "sudo timedatectl set-ntp true", in WSL "wsl --shutdown")';
  }
  if (isOfSuspension(error)) {
    return 'AWS has suspended this account: its mail to the address of the root user says why, most often an open bill: pay it in the console under "Billing", or ask https://aws.amazon.com/contact-us/';
  }
  if (unknownCredentials.includes(error.name)) {
    return 'AWS does not know these credentials: sign in again. If that does not help, the region is not enabled in this account (in the console: "Account", "AWS Regions")';
  }
  if (badSignatures.includes(error.name))
    return 'the secret access key does not belong to its access key ID: sign in again, or copy both anew';
  if (error instanceof NotAws) {
    return 'what answered is not AWS but a web page, as of a proxy or a hotel network that asks to sign in: sign in there with a browser, or work from a network without a proxy, such as AWS CloudShell';
  }
  const code = codeOfConnection(error);
  if (code !== undefined) return `cannot reach AWS (${code})`;
  return '$metadata' in error ? `AWS refused: ${error.name}: ${error.message}` : undefined;
}

/** Of a name, a connection or a handshake that failed: EAI_AGAIN, ECONNRESET, SELF_SIGNED_CERT_IN_CHAIN. AWS answers without. */
function codeOfConnection(error: Error): string | undefined {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || path !== undefined) return undefined;
  return '$metadata' in error || syscall === 'connect' || syscall === 'getaddrinfo' ? code : undefined;
}

function ofEndedSession(): string {
  const profile = process.env.AWS_PROFILE;
  return `the session of single sign-on has ended: "aws sso login${profile ? ` --profile ${profile}` : ''}" begins a new one`;
}

function withoutCredentials(): string {
  const profile = process.env.AWS_PROFILE;
  if (!profile) return 'found no AWS credentials: sign in, or set AWS_PROFILE';
  return `found no AWS credentials for the profile "${profile}" that AWS_PROFILE names: "aws configure list-profiles" shows those there are. If it is among them, "aws sso login --profile ${profile}" signs in`;
}
