import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../../lib/checks/check-templates.ts';
import { declarationKeys } from '../../../../lib/declarations/keys.ts';

const allViewer = '216adef6-5c7f-47e4-b989-5492eafa07d3';
const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const optimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const originHeaders = '4cc15a8a-d715-48a4-82b8-cc0b614638fe';

interface CacheSettings {
  readonly ttl: readonly [minimum: number, byDefault: number, maximum: number];
  readonly cookies?: 'none' | 'all' | 'whitelist' | 'allExcept';
  readonly headers?: readonly string[];
}

function cachePolicy({ ttl: [MinTTL, DefaultTTL, MaxTTL], cookies = 'none', headers = [] }: CacheSettings) {
  return {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: {
      CachePolicyConfig: {
        Name: 'own',
        MinTTL,
        DefaultTTL,
        MaxTTL,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: cookies, Cookies: ['lang'] },
          HeadersConfig: { HeaderBehavior: headers.length > 0 ? 'whitelist' : 'none', Headers: headers },
        },
      },
    },
  };
}

const year = 31_536_000;
const marked = { ttl: [0, 0, year] } as const;

const policies = {
  Marked: cachePolicy(marked),
  MarkedByCookies: cachePolicy({ ...marked, cookies: 'all' }),
  MarkedBySome: cachePolicy({ ...marked, cookies: 'whitelist' }),
  MarkedButSome: cachePolicy({ ...marked, cookies: 'allExcept' }),
  Daily: cachePolicy({ ttl: [0, 86_400, year] }),
  DailyByCookies: cachePolicy({ ttl: [0, 86_400, year], cookies: 'all' }),
  DailyBySome: cachePolicy({ ttl: [0, 86_400, year], cookies: 'whitelist' }),
  DailyByCredentials: cachePolicy({ ttl: [0, 86_400, year], headers: ['authorization'] }),
  Always: cachePolicy({ ttl: [60, 60, year], cookies: 'all', headers: ['Authorization'] }),
  Never: cachePolicy({ ttl: [0, 0, 0] }),
  EveryHeader: {
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'allViewer' },
      },
    },
  },
  Agent: {
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['User-Agent'] },
      },
    },
  },
};

type Policy = keyof typeof policies | (string & {});
const reference = (policy: Policy) => (Object.hasOwn(policies, policy) ? { Ref: policy } : policy);

/** What the rule says of a behaviour of a declared shop: for a path, or of the default one. */
function saidOf(behaviour: Record<string, unknown>): string[] {
  const of = { TargetOriginId: 'shop', ViewerProtocolPolicy: 'https-only', ...behaviour };
  const harmless = { TargetOriginId: 'shop', CachePolicyId: disabled, ViewerProtocolPolicy: 'https-only' };
  const byPath = 'PathPattern' in behaviour;
  const { rows } = checkTemplates([
    {
      name: 'shop',
      template: {
        Metadata: { [declarationKeys.environment]: { name: 'production' } },
        Resources: {
          ...policies,
          Acl: {
            Type: 'AWS::WAFv2::WebACL',
            Metadata: {
              [declarationKeys.guardedPaths]: ['/my-account', { url: '/?wc-ajax=checkout', method: 'POST' }],
            },
            Properties: { Scope: 'CLOUDFRONT' },
          },
          Distribution: {
            Type: 'AWS::CloudFront::Distribution',
            Properties: {
              DistributionConfig: {
                Origins: [{ Id: 'shop', DomainName: 'shop.example.jp', CustomOriginConfig: {} }],
                DefaultCacheBehavior: byPath ? harmless : of,
                ...(byPath && { CacheBehaviors: [of] }),
              },
            },
          },
        },
      },
    },
  ]);
  const verdicts = rows.filter(({ rule }) => rule === 'SecureShop-NET2[CachePolicy]');
  expect(verdicts.map(({ outcome }) => outcome)).not.toContain('not-applicable');
  expect(verdicts.length).toBeGreaterThan(0);
  return verdicts.filter(({ outcome }) => outcome === 'non-compliant').map(({ reason }) => reason);
}

