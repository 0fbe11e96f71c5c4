import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { type Check, look, ready } from '../../account/check.ts';

/** AWS holds new accounts back, and no call says so: only a distribution that exists shows that it does not. */
export const cloudFront: Check = {
  id: 'cloudfront',
  title: 'CloudFront',
  source: 'https://repost.aws/questions/QUB6ufJcPjT_OlyRuMYbEFBw',
  async ask({ aws }) {
    const about = 'CloudFront';
    const { DistributionList } = await aws
      .distributions()
      .send(new ListDistributionsCommand({ MaxItems: 1 }));
    if ((DistributionList?.Quantity ?? 0) > 0)
      return [ready(about, 'accepts the account: it has a distribution')];
    return [
      look(about, 'has no distribution of this account: whether it accepts one, no call shows', [
        'Of a new account ask AWS Support first ("Account and billing", "CloudFront verification"); a day or two.',
      ]),
    ];
  },
};
