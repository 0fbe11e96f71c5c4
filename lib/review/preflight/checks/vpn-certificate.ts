import { DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm';
import { type Check, look, problem, ready } from '../../account/check.ts';

/** Long enough to make another one without haste. */
const leastDays = 30;
const day = 86_400_000;

/** The VPN's server certificate exists and does not end soon. */
export const vpnCertificate: Check = {
  id: 'vpn-certificate',
  title: 'VPN certificate',
  source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/client-authentication.html',
  async ask({ environment, aws, now }) {
    const about = 'VPN certificate';
    const { certificateArn: arn } = environment.admin.vpn;
    if (arn === undefined && environment.admin.secureBrowser !== undefined)
      return [ready(about, 'is not needed: people come in by the secure browser')];
    if (arn === undefined) {
      return [
        look(about, 'is not named in the config: the admin screens stay closed', [
          'Right for the first deploy; afterwards make it, and write its ARN into admin.vpn.certificateArn.',
          'npx --no-install secure-shop vpn init',
        ]),
      ];
    }
    try {
      const { Certificate: found } = await aws
        .certificates(environment.region)
        .send(new DescribeCertificateCommand({ CertificateArn: arn }));
      const days = Math.floor(((found?.NotAfter?.getTime() ?? 0) - now.getTime()) / day);
      return [
        days >= leastDays
          ? ready(about, `ends in ${days} days`)
          : problem(about, days < 0 ? 'has ended' : `ends in ${days} days`, [
              'Make another one, and deploy.',
              'npx --no-install secure-shop vpn init',
            ]),
      ];
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      return [
        problem(about, `${arn} does not exist`, [
          'Take it out of the config for the first deploy; then make it with "npx --no-install secure-shop vpn init".',
        ]),
      ];
    }
  },
};
