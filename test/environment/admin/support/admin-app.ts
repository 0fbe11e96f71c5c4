import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Aspects, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { createApp } from '../../../../lib/app.ts';
import { AdminStack } from '../../../../lib/environment/admin/stack.ts';
import { ManagedPolicies } from '../../../../lib/environment/iam/managed-policies.ts';
import { NetworkStack } from '../../../../lib/environment/network/stack.ts';
import { ShopLoadBalancer } from '../../../../lib/environment/storefront/load-balancer.ts';
import { VaultStack } from '../../../../lib/environment/vault/stack.ts';
import { account, region, testShop } from './shop.ts';

export const certificateArn = `arn:aws:acm:${region}:${account}:certificate/00000000-1111-2222-3333-444444444444`;

export interface AdminApp {
  readonly app: App;
  readonly admin: AdminStack;
  readonly network: NetworkStack;
  /** Synthesizes, once. */
  readonly template: () => Template;
}

/** Admins of a shop: three people and a certificate, unless `overrides` say otherwise. */
export function adminSettings(
  vpn: Record<string, unknown> = { certificateArn },
  others: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    admin: {
      people: [
        { name: 'hana', email: 'hana@example.jp' },
        { name: 'ken', email: 'ken@example.jp' },
      ],
      vpn,
      ...others,
    },
  };
}

/** The admin stack with what it needs, each in the stack that makes it as in a real environment. */
export function adminApp(overrides: Record<string, unknown> = adminSettings()): AdminApp {
  const { shop, environment } = testShop(overrides);
  const app = createApp({ outdir: mkdtempSync(join(tmpdir(), 'admin-')) });
  const stage = new Stage(app, 'production', { env: { account, region } });
  const { disposable, logRetentionDays } = environment;
  const vault = new VaultStack(stage, 'Vault', {
    disposable,
    logRetentionDays,
    takesBrowserSessions: environment.admin.secureBrowser !== undefined,
  });
  const alarmTopic = new sns.Topic(new Stack(stage, 'Detection'), 'Alarms');
  alarmTopic.addSubscription(new EmailSubscription('owner@example.jp'));
  const network = new NetworkStack(stage, 'Network', {
    shop,
    environment,
    disposable,
    logsKey: vault.keys.logs,
    alarmTopic,
  });
  const storefront = new Stack(stage, 'Storefront');
  const { vpc } = network.functionNetwork;
  const balancer = new ShopLoadBalancer(storefront, 'LoadBalancer', {
    environment,
    platform: shop.platform,
    vpc,
    securityGroups: network.securityGroups,
    accessLogs: vault.accessLogs,
  });
  const admin = new AdminStack(stage, 'Admin', {
    shop,
    environment,
    network: network.functionNetwork,
    loadBalancer: balancer.loadBalancer,
    targetGroup: balancer.targetGroup,
    adminListenerGroup: network.securityGroups.adminListener,
    keys: vault.keys,
    logArchive: vault.logArchive,
    buildLogs: [new logs.LogGroup(storefront, 'BuildLogs')],
    alarmTopic,
  });
  Aspects.of(stage).add(new ManagedPolicies());
  return { app, admin, network, template: () => Template.fromStack(admin) };
}
