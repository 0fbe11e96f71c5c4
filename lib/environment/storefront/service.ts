import { createHash } from 'node:crypto';
import { Duration, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Environment, Shop, Tier } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareReader } from '../../declarations/declare.ts';
import type { ShopMedia } from '../data/media.ts';
import type { MediaBucket } from '../data/media-bucket.ts';
import { ports, type ShopSecurityGroups } from '../network/security-groups.ts';
import { workloadSubnets } from '../network/subnets.ts';
import type { ShopImages } from '../patching/image-store.ts';
import type { DeploymentNames } from '../patching/names.ts';
import { ShopImage } from '../patching/shop-image.ts';
import { isWordPress } from '../perimeter/wordpress.ts';
import { removalPolicyOf } from '../retention.ts';
import { mailLogin, mailSettings } from './mail.ts';
import { allowRuntimeMonitoring } from './runtime-monitoring.ts';

export interface ShopServiceProps {
  readonly names: DeploymentNames;
  readonly shop: Shop;
  readonly environment: Environment;
  readonly vpc: ec2.IVpc;
  readonly securityGroups: ShopSecurityGroups;
  readonly images: ShopImages;
  readonly shopSecret: secretsmanager.ISecret;
  /** One key per application secret of the platform; undefined when the platform has none. */
  readonly applicationSecret: secretsmanager.ISecret | undefined;
  /** Login at the mail server, when this environment keeps it. */
  readonly mailSecret: secretsmanager.ISecret | undefined;
  readonly media: ShopMedia;
  readonly logsKey: kms.IKey;
  readonly credentialsKey: kms.IKey;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  /** A deployment during which one of these alarms fires is rolled back. */
  readonly rollbackAlarms: readonly cloudwatch.Alarm[];
}

interface Size {
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly tasks: number;
  readonly maxTasks: number;
}

const sizes: Record<Tier, Size> = {
  starter: { cpu: 512, memoryMiB: 1024, tasks: 1, maxTasks: 2 },
  standard: { cpu: 1024, memoryMiB: 2048, tasks: 2, maxTasks: 6 },
  'high-availability': { cpu: 2048, memoryMiB: 4096, tasks: 3, maxTasks: 12 },
};

/** The rest is for the agent that GuardDuty adds to the task. */
function containerMemory({ memoryMiB }: Size): number {
  return memoryMiB * 0.875;
}

/**
 * The running shop: a Fargate service whose container can change nothing but its declared folders, runs without
 * root and without a shell from outside, and receives every credential from Secrets Manager at start.
 */
