import { execFileSync } from 'node:child_process';

/** What the tests' stand-in for Client VPN knows of one endpoint. */
export interface StubEndpoint {
  readonly host: string;
  readonly rootChainArn: string;
  readonly federated?: boolean;
  revocationList?: string;
  imports: number;
}

/** Client VPN refuses what is no revocation list; OpenSSL says whether it is one. */
export function parseCertificateList(pem: string): string {
  return execFileSync('openssl', ['crl', '-noout', '-text'], { input: pem, encoding: 'utf8', stdio: 'pipe' });
}
