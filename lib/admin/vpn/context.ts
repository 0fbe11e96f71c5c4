import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Environment, Shop } from '../../config/index.ts';
import { type VpnNames, vpnNames } from '../names.ts';
import { CertificateRegister } from './register.ts';

/** What every `vpn` command works with: one environment of one shop, and the AWS APIs of its region. */
export interface VpnContext {
  readonly shop: Pick<Shop, 'name'>;
  readonly environment: Environment;
  readonly names: VpnNames;
  readonly register: CertificateRegister;
  readonly ssm: SSMClient;
  readonly secretsManager: SecretsManagerClient;
  readonly acm: ACMClient;
  readonly ec2: EC2Client;
  readonly now: () => Date;
  /** Tells the operator, one line at a time. */
  readonly say: (line: string) => void;
}

export function vpnContext(
  shop: Shop,
  environment: Environment,
  options: Pick<VpnContext, 'now' | 'say'>,
): VpnContext {
  const { region } = environment;
  const names = vpnNames(shop.name, environment);
  const ssm = new SSMClient({ region });
  return {
    shop,
    environment,
    names,
    register: new CertificateRegister(ssm, names.register),
    ssm,
    secretsManager: new SecretsManagerClient({ region }),
    acm: new ACMClient({ region }),
    ec2: new EC2Client({ region }),
    ...options,
  };
}

export async function readParameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
