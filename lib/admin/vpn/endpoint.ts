import {
  DescribeClientVpnEndpointsCommand,
  ExportClientVpnClientCertificateRevocationListCommand,
  ImportClientVpnClientCertificateRevocationListCommand,
} from '@aws-sdk/client-ec2';
import { readParameter } from '../../read-parameter.ts';
import { UserError } from '../../user-error.ts';
import {
  clientCertificateMaxDays,
  createRevocationList,
  type RevocationListContent,
  readRevocationList,
} from '../pki/authority.ts';
import type { StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { isBarred, type RegisteredCertificate } from './register.ts';
import { authoritiesOf } from './server-certificate.ts';

export interface VpnEndpoint {
  readonly id: string;
  /** Name to connect to, without the wildcard label. */
  readonly host: string;
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  /** Whether it asks for single sign-on besides the certificate. */
  readonly federated: boolean;
}

/** @returns undefined when no VPN was deployed yet */
export async function findEndpoint(context: VpnContext, id?: string): Promise<VpnEndpoint | undefined> {
  const endpointId = id ?? (await readParameter(context.ssm, context.names.endpointParameter));
  return endpointId === undefined ? undefined : describe(context, endpointId);
}

/**
 * The endpoint that trusts this authority. An endpoint that trusts another one would refuse everybody we issue a
 * certificate to, and a revocation list that it cannot verify.
 *
 * @throws UserError when there is no endpoint, or it trusts another authority
 */
export async function requireEndpoint(
  context: VpnContext,
  authority: StoredAuthority,
  id?: string,
): Promise<VpnEndpoint> {
  const endpoint = await findEndpoint(context, id);
  if (!endpoint) {
    throw new UserError([
      `${context.environment.name} has no VPN yet: put the ARN that "secure-shop vpn init" prints into admin.vpn.certificateArn and deploy, or name an endpoint with --endpoint-id`,
    ]);
  }
  await requireTrust(context, authority, endpoint);
  return endpoint;
}

export async function requireTrust(
  context: VpnContext,
  authority: StoredAuthority,
  endpoint: VpnEndpoint,
): Promise<void> {
  const { rootChainArn } = await describe(context, endpoint.id);
  if (rootChainArn && (await authoritiesOf(context, rootChainArn)).includes(authority.content.fingerprint))
    return;
  throw new UserError([
    `the VPN endpoint ${endpoint.id} trusts another certificate authority than the one in ${context.names.authoritySecret}: put the ARN that "secure-shop vpn init" prints into admin.vpn.certificateArn and deploy`,
  ]);
}

async function describe(
  context: VpnContext,
  id: string,
): Promise<VpnEndpoint & { readonly rootChainArn: string | undefined }> {
  const endpoint = await context.ec2
    .send(new DescribeClientVpnEndpointsCommand({ ClientVpnEndpointIds: [id] }))
    .then(({ ClientVpnEndpoints }) => ClientVpnEndpoints?.[0])
    .catch((error: unknown) => {
      if (error instanceof Error && error.name.startsWith('InvalidClientVpnEndpointId')) return undefined;
      throw error;
    });
  if (!endpoint?.DnsName) {
    throw new UserError([
      `no Client VPN endpoint "${id}" in ${context.environment.region}: check --endpoint-id, or deploy the environment again`,
    ]);
  }
  const authentication = endpoint.AuthenticationOptions ?? [];
  return {
    id,
    host: endpoint.DnsName.replace(/^\*\./, ''),
    protocol: endpoint.TransportProtocol === 'tcp' ? 'tcp' : 'udp',
    port: endpoint.VpnPort ?? 443,
    federated: authentication.some(({ Type }) => Type === 'federated-authentication'),
    rootChainArn: authentication.find(({ MutualAuthentication }) => MutualAuthentication)
      ?.MutualAuthentication?.ClientRootCertificateChain,
  };
}

/**
 * @returns undefined when none was ever imported. AWS does not document how it says so: nothing, another text, and
 * an error that calls the list not found are all taken for it, and lead to an import at worst.
 */
export async function currentRevocationList(
  context: VpnContext,
  endpoint: VpnEndpoint,
): Promise<RevocationListContent | undefined> {
  const pem = await context.ec2
    .send(new ExportClientVpnClientCertificateRevocationListCommand({ ClientVpnEndpointId: endpoint.id }))
    .then(({ CertificateRevocationList }) => CertificateRevocationList ?? '')
    .catch((error: unknown) => {
      if (error instanceof Error && /RevocationList.*NotFound/i.test(error.name)) return '';
      throw error;
    });
  if (!pem.includes('BEGIN X509 CRL')) return undefined;
  try {
    return readRevocationList(pem);
  } catch {
    // A list nobody can read must not stand in the way of the next one.
    return undefined;
  }
}

/** An expired list locks everybody out. */
export function hasExpired(list: RevocationListContent | undefined, now: Date): boolean {
  return list?.nextUpdate !== undefined && list.nextUpdate <= now;
}

/** Certificates that may no longer connect, and that the endpoint's list does not name. */
export function missingFrom(
  list: RevocationListContent | undefined,
  certificates: readonly RegisteredCertificate[],
  authority: StoredAuthority,
  now: Date,
): RegisteredCertificate[] {
  return certificates.filter(
    (certificate) =>
      certificate.authority === authority.content.fingerprint &&
      isBarred(certificate, now) &&
      !list?.entries.some(({ serial }) => serial === certificate.serial),
  );
}

/**
 * Makes the endpoint's list name every certificate that may no longer connect. It ends all sessions; those who
 * still may reconnect at once.
 *
 * Two operators at once: each reads the register again after the import, so whoever comes last imports all. What the
 * endpoint's list names already stays on it as long as it can matter, whatever became of the register.
 */
export async function importRevocationList(
  context: VpnContext,
  authority: StoredAuthority,
  endpoint: VpnEndpoint,
): Promise<{ readonly count: number; readonly nextUpdate: Date | undefined }> {
  const list = await currentRevocationList(context, endpoint);
  const stillMatters = context.now().getTime() - clientCertificateMaxDays * 24 * 60 * 60 * 1000;
  const standing = (list?.entries ?? []).filter(({ revokedAt }) => revokedAt.getTime() > stillMatters);
  const barred = async () => {
    const all = missingFrom(undefined, await context.register.all(), authority, context.now());
    const registered = all.map(({ serial, revokedAt, notBefore }) => ({
      serial,
      revokedAt: revokedAt ?? notBefore,
    }));
    const known = new Set(registered.map(({ serial }) => serial));
    return [...registered, ...standing.filter(({ serial }) => !known.has(serial))];
  };
  let revoked = await barred();
  for (;;) {
    const next = await createRevocationList(authority, revoked, context.now());
    await context.ec2.send(
      new ImportClientVpnClientCertificateRevocationListCommand({
        ClientVpnEndpointId: endpoint.id,
        CertificateRevocationList: next,
      }),
    );
    const again = await barred();
    if (again.every(({ serial }) => revoked.some((entry) => entry.serial === serial))) {
      return { count: revoked.length, nextUpdate: readRevocationList(next).nextUpdate };
    }
    revoked = again;
  }
}
