import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import { type Check, look, problem, ready } from '../../account/check.ts';

/** SES takes the mails of the shop, and to everybody. */
export const ses: Check = {
  id: 'ses',
  title: 'Mails by SES',
  source: 'https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html',
  async ask({ environment: { mail, region, domain }, aws }) {
    if (mail?.kind !== 'ses') return [];
    const about = 'SES';
    const { SendingEnabled, ProductionAccessEnabled, EnforcementStatus } = await aws
      .mails(region)
      .send(new GetAccountCommand({}));
    if (SendingEnabled === false || EnforcementStatus === 'SHUTDOWN') {
      return [
        problem(about, `sends nothing for this account (${EnforcementStatus ?? 'paused'})`, [
          'Ask AWS Support why, or send by another mail server: mail in the config.',
        ]),
      ];
    }
    if (EnforcementStatus === 'PROBATION') {
      return [
        look(about, 'watches this account for complaints and bounces (PROBATION)', [
          'Read what SES says in its console before customers depend on it.',
        ]),
      ];
    }
    if (ProductionAccessEnabled) return [ready(about, 'sends to everybody')];
    return [
      look(about, 'sends to confirmed addresses only (sandbox): no customer would hear of an order', [
        'Ask for production access before the shop opens; a day.',
        `aws sesv2 put-account-details --region ${region} --production-access-enabled --mail-type TRANSACTIONAL --website-url https://${domain}/`,
      ]),
    ];
  },
};
