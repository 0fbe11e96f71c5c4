import { type NetworkNode, Reachability } from '../checks/model/reachability.ts';
import { answerOfListener } from '../checks/model/requests/load-balancer.ts';
import {
  hostHeader,
  parseRequest,
  type RequestInput,
  type WireRequest,
} from '../checks/model/requests/request.ts';
import { type AclAnswer, answerOfWebAcl } from '../checks/model/requests/web-acl.ts';
import { EnvironmentGraph, type Resource, type TemplateInput } from '../checks/model/templates.ts';
import {
  at,
  hasUnknown,
  isFalse,
  list,
  map,
  text,
  tokensIn,
  type Value,
  type ValueMap,
} from '../checks/model/values.ts';

/** The templates of one environment. */
export interface RehearsalEnvironment {
  readonly name: string;
  readonly templates: readonly TemplateInput[];
}

export interface Verdict {
  readonly url: string;
  readonly verdict: 'block' | 'challenge' | 'allow' | 'unreachable';
  /** What the client is answered; null when the shop itself answers, or nobody does. */
  readonly status: number | null;
  /** The rule, resource or fact that decided. */
  readonly by: string;
}

/** One station on the way of a request, and what happened there. */
export interface Hop {
  readonly at: string;
  readonly says: string;
}

export interface Rehearsal {
  readonly verdict: Verdict;
  readonly hops: readonly Hop[];
}

type Decision = Omit<Verdict, 'url'>;

/** Answers requests from templates alone, as the AWS services in their way document their behaviour. */
export class Rehearser {
  readonly #environments: readonly RehearsedEnvironment[];

  constructor(environments: readonly RehearsalEnvironment[]) {
    this.#environments = environments.map((environment) => new RehearsedEnvironment(environment));
  }

  /** @throws UserError when the URL cannot be taken apart */
  rehearse(input: RequestInput): Rehearsal {
    const request = parseRequest(input, this.#environments[0]?.domain);
    const hops: Hop[] = [];
    const decision = this.#decide(request, hops);
    return { verdict: { url: input.url, ...decision }, hops };
  }

  #decide(request: WireRequest, hops: Hop[]): Decision {
    if (request.from === 'vpn') {
      const environment = this.#environments.find(({ adminHosts }) => adminHosts.includes(request.host));
      if (environment) return environment.fromVpn(request, hops);
      hops.push({
        at: 'VPN client',
        says: `${request.host} is no private name behind the VPN: split tunnel sends the request through the Internet`,
      });
    }
    // A resolver takes "shop.example." for the same name; CloudFront then judges the Host header as it was sent.
    const name = request.host.replace(/\.$/, '');
    const environment = this.#environments.find((candidate) => candidate.serves(name));
    if (environment) return environment.fromInternet(request, hops);

    const isAdmin = this.#environments.some(({ adminHosts }) => adminHosts.includes(request.host));
    const by = isAdmin
      ? `DNS: ${request.host} exists in a private zone only`
      : `DNS: ${request.host} is none of the shop's names on the Internet`;
    hops.push({ at: 'DNS', says: by.slice('DNS: '.length) });
    return { verdict: 'unreachable', status: null, by };
  }
}

class RehearsedEnvironment {
  /** Names behind the VPN. */
  readonly adminHosts: readonly string[];
  readonly #graph: EnvironmentGraph;
  readonly #reachability: Reachability;
  readonly #distributions: readonly Resource[];

