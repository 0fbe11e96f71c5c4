import { UserError } from './user-error.ts';

const missingCredentials = ['CredentialsProviderError', 'TokenProviderError'];
const expiredCredentials = [
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'InvalidClientTokenId',
];

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
  return error instanceof Error && [...missingCredentials, ...expiredCredentials].includes(error.name);
}

function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (missingCredentials.includes(error.name)) return withoutCredentials();
  if (expiredCredentials.includes(error.name))
    return 'the AWS credentials have expired or are unknown: sign in again';
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

function withoutCredentials(): string {
  const profile = process.env.AWS_PROFILE;
  if (!profile) return 'found no AWS credentials: sign in, or set AWS_PROFILE';
  return `found no AWS credentials for the profile "${profile}" that AWS_PROFILE names: "aws configure list-profiles" shows those there are; if it is among them, "aws sso login --profile ${profile}" signs in`;
}
