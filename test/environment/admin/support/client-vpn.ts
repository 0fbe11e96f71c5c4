import { execFileSync } from 'node:child_process';

/** What the tests' stand-in for Client VPN knows of one endpoint. */
export interface StubEndpoint {
  readonly host: string;
  readonly rootChainArn: string;
  readonly federated?: boolean;
  revocationList?: string;
  imports: number;
  /** @default none */
  associations?: StubAssociation[];
}

export interface StubAssociation {
  readonly id: string;
  readonly subnetId: string;
  state: string;
  groups: string[];
}

/** An answer of the EC2 API, or its error. */
export type VpnAnswer = { readonly body: string } | { readonly error: string };

let made = 0;

/**
 * The calls of the door, as EC2 documents them: a subnet is attached once, changes take until `settleAssociations`, and
 * lists come a page at a time.
 */
export function associationAnswer(
  action: string,
  query: URLSearchParams,
  endpoint: StubEndpoint,
): VpnAnswer | undefined {
  endpoint.associations ??= [];
  const { associations } = endpoint;
  const known = associations.find(({ id }) => id === query.get('AssociationId'));
  switch (action) {
    case 'DescribeClientVpnTargetNetworks': {
      const page = Number(query.get('NextToken') ?? 0);
      const one = associations[page];
      const item = one
        ? `<item><associationId>${one.id}</associationId><targetNetworkId>${one.subnetId}</targetNetworkId><status><code>${one.state}</code></status><securityGroups>${one.groups.map((group) => `<item>${group}</item>`).join('')}</securityGroups></item>`
        : '';
      const next = page + 1 < associations.length ? `<nextToken>${page + 1}</nextToken>` : '';
      return { body: `<clientVpnTargetNetworks>${item}</clientVpnTargetNetworks>${next}` };
    }
    case 'AssociateClientVpnTargetNetwork': {
      const subnetId = query.get('SubnetId') ?? '';
      if (associations.some((each) => each.subnetId === subnetId))
        return { error: 'InvalidClientVpnDuplicateAssociation' };
      made += 1;
      associations.push({ id: `cvpn-assoc-${made}`, subnetId, state: 'associating', groups: ['sg-default'] });
      return { body: `<associationId>cvpn-assoc-${made}</associationId>` };
    }
    case 'DisassociateClientVpnTargetNetwork':
      if (!known) return { error: 'InvalidClientVpnAssociationIdNotFound' };
      known.state = 'disassociating';
      return { body: `<associationId>${known.id}</associationId>` };
    case 'ApplySecurityGroupsToClientVpnTargetNetwork':
      for (const each of associations) each.groups = [query.get('SecurityGroupId.1') ?? ''];
      return { body: '' };
    default:
      return undefined;
  }
}

/** What was begun is done. */
export function settleAssociations(endpoint: StubEndpoint): void {
  endpoint.associations = (endpoint.associations ?? []).filter(({ state }) => state !== 'disassociating');
  for (const each of endpoint.associations) if (each.state === 'associating') each.state = 'associated';
}

/** Client VPN refuses what is no revocation list; OpenSSL says whether it is one. */
export function parseCertificateList(pem: string): string {
  return execFileSync('openssl', ['crl', '-noout', '-text'], { input: pem, encoding: 'utf8', stdio: 'pipe' });
}
