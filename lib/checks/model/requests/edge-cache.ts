import type { EnvironmentGraph } from '../templates.ts';
import { asWritten, at, list, numeric, text, type Value, type ValueMap } from '../values.ts';
import { wildcard } from './load-balancer.ts';

/** What tells one visitor from another, in a request as CloudFront passes it on. */
const identities = ['cookies', 'Authorization'] as const;
export type Identity = (typeof identities)[number];

/** How a behaviour of a distribution keeps answers, as its policies say. */
export interface EdgeCache {
  /**
   * What it keeps: no answer at all; those that the shop marks (`Cache-Control`, `Expires`); those without a mark as
   * well; or even those that the shop forbids to keep.
   */
  readonly keeps: 'nothing' | 'marked' | 'unmarked' | 'forbidden';
  /** Answers are kept apart by these. */
  readonly key: readonly Identity[];
  /** These reach the shop. Without any it answers as to a stranger, whoever asks. */
  readonly sent: readonly Identity[];
  /** These reach the shop and are not in the key: an answer made for one visitor may go to another. */
  readonly blind: readonly Identity[];
}

interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly key: readonly Identity[];
  /** What reaches the shop although only a part of it is in the key. @default what is in the key */
  readonly sent?: readonly Identity[];
}

const year = 31_536_000;
const marked = { minTtl: 0, defaultTtl: 0, maxTtl: year };
const day = { minTtl: 1, defaultTtl: 86_400, maxTtl: year, key: [] };

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managedCachePolicies: Readonly<Record<string, CachePolicy>> = {
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { minTtl: 0, defaultTtl: 0, maxTtl: 0, key: [] },
  // UseOriginCacheControlHeaders, and the same with query strings
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': { ...marked, key: ['cookies'] },
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': { ...marked, key: ['cookies'] },
  // CachingOptimized, and the same for uncompressed objects
  '658327ea-f89d-4fab-a63d-7e88639e58f6': day,
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': day,
  // Elemental-MediaPackage
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': { ...day, minTtl: 0 },
  // Amplify
  '2e54312d-136d-493c-8eb9-b001f22f67d2': {
    minTtl: 2,
    defaultTtl: 2,
    maxTtl: 600,
    key: ['cookies', 'Authorization'],
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const managedOriginRequestPolicies: Readonly<Record<string, readonly Identity[]>> = {
  '216adef6-5c7f-47e4-b989-5492eafa07d3': identities, // AllViewer
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': identities, // AllViewerExceptHostHeader
  '33f36d7e-f396-46d9-90e0-52428a34d9dc': identities, // AllViewerAndCloudFrontHeaders-2022-06
  'acba4595-bd28-49b8-b9fe-13317c0390fa': [], // UserAgentRefererHeaders
  '59781a5b-3903-41f3-afcb-af62929ccde1': [], // CORS-CustomOrigin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': [], // CORS-S3Origin
  'bf0718e1-ba1e-49d1-88b1-f726733018ae': [], // HostHeaderOnly
};

/**
 * Whether a behaviour is for a path. CloudFront matches a path in RFC 3986's normal form, case-sensitively, and sends
 * it on as it was written.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function isBehaviourFor(pattern: Value | undefined, path: string): boolean {
  return wildcard(asWritten(pattern).replace(/^\/?/, '/'), false).test(normalForm(path));
}

/** Unreserved characters decoded, and dot segments undone. */
function normalForm(path: string): string {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (written, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    return /[\w.~-]/.test(character) ? character : written;
  });
  const segments: string[] = [];
  for (const segment of decoded.split('/').slice(1)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}${/\/\.\.?$/.test(decoded) ? '/' : ''}`;
}

/** @returns undefined when the templates do not show how the behaviour keeps answers */
export function edgeCacheOf(graph: EnvironmentGraph, behaviour: ValueMap): EdgeCache | undefined {
  const policy = cachePolicyOf(graph, behaviour);
  if (!policy) return undefined;
  const { minTtl, defaultTtl, maxTtl, key } = policy;
  const besides = sentBesides(graph, behaviour.OriginRequestPolicyId);
  const keeps = maxTtl === 0 ? 'nothing' : minTtl > 0 ? 'forbidden' : defaultTtl > 0 ? 'unmarked' : 'marked';
  return {
    keeps,
    key,
    sent: [...new Set([...(policy.sent ?? key), ...besides])],
    blind: besides.filter((identity) => !key.includes(identity)),
  };
}

function cachePolicyOf(graph: EnvironmentGraph, behaviour: ValueMap): CachePolicy | undefined {
  const id = behaviour.CachePolicyId;
  if (id === undefined) return legacyPolicy(behaviour);
  const shown = graph.target(id, 'AWS::CloudFront::CachePolicy');
  if (!shown) return managedCachePolicies[asWritten(id)];
  const config = shown.properties.CachePolicyConfig;
  const parameters = at(config, 'ParametersInCacheKeyAndForwardedToOrigin');
  const [minTtl, defaultTtl, maxTtl] = ['MinTTL', 'DefaultTTL', 'MaxTTL'].map((name) =>
    numeric(at(config, name)),
  );
  if (minTtl === undefined || defaultTtl === undefined || maxTtl === undefined) return undefined;
  const authorization = identityIf(
    'Authorization',
    namesAuthorization(at(parameters, 'HeadersConfig', 'Headers')),
  );
  const cookies = text(at(parameters, 'CookiesConfig', 'CookieBehavior'));
  return {
    minTtl,
    defaultTtl,
    maxTtl,
    // Of a list of cookies nobody can say that it holds the one that tells visitors apart.
    key: [...identityIf('cookies', cookies === 'all'), ...authorization],
    sent: [...identityIf('cookies', cookies !== 'none'), ...authorization],
  };
}

/** Settings of the behaviour itself, from before there were policies. */
function legacyPolicy({ ForwardedValues: values, MinTTL, DefaultTTL, MaxTTL }: ValueMap): CachePolicy {
  const headers = at(values, 'Headers');
  const cookies = text(at(values, 'Cookies', 'Forward')) ?? 'none';
  const authorization = identityIf('Authorization', namesAuthorization(headers));
  return {
    minTtl: numeric(MinTTL) ?? 0,
    defaultTtl: numeric(DefaultTTL) ?? 86_400,
    // With every header in the key CloudFront keeps nothing.
    maxTtl: list(headers).includes('*') ? 0 : (numeric(MaxTTL) ?? year),
    key: [...identityIf('cookies', cookies === 'all'), ...authorization],
    sent: [...identityIf('cookies', cookies !== 'none'), ...authorization],
  };
}

/** What an origin request policy sends, whatever the key is. What the templates do not show may send everything. */
function sentBesides(graph: EnvironmentGraph, id: Value | undefined): readonly Identity[] {
  if (id === undefined) return [];
  const shown = graph.target(id, 'AWS::CloudFront::OriginRequestPolicy');
  if (!shown) return managedOriginRequestPolicies[asWritten(id)] ?? identities;
  const config = shown.properties.OriginRequestPolicyConfig;
  const headers = text(at(config, 'HeadersConfig', 'HeaderBehavior')) ?? 'none';
  return [
    ...identityIf('cookies', text(at(config, 'CookiesConfig', 'CookieBehavior')) !== 'none'),
    ...identityIf('Authorization', headers.startsWith('all')),
  ];
}

function identityIf(identity: Identity, condition: boolean): readonly Identity[] {
  return condition ? [identity] : [];
}

function namesAuthorization(headers: Value | undefined): boolean {
  return list(headers).some((name) => /^authorization$/i.test(asWritten(name)));
}