const behaviour = (pattern: string | undefined, cache: Policy, request?: Policy) => ({
  ...(pattern && { PathPattern: pattern }),
  CachePolicyId: reference(cache),
  ...(request && { OriginRequestPolicyId: reference(request) }),
});

describe('a cache at the edge', () => {
  it.each([
    ['a default time to live for pages', behaviour(undefined, 'Daily', allViewer)],
    ['a default time to live for pages, by cookies', behaviour(undefined, 'DailyByCookies', allViewer)],
    ['a policy for files, for pages', behaviour(undefined, optimized)],
    ['a policy for files, for pages that get cookies', behaviour('/shop/*', optimized, allViewer)],
    ['a shortest time to live, whatever the shop says', behaviour(undefined, 'Always', allViewer)],
    ['cookies that are sent and in no key', behaviour(undefined, 'Marked', allViewer)],
    ['cookies of which some are in the key', behaviour('/shop/*', 'MarkedBySome', allViewer)],
    ['cookies of which some are not in the key', behaviour('/shop/*', 'MarkedButSome', allViewer)],
    ['cookies that are sent to a folder of files', behaviour('/wp-content/*', 'Marked', allViewer)],
    ['cookies that a policy from elsewhere sends', behaviour('/wp-content/*', 'Marked', 'elsewhere')],
    ['some cookies for a folder of files', behaviour('/static/*', 'DailyBySome')],
    ['credentials that are in no key', behaviour('/static/*', 'Daily', 'EveryHeader')],
    ['a policy from elsewhere', behaviour(undefined, '11111111-2222-3333-4444-555555555555')],
    ['an ending of files', behaviour('*.css', 'Daily')],
    ['an ending of files behind the account', behaviour('/my-account/*.css', optimized)],
    ['the account as a folder of files', behaviour('/my-account*', 'Daily')],
    ['the account, asked for as a stranger', behaviour('/my-account*', 'Marked')],
    ['every page, asked for as a stranger', behaviour(undefined, 'Marked')],
    ['a folder that only looks like one of files', behaviour('/images-of-orders/*', 'Daily')],
    [
      'settings from before there were policies',
      { ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' } } },
    ],
    [
      'the same with every cookie, for a day',
      { ForwardedValues: { QueryString: true, Cookies: { Forward: 'all' } }, DefaultTTL: 86_400 },
    ],
  ])('is reported with %s', (_, settings) => {
    expect(saidOf(settings)).toHaveLength(1);
  });

  it.each([
    ['nothing kept', behaviour(undefined, disabled, allViewer)],
    ['nothing kept, by a policy of its own', behaviour(undefined, 'Never', allViewer)],
    ['what the shop marks, by cookies', behaviour(undefined, originHeaders, allViewer)],
    ['the same by a policy of its own', behaviour(undefined, 'MarkedByCookies', allViewer)],
    ['files that the shop marks', behaviour('/wp-content/*', 'Marked')],
    ['files that the shop marks, in a folder of any name', behaviour('/pictures/*', 'Marked')],
    ['files for a day', behaviour('/wp-content/uploads/*', 'Daily')],
    ['files for a day, and for whom', behaviour('static/*', 'Daily', 'Agent')],
    ["files by AWS's own policy", behaviour('/assets/*', optimized)],
    ['programs among the files', behaviour('/wp-content/*.php*', originHeaders, allViewer)],
    [
      'settings from before there were policies that keep nothing unmarked',
      { ForwardedValues: { QueryString: true, Cookies: { Forward: 'all' } }, DefaultTTL: 0 },
    ],
    [
      'settings from before there were policies, with every header',
      { ForwardedValues: { QueryString: true, Headers: ['*'], Cookies: { Forward: 'all' } } },
    ],
  ])('is no finding with %s', (_, settings) => {
    expect(saidOf(settings)).toEqual([]);
  });
});
