import { ipv4Range, isPublicRange, rangesOverlap } from '../../model/network/addresses.ts';
import type { NetworkNode } from '../../model/network/interfaces.ts';
import type { Reachability } from '../../model/network/reachability.ts';
import { isNowhere } from '../../model/network/security-groups.ts';
import { waysInForPeople } from '../../model/network/shapes.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { type Context, defineRule, type Finding, fail, pass, unsure } from '../rule.ts';

const waysIn = ['AWS::EC2::ClientVpnEndpoint', 'AWS::WorkSpacesWeb::NetworkSettings'];

/** Somebody else's secure browser is there for whatever the firm wants to open in it. */
function judgedIn({ reachability, declared }: Context): readonly NetworkNode[] {
  return reachability.nodes.filter(({ kind }) => kind === 'vpn' || (declared && waysInForPeople.has(kind)));
}

/** What a VPN client or the secure browser can open a connection to: listeners of a load balancer, and nothing else. */
export const vpnReach = defineRule({
  invariant: 'NET4',
  finding: 'VpnReach',
  en: 'VPN clients and the secure browser reach the admin listener and nothing else',
  ja: 'VPN利用者とセキュアブラウザーが到達できるのは管理リスナーだけである',
  appliesTo: waysIn,
  judgeAll(context) {
    const { reachability, graph } = context;
    return judgedIn(context).flatMap((vpn) => {
      const reached = reachability.nodes.flatMap((node) => portsOf(node).map((port) => ({ node, port })));
      const findings: Finding[] = [];
      for (const { node, port } of reached) {
        // The endpoint itself listens to nobody inside.
        if (node === vpn || node.kind === 'load-balancer') continue;
        const rules = reachability.connection(vpn, node, port);
        if (rules.length === 0) continue;
        const reason =
          vpn.kind === 'vpn'
            ? `VPN clients can connect to ${node.name} on port ${port}`
            : `the secure browser can connect to ${node.name} on port ${port}`;
        findings.push({ resource: vpn.resource, ...fail(reason) });
        for (const rule of rules) findings.push({ resource: rule.source, ...fail(reason) });
      }
      if (findings.length > 0) return findings;
      const said = leadsAnywhere(vpn, graph)
        ? unsure('clients may go where these templates do not tell what answers')
        : pass('clients reach load balancers only');
      return [{ resource: vpn.resource, ...said }];
    });
  },
});

/** Whether clients are let into networks that these templates do not make, so that nobody sees what is there. */
function leadsAnywhere(vpn: NetworkNode, graph: EnvironmentGraph): boolean {
  const authorized = graph
    .referring(vpn.resource, 'AWS::EC2::ClientVpnAuthorizationRule', 'ClientVpnEndpointId')
    .map(({ properties }) => ipv4Range(properties.TargetNetworkCidr));
  return !vpn.subnetsKnown || authorized.some((range) => !range || isPublicRange(range));
}

function portsOf(node: NetworkNode): readonly number[] {
  return node.ports ?? [80, 443, 3306, 5432, 8080, 22];
}

/** Its own group says the same: out of it lead only the admin ports of the load balancer. */
export const vpnEgress = defineRule({
  invariant: 'NET4',
  finding: 'VpnEgress',
  en: 'The security groups of the VPN and of the secure browser lead to the admin listener only',
  ja: 'VPNとセキュアブラウザーのセキュリティグループから出られる先は管理リスナーだけである',
  appliesTo: waysIn,
  judgeAll(context) {
    const { reachability, graph } = context;
    return judgedIn(context).flatMap((vpn) => {
      if (vpn.groups.length === 0)
        return [{ resource: vpn.resource, ...fail('has no security group of its own') }];
      const leads = vpn.groups.flatMap((group) =>
        reachability
          .rulesOf(group)
          .filter((rule) => rule.direction === 'egress')
          .map((rule): Finding => {
            if (isNowhere(rule.peer)) return { resource: rule.source, ...pass('leads nowhere') };
            const target = rule.peer.kind === 'group' ? reachability.nodesWith(rule.peer.group) : [];
            const admin = target.length > 0 && target.every((node) => node.kind === 'load-balancer');
            const listening = target.flatMap((node) => node.ports ?? []);
            const one = rule.ports.from === rule.ports.to && listening.includes(rule.ports.from);
            const isPublic = publicPorts(
              reachability,
              graph.ofType('AWS::CloudFront::Distribution'),
            ).includes(rule.ports.from);
            return {
              resource: rule.source,
              ...(admin && one && !isPublic
                ? pass(`leads to a load balancer on port ${rule.ports.from}`)
                : fail(
                    vpn.kind === 'vpn'
                      ? 'lets VPN clients out to more than the admin listener'
                      : 'lets the secure browser out to more than the admin listener',
                  )),
            };
          }),
      );
      return [...leads, ...judgeEndpoint(vpn, leads, reachability)];
    });
  },
});

/** The endpoint is named too: a group that others carry stands with them, and was right there before. */
function judgeEndpoint(vpn: NetworkNode, leads: readonly Finding[], reachability: Reachability): Finding[] {
  const { resource } = vpn;
  const shared = vpn.groups.flatMap((group) =>
    reachability
      .nodesWith(group)
      .filter((node) => node.resource !== resource)
      .map(({ name }) => fail(`carries ${group.logicalId}, the group of ${name}; expected one of its own`)),
  );
  const wide = leads.some(({ outcome }) => outcome === 'non-compliant')
    ? [fail('its security group lets clients out to more than the admin listener')]
    : [];
  const found = [...shared, ...wide];
  return (found.length > 0 ? found : [pass('has a group of its own')]).map((each) => ({ resource, ...each }));
}

function publicPorts(reachability: Reachability, distributions: readonly Resource[]): number[] {
  return distributions.flatMap((each) => reachability.vpcOriginsOf(each)).flatMap(({ port }) => port ?? []);
}

/** A VPC has 65,536 addresses at most: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const largestVpc = 2 ** 16;

/** Authorization is by subnet: never the ones with data in them, never everything. */
export const vpnAuthorization = defineRule({
  invariant: 'NET4',
  finding: 'VpnAuthorization',
  en: 'The VPN authorizes nobody to the data subnets or the Internet',
  ja: 'VPNの承認ルールはデータサブネットやインターネットを許可しない',
  appliesTo: ['AWS::EC2::ClientVpnAuthorizationRule', 'AWS::EC2::ClientVpnRoute'],
  judge(rule, { reachability, graph }) {
    const written = rule.properties.TargetNetworkCidr ?? rule.properties.DestinationCidrBlock;
    const range =
      ipv4Range(written) ??
      ipv4Range(graph.target(written, 'AWS::EC2::Subnet', 'AWS::EC2::VPC')?.properties.CidrBlock);
    if (!range) return fail('authorizes a network that cannot be read here');
    const data = reachability.nodes.filter((node) =>
      ['database', 'file-system', 'cache'].includes(node.kind),
    );
    const open = data.filter((node) =>
      node.subnets.some((subnet) => {
        const block = ipv4Range(subnet.properties.CidrBlock);
        return block !== undefined && rangesOverlap(block, range);
      }),
    );
    if (open.length > 0) return fail(`covers the subnets of ${open.map((node) => node.name).join(', ')}`);
    return range.last - range.first >= largestVpc || range.first === 0
      ? fail('covers more than the VPC')
      : pass('covers no subnet with data');
  },
});
