import { GetHostedZoneCommand, NoSuchHostedZone } from '@aws-sdk/client-route-53';
import { type Account, type Answer, type Check, problem, ready } from '../../account/check.ts';

/** The zone is public, and the rest of the world asks its name servers. */
export const hostedZone: Check = {
  id: 'hosted-zone',
  title: 'Hosted zone',
  source: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html',
  async ask({ environment: { hostedZone: zone }, aws, dns }) {
    const about = `zone ${zone.name}`;
    const found = await zoneOf(aws.zones(), zone.id);
    if (!found) {
      return [
        problem(about, `the account has no zone ${zone.id}`, ['Correct "hostedZone.id" in the config.']),
      ];
    }
    const answers: Answer[] = [];
    if (found.name !== zone.name) {
      answers.push(
        problem(about, `${zone.id} is the zone of ${found.name}`, ['Correct "hostedZone" in the config.']),
      );
    }
    if (found.isPrivate) {
      return [
        ...answers,
        problem(about, 'is private: nobody outside a VPC can ask it', [
          'Make a public zone, and write its id into "hostedZone.id".',
        ]),
      ];
    }
    const asked = await dns.nameServers(zone.name);
    if (same(asked, found.servers)) return [...answers, ready(about, 'is public and delegated')];
    return [
      ...answers,
      problem(about, `the world asks ${asked.length > 0 ? asked.join(', ') : 'no name server'} for it`, [
        `Name these at the registrar, or in the zone above: ${found.servers.join(', ')}. It takes up to two days.`,
      ]),
    ];
  },
};

async function zoneOf(route53: ReturnType<Account['aws']['zones']>, Id: string) {
  try {
    const { HostedZone, DelegationSet } = await route53.send(new GetHostedZoneCommand({ Id }));
    return {
      name: (HostedZone?.Name ?? '').replace(/\.$/, ''),
      isPrivate: HostedZone?.Config?.PrivateZone === true,
      servers: (DelegationSet?.NameServers ?? []).map((each) => each.toLowerCase()).sort(),
    };
  } catch (error) {
    if (error instanceof NoSuchHostedZone) return undefined;
    throw error;
  }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && one.join() === other.join();
}
