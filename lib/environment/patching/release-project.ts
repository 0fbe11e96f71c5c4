import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import type { ArtifactBucket } from './artifact-bucket.ts';
import { CodeBuildProject } from './codebuild-project.ts';
import type { PipelineImages } from './image-store.ts';
import { type DeploymentNames, digestParameterArn } from './names.ts';
import { readingFindings, type UnscopedActions } from './unscoped-actions.ts';

export interface ReleaseProjectProps {
  readonly names: DeploymentNames;
  readonly images: PipelineImages;
  readonly bucket: ArtifactBucket;
  readonly unscoped: UnscopedActions;
  /** The function that asks new tasks whether they work. */
  readonly smokeCheckArn: string;
  readonly platform: Platform;
  readonly environment: Environment;
  readonly key: kms.IKey;
  readonly logGroup: logs.ILogGroup;
}

/** Judges the scan of an image, brings the image into service and checks the shop, or brings the previous one back. */
export class ReleaseProject extends CodeBuildProject {
  constructor(scope: Construct, id: string, props: ReleaseProjectProps) {
    const { names, images, platform, environment } = props;
    super(scope, id, {
      description: 'Judges the scan of the shop image, rolls it out and checks it',
      roleDescription: 'Judges the shop image and brings it into service',
      key: props.key,
      logGroup: props.logGroup,
      timeout: Duration.minutes(90),
      // The gate of a run may be asked while the release of the one before is under way.
      stages: 2,
      architecture: platform.architecture,
      privileged: false,
      environment: {
        CANDIDATES: images.candidates.repositoryName,
        REPOSITORY: images.repository.repositoryName,
        REPOSITORY_URI: images.repository.repositoryUri,
        DIGEST_PARAMETER: names.digestParameter,
        CLUSTER: names.cluster,
        SERVICE: names.service,
        CONTAINER: names.container,
        EXCEPTIONS: JSON.stringify(environment.patching.exceptions.map(({ cve, until }) => ({ cve, until }))),
        SMOKE_CHECK: props.smokeCheckArn,
      },
      commands: ['node index.mjs'],
    });
    this.allowRelease(props);
  }

  /**
   * One repository to judge, one to copy into, one service to update, one task definition to update it to, one
   * parameter to write.
   */
  private allowRelease({ names, images, bucket, unscoped, smokeCheckArn }: ReleaseProjectProps): void {
    const stack = Stack.of(this);
    const role = this.serviceRole;
    const allow = (statement: iam.PolicyStatementProps) =>
      role.addToPolicy(new iam.PolicyStatement(statement));

    bucket.allowReadingArtifacts('ReleaseReadsTool', role);
    images.candidates.grant(
      role,
      'ecr:DescribeImages',
      'ecr:DescribeImageScanFindings',
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    );
    images.repository.grant(
      role,
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
    );
    allow({
      actions: ['ssm:GetParameter', 'ssm:PutParameter'],
      resources: [digestParameterArn(stack, names)],
    });
    allow({ actions: ['lambda:InvokeFunction'], resources: [smokeCheckArn] });

    const service = stack.formatArn({
      service: 'ecs',
      resource: 'service',
      resourceName: `${names.cluster}/${names.service}`,
    });
    const shop = stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName: names.family });
    allow({ actions: ['ecs:DescribeServices'], resources: [service] });
    allow({
      actions: ['ecs:UpdateService'],
      resources: [service],
      // To another revision of the shop, and to nothing else that somebody registered.
      conditions: { ArnLike: { 'ecs:task-definition': `${shop}:*` } },
    });
    allow({
      actions: ['iam:PassRole'],
      resources: [names.taskRole, names.executionRole].map((name) =>
        stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }),
      ),
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
    unscoped.allow(
      role,
      'ecs:DescribeTaskDefinition',
      'ecs:RegisterTaskDefinition',
      // AWS knows resources for these two, but only by the ids of tasks and machines, which nobody knows in advance.
      'ecs:DescribeTasks',
      'ecs:ListTasks',
      ...readingFindings,
    );
  }
}
