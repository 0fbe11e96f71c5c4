import { Duration, Names } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import { mediaSecurityPolicy, SecurityHeaders } from './security-headers.ts';

export interface FileBehavioursProps {
  readonly platform: Pick<Platform, 'staticPaths' | 'mediaPaths'>;
  /** What every behaviour has in common. */
  readonly shared: Pick<
    cloudfront.BehaviorOptions,
    'origin' | 'viewerProtocolPolicy' | 'compress' | 'responseHeadersPolicy'
  >;
  readonly pages: cloudfront.BehaviorOptions;
  readonly hsts: Environment['hsts'];
}

/**
 * What the edge keeps for everybody: folders of files. An ending such as `*.css` would make a file of every page that
 * somebody writes `/x.css` behind (web cache deception), so only folders count.
 *
 * Nothing that tells visitors apart reaches the shop there: it answers as to a stranger, whoever asks. And only what
 * it marks as public is kept, because a missing page lies in a folder of files as well.
 */
export class FileBehaviours extends Construct {
  /** By path pattern, in the order in which CloudFront is to ask them. */
  readonly byPattern: Readonly<Record<string, cloudfront.BehaviorOptions>>;

  constructor(scope: Construct, id: string, { platform, shared, pages, hsts }: FileBehavioursProps) {
    super(scope, id);
    const { staticPaths, mediaPaths } = platform;
    const folders = [...staticPaths, ...mediaPaths];
    const cachePolicy = folders.length > 0 ? new FilesCachePolicy(this, 'CachePolicy') : undefined;
    const files: cloudfront.BehaviorOptions = {
      ...shared,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy,
    };
    const mediaHeaders =
      mediaPaths.length > 0
        ? new SecurityHeaders(this, 'MediaHeaders', { contentSecurityPolicy: mediaSecurityPolicy, hsts })
        : undefined;
    const below = (paths: readonly string[], behaviour: cloudfront.BehaviorOptions, end = '') =>
      paths.map((path) => [`${path}/*${end}`, behaviour] as const);
    this.byPattern = Object.fromEntries([
      ...below(mediaPaths, { ...files, responseHeadersPolicy: mediaHeaders }),
      // Some plugins are asked directly, by a payment provider or for a picture that belongs to a session.
      ...below(staticPaths, pages, '.php*'),
      ...below(staticPaths, files),
    ]);
  }
}

/** The file, its version in the query, and the host: an alias is answered with a redirect. */
class FilesCachePolicy extends cloudfront.CachePolicy {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      // The CDK's own choice leaves the shop out, and the name is the account's.
      cachePolicyName: Names.uniqueResourceName(scope, { maxLength: 128 }),
      comment: 'Files of the shop: what it marks as public, the same for everybody',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      cookieBehavior: cloudfront.CacheCookieBehavior.none(),
      headerBehavior: cloudfront.CacheHeaderBehavior.allowList('Host'),
      queryStringBehavior: cloudfront.CacheQueryStringBehavior.all(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }
}
