import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import type { ShopImages } from './image-store.ts';
import { type DeploymentNames, digestParameterArn } from './names.ts';
import { readingFindings, type UnscopedActions } from './unscoped-actions.ts';

export interface PatchWatchProps {
  readonly names: DeploymentNames;
  readonly images: ShopImages;
  readonly unscoped: UnscopedActions;
  readonly environment: Environment;
  /** Where to say that the first image exists, or will not. */
  readonly signalUrl: string;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
  readonly network: FunctionNetwork;
}

/**
 * Notices what the weekly run does not: a new critical finding on the image that runs, a task that runs another image
 * than it should, an image that grows old or would not pass the gate today, a service that a killed release left behind,
 * a host that misses a patch. It can read one repository, one parameter, one service and what Systems Manager knows of
 * patches, and start one pipeline.
 */
export class PatchWatch extends Construct {
  private readonly function: HardenedFunction;

  constructor(scope: Construct, id: string, props: PatchWatchProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { names, images } = props;

    this.function = new HardenedFunction(this, 'Function', {
      name: 'patch-watch',
      description: 'Watches whether the running shop image is patched',
      // A run that failed is asked about for most of a minute.
      timeout: Duration.seconds(90),
      environment: {
        SETTINGS: stack.toJsonString({
          repository: images.repository.repositoryName,
          digestParameter: names.digestParameter,
          pipeline: names.pipeline,
          cluster: names.cluster,
          service: names.service,
          container: names.container,
          patchGroup: names.patchGroup,
          // Without their reasons: the settings of a function hold 4 KB.
          exceptions: props.environment.patching.exceptions.map(({ cve, until }) => ({ cve, until })),
        }),
        SIGNAL_URL: props.signalUrl,
      },
      network: props.network,
      logs: functionLogs(props.logsKey, props.environment),
      alarmTopic: props.alarmTopic,
      // It measures, and starts a run under a token that is the same for the same cause.
      retryAttempts: 1,
    });
    images.repository.grant(this.function, 'ecr:DescribeImages', 'ecr:DescribeImageScanFindings');
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ssm:GetParameter'],
        resources: [digestParameterArn(stack, names)],
      }),
    );
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: [
          'codepipeline:StartPipelineExecution',
          'codepipeline:GetPipelineExecution',
          'codepipeline:ListPipelineExecutions',
        ],
        resources: [stack.formatArn({ service: 'codepipeline', resource: names.pipeline })],
      }),
    );
    this.function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['ecs:DescribeServices'],
        resources: [
          stack.formatArn({
            service: 'ecs',
            resource: 'service',
            resourceName: `${names.cluster}/${names.service}`,
          }),
        ],
      }),
    );
    if (this.function.role !== undefined) {
      props.unscoped.allow(
        this.function.role,
        'ssm:DescribeInstancePatchStatesForPatchGroup',
        'ecs:DescribeTaskDefinition',
        ...readingFindings,
      );
    }
    this.listen(props);
  }

  private listen({ names, images }: PatchWatchProps): void {
    const stack = Stack.of(this);
    this.on('TwiceADay', 'Measures how old the running image is, and how patched the hosts are', {
      schedule: events.Schedule.rate(Duration.hours(12)),
    });
    this.on('RunEnded', 'A run of the patch pipeline ended', {
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: [names.pipeline], state: ['SUCCEEDED', 'FAILED', 'STOPPED', 'CANCELED'] },
      },
    });
    this.on('CriticalFinding', 'The continuous scan found something critical in an image of the shop', {
      eventPattern: {
        source: ['aws.inspector2'],
        detailType: ['Inspector2 Finding'],
        detail: {
          severity: ['CRITICAL'],
          status: ['ACTIVE'],
          resources: {
            details: { awsEcrContainerImage: { repositoryName: [images.repository.repositoryName] } },
          },
        },
      },
    });
    this.on('DigestWritten', 'Somebody wrote the parameter that names the image', {
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['Parameter Store Change'],
        detail: { name: [names.digestParameter] },
      },
    });
    this.on('HostCompliance', 'A host of the environment misses a patch, or has got it', {
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['Configuration Compliance State Change'],
        detail: { 'compliance-type': ['Patch'] },
      },
    });
    this.on('TaskStarted', 'A task of the shop started', {
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Task State Change'],
        detail: {
          clusterArn: [stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: names.cluster })],
          group: [`service:${names.service}`],
          lastStatus: ['RUNNING'],
          desiredStatus: ['RUNNING'],
        },
      },
    });
  }

  private on(
    id: string,
    description: string,
    when: Pick<events.RuleProps, 'schedule' | 'eventPattern'>,
  ): void {
    new events.Rule(this, id, {
      description,
      ...when,
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 3 })],
    });
  }
}
