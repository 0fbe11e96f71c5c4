import type { Constraint } from '../constraint.ts';
import { label, resources, target, text } from '../environment.ts';
import { at, list } from '../json.ts';
import { matches } from '../policies.ts';

const endpointType = 'AWS::EC2::ClientVpnEndpoint';

const sourceIsGroup: Constraint = {
  id: 'vpn-source-is-group',
  says: 'the endpoint has a group of its own, and some listener’s group admits that group, not addresses',
  violations: (environment) =>
    resources(environment, endpointType).flatMap((endpoint) => {
      const groups = list(endpoint.properties.SecurityGroupIds).flatMap((value) => {
        const group = target(environment, endpoint.stack, value);
        return group ? [group] : [];
      });
      if (groups.length === 0) return [`${label(endpoint)}: takes the default group of the VPC`];
      const admitted = resources(environment, 'AWS::EC2::SecurityGroupIngress').some(
        ({ stack, properties }) => {
          const source = target(environment, stack, properties.SourceSecurityGroupId);
          return groups.some((group) => group.id === source?.id && group.stack.name === source.stack.name);
        },
      );
      return admitted ? [] : [`${label(endpoint)}: nothing admits its group`];
    }),
  breakIn(environment) {
    const [endpoint] = resources(environment, endpointType);
    if (endpoint) delete endpoint.properties.SecurityGroupIds;
    return endpoint !== undefined;
  },
};

const handlerName: Constraint = {
  id: 'vpn-handler-name',
  says: 'the connection handler has a name Client VPN takes, and room for several people at once',
  violations: (environment) =>
    resources(environment, endpointType).flatMap((endpoint) => {
      const handler = target(
        environment,
        endpoint.stack,
        at(endpoint.properties, 'ClientConnectOptions', 'LambdaFunctionArn'),
      );
      if (!handler) return [`${label(endpoint)}: no connection handler`];
      const name = text(environment, handler.stack, handler.properties.FunctionName);
      const room = handler.properties.ReservedConcurrentExecutions;
      return [
        ...(name.startsWith('AWSClientVPN-') && name.length <= 64 ? [] : [`${label(handler)}: "${name}"`]),
        ...(Number(handler.properties.Timeout) <= 30 ? [] : [`${label(handler)}: answers after 30 seconds`]),
        ...(room === undefined || Number(room) >= 2 ? [] : [`${label(handler)}: one connection at a time`]),
      ];
    }),
  breakIn(environment) {
    for (const endpoint of resources(environment, endpointType)) {
      const arn = at(endpoint.properties, 'ClientConnectOptions', 'LambdaFunctionArn');
      const handler = target(environment, endpoint.stack, arn);
      if (!handler) continue;
      handler.properties.FunctionName = 'client-connect';
      return true;
    }
    return false;
  },
};

const dns: Constraint = {
  id: 'vpn-dns',
  says: 'VPN clients that ask the VPC’s resolver get an answer for the admin host',
  violations(environment) {
    if (
      !resources(environment, endpointType).some(({ properties }) => list(properties.DnsServers).length > 0)
    )
      return [];
    const allowed = resources(environment, 'AWS::Route53Resolver::FirewallDomainList')
      .flatMap((domains) =>
        list(domains.properties.Domains).map((domain) => text(environment, domains.stack, domain)),
      )
      .filter((domain) => domain !== '*');
    return resources(environment, 'AWS::Route53::HostedZone')
      .map((zone) => text(environment, zone.stack, zone.properties.Name).replace(/\.$/, ''))
      .filter((name) => !allowed.some((domain) => matches(domain, name)))
      .map((name) => `${environment.name}: the DNS firewall blocks ${name}`);
  },
  breakIn(environment) {
    const [zone] = resources(environment, 'AWS::Route53::HostedZone');
    if (zone) zone.properties.Name = 'elsewhere.example.net.';
    return zone !== undefined;
  },
};

export const admin: Constraint[] = [sourceIsGroup, handlerName, dns];
