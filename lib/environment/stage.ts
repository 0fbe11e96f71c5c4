import {
  Aspects,
  type Environment as AwsEnvironment,
  Stack,
  type StackProps,
  Stage,
  Tags,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../config/index.ts';
import { copyRegionOf } from '../config/regions.ts';
import { declareEnvironment, declareReader } from '../declarations/declare.ts';
import { declarePromises } from '../declarations/promises.ts';
import { shopTags } from '../declarations/tags.ts';
import { vpnNames } from './admin/names.ts';
import { AdminStack } from './admin/stack.ts';
import { CredentialsStack } from './credentials/stack.ts';
import { CustomerDataStack } from './customer-data/stack.ts';
import { mediaStore } from './data/media.ts';
import { DataStack } from './data/stack.ts';
import { deskNames } from './desk-names.ts';
import { accountServiceTypes } from './detection/account-services.ts';
import { DetectionStack } from './detection/stack.ts';
import { ManagedPolicies } from './iam/managed-policies.ts';
import { ports } from './network/security-groups.ts';
import { NetworkStack } from './network/stack.ts';
import { DigestStack } from './notices/digest/stack.ts';
import { NoticesStack } from './notices/stack.ts';
import { deploymentNames } from './patching/names.ts';
import { PatchingStack } from './patching/stack.ts';
import { PerimeterStack } from './perimeter/stack.ts';
import { Protection } from './protection/protection.ts';
import { RecoveryCopyStack } from './recovery/copy-stack.ts';
import type { LockedVault } from './recovery/locked-vault.ts';
import { RecoveryStack } from './recovery/stack.ts';
import { StorefrontStack } from './storefront/stack.ts';
import type { Names } from './teardown/forget-names.ts';
import { namesRemoval, removalsIn } from './teardown/removals.ts';
import { Teardown, type TeardownProps } from './teardown/teardown.ts';
import type { DataKey } from './vault/keys.ts';
import { VaultStack } from './vault/stack.ts';

export interface ShopStageProps {
  readonly shop: Shop;
  readonly environment: Environment;
}

/** One environment of the shop, and the only place where its stacks meet. */
export class ShopStage extends Stage {
  constructor(scope: Construct, id: string, { shop, environment }: ShopStageProps) {
    const home: AwsEnvironment = { account: environment.account, region: environment.region };
    super(scope, id, { env: home });

    const { disposable, logRetentionDays } = environment;
    const stack = (name: string, about: string): StackProps => ({
      stackName: `${shop.name}-${environment.name}-${name}`,
      description: `Secure Shop: ${about}`,
      env: home,
    });

    const vault = new VaultStack(this, 'Vault', {
      ...stack('vault', 'keys by class of data, log archive'),
      disposable,
      logRetentionDays,
      tellsAnomalies: environment.budget.anomalyMonitorArn !== undefined,
      takesConfig: environment.detection.makes.includes('config'),
      takesBrowserSessions: environment.admin.secureBrowser !== undefined,
    });
    const { keys, accessLogs } = vault;

    const { alarmTopic, findings } = new DetectionStack(this, 'Detection', {
      ...stack('detection', 'audit trail, alarms that reach a person'),
      disposable,
      emails: environment.alarms.emails,
      monthlyBudget: environment.budget.monthly,
      anomalyMonitorArn: environment.budget.anomalyMonitorArn,
      keys,
      logArchive: vault.logArchive,
      logRetentionDays,
      accessLogs,
      watchers: environment.detection,
      tells: environment.detection.tells,
      exportsBucket: environment.exports && deskNames(shop.name, environment).bucket,
    });

    const { functionNetwork: network, securityGroups } = new NetworkStack(this, 'Network', {
      ...stack('network', 'private network, DNS firewall, who may connect to whom'),
      shop,
      environment,
      disposable,
      logsKey: keys.logs,
      alarmTopic,
    });

    if (findings) {
      new NoticesStack(this, 'Notices', {
        ...stack('notices', 'findings of security services, told in words'),
        shop,
        environment,
        findings,
        network,
        keys,
        alarmTopic,
      });
    }

    const secondAccount = environment.backups.account;
    if (secondAccount) keys.customerData.allowBackupCopies(secondAccount);
    const copies = disposable ? undefined : this.createCopyVault(shop, environment, stack);
    const second = secondAccount
      ? {
          account: secondAccount,
          vaultArn: `arn:aws:backup:${environment.region}:${secondAccount}:backup-vault:${shop.name}-${environment.name}-from-shop`,
        }
      : undefined;
    const vaultName = `${shop.name}-${environment.name}-backups`;
    const recovery = new RecoveryStack(this, 'Recovery', {
      ...stack('recovery', 'locked backup vault and plan'),
      disposable,
      key: keys.customerData,
      maintenance: environment.maintenance,
      vaultName,
      copyVaultArn: copies?.vaultArn,
      second,
      bucket: shop.platform.media.kind === 'bucket',
      stores: shop.platform.media.kind === 'none' ? 1 : 2,
      alarmTopic,
    });

    for (const copied of copies ? [copies.key, copies.vault] : [])
      declareReader(copied, recovery.role, 'copies backups to it');

    const data = new DataStack(this, 'Data', {
      ...stack('data', 'database and media'),
      shop,
      environment,
      disposable,
      network,
      securityGroups,
      keys,
      accessLogs,
      recovery,
      alarmTopic,
    });

    const credentials = new CredentialsStack(this, 'Credentials', {
      ...stack('credentials', 'secrets and their rotation'),
      shop,
      environment,
      network,
      database: {
        host: data.database.host,
        port: ports.database,
        clientGroup: securityGroups.rotation,
      },
      adminSecret: data.adminSecret,
      keys,
      alarmTopic,
    });

    if (environment.exports) {
      new CustomerDataStack(this, 'CustomerData', {
        ...stack('customer-data', 'exports of customers and orders, for named people'),
        shop,
        environment,
        exports: environment.exports,
        network,
        databaseClients: securityGroups.rotation,
        keys,
        accessLogs,
        shopSecret: credentials.shopSecret,
        passphrases: credentials.exportPassphrases,
        rotationFunctionArn: credentials.rotationFunctionArn,
        backupRole: recovery.role,
        alarmTopic,
      });
    }

    const patching = new PatchingStack(this, 'Patching', {
      ...stack('patching', 'image pipeline, scan gate, weekly rebuild'),
      shop,
      environment,
      keys,
      accessLogs,
      alarmTopic,
      network,
      securityGroups,
    });

    const perimeter = new PerimeterStack(this, 'Perimeter', {
      ...stack('perimeter', 'edge certificate, web ACL and its logs'),
      // CloudFront takes both from this region only.
      env: { account: environment.account, region: 'us-east-1' },
      shop,
      environment,
    });

    const storefront = new StorefrontStack(this, 'Storefront', {
      ...stack('storefront', 'CloudFront, load balancer and the shop itself'),
      shop,
      environment,
      network,
      securityGroups,
      keys,
      accessLogs,
      images: patching.images,
      media: data.media,
      shopSecret: credentials.shopSecret,
      applicationSecret: credentials.applicationSecret,
      edge: perimeter,
      alarmTopic,
    });

    const admin = new AdminStack(this, 'Admin', {
      ...stack('admin', 'VPN for people, the admin listener'),
      shop,
      environment,
      network,
      loadBalancer: storefront.loadBalancer,
      targetGroup: storefront.targetGroup,
      adminListenerGroup: securityGroups.adminListener,
      keys,
      logArchive: vault.logArchive,
      buildLogs: patching.buildLogs,
      alarmTopic,
    });
    // Whether or not a contractor reads the logs of its builds: the order is the same in every environment.
    admin.addStackDependency(patching);

    if (environment.alarms.digest === 'weekly') {
      const digest = new DigestStack(this, 'Digest', {
        ...stack('digest', 'how the week was, told on Monday'),
        shop,
        environment,
        vaultName,
        copies: [
          ...(copies ? [{ where: 'region' as const, vaultArn: copies.vaultArn }] : []),
          ...(second ? [{ where: 'account' as const, vaultArn: second.vaultArn }] : []),
        ],
        vpnLogs: admin.vpnLogs,
        network,
        keys,
        alarmTopic,
      });
      // With and without a VPN in the same order.
      digest.addStackDependency(admin);
    }

    const readByTasks = [
      credentials.shopSecret,
      credentials.applicationSecret,
      storefront.mailSecret,
      mediaStore(data.media),
    ];
    for (const store of readByTasks) {
      if (!store) continue;
      for (const role of patching.startingRoles)
        declareReader(store, role, 'starts the tasks of the shop, which read it');
    }
    declareEnvironment(this, {
      shop: shop.name,
      environment: environment.name,
      disposable,
      existing: environment.detection.existing.map((service) => accountServiceTypes[service]),
    });
    if (disposable) {
      this.tearDownWithStacks(vault, namesOf(shop, environment), { logsKey: keys.logs, logRetentionDays });
    } else this.protectStacks();
    const managedPolicies = new ManagedPolicies();
    Aspects.of(this).add(managedPolicies);
    Tags.of(this).add(shopTags.shop, shop.name);
    Tags.of(this).add(shopTags.environment, environment.name);
    // An aspect is first heard at synthesis: what it makes of these policies is part of what is promised.
    for (const construct of this.node.findAll()) managedPolicies.visit(construct);
    declarePromises(this);
  }

  /** After everything else of each stack: see there. */
  private protectStacks(): void {
    for (const stack of this.stacks) new Protection(stack, 'Protection');
  }

  /** @param last the stack that is made first and deleted last */
  private tearDownWithStacks(last: Stack, names: Names, logs: Omit<TeardownProps, 'removals'>): void {
    for (const stack of this.stacks) {
      const removals = [...removalsIn(stack), ...(stack === last ? [namesRemoval(stack, names)] : [])];
      if (removals.length > 0) new Teardown(stack, 'Teardown', { ...logs, removals });
    }
  }

  private get stacks(): Stack[] {
    return this.node.children.filter(Stack.isStack);
  }

  /** The vault, whose stack stands in another region, and the key of what it holds. */
  private createCopyVault(
    shop: Shop,
    { account, region, name }: Environment,
    stack: (name: string, about: string) => StackProps,
  ): { readonly vaultArn: string; readonly key: DataKey; readonly vault: LockedVault } {
    const vaultName = `${shop.name}-${name}-copies`;
    const env = { account, region: copyRegionOf(region) };
    const { key, vault } = new RecoveryCopyStack(this, 'RecoveryCopy', {
      ...stack('recovery-copy', 'locked vault for copies of backups, in another region'),
      env,
      vaultName,
      disposable: false,
    });
    return { vaultArn: `arn:aws:backup:${env.region}:${account}:backup-vault:${vaultName}`, key, vault };
  }
}

/** What commands, the pipeline and ECS write under the environment's names. */
function namesOf(shop: Shop, environment: Environment): Names {
  const { cluster } = deploymentNames(shop.name, environment.name);
  return {
    parameterPath: `/secure-shop/${shop.name}/${environment.name}/`,
    secret: vpnNames(shop.name, environment).authoritySecret,
    logGroup: `/aws/ecs/containerinsights/${cluster}/performance`,
  };
}
