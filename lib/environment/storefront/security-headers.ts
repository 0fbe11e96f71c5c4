import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { Environment, PaymentHosts } from '../../config/index.ts';

export interface SecurityHeadersProps {
  readonly contentSecurityPolicy: string;
  readonly hsts: Environment['hsts'];
}

/** Headers CloudFront sets on every answer, whatever the shop itself says. */
export class SecurityHeaders extends cloudfront.ResponseHeadersPolicy {
  constructor(scope: Construct, id: string, { contentSecurityPolicy, hsts }: SecurityHeadersProps) {
    super(scope, id, {
      comment: 'Security headers of the shop',
      securityHeadersBehavior: {
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(730),
          includeSubdomains: hsts.includeSubdomains,
          preload: hsts.preload,
          override: true,
        },
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cloudfront.HeadersFrameOption.SAMEORIGIN, override: true },
        referrerPolicy: {
          referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [
          {
            header: 'Permissions-Policy',
            value: 'camera=(), geolocation=(), microphone=(), payment=*, usb=()',
            override: true,
          },
        ],
      },
      // They tell an attacker which version to look up.
      removeHeaders: ['Server', 'X-Powered-By', 'X-Generator'],
    });
  }
}

/**
 * The web ACL may answer any page with a challenge, whose script comes from and reports to AWS.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-javascript-api.html
 */
const challengeHosts = ['*.awswaf.com'];

/**
 * Lets scripts, frames and connections go to the shop itself and to its payment provider (PCI DSS 6.4.3): a card
 * skimmer loaded from, or reporting to, another host does not run.
 */
export function contentSecurityPolicy(hosts: PaymentHosts): string {
  const https = (names: readonly string[]) => names.map((name) => `https://${name}`);
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    // WordPress and EC-CUBE write inline scripts and styles into their own pages; no foreign host may add any.
    'script-src': ["'self'", "'unsafe-inline'", ...https([...challengeHosts, ...hosts.scripts])],
    'style-src': ["'self'", "'unsafe-inline'", ...https(hosts.styles)],
    'img-src': ["'self'", 'data:', ...https([...hosts.scripts, ...hosts.images])],
    'font-src': ["'self'", 'data:', ...https(hosts.fonts)],
    'connect-src': ["'self'", ...https([...challengeHosts, ...hosts.connections])],
    'frame-src': ["'self'", ...https(hosts.frames)],
    'form-action': ["'self'", ...https(hosts.frames)],
    'frame-ancestors': ["'self'"],
    'base-uri': ["'self'"],
    'object-src': ["'none'"],
  };
  return [
    ...Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(' ')}`),
    'upgrade-insecure-requests',
  ].join('; ');
}

/** A picture may be an SVG with scripts, and a text may be a page: in a sandbox neither acts in the shop's name. */
export const mediaSecurityPolicy = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'sandbox',
].join('; ');
