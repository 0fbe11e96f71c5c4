import { Stack } from 'aws-cdk-lib';
import type * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3_assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import { serviceOfThisAccount } from '../iam/service-principal.ts';
import { bundleFolder } from '../lambda/bundle-folder.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import { ArtifactBucket } from './artifact-bucket.ts';
import { BuildProject } from './build-project.ts';
import type { PipelineImages } from './image-store.ts';
import type { DeploymentNames } from './names.ts';
import { ReleaseProject } from './release-project.ts';
import type { UnscopedActions } from './unscoped-actions.ts';

export interface PatchPipelineProps extends RetentionProps {
  readonly names: DeploymentNames;
  readonly images: PipelineImages;
  readonly unscoped: UnscopedActions;
  readonly smokeCheckArn: string;
  readonly platform: Platform;
  readonly environment: Environment;
  /** Folder with the Dockerfile and versions.json, when no repository of the user's own is given. */
  readonly buildContext: string;
  readonly keys: { readonly images: kms.IKey; readonly logs: kms.IKey };
  readonly accessLogs: s3.IBucket;
}

/**
 * The one way an image comes to run (PAT1): built from today's packages on a base pinned by digest, scanned, judged,
 * rolled out, checked by customers' way in; or refused, and then the previous image runs on.
 *
 * Costs 1 USD a month, and about 0.05 USD for the build minutes of a run.
 */
export class PatchPipeline extends Construct {
  readonly pipelineArn: string;
  /** Roll out revisions of the shop's task, and so pass on the task's roles: the release, and whoever starts its steps. */
  readonly startingRoles: readonly iam.Role[];
  readonly resource: codepipeline.CfnPipeline;
  /** What builds and releases say; nothing of customers is in it. */
  readonly logGroups: readonly logs.ILogGroup[];

