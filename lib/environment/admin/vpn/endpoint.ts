import { DescribeClientVpnEndpointsCommand } from '@aws-sdk/client-ec2';
import { UserError } from '../../../cli/user-error.ts';
import { readParameter } from '../../read-parameter.ts';
import type { StoredAuthority } from './authority-secret.ts';
import type { VpnContext } from './context.ts';
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
