import { UserError } from './user-error.ts';

const missingCredentials = ['CredentialsProviderError', 'TokenProviderError'];
const expiredCredentials = [
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'InvalidClientTokenId',
];

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
  if (missingCredentials.includes(error.name)) return 'found no AWS credentials: sign in, or set AWS_PROFILE';
  if (expiredCredentials.includes(error.name))
    return 'the AWS credentials have expired or are unknown: sign in again';
  if (
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$/.test(error.code) &&
    'syscall' in error
  ) {
    return error.syscall === 'connect' || error.syscall === 'getaddrinfo'
      ? `cannot reach AWS (${error.code})`
      : undefined;
  }
  return '$metadata' in error ? `AWS refused: ${error.name}: ${error.message}` : undefined;
}
