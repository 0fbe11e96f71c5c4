import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import type { ShopSecurityGroups } from '../network/security-groups.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { FirstImage } from './first-image.ts';
import { HostPatching } from './host-patching.ts';
import { ImageStore, type ShopImages } from './image-store.ts';
import { deploymentNames } from './names.ts';
import { OperationsHost } from './operations-host.ts';
import { PatchWatch } from './patch-watch.ts';
import { PatchPipeline } from './pipeline.ts';
import { SmokeChecker } from './smoke-checker.ts';
import { StalenessAlarms } from './staleness-alarms.ts';
import { UnscopedActions } from './unscoped-actions.ts';
import { WeeklyRun } from './weekly-run.ts';

export interface PatchingStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly keys: Pick<ShopKeys, 'images' | 'logs'>;
  readonly accessLogs: s3.IBucket;
  readonly alarmTopic: sns.ITopic;
  readonly network: FunctionNetwork;
  readonly securityGroups: Pick<ShopSecurityGroups, 'smokeCheck'>;
}

/** Keeps everything that can grow old patched, and says so when it cannot (PAT1, PAT2). */
export class PatchingStack extends Stack {
  readonly images: ShopImages;
  /** Whatever the shop's tasks can read, whoever starts them can read: to be declared on each store. */
  readonly startingRoles: readonly iam.IRole[];
  readonly buildLogs: readonly logs.ILogGroup[];

  constructor(scope: Construct, id: string, props: PatchingStackProps) {
    super(scope, id, props);
    const { shop, environment, keys, alarmTopic, network } = props;
    const { disposable } = environment;
    const names = deploymentNames(shop.name, environment.name);

    const unscoped = new UnscopedActions(this, 'UnscopedActions');
    const images = new ImageStore(this, 'Images', {
      loginPolicy: unscoped,
      key: keys.images,
      digestParameterName: names.digestParameter,
      disposable,
    });
    this.images = images;

    // A build and its scan take about ten minutes. Each step has a limit of its own, and so tells first what is wrong.
    const firstImage = new FirstImage(this, 'FirstImage', { timeout: Duration.minutes(110) });
    const watch = new PatchWatch(this, 'Watch', {
      names,
      images,
      unscoped,
      environment,
      signalUrl: firstImage.signalUrl,
      logsKey: keys.logs,
      alarmTopic,
      network,
    });

    const { functionArn: smokeCheckArn } = new SmokeChecker(this, 'SmokeChecker', {
      environment,
      platform: shop.platform,
      network,
      securityGroup: props.securityGroups.smokeCheck,
      logsKey: keys.logs,
      alarmTopic,
    });
    const pipeline = new PatchPipeline(this, 'Pipeline', {
      names,
      images,
      unscoped,
      smokeCheckArn,
      platform: shop.platform,
      environment,
      buildContext: shop.platform.buildContext,
      keys,
      accessLogs: props.accessLogs,
      disposable,
    });
    this.startingRoles = pipeline.startingRoles;
    this.buildLogs = pipeline.logGroups;
    // A contractor's role reads them, and comes and goes: an export that went with it could not be dropped.
    for (const { logGroupArn } of pipeline.logGroups) this.exportValue(logGroupArn);
    // The pipeline runs as soon as it exists, and its end must not go unheard.
    pipeline.resource.node.addDependency(watch);
    firstImage.waitAfter(pipeline);

    new WeeklyRun(this, 'WeeklyRun', {
      maintenance: environment.maintenance,
      pipelineArn: pipeline.pipelineArn,
    });
    const alarms = new StalenessAlarms(this, 'Staleness', { pipelineName: names.pipeline, alarmTopic });
    // Before the first image there is none that could be old.
    alarms.node.addDependency(firstImage);

    new HostPatching(this, 'Hosts', {
      patchGroup: names.patchGroup,
      maintenance: environment.maintenance,
    });
    if (environment.patching.operationsHost) {
      new OperationsHost(this, 'OperationsHost', {
        patchGroup: names.patchGroup,
        vpc: network.vpc,
        subnets: network.subnets,
        logsKey: keys.logs,
        logRetentionDays: environment.logRetentionDays,
        disposable,
      });
    }
  }
}
