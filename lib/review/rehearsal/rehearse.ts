import { browserPolicyOf } from '../../checks/model/browser-policy.ts';
import type { NetworkNode } from '../../checks/model/network/interfaces.ts';
import { Reachability } from '../../checks/model/network/reachability.ts';
import { regionalWebAcl } from '../../checks/model/requests/from-internet.ts';
import { answerOfListener } from '../../checks/model/requests/load-balancer.ts';
import { parseRequest, type RequestInput, type WireRequest } from '../../checks/model/requests/request.ts';
import { answerOfWebAcl } from '../../checks/model/requests/web-acl.ts';
import { EnvironmentGraph, type Resource, type TemplateInput } from '../../checks/model/templates.ts';
import { at, list, numeric, text, tokensIn } from '../../checks/model/values.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import { aliasesOf, answersTo, decisionOfCloudFront } from './cloudfront.ts';
import { type Decision, decisionOfWebAcl, type Hop, unreachable, type Verdict } from './verdict.ts';

/** The templates of one environment. */
export interface RehearsalEnvironment {
  readonly name: string;
  readonly templates: readonly TemplateInput[];
}

export interface Rehearsal {
  readonly verdict: Verdict;
  readonly hops: readonly Hop[];
}

/** Answers requests from templates alone, as the AWS services in their way document their behaviour. */
export class Rehearser {
  private readonly environments: readonly RehearsedEnvironment[];

  constructor(environments: readonly RehearsalEnvironment[]) {
    this.environments = environments.map((environment) => new RehearsedEnvironment(environment));
  }

  /** @throws UserError when the URL cannot be taken apart */
  rehearse(input: RequestInput): Rehearsal {
    const request = parseRequest(input, this.environments[0]?.domain);
    const hops: Hop[] = [];
    const decision = this.decide(request, hops);
    const limits = hops.flatMap((hop) => hop.limits ?? []);
    const cache = hops.find((hop) => hop.cache)?.cache ?? null;
    return { verdict: { url: input.url, ...decision, limits, cache }, hops };
  }

  private decide(request: WireRequest, hops: Hop[]): Decision {
    if (request.from === 'check') return this.fromCheck(request, hops);
    const privateTo = this.environments.find(({ adminHosts }) => adminHosts.includes(request.host));
    if (request.from === 'vpn') {
      if (privateTo) return privateTo.fromWayIn('vpn', request, hops);
      hops.push({
        at: 'VPN client',
        says: `${request.host} is no private name behind the VPN: split tunnel sends the request through the Internet`,
      });
    }
    if (request.from === 'browser') {
      const asked =
        privateTo ?? this.environments.find(({ hasBrowser }) => hasBrowser) ?? this.environments[0];
      if (asked) return asked.fromWayIn('browser', request, hops);
    }
    // A resolver takes "shop.example." for the same name; CloudFront then judges the Host header as it was sent.
    const name = request.host.replace(/\.$/, '');
    for (const environment of this.environments) {
      const distribution = environment.distributionOf(name);
      if (distribution) return environment.fromInternet(distribution, request, hops);
    }
    const says = privateTo
      ? `${request.host} exists in a private zone only`
      : `${request.host} is none of the shop's names on the Internet`;
    hops.push({ at: 'DNS', says });
    return unreachable(`DNS: ${says}`);
  }

  /** Whichever environment answers to the host, under its public names or its admin host. */
  private fromCheck(request: WireRequest, hops: Hop[]): Decision {
    const environment = this.environments.find(
      (each) => each.distributionOf(request.host) !== undefined || each.checkedHosts.includes(request.host),
    );
    if (environment) return environment.fromCheck(hops);
    const by = `${request.host} is no host that the check of a new image asks for`;
    hops.push({ at: 'check', says: by });
    return unreachable(by);
  }
}

type WayIn = 'vpn' | 'browser';

