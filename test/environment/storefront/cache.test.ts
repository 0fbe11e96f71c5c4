import { describe, expect, it } from 'vitest';
import { isBehaviourFor } from '../../../lib/checks/model/requests/edge-cache.ts';
import { mediaSecurityPolicy } from '../../../lib/environment/storefront/security-headers.ts';
import {
  type ExampleFile,
  everyOfType,
  exampleEnvironment,
  resourcesOfType,
  type SynthesizedEnvironment,
} from '../../support/synthesize.ts';

interface Behaviour {
  readonly PathPattern?: string;
  readonly AllowedMethods: readonly string[];
  readonly CachePolicyId: string | { readonly Ref: string };
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly Compress: boolean;
}

interface Cache {
  readonly pages: Behaviour;
  readonly byPath: readonly Behaviour[];
}

async function cacheOf(file: ExampleFile): Promise<Cache & { environment: SynthesizedEnvironment }> {
  const environment = await exampleEnvironment(file);
  const [distribution] = everyOfType(environment, 'AWS::CloudFront::Distribution');
  const config = distribution?.Properties.DistributionConfig as {
    DefaultCacheBehavior: Behaviour;
    CacheBehaviors: Behaviour[];
  };
  return { environment, pages: config.DefaultCacheBehavior, byPath: config.CacheBehaviors };
}

/** As CloudFront chooses: the first that matches. */
function behaviourFor({ pages, byPath }: Cache, path: string): Behaviour {
  return byPath.find(({ PathPattern }) => isBehaviourFor(PathPattern, path)) ?? pages;
}

const patterns: [ExampleFile, string[]][] = [
  [
    'examples/woocommerce-starter.ts',
    ['/wp-content/uploads/*', '/wp-content/*.php*', '/wp-includes/*.php*', '/wp-content/*', '/wp-includes/*'],
  ],
  ['examples/eccube-standard.ts', ['/html/upload/*', '/html/*.php*', '/html/*']],
  ['examples/custom-high-availability.ts', ['/media/*', '/assets/*.php*', '/assets/*']],
];

describe.each(patterns)('the edge of %s', (file, expected) => {
  it('knows folders of files by their paths, uploads and programs first', async () => {
    const { byPath } = await cacheOf(file);
    expect(byPath.map(({ PathPattern }) => PathPattern)).toEqual(expected);
  });

  it('keeps of files what the shop marks, asks for them without cookies, and sends nothing to them', async () => {
    const { environment, byPath } = await cacheOf(file);
    const policies = resourcesOfType(environment, 'AWS::CloudFront::CachePolicy');
    for (const behaviour of byPath.filter(({ PathPattern }) => !PathPattern?.endsWith('.php*'))) {
      expect([...behaviour.AllowedMethods].sort()).toEqual(['GET', 'HEAD', 'OPTIONS']);
      expect(behaviour.OriginRequestPolicyId).toBeUndefined();
      expect(behaviour.Compress).toBe(true);
      const { Ref } = behaviour.CachePolicyId as { Ref: string };
      expect(policies[`Storefront/${Ref}`]?.Properties.CachePolicyConfig).toMatchObject({
        MinTTL: 0,
        DefaultTTL: 0,
        MaxTTL: 31_536_000,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Host'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
        },
      });
    }
  });

  it('treats programs among the files as pages', async () => {
    const { pages, byPath } = await cacheOf(file);
    for (const { PathPattern, ...behaviour } of byPath.filter((each) => each.PathPattern?.endsWith('.php*')))
      expect(behaviour).toEqual(pages);
  });

  it('shows uploads in a sandbox, and everything else by the policy of the pages', async () => {
    const { environment, pages, byPath } = await cacheOf(file);
    const policies = resourcesOfType(environment, 'AWS::CloudFront::ResponseHeadersPolicy');
    const policyOf = ({ ResponseHeadersPolicyId }: Behaviour) =>
      policies[`Storefront/${ResponseHeadersPolicyId.Ref}`]?.Properties.ResponseHeadersPolicyConfig;
    const [uploads, ...others] = byPath;
    expect(uploads && policyOf(uploads)).toMatchObject({
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: mediaSecurityPolicy, Override: true },
        ContentTypeOptions: { Override: true },
      },
    });
    expect(mediaSecurityPolicy.split('; ')).toContain('sandbox');
    for (const behaviour of others) expect(policyOf(behaviour)).toEqual(policyOf(pages));
  });
});

/** Web cache deception: a page that is written like a file stays a page. */
describe('a page written like a file', () => {
  it.each<[ExampleFile, string]>([
    ['examples/woocommerce-starter.ts', '/my-account/x.css'],
    ['examples/woocommerce-starter.ts', '/my-account/wp-content/x.css'],
    ['examples/woocommerce-starter.ts', '/index.php/wp-content/x.css'],
    ['examples/woocommerce-starter.ts', '/checkout/order-received/12.jpg'],
    ['examples/woocommerce-starter.ts', '/wp-content/../my-account/x.css'],
    ['examples/woocommerce-starter.ts', '/wp-content/%2e%2e/my-account/'],
    ['examples/woocommerce-starter.ts', '//wp-content/x.css'],
    ['examples/woocommerce-starter.ts', '/wp-content'],
    ['examples/woocommerce-starter.ts', '/WP-CONTENT/x.css'],
    ['examples/woocommerce-starter.ts', '/wp-contents/x.css'],
    ['examples/woocommerce-starter.ts', '/wp-content/plugins/pay/notify.php'],
    ['examples/woocommerce-starter.ts', '/wp-content/plugins/pay/notify.php/x.css'],
    ['examples/eccube-standard.ts', '/mypage/x.css'],
    ['examples/eccube-standard.ts', '/html/../mypage/history/1'],
    ['examples/eccube-standard.ts', '/mypage/html/x.css'],
    ['examples/custom-high-availability.ts', '/account/assets/x.css'],
  ])('%s: %s', async (file, path) => {
    const cache = await cacheOf(file);
    expect(behaviourFor(cache, path).CachePolicyId).toEqual(cache.pages.CachePolicyId);
  });

  it.each<[ExampleFile, string]>([
    ['examples/woocommerce-starter.ts', '/wp-content/themes/storefront/style.css'],
    ['examples/woocommerce-starter.ts', '/wp-content/uploads/2026/11/ろうそく.jpg'],
    ['examples/woocommerce-starter.ts', '/wp-includes/js/jquery/jquery.min.js'],
    ['examples/eccube-standard.ts', '/html/template/default/assets/css/style.css'],
    ['examples/eccube-standard.ts', '/html/upload/save_image/1120_6.png'],
    ['examples/custom-high-availability.ts', '/media/returns/1.jpg'],
  ])('and a file is a file: %s: %s', async (file, path) => {
    const cache = await cacheOf(file);
    expect(behaviourFor(cache, path).CachePolicyId).not.toEqual(cache.pages.CachePolicyId);
  });
});