  constructor({ templates }: RehearsalEnvironment) {
    this.#graph = new EnvironmentGraph(templates);
    this.#reachability = new Reachability(this.#graph);
    this.#distributions = this.#graph.ofType('AWS::CloudFront::Distribution');
    this.adminHosts = [...privateNames(this.#graph)];
  }

  /** The name the shop is known by. */
  get domain(): string | undefined {
    return this.#distributions.flatMap(aliasesOf)[0];
  }

  /** Whether the Internet finds a distribution of this environment under the name. */
  serves(host: string): boolean {
    return this.#distributions.some((distribution) => answersTo(distribution, host));
  }

  // -------------------------------------------------------------------------------------------- from the Internet

  fromInternet(request: WireRequest, hops: Hop[]): Decision {
    const name = request.host.replace(/\.$/, '');
    const distribution = this.#distributions.find((candidate) => answersTo(candidate, name));
    if (!distribution) throw new Error(`no distribution serves ${request.host}`);
    return (
      this.#atCloudFront(distribution, request, hops) ?? this.#behindCloudFront(distribution, request, hops)
    );
  }

  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html */
  #atCloudFront(distribution: Resource, request: WireRequest, hops: Hop[]): Decision | undefined {
    const say = (says: string) => hops.push({ at: 'CloudFront', says });
    const config = map(distribution.properties.DistributionConfig);
    if (request.port !== (request.scheme === 'https' ? 443 : 80)) {
      say(`listens on 80 and 443, not on ${request.port}`);
      return {
        verdict: 'unreachable',
        status: null,
        by: `CloudFront: nothing listens on port ${request.port}`,
      };
    }
    const host = hostHeader(request);
    if (!answersTo(distribution, host)) {
      say(`"${host}" is no name of the distribution: 403`);
      return { verdict: 'block', status: 403, by: `CloudFront: "${host}" is no name of the distribution` };
    }

    const countries = list(at(config, 'Restrictions', 'GeoRestriction', 'Locations'));
    if (countries.length > 0) say(`may refuse by country: the list is ${countries.join(', ')}`);

    const acl = this.#webAclOf(distribution);
    if (acl) {
      const answer = answerOfWebAcl(this.#graph, acl, request);
      const decision = this.#tell(answer, stationOf(acl), hops);
      if (decision) return decision;
    } else {
      hops.push({ at: 'CloudFront', says: 'has no web ACL' });
    }

    const behaviour = map(behaviourFor(config, request.path));
    const methods = list(behaviour.AllowedMethods);
    const allowed = methods.length === 0 ? ['GET', 'HEAD'] : methods;
    if (!allowed.includes(request.method)) {
      say(`method ${request.method} is not among ${allowed.join(', ')}: 403`);
      return { verdict: 'block', status: 403, by: `CloudFront: method ${request.method} is not allowed` };
    }
    if (request.scheme === 'http' && behaviour.ViewerProtocolPolicy !== 'allow-all') {
      const redirects = behaviour.ViewerProtocolPolicy === 'redirect-to-https';
      say(redirects ? 'redirects to https: 301' : 'takes https only: 403');
      return redirects
        ? { verdict: 'allow', status: 301, by: 'CloudFront: redirects to https' }
        : { verdict: 'block', status: 403, by: 'CloudFront: takes https only' };
    }
    say('passes the request on to the VPC origin');
    return undefined;
  }

  #behindCloudFront(distribution: Resource, request: WireRequest, hops: Hop[]): Decision {
    const [origin] = this.#reachability.vpcOriginsOf(distribution);
    if (!origin) {
      hops.push({ at: 'CloudFront', says: 'has an origin that is not a load balancer of these templates' });
      return {
        verdict: 'allow',
        status: null,
        by: 'CloudFront: passed on to an origin outside the templates',
      };
    }
    return this.#throughLoadBalancer(origin.balancer, origin.port, request, hops);
  }

  // ------------------------------------------------------------------------------------------------ from the VPN

  fromVpn(request: WireRequest, hops: Hop[]): Decision {
    const balancer = this.#balancerNamed(request.host);
    const clients = this.#reachability.nodes.filter(({ kind }) => kind === 'vpn');
    if (!balancer || clients.length === 0) {
      const by = balancer
        ? 'Client VPN: the templates hold no endpoint'
        : `DNS: ${request.host} leads nowhere`;
      hops.push({ at: 'VPN client', says: by });
      return { verdict: 'unreachable', status: null, by };
    }
    hops.push({
      at: 'Client VPN',
      says: 'lets in people with a certificate of their own that is not revoked, in the configured hours',
    });
    const letIn = clients.some(
      (client) => this.#reachability.connection(client, balancer, request.port).length > 0,
    );
    if (!letIn) {
      const by = `authorization rules and security groups: no way from VPN clients to port ${request.port}`;
      hops.push({ at: 'network', says: by });
      return { verdict: 'unreachable', status: null, by };
    }
    hops.push({
      at: 'network',
      says: `authorization rule and security groups let VPN clients to port ${request.port}`,
    });
    return this.#throughLoadBalancer(balancer.resource, request.port, request, hops);
  }

  #balancerNamed(host: string): NetworkNode | undefined {
    const balancers = this.#reachability.nodes.filter(({ kind }) => kind === 'load-balancer');
    const record = this.#graph
      .ofType('AWS::Route53::RecordSet')
      .find((candidate) => recordName(candidate) === host);
    const [target] = tokensIn(text(at(record?.properties, 'AliasTarget', 'DNSName')) ?? '');
    return balancers.find(
      ({ resource }) => resource.stack === target?.stack && resource.logicalId === target.logicalId,
    );
  }

