import { App, Aspects, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import featureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { parseShop, type ShopInput } from '../../../../lib/config/index.ts';
import { ManagedPolicies } from '../../../../lib/environment/iam/managed-policies.ts';
import { PatchingStack } from '../../../../lib/environment/patching/stack.ts';
import { DataKey } from '../../../../lib/environment/vault/keys.ts';
import shop from '../../../../shop.config.ts';

type Patching = NonNullable<ShopInput['environments'][string]['patching']>;

export interface Options {
  readonly patching?: Patching;
  readonly platform?: ShopInput['platform'];
  readonly disposable?: boolean;
  /** Breaks a control after the stack was made, to see whether anybody notices. */
  readonly breaking?: (stack: PatchingStack) => void;
}

/** The patching stack of the example shop, with what other stacks hand it. */
export function patchingApp(options: Options = {}): { app: App; stack: PatchingStack } {
  const app = new App({ context: featureFlags, analyticsReporting: false });
  const [production] = Object.values(shop.environments);
  if (production === undefined) throw new Error('the example shop has no environment');
  const parsed = parseShop({
    ...shop,
    platform: options.platform ?? shop.platform,
    environments: {
      production: {
        ...production,
        patching: options.patching ?? {},
      },
    },
  });
  const resolved = parsed.environments.production;
  if (resolved === undefined) throw new Error('the parsed shop has no environment');
  const environment = { ...resolved, disposable: options.disposable ?? false };

  const env = { account: environment.account, region: environment.region };
  const stage = new Stage(app, 'production', { env });
  const others = new Stack(stage, 'Others');
  const key = (id: string) =>
    new DataKey(others, id, { description: id, dataClass: 'images', services: ['s3'], disposable: false });
  const vpc = new ec2.Vpc(others, 'Vpc', {
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    subnetConfiguration: [{ name: 'app', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    restrictDefaultSecurityGroup: false,
  });
  const stack = new PatchingStack(stage, 'Patching', {
    env,
    stackName: 'hana-candles-production-patching',
    shop: parsed,
    environment,
    keys: { images: key('Images'), logs: key('Logs') },
    accessLogs: new s3.Bucket(others, 'AccessLogs'),
    alarmTopic: new sns.Topic(others, 'Alarms'),
    securityGroups: { smokeCheck: new ec2.SecurityGroup(others, 'SmokeCheck', { vpc }) },
    network: {
      vpc,
      subnets: { subnetGroupName: 'app' },
      securityGroup: new ec2.SecurityGroup(others, 'Functions', { vpc }),
      eniPolicy: new iam.ManagedPolicy(others, 'Eni', {
        statements: [
          new iam.PolicyStatement({ actions: ['ec2:DescribeNetworkInterfaces'], resources: ['*'] }),
        ],
      }),
    },
  });
  options.breaking?.(stack);
  Aspects.of(stage).add(new ManagedPolicies());
  return { app, stack };
}

export function patchingTemplate(options: Options = {}): Template {
  return Template.fromStack(patchingApp(options).stack);
}
