import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../../config/index.ts';
import type { VpnLogs } from '../../admin/admin-vpn.ts';
import { vpnNames } from '../../admin/names.ts';
import { credentialNames } from '../../credentials/names.ts';
import { rotationRulesOf, rotationSchedule } from '../../credentials/schedule.ts';
import type { FunctionNetwork } from '../../lambda/function-network.ts';
import { functionLogs } from '../../lambda/hardened-function.ts';
import { deploymentNames } from '../../patching/names.ts';
import type { ShopKeys } from '../../vault/keys.ts';
import type { DigestSettings } from './settings.ts';
import { WeeklyDigest } from './weekly-digest.ts';

export interface DigestStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly vaultName: string;
  /** Vaults that each daily backup is copied to. */
  readonly copies: DigestSettings['copies'];
  /** Undefined: there is no VPN yet. */
  readonly vpnLogs: VpnLogs | undefined;
  readonly network: FunctionNetwork;
  readonly keys: Pick<ShopKeys, 'logs'>;
  readonly alarmTopic: sns.ITopic;
}

/** The weekly digest, which reads a little of every other stack and comes after them. */
export class DigestStack extends Stack {
  constructor(scope: Construct, id: string, props: DigestStackProps) {
    super(scope, id, props);
    const { environment, vpnLogs, network, alarmTopic } = props;
    new WeeklyDigest(this, 'Digest', {
      settings: settingsOf(props),
      backupAccount: environment.backups.account,
      vpnLogs,
      network,
      logs: functionLogs(props.keys.logs, environment),
      alarmTopic,
    });
  }
}

function settingsOf({
  shop,
  environment,
  vaultName,
  copies,
}: DigestStackProps): Omit<DigestSettings, 'topicArn' | 'connections' | 'door'> {
  const name = `${shop.name}-${environment.name}`;
  const { secrets } = credentialNames(shop.name, environment.name);
  return {
    environment: name,
    language: environment.alarms.language,
    timeZone: environment.timeZone,
    region: environment.region,
    edgeAcl: `${name}-edge`,
    loadBalancerAcl: `${name}-load-balancer`,
    vault: vaultName,
    copies,
    watchers: watchersOf(environment),
    pipeline: deploymentNames(shop.name, environment.name).pipeline,
    hosts: environment.patching.operationsHost !== undefined && environment.patching.operationsHost !== false,
    tested: environment.disposable
      ? []
      : shop.platform.media.kind === 'bucket'
        ? ['database', 'files']
        : ['database'],
    secrets: [
      secrets.admin,
      secrets.shop,
      ...(shop.platform.secretEnvironment.length > 0 ? [secrets.application] : []),
      secrets.exports,
      ...(environment.exports?.people ?? []).map((person) => secrets.exportsOf(person.name)),
    ],
    longestGapHours: rotationSchedule(rotationRulesOf(environment)).longestGap.toHours(),
    hostNames: [
      environment.domain,
      ...environment.aliases,
      ...environment.hosts,
      environment.admin.host,
      vpnNames(shop.name, environment).server,
    ].filter((host, index, all) => all.indexOf(host) === index),
    ends: endsOf(environment),
  };
}

/** Of what the account has already, whoever runs it chose the standards: any is better than none. */
function watchersOf({ detection: { makes, existing, standards } }: Environment): DigestSettings['watchers'] {
  const meant = [...makes, ...existing];
  return {
    config: meant.includes('config'),
    macie: meant.includes('macie'),
    standards: meant.includes('security-hub') ? Math.max(1, standards.length) : 0,
  };
}

function endsOf({ patching, waf, contractor }: Environment): DigestSettings['ends'] {
  return [
    ...patching.exceptions.map(({ cve, until }) => ({ what: cve, until })),
    ...waf.exceptions.map(({ rule, until }) => ({ what: `waf.exceptions ${rule}`, until })),
    ...(contractor ? [{ what: 'contractor', until: contractor.until }] : []),
  ];
}