  constructor(scope: Construct, id: string, props: PatchPipelineProps) {
    super(scope, id);
    const { names, images, unscoped, platform, environment, keys } = props;
    const bucket = new ArtifactBucket(this, 'Artifacts', {
      key: keys.images,
      accessLogs: props.accessLogs,
      logRetentionDays: environment.logRetentionDays,
      disposable: props.disposable,
    });
    const log = (id: string) =>
      new logs.LogGroup(this, id, {
        encryptionKey: keys.logs,
        retention: environment.logRetentionDays,
        removalPolicy: removalPolicyOf(props),
      });
    // A build that went bad could write the words of the gate into a log that both share.
    const [buildLog, releaseLog] = [log('Logs'), log('ReleaseLogs')];
    this.logGroups = [buildLog, releaseLog];

    const shared = { images, bucket, platform, key: keys.images };
    const build = new BuildProject(this, 'Build', { ...shared, logGroup: buildLog });
    const { smokeCheckArn } = props;
    const release = new ReleaseProject(this, 'Release', {
      ...shared,
      logGroup: releaseLog,
      names,
      unscoped,
      smokeCheckArn,
      environment,
    });
    onlyPushes(build.serviceRole, images.candidates);
    onlyPushes(release.serviceRole, images.repository);
    const role = this.pipelineRole(bucket, [build, release]);
    this.startingRoles = [release.serviceRole, role];
    const roles = [role, build.serviceRole, release.serviceRole];
    bucket.allowLookingAt(...roles);

    this.resource = new codepipeline.CfnPipeline(this, 'Pipeline', {
      name: names.pipeline,
      pipelineType: 'V2',
      roleArn: role.roleArn,
      // A later run carries everything an earlier one does: the earlier one need not be finished.
      executionMode: 'SUPERSEDED',
      // A deploy that changes the build context is followed by a build of it.
      restartExecutionOnUpdate: true,
      artifactStore: {
        type: 'S3',
        location: bucket.bucketName,
        encryptionKey: { type: 'KMS', id: keys.images.keyArn },
      },
      stages: [
        {
          name: 'Source',
          actions: [
            this.platformSource(props, role),
            this.toolSource('BuildTool', 'patch-build', role),
            this.toolSource('ReleaseTool', 'patch-release', role),
          ],
        },
        {
          name: 'Build',
          actions: [buildAction(build)],
          // Package mirrors fail now and then; a second failure is a failure.
          onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } },
        },
        { name: 'Gate', actions: [releaseAction(release, 'gate')] },
        { name: 'Release', actions: [releaseAction(release, 'release')] },
      ],
    });
    // It runs as soon as it exists, and by then each role must be allowed what it does.
    this.resource.node.addDependency(bucket, unscoped, ...roles);
    this.pipelineArn = Stack.of(this).formatArn({ service: 'codepipeline', resource: this.resource.ref });
  }

  private platformSource(
    { environment, buildContext }: PatchPipelineProps,
    role: iam.Role,
  ): codepipeline.CfnPipeline.ActionDeclarationProperty {
    const { source } = environment.patching;
    if (source === undefined) return this.assetSource('Platform', buildContext, role);

    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['codestar-connections:UseConnection', 'codeconnections:UseConnection'],
        resources: [source.connectionArn],
      }),
    );
    return {
      name: 'Platform',
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
      outputArtifacts: [{ name: 'Platform' }],
      configuration: {
        ConnectionArn: source.connectionArn,
        FullRepositoryId: source.repository,
        BranchName: source.branch,
        OutputArtifactFormat: 'CODE_ZIP',
        DetectChanges: true,
      },
    };
  }

  private toolSource(name: string, bundle: string, role: iam.Role) {
    return this.assetSource(name, bundleFolder(bundle), role);
  }

  /** A folder that the deploy uploads; its object never changes, so a run is started by the schedule instead. */
  private assetSource(
    name: string,
    folder: string,
    role: iam.Role,
  ): codepipeline.CfnPipeline.ActionDeclarationProperty {
    const asset = new s3_assets.Asset(this, name, { path: folder });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
        resources: [asset.bucket.arnForObjects(asset.s3ObjectKey)],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'],
        resources: [asset.bucket.bucketArn],
      }),
    );
    return {
      name,
      actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
      outputArtifacts: [{ name }],
      configuration: {
        S3Bucket: asset.s3BucketName,
        S3ObjectKey: asset.s3ObjectKey,
        PollForSourceChanges: false,
      },
    };
  }

  private pipelineRole(bucket: ArtifactBucket, projects: readonly codebuild.IProject[]): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: serviceOfThisAccount(this, 'codepipeline'),
      description: 'Runs the steps of the patch pipeline',
    });
    bucket.allowPipeline(role);
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
        resources: projects.map(({ projectArn }) => projectArn),
      }),
    );
    return role;
  }
}

/** An image in the repository was put there by this step of the pipeline, whatever else the policies of the account allow. */
function onlyPushes(role: iam.IRole, repository: ecr.IRepository): void {
  repository.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'OnlyThePipelinePushes',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': [role.roleArn] } },
    }),
  );
}

/**
 * The run, as CodePipeline itself names it. The image is found by it: a variable that the build hands on would stand in
 * the JSON text of the next step, where a build gone bad could add settings of its own.
 */
const pipelineRun = {
  name: 'PIPELINE_RUN',
  value: '#{codepipeline.PipelineExecutionId}',
  type: 'PLAINTEXT',
} as const;

function buildAction(project: codebuild.IProject): codepipeline.CfnPipeline.ActionDeclarationProperty {
  return {
    name: 'Image',
    actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
    inputArtifacts: [{ name: 'Platform' }, { name: 'BuildTool' }],
    configuration: {
      ProjectName: project.projectName,
      PrimarySource: 'Platform',
      EnvironmentVariables: JSON.stringify([pipelineRun]),
    },
  };
}

function releaseAction(
  project: codebuild.IProject,
  step: 'gate' | 'release',
): codepipeline.CfnPipeline.ActionDeclarationProperty {
  return {
    name: step === 'gate' ? 'Scan' : 'Shop',
    actionTypeId: {
      category: step === 'gate' ? 'Test' : 'Build',
      owner: 'AWS',
      provider: 'CodeBuild',
      version: '1',
    },
    inputArtifacts: [{ name: 'ReleaseTool' }],
    configuration: {
      ProjectName: project.projectName,
      EnvironmentVariables: JSON.stringify([{ name: 'STEP', value: step, type: 'PLAINTEXT' }, pipelineRun]),
    },
  };
}
