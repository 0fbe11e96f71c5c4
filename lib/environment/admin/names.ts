/**
 * Where the certificates of one environment's admins are kept. The command line writes there, the connection
 * handler reads: both derive the names from the shop and the environment alone.
 */
export interface VpnNames {
  /** The certificate authority: its certificate and key. Secrets Manager. */
  readonly authoritySecret: string;
  /** ARN of the key that encrypts the authority. SSM parameter, written by the stack. */
  readonly credentialsKeyParameter: string;
  /** Id of the Client VPN endpoint. SSM parameter, written by the stack once the VPN exists. */
  readonly endpointParameter: string;
  /** The register: one folder of SSM parameters a person. */
  readonly register: string;
  /** Client VPN invokes functions of this prefix only. */
  readonly connectionHandler: string;
  /** The function that opens and shuts the VPN. */
  readonly door: string;
  /** The one-off schedule with which it remembers and ends an opening. */
  readonly doorSchedule: string;
  /** The runbook in Systems Manager that asks it. */
  readonly doorRunbook: string;
  /**
   * Name in the server's certificate, which each client checks. It is never looked up in DNS, and no host name of the
   * shop is part of it: a change of those leaves certificate and profiles as they are.
   */
  readonly server: string;
}

export function vpnNames(shopName: string, environment: { name: string }): VpnNames {
  const folder = `/secure-shop/${shopName}/${environment.name}/vpn`;
  return {
    authoritySecret: `${folder}/authority`,
    credentialsKeyParameter: `${folder}/credentials-key`,
    endpointParameter: `${folder}/endpoint-id`,
    register: `${folder}/certificates`,
    connectionHandler: `AWSClientVPN-${shopName}-${environment.name}`,
    door: `${shopName}-${environment.name}-vpn-door`,
    doorSchedule: `${shopName}-${environment.name}-vpn-door`,
    doorRunbook: `${shopName}-${environment.name}-vpn`,
    server: `vpn.${environment.name}.${shopName}.internal`,
  };
}

/** A person's certificates are numbered; the number and the name make the common name, such as "hana.3". */
export function commonName(person: string, number: number): string {
  return `${person}.${number}`;
}

/** @returns undefined when the name is none this project issues */
export function parseCommonName(name: string): { person: string; number: number } | undefined {
  const match = /^([a-z][a-z0-9-]{1,31})\.([1-9]\d{0,5})$/.exec(name);
  if (!match?.[1] || !match[2]) return undefined;
  return { person: match[1], number: Number(match[2]) };
}
