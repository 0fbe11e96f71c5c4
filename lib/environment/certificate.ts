import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Environment } from '../config/index.ts';

export interface CertificateOptions {
  /** A certificate the config names. @default a new one */
  readonly existingArn: string | undefined;
  readonly domain: string;
  readonly alternativeNames: readonly string[];
  /** Validates the new certificate by DNS, and renews it. */
  readonly hostedZone: Environment['hostedZone'];
}

/**
 * Host names of the shop in a certificate besides its domain. With `dns: 'later'` those that come later are among them:
 * they are validated before anything leads to them.
 */
export function furtherNames({ domain, aliases, hosts }: Environment): string[] {
  return [...new Set([...aliases, ...hosts])].filter((host) => host !== domain);
}

/** The certificate that the config names, or a new one for these names. */
export function certificateFor(scope: Construct, options: CertificateOptions): acm.ICertificate {
  const { existingArn, domain, alternativeNames, hostedZone } = options;
  if (existingArn) return acm.Certificate.fromCertificateArn(scope, 'Certificate', existingArn);
  return new acm.Certificate(scope, 'Certificate', {
    domainName: domain,
    subjectAlternativeNames: alternativeNames.length > 0 ? [...alternativeNames] : undefined,
    validation: acm.CertificateValidation.fromDns(
      route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
        hostedZoneId: hostedZone.id,
        zoneName: hostedZone.name,
      }),
    ),
  });
}