  // ---------------------------------------------------------------------------------------------------- both ways

  #throughLoadBalancer(balancer: Resource, port: number, request: WireRequest, hops: Hop[]): Decision {
    const association = this.#graph.referring(balancer, 'AWS::WAFv2::WebACLAssociation', 'ResourceArn')[0];
    const acl = this.#graph.target(association?.properties.WebACLArn, 'AWS::WAFv2::WebACL');
    if (acl) {
      const decision = this.#tell(answerOfWebAcl(this.#graph, acl, request), stationOf(acl), hops);
      if (decision) return decision;
    }
    const listener = this.#graph
      .referring(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn')
      .find(({ properties }) => Number(properties.Port) === port);
    if (!listener) {
      hops.push({ at: 'load balancer', says: `no listener on port ${port}` });
      return { verdict: 'unreachable', status: null, by: `load balancer: no listener on port ${port}` };
    }
    const answer = answerOfListener(this.#graph, listener, request);
    const station = `listener ${port}`;
    if (answer.action === 'forward') {
      hops.push({ at: station, says: `${answer.rule} forwards to the shop` });
      return { verdict: 'allow', status: null, by: `${station}, ${answer.rule}: forwarded to the shop` };
    }
    hops.push({ at: station, says: `${answer.rule} answers ${answer.status}` });
    const verdict = answer.action === 'respond' && answer.status >= 400 ? 'block' : 'allow';
    return { verdict, status: answer.status, by: `${station}, ${answer.rule}` };
  }

  #tell({ outcome, managed, maybe }: AclAnswer, station: string, hops: Hop[]): Decision | undefined {
    for (const possibility of maybe) hops.push({ at: station, says: possibility });
    if (managed.length > 0) {
      hops.push({ at: station, says: `managed rule groups that may block: ${managed.join(', ')}` });
    }
    if (outcome.action === 'allow') {
      hops.push({ at: station, says: `allows (${outcome.rule})` });
      return undefined;
    }
    const verb = outcome.action === 'block' ? 'blocks' : 'challenges';
    hops.push({ at: station, says: `rule "${outcome.rule}" ${verb}: ${outcome.status}` });
    return { verdict: outcome.action, status: outcome.status, by: `${station}, rule "${outcome.rule}"` };
  }

  #webAclOf(distribution: Resource): Resource | undefined {
    const id = at(distribution.properties, 'DistributionConfig', 'WebACLId');
    if (id === undefined || id === '') return undefined;
    const found = this.#graph.target(id, 'AWS::WAFv2::WebACL');
    if (found || !hasUnknown(id)) return found;
    // A reference that only a deploy resolves: an environment has one web ACL that CloudFront can use.
    const candidates = this.#graph
      .ofType('AWS::WAFv2::WebACL')
      .filter(({ properties }) => properties.Scope === 'CLOUDFRONT');
    return candidates.length === 1 ? candidates[0] : undefined;
  }
}

function stationOf({ properties }: Resource): string {
  return properties.Scope === 'CLOUDFRONT' ? 'edge web ACL' : 'regional web ACL';
}

/** A distribution also has a name of its own below cloudfront.net, which only a deploy tells. */
function answersTo(distribution: Resource, host: string): boolean {
  const aliases = aliasesOf(distribution);
  return aliases.includes(host) || (aliases.length > 0 && host.endsWith('.cloudfront.net'));
}

function aliasesOf({ properties }: Resource): string[] {
  const config = map(properties.DistributionConfig);
  if (isFalse(config.Enabled)) return [];
  return list(config.Aliases).map((alias) => String(alias).toLowerCase());
}

/** The first behaviour whose pattern matches, case-sensitively; the default one otherwise. */
function behaviourFor({ CacheBehaviors, DefaultCacheBehavior }: ValueMap, path: string): Value | undefined {
  const matching = list(CacheBehaviors).find((behaviour) => {
    const pattern = (text(map(behaviour).PathPattern) ?? '').replace(/^\/?/, '/');
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 's').test(path);
  });
  return matching ?? DefaultCacheBehavior;
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
