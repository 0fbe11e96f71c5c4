import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { awsIn } from '../../../cli/aws-client-config.ts';
import { correctedTime } from '../../../cli/corrected-time.ts';
import type { Environment, Shop } from '../../../config/index.ts';
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
  options: Pick<VpnContext, 'say'> & Partial<Pick<VpnContext, 'now'>>,
): VpnContext {
  const { region } = environment;
  const names = vpnNames(shop.name, environment);
  const ssm = new SSMClient(awsIn(region));
  const secretsManager = new SecretsManagerClient(awsIn(region));
  const acm = new ACMClient(awsIn(region));
  const ec2 = new EC2Client(awsIn(region));
  return {
    shop,
    environment,
    names,
    register: new CertificateRegister(ssm, names.register),
    ssm,
    secretsManager,
    acm,
    ec2,
    now: () => correctedTime([ssm, secretsManager, acm, ec2]),
    ...options,
  };
}
