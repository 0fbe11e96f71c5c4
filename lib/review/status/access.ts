import { vpnNames } from '../../environment/admin/names.ts';
import { personCertificateRenewalDays, revocationListWarningDays } from '../../environment/admin/periods.ts';
import type { VpnContext } from '../../environment/admin/vpn/context.ts';
import { inDays, isoDate } from '../../environment/admin/vpn/dates.ts';
import { findEndpoint } from '../../environment/admin/vpn/endpoint.ts';
import { CertificateRegister, isActive } from '../../environment/admin/vpn/register.ts';
import { currentRevocationList, hasExpired } from '../../environment/admin/vpn/revocation-list.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import type { Operated, Question } from './question.ts';

/** Who can reach the admin screens, and until when. */
export const access: Question = {
  id: 'vpn-access',
  title: 'VPN access',
  source: 'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/client-authentication.html',
  async ask(operated) {
    const context = contextOf(operated);
    const endpoint = await findEndpoint(context);
    if (!endpoint) {
      return [
        look('VPN', 'is not deployed: the admin screens are closed', [
          'Make its certificate, write its ARN into admin.vpn.certificateArn, and deploy.',
          'npx --no-install secure-shop vpn init',
        ]),
      ];
    }
    return [...(await people(operated, context.register)), ...(await revocations(context, endpoint))];
  },
};

function contextOf({ shop, environment, aws, now }: Operated): VpnContext {
  const { region } = environment;
  const names = vpnNames(shop.name, environment);
  const ssm = aws.parameters(region);
  return {
    shop,
    environment,
    names,
    register: new CertificateRegister(ssm, names.register),
    ssm,
    secretsManager: aws.secrets(region),
    acm: aws.certificates(region),
    ec2: aws.network(region),
    now: () => now,
    say: () => {},
  };
}

async function people({ environment, now }: Operated, register: CertificateRegister): Promise<Answer[]> {
  const active = (await register.all()).filter((certificate) => isActive(certificate, now));
  const named = environment.admin.people.map(({ name }) => name);
  const others = [...new Set(active.map(({ person }) => person))].filter((name) => !named.includes(name));
  return [
    ...named.map((person) => {
      const last = active.filter((certificate) => certificate.person === person).at(-1);
      const issue = `npx --no-install secure-shop vpn issue ${person}`;
      if (!last)
        return look(`VPN: ${person}`, 'has no valid certificate', [
          'Issue one, or take the name out.',
          issue,
        ]);
      const says = `may connect until ${isoDate(last.notAfter)}`;
      return inDays(last.notAfter, now) < personCertificateRenewalDays
        ? look(`VPN: ${person}`, says, ['Issue the next certificate.', issue])
        : ready(`VPN: ${person}`, says);
    }),
    ...others.map((person) =>
      problem(`VPN: ${person}`, 'is not in the config any more, but may connect', [
        'Take the certificate away.',
        `npx --no-install secure-shop vpn revoke ${person}`,
      ]),
    ),
  ];
}

async function revocations(
  context: VpnContext,
  endpoint: NonNullable<Awaited<ReturnType<typeof findEndpoint>>>,
): Promise<Answer[]> {
  const list = await currentRevocationList(context, endpoint);
  if (!list?.nextUpdate) return [];
  const says = `${hasExpired(list, context.now()) ? 'ended' : 'ends'} on ${isoDate(list.nextUpdate)}`;
  return [
    inDays(list.nextUpdate, context.now()) < revocationListWarningDays
      ? problem('VPN: revocation list', `${says}; then nobody can connect`, [
          'Renew it; sessions end, and those who may connect again.',
          'npx --no-install secure-shop vpn renew-crl',
        ])
      : ready('VPN: revocation list', says),
  ];
}
