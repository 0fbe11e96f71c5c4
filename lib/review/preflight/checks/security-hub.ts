import { DescribeHubCommand } from '@aws-sdk/client-securityhub';
import { type Check, ready } from '../../account/check.ts';

/**
 * The config says nothing of Security Hub, because the shop makes none and needs none: either answer is right. Whoever
 * has it finds what it holds open in `status`.
 */
export const securityHub: Check = {
  id: 'security-hub',
  title: 'Security Hub',
  source: 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html',
  async ask({ environment, aws }) {
    const about = 'Security Hub';
    try {
      await aws.hub(environment.region).send(new DescribeHubCommand({}));
      return [ready(about, 'is on in this account: "secure-shop status" shows what it holds open')];
    } catch (error) {
      // So it says of an account that has not switched it on, and of one whose hub is gone.
      if (!/^(InvalidAccess|ResourceNotFound)Exception$/.test((error as Error).name)) throw error;
      return [ready(about, 'is not on in this account; the shop does not need it')];
    }
  },
};
