import {
  GetCertificateCommand,
  ImportCertificateCommand,
  paginateListCertificates,
} from '@aws-sdk/client-acm';
import { isIssuedBy, issueServerCertificate, readCertificate } from '../pki/authority.ts';
import type { StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';

/** The VPN server's certificate in ACM, which is also what the endpoint learns its authority from. */
export interface ServerCertificate {
  readonly arn: string;
  readonly notAfter: Date;
}

/** Imports a certificate, or renews the one at `arn` in place. The server's key goes to ACM and is kept nowhere. */
export async function importServerCertificate(
  context: VpnContext,
  authority: StoredAuthority,
  arn?: string,
): Promise<ServerCertificate> {
  const server = await issueServerCertificate(authority, context.names.server, context.now());
  const { CertificateArn } = await context.acm.send(
    new ImportCertificateCommand({
      CertificateArn: arn,
      Certificate: Buffer.from(server.certificate),
      PrivateKey: Buffer.from(server.privateKey),
      CertificateChain: Buffer.from(authority.certificate),
      // ACM takes no tags when it renews.
      ...(arn
        ? {}
        : { Tags: [{ Key: 'secure-shop', Value: `${context.shop.name}/${context.environment.name}` }] }),
    }),
  );
  if (!CertificateArn) throw new Error('ACM imported the certificate without naming it');
  return { arn: CertificateArn, notAfter: (await readCertificate(server.certificate)).notAfter };
}

/**
 * The server certificates of this authority, in an order all operators agree on. ACM is asked each time and
 * nothing is noted elsewhere, so an interrupted `init` leaves nothing that a second one does not find.
 */
export async function findServerCertificates(
  context: VpnContext,
  authority: StoredAuthority,
): Promise<ServerCertificate[]> {
  const found: ServerCertificate[] = [];
  for await (const page of paginateListCertificates({ client: context.acm }, {})) {
    for (const { CertificateArn: arn, DomainName } of page.CertificateSummaryList ?? []) {
      if (!arn || DomainName !== context.names.server) continue;
      const { Certificate } = await context.acm.send(new GetCertificateCommand({ CertificateArn: arn }));
      if (!Certificate || !(await isIssuedBy(Certificate, authority.certificate))) continue;
      found.push({ arn, notAfter: (await readCertificate(Certificate)).notAfter });
    }
  }
  return found.sort((a, b) => a.arn.localeCompare(b.arn));
}

/** Fingerprints of the authorities that the certificate at `arn` was imported with. */
export async function authoritiesOf(context: VpnContext, arn: string): Promise<string[]> {
  const { CertificateChain } = await context.acm.send(new GetCertificateCommand({ CertificateArn: arn }));
  const chain = CertificateChain?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return Promise.all(chain.map(async (pem) => (await readCertificate(pem)).fingerprint));
}