/** The ways in for people, by what the network calls those who take them. */
const waysIn = {
  vpn: {
    station: 'VPN client',
    at: 'Client VPN',
    missing: 'Client VPN: the templates hold no endpoint',
    lets: 'lets in people with a certificate of their own that is not revoked, in the configured hours',
    gates: 'authorization rules and security groups',
    who: 'VPN clients',
  },
  browser: {
    station: 'secure browser',
    at: 'secure browser',
    missing: 'secure browser: the templates hold no portal',
    lets: 'lets in people who are assigned to the portal and sign in through IAM Identity Center',
    gates: 'security groups',
    who: 'the secure browser',
  },
} as const;
const otherWay: Readonly<Record<WayIn, WayIn>> = { vpn: 'browser', browser: 'vpn' };

class RehearsedEnvironment {
  /** Names that only the ways in for people lead to. */
  readonly adminHosts: readonly string[];
  private readonly graph: EnvironmentGraph;
  private readonly reachability: Reachability;
  private readonly distributions: readonly Resource[];

  constructor({ templates }: RehearsalEnvironment) {
    this.graph = new EnvironmentGraph(templates);
    this.reachability = new Reachability(this.graph);
    this.distributions = this.graph.ofType('AWS::CloudFront::Distribution');
    this.adminHosts = [...privateNames(this.graph)];
  }

  /** The name the shop is known by. */
  get domain(): string | undefined {
    return this.distributions.flatMap(aliasesOf)[0];
  }

  /** What the Internet finds under a name. */
  distributionOf(host: string): Resource | undefined {
    return this.distributions.find((distribution) => answersTo(distribution, host));
  }

  fromInternet(distribution: Resource, request: WireRequest, hops: Hop[]): Decision {
    const decision = decisionOfCloudFront(this.graph, distribution, request, hops);
    if (decision) return decision;
    const [origin] = this.reachability.vpcOriginsOf(distribution);
    if (origin?.port !== undefined)
      return this.throughLoadBalancer(origin.balancer, origin.port, request, hops);
    hops.push({ at: 'CloudFront', says: 'has an origin that is not a load balancer of these templates' });
    return {
      verdict: 'allow',
      status: null,
      by: 'CloudFront: passed on to an origin outside the templates',
    };
  }

