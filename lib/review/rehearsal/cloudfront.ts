import { type EdgeCache, edgeCacheOf, isBehaviourFor } from '../../checks/model/requests/edge-cache.ts';
import { hostHeader, type WireRequest } from '../../checks/model/requests/request.ts';
import { answerOfWebAcl } from '../../checks/model/requests/web-acl.ts';
import type { EnvironmentGraph, Resource } from '../../checks/model/templates.ts';
import { at, hasUnknown, isFalse, list, map, text, type ValueMap } from '../../checks/model/values.ts';
import { type CacheAnswer, type Decision, decisionOfWebAcl, type Hop, unreachable } from './verdict.ts';

/**
 * What CloudFront decides by itself; nothing when it passes the request on.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export function decisionOfCloudFront(
  graph: EnvironmentGraph,
  distribution: Resource,
  request: WireRequest,
  hops: Hop[],
): Decision | undefined {
  const say = (says: string) => hops.push({ at: 'CloudFront', says });
  const refused = refusedByAddress(distribution, request, say);
  if (refused) return refused;

  const config = map(distribution.properties.DistributionConfig);
  const countries = list(at(config, 'Restrictions', 'GeoRestriction', 'Locations'));
  if (countries.length > 0) say(`may refuse by country: the list is ${countries.join(', ')}`);

  const acl = webAclOf(graph, distribution);
  if (!acl) say('has no web ACL');
  const decision = acl && decisionOfWebAcl(acl, answerOfWebAcl(graph, acl, request), hops);
  if (decision) return decision;
  const behaviour = behaviourFor(config, request.path);
  const behaves = decisionOfBehaviour(behaviour, request, say);
  if (behaves) return behaves;
  const cache = cacheAnswer(graph, behaviour, request);
  hops.push({ at: 'CloudFront', says: `behaviour ${cache.behaviour}: ${sayOfCache[cache.from]}`, cache });
  say('passes the request on to the VPC origin');
  return undefined;
}

const sayOfCache: Readonly<Record<CacheAnswer['from'], string>> = {
  none: 'its cache keeps no answer to this',
  own: 'its cache may answer with what visitors with the same cookies were answered, if the shop marked it as public',
  shared: 'its cache may answer with what anybody was answered, if the shop marked it as public',
  unmarked: 'its cache may answer with what anybody was answered, whatever the shop says',
};

/** CloudFront keeps answers to GET and HEAD, and to OPTIONS where that is said. */
function cacheAnswer(graph: EnvironmentGraph, behaviour: ValueMap, request: WireRequest): CacheAnswer {
  const name = text(behaviour.PathPattern) ?? 'default';
  const cached = list(behaviour.CachedMethods);
  const methods = cached.length === 0 ? ['GET', 'HEAD'] : cached;
  const cache = edgeCacheOf(graph, behaviour);
  if (!methods.includes(request.method) || cache?.keeps === 'nothing')
    return { behaviour: name, from: 'none' };
  return { behaviour: name, from: cache ? fromCache(cache) : 'unmarked' };
}

function fromCache({ keeps, key, blind }: EdgeCache): CacheAnswer['from'] {
  if (keeps === 'unmarked' || keeps === 'forbidden') return 'unmarked';
  return key.includes('cookies') && !blind.includes('cookies') ? 'own' : 'shared';
}

type Say = (says: string) => void;

/** CloudFront answers on two ports, and to the names of the distribution. */
function refusedByAddress(distribution: Resource, request: WireRequest, say: Say): Decision | undefined {
  if (request.port !== (request.scheme === 'https' ? 443 : 80)) {
    say(`listens on 80 and 443, not on ${request.port}`);
    return unreachable(`CloudFront: nothing listens on port ${request.port}`);
  }
  const host = hostHeader(request);
  if (answersTo(distribution, host)) return undefined;
  say(`"${host}" is no name of the distribution: 403`);
  return { verdict: 'block', status: 403, by: `CloudFront: "${host}" is no name of the distribution` };
}

function decisionOfBehaviour(behaviour: ValueMap, request: WireRequest, say: Say): Decision | undefined {
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
  return undefined;
}

/** The first behaviour whose pattern matches; the default one otherwise. */
function behaviourFor({ CacheBehaviors, DefaultCacheBehavior }: ValueMap, path: string): ValueMap {
  const matching = list(CacheBehaviors).find((behaviour) => isBehaviourFor(map(behaviour).PathPattern, path));
  return map(matching ?? DefaultCacheBehavior);
}

function webAclOf(graph: EnvironmentGraph, distribution: Resource): Resource | undefined {
  const id = at(distribution.properties, 'DistributionConfig', 'WebACLId');
  if (id === undefined || id === '') return undefined;
  const found = graph.target(id, 'AWS::WAFv2::WebACL');
  if (found || !hasUnknown(id)) return found;
  // A reference that only a deploy resolves: an environment has one web ACL that CloudFront can use.
  const candidates = graph
    .ofType('AWS::WAFv2::WebACL')
    .filter(({ properties }) => properties.Scope === 'CLOUDFRONT');
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** A distribution also has a name of its own below cloudfront.net, which only a deploy tells. */
export function answersTo(distribution: Resource, host: string): boolean {
  const aliases = aliasesOf(distribution);
  return aliases.includes(host) || (aliases.length > 0 && host.endsWith('.cloudfront.net'));
}

export function aliasesOf({ properties }: Resource): string[] {
  const config = map(properties.DistributionConfig);
  if (isFalse(config.Enabled)) return [];
  return list(config.Aliases).map((alias) => String(alias).toLowerCase());
}
