import { explainAwsErrors } from './aws-errors.ts';
import { UserError } from './user-error.ts';

/**
 * Does something in the account that the config names. With credentials of another one, nothing would be found there,
 * or something of the same name would be changed.
 *
 * @throws UserError when the credentials are of another account, or AWS refuses
 */
export async function inAccount<T>(
  { account, region }: { readonly account: string; readonly region: string },
  action: () => Promise<T>,
): Promise<T> {
  const [{ GetCallerIdentityCommand, STSClient }, { awsIn }] = await Promise.all([
    import('@aws-sdk/client-sts'),
    import('./aws-client-config.ts'),
  ]);
  return explainAwsErrors(async () => {
    const { Account: found } = await new STSClient(awsIn(region)).send(new GetCallerIdentityCommand({}));
    if (found !== account) {
      throw new UserError([
        `the credentials are of account ${found}, and the config says ${account}: sign in to ${account}, or set AWS_PROFILE; or correct "account" in the config`,
      ]);
    }
    return action();
  });
}
