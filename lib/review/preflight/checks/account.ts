import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Check, problem, ready } from '../../account/check.ts';

/** The credentials are of the account that the config names. */
export const account: Check = {
  id: 'account',
  title: 'Account',
  first: true,
  source: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
  async ask({ environment, aws }) {
    const { Account: found = '', Arn: arn = '' } = await aws
      .identity(environment.region)
      .send(new GetCallerIdentityCommand({}));
    const about = `account ${environment.account}`;
    if (found !== environment.account) {
      return [
        problem(about, `the credentials are of account ${found}`, [
          `Sign in to ${environment.account}, or set AWS_PROFILE; or correct "account" in the config.`,
        ]),
      ];
    }
    if (arn.endsWith(':root')) {
      return [
        problem(about, 'these are the credentials of the root user', [
          'Work as an administrator with single sign-on; the root user needs no access key.',
        ]),
      ];
    }
    return [ready(about, `signed in as ${arn}`)];
  },
};