export class ShopService extends Construct {
  readonly cluster: ecs.Cluster;
  readonly service: ecs.FargateService;
  readonly taskRole: iam.Role;
  /** What the container writes. */
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, props: ShopServiceProps) {
    super(scope, id);
    const size = sizes[props.environment.tier];

    this.cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: props.names.cluster,
      vpc: props.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    });
    this.taskRole = new iam.Role(this, 'TaskRole', {
      roleName: props.names.taskRole,
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: 'The shop itself: its media and nothing else',
    });

    this.logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: props.logsKey,
      retention: props.environment.logRetentionDays,
      removalPolicy: removalPolicyOf(props.environment),
    });
    const task = this.defineTask(props, size);
    this.service = new ecs.FargateService(this, 'Service', {
      serviceName: props.names.service,
      cluster: this.cluster,
      taskDefinition: task,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      assignPublicIp: false,
      enableExecuteCommand: false,
      vpcSubnets: workloadSubnets(props.environment),
      securityGroups: [props.securityGroups.shopTasks],
      platformVersion: ecs.FargatePlatformVersion.LATEST,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      healthCheckGracePeriod: Duration.minutes(3),
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: {
        alarmNames: props.rollbackAlarms.map((alarm) => alarm.alarmName),
        behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM,
      },
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
    });
    // Autoscaling alone decides how many tasks run. A number here would set a shop that has scaled out back to it in
    // every deploy that changes the service; without one ECS begins with one task and keeps what it has afterwards.
    (this.service.node.defaultChild as ecs.CfnService).desiredCount = undefined;
    // The CDK waits for the task's role only: tasks that start before theirs may read its secrets fail.
    if (task.executionRole) this.service.node.addDependency(task.executionRole);
    this.service.attachToApplicationTargetGroup(props.targetGroup);
    this.scale(size, props.targetGroup);
  }

  private defineTask(props: ShopServiceProps, size: Size): ecs.FargateTaskDefinition {
    const { shop, environment, names } = props;
    const { platform } = shop;
    const executionRole = new iam.Role(this, 'ExecutionRole', {
      roleName: names.executionRole,
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: 'Starts the shop: pulls its image, reads its secrets, writes its log',
    });
    allowRuntimeMonitoring(executionRole, environment.region);
    const task = new ecs.FargateTaskDefinition(this, 'Task', {
      family: names.family,
      cpu: size.cpu,
      memoryLimitMiB: size.memoryMiB,
      runtimePlatform: {
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
        cpuArchitecture:
          platform.architecture === 'arm64' ? ecs.CpuArchitecture.ARM64 : ecs.CpuArchitecture.X86_64,
      },
      executionRole,
      taskRole: this.taskRole,
    });

    const linux = new ecs.LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linux.dropCapabilities(ecs.Capability.ALL);
    const container = task.addContainer(names.container, {
      image: new ShopImage(props.images),
      user: `${platform.userId}:${platform.userId}`,
      memoryLimitMiB: containerMemory(size),
      readonlyRootFilesystem: true,
      privileged: false,
      linuxParameters: linux,
      portMappings: [{ containerPort: platform.port }],
      secrets: {
        ...this.settings(props),
        ...this.credentials(props, executionRole),
        ...this.mailLogin(props, executionRole),
      },
      logging: ecs.LogDrivers.awsLogs({
        streamPrefix: 'shop',
        logGroup: this.logGroup,
      }),
    });

    for (const [index, folder] of platform.writableFolders.entries()) {
      const volume = `writable-${index}`;
      task.addVolume({ name: volume });
      container.addMountPoints({ sourceVolume: volume, containerPath: folder, readOnly: false });
    }
    this.giveMedia(props.media, task, container);
    return task;
  }

  /**
   * What the shop must know and is no secret. It goes through parameters, not through the task definition, so that
   * whoever may read task definitions learns nothing of the shop's inside, and no secret is ever put there by habit.
   *
   * A changed value is a new parameter: the task definition then differs, so that ECS replaces the tasks, which read
   * their settings at start only, and those that still run keep what they started with.
   */
  private settings({ shop, environment, media, vpc }: ShopServiceProps): Record<string, ecs.Secret> {
    const settings: Record<string, string> = {
      ...shop.platform.environment,
      SHOP_ORIGIN: `https://${environment.hosts[0]}`,
      SHOP_ALIASES: environment.hosts.slice(1).join(','),
      SHOP_ADMIN_ORIGIN: `https://${environment.admin.host}:${ports.adminHttps}`,
      SHOP_TRUSTED_PROXIES: vpc.vpcCidrBlock,
      SHOP_ADMIN_PATHS: shop.platform.adminPaths.join(','),
      // Absent when open, so that shops which close nothing keep their task as it is.
      SHOP_EXPORT_SCREENS:
        isWordPress(shop.platform) && environment.customerData.screens === 'closed' ? 'closed' : '',
      SHOP_PUBLIC_PATHS: shop.platform.publicPaths.join(','),
      SHOP_MEMORY_MIB: String(containerMemory(sizes[environment.tier])),
      ...mailSettings(environment),
      ...(media.kind === 'bucket' ? { [media.environmentVariable]: media.bucket.bucketName } : {}),
    };
    return Object.fromEntries(
      Object.entries(settings)
        // An empty setting says the same as an absent one, and no parameter can hold it.
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [
          name,
          ecs.Secret.fromSsmParameter(
            new ssm.StringParameter(this, `Setting-${name}-${this.fingerprint(value)}`, {
              stringValue: value,
              description: `${name} of the shop`,
            }),
          ),
        ]),
    );
  }

  /** Of a value that may stand for one that only AWS knows. */
  private fingerprint(value: string): string {
    return createHash('sha256')
      .update(JSON.stringify(Stack.of(this).resolve(value)))
      .digest('hex')
      .slice(0, 8);
  }

  private credentials(props: ShopServiceProps, executionRole: iam.Role): Record<string, ecs.Secret> {
    const { databaseEnvironment: names, secretEnvironment } = props.shop.platform;
    const login = withoutKey(this, 'ShopSecret', props.shopSecret);
    const field = (key: string) => ecs.Secret.fromSecretsManager(login, key);
    props.credentialsKey.grantDecrypt(executionRole);
    declareReader(props.shopSecret, executionRole, 'starts the shop with its database login');
    const database = {
      [names.host]: field('host'),
      ...(names.port ? { [names.port]: field('port') } : {}),
      [names.name]: field('dbname'),
      [names.user]: field('username'),
      [names.password]: field('password'),
    };
    const { applicationSecret } = props;
    if (!applicationSecret) return database;
    const application = withoutKey(this, 'ApplicationSecret', applicationSecret);
    declareReader(applicationSecret, executionRole, 'starts the shop with its application secrets');
    return {
      ...database,
      ...Object.fromEntries(
        secretEnvironment.map((name) => [name, ecs.Secret.fromSecretsManager(application, name)]),
      ),
    };
  }

  private mailLogin(
    { environment: { mail }, mailSecret }: ShopServiceProps,
    executionRole: iam.Role,
  ): Record<string, ecs.Secret> {
    if (mail?.kind !== 'smtp') return {};
    const arn = mail.secret ?? mailSecret?.secretArn;
    if (arn === undefined) return {};
    if (mailSecret)
      declareReader(mailSecret, executionRole, 'starts the shop with its login at the mail server');
    const secret = secretsmanager.Secret.fromSecretCompleteArn(this, 'MailSecret', arn);
    return Object.fromEntries(
      Object.entries(mailLogin).map(([name, key]) => [name, ecs.Secret.fromSecretsManager(secret, key)]),
    );
  }

  private giveMedia(
    media: ShopMedia,
    task: ecs.FargateTaskDefinition,
    container: ecs.ContainerDefinition,
  ): void {
    const reason = 'shows and stores the media of the shop';
    switch (media.kind) {
      case 'file-system': {
        const { fileSystem, accessPoint } = media.files;
        task.addVolume({
          name: 'media',
          efsVolumeConfiguration: {
            fileSystemId: fileSystem.fileSystemId,
            transitEncryption: 'ENABLED',
            authorizationConfig: { accessPointId: accessPoint.accessPointId, iam: 'ENABLED' },
          },
        });
        container.addMountPoints({ sourceVolume: 'media', containerPath: media.mountPath, readOnly: false });
        this.taskRole.addToPolicy(
          new iam.PolicyStatement({
            actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
            resources: [fileSystem.fileSystemArn],
            conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
          }),
        );
        declareReader(fileSystem, this.taskRole, reason);
        return;
      }
      case 'bucket':
        this.allowObjectsOf(media.bucket);
        declareReader(media.bucket, this.taskRole, reason);
    }
  }

  /** Reads, writes and deletes objects; the bucket's own settings stay out of reach. */
  private allowObjectsOf(bucket: MediaBucket): void {
    const bucketArn = `arn:aws:s3:::${bucket.givenName}`;
    this.taskRole.addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
    );
    this.taskRole.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resources: [`${bucketArn}/*`],
      }),
    );
    bucket.encryptionKey?.grant(this.taskRole, 'kms:Decrypt', 'kms:GenerateDataKey');
    acknowledge(this.taskRole, {
      rule: `IAM5[Resource::${bucketArn}/*]`,
      reason:
        'Objects have the names of what customers and staff upload, which nobody knows in advance. Compensated: three actions on the objects of this one bucket, which is versioned, backed up and closed to everyone undeclared.',
    });
  }

  private scale(size: Size, targetGroup: elbv2.ApplicationTargetGroup): void {
    const scaling = this.service.autoScaleTaskCount({ minCapacity: size.tasks, maxCapacity: size.maxTasks });
    scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    scaling.scaleOnRequestCount('Requests', { requestsPerTarget: 1000, targetGroup });
  }
}

/**
 * The same secret for granting: a secret that knows its key adds each reader to the key's policy, and the vault
 * would then have to wait for the shop that waits for it. The key already trusts the account through Secrets Manager.
 */
function withoutKey(scope: Construct, id: string, secret: secretsmanager.ISecret): secretsmanager.ISecret {
  return secretsmanager.Secret.fromSecretCompleteArn(scope, id, secret.secretArn);
}