  /** Hosts that the function itself names in its settings. */
  get checkedHosts(): string[] {
    return this.checkers.flatMap(({ resource }) => {
      const written = text(at(resource.properties, 'Environment', 'Variables', 'SETTINGS')) ?? '';
      return [...written.matchAll(/"(?:host|adminHost)":"([^":]+)/g)].map(([, host = '']) =>
        host.toLowerCase(),
      );
    });
  }

  private get checkers(): NetworkNode[] {
    return this.reachability.nodes.filter(
      ({ resource }) => resource.metadata[declarationKeys.smokeCheck] === true,
    );
  }

  /** Straight to the tasks: no edge, no web ACL and no listener is on the way. */
  fromCheck(hops: Hop[]): Decision {
    const tasks = this.reachability.nodes.filter(({ kind }) => kind === 'task');
    const reached = tasks.filter((task) =>
      this.checkers.some((checker) =>
        containerPorts(this.graph, task.resource).some(
          (port) => this.reachability.reaches(checker, task, port).answer === 'yes',
        ),
      ),
    );
    const way = 'security groups: ';
    if (reached.length === 0 || reached.length < tasks.length) {
      const by = `${way}no way from the check of a new image to the tasks of the shop`;
      hops.push({ at: 'check', says: by });
      return unreachable(by);
    }
    hops.push({
      at: 'check',
      says: `${way}the check of a new image asks the tasks themselves, past the edge`,
    });
    return { verdict: 'allow', status: null, by: 'the tasks of the shop, asked from inside' };
  }

  get hasBrowser(): boolean {
    return this.peopleBy('browser').length > 0;
  }

  private peopleBy(way: WayIn): NetworkNode[] {
    return this.reachability.nodes.filter(({ kind }) => kind === way);
  }

  fromWayIn(way: WayIn, request: WireRequest, hops: Hop[]): Decision {
    const { station, at, missing, lets, gates, who } = waysIn[way];
    const stops = (where: string, by: string): Decision => {
      hops.push({ at: where, says: by });
      return unreachable(by);
    };
    const people = this.peopleBy(way);
    const balancer = this.balancerNamed(request.host);
    if (people.length === 0) {
      const other = otherWay[way];
      const instead = this.peopleBy(other).length > 0 ? `; people come in with --from ${other}` : '';
      return stops(station, `${missing}${instead}`);
    }
    const shut = way === 'browser' && !this.browserOpens(request);
    if (shut)
      return stops(station, `secure browser: its policy does not open ${request.host}:${request.port}`);
    if (!balancer) return stops(station, `DNS: ${request.host} leads nowhere`);
    hops.push({ at, says: lets });
    const letIn = people.some(
      (client) => this.reachability.connection(client, balancer, request.port).length > 0,
    );
    if (!letIn) return stops('network', `${gates}: no way from ${who} to port ${request.port}`);
    hops.push({ at: 'network', says: `${gates} let ${who} to port ${request.port}` });
    return this.throughLoadBalancer(balancer.resource, request.port, request, hops);
  }

  /** Chrome takes an address without a port for any port, and a host for those below it. */
  private browserOpens({ scheme, host, port }: WireRequest): boolean {
    return this.graph.ofType('AWS::WorkSpacesWeb::BrowserSettings').every((settings) => {
      const policy = browserPolicyOf(settings);
      if (!policy?.elseShut) return true;
      return policy.opened.some((address) => {
        const [, itsScheme, itsHost = '', itsPort] = /^(\w+):\/\/([^:/]+)(?::(\d+))?/.exec(address) ?? [];
        return (
          itsScheme === scheme &&
          (host === itsHost.replace(/^\./, '') || host.endsWith(`.${itsHost}`)) &&
          (itsPort === undefined || Number(itsPort) === port)
        );
      });
    });
  }

  private balancerNamed(host: string): NetworkNode | undefined {
    const balancers = this.reachability.nodes.filter(({ kind }) => kind === 'load-balancer');
    const record = this.graph
      .ofType('AWS::Route53::RecordSet')
      .find((candidate) => recordName(candidate) === host);
    const [target] = tokensIn(text(at(record?.properties, 'AliasTarget', 'DNSName')) ?? '');
    return balancers.find(
      ({ resource }) => resource.stack === target?.stack && resource.logicalId === target.logicalId,
    );
  }

  private throughLoadBalancer(balancer: Resource, port: number, request: WireRequest, hops: Hop[]): Decision {
    const acl = regionalWebAcl(this.graph, balancer);
    const decision = acl && decisionOfWebAcl(acl, answerOfWebAcl(this.graph, acl, request), hops);
    if (decision) return decision;
    const listener = this.graph
      .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
      .find(({ properties }) => Number(properties.Port) === port);
    if (!listener) {
      hops.push({ at: 'load balancer', says: `no listener on port ${port}` });
      return unreachable(`load balancer: no listener on port ${port}`);
    }
    const answer = answerOfListener(this.graph, listener, request);
    const station = `listener ${port}`;
    if (answer.action === 'forward') {
      hops.push({ at: station, says: `${answer.rule} forwards to the shop` });
      return { verdict: 'allow', status: null, by: `${station}, ${answer.rule}: forwarded to the shop` };
    }
    hops.push({ at: station, says: `${answer.rule} answers ${answer.status}` });
    const verdict = answer.action === 'respond' && answer.status >= 400 ? 'block' : 'allow';
    return { verdict, status: answer.status, by: `${station}, ${answer.rule}` };
  }
}

function containerPorts(graph: EnvironmentGraph, service: Resource): number[] {
  const task = graph.target(service.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return list(task?.properties.ContainerDefinitions)
    .flatMap((container) => list(at(container, 'PortMappings')))
    .flatMap((mapping) => numeric(at(mapping, 'ContainerPort')) ?? []);
}

/** Names that exist only inside the VPC. */
function* privateNames(graph: EnvironmentGraph): Iterable<string> {
  for (const record of graph.ofType('AWS::Route53::RecordSet')) {
    const zone = graph.target(record.properties.HostedZoneId, 'AWS::Route53::HostedZone');
    if (zone && list(zone.properties.VPCs).length > 0) yield recordName(record);
  }
}

function recordName(record: Resource): string {
  return (text(record.properties.Name) ?? '').replace(/\.$/, '').toLowerCase();
}
