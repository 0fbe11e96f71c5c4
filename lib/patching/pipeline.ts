import { Duration, Fn, Stack } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3_assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { acknowledge } from '../checks/acknowledge.ts';
import type { Environment, Platform } from '../config/index.ts';
import { bundleFolder, codebuildNode } from '../lambda/bundle.ts';
import type { RetentionProps } from '../retention.ts';
import { ArtifactBucket } from './artifact-bucket.ts';
import type { ShopImages } from './image-store.ts';
import type { DeploymentNames } from './names.ts';
import { fetchSbomGenerator } from './sbom-generator.ts';
import type { UnscopedActions } from './unscoped-actions.ts';

export interface PatchPipelineProps extends RetentionProps {
  readonly names: DeploymentNames;
  readonly images: ShopImages;
  readonly unscoped: UnscopedActions;
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
  /** Rolls out revisions of the shop's task, and so passes on the task's roles. */
  readonly releaseRole: iam.Role;
  readonly resource: codepipeline.CfnPipeline;

  constructor(scope: Construct, id: string, props: PatchPipelineProps) {
    super(scope, id);
    const bucket = new ArtifactBucket(this, 'Artifacts', {
      key: props.keys.images,
      accessLogs: props.accessLogs,
      logRetentionDays: props.environment.logRetentionDays,
      disposable: props.disposable,
    });
    const logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: props.keys.logs,
      retention: props.environment.logRetentionDays,
    });

    const buildRole = this.projectRole('BuildRole', 'Builds the shop image and pushes it', logGroup);
    const build = this.buildProject(props, bucket, logGroup, buildRole);
    this.releaseRole = this.projectRole(
      'ReleaseRole',
      'Judges the shop image and brings it into service',
      logGroup,
    );
    const release = this.releaseProject(props, bucket, logGroup);
    this.keepOthersFromPushing(props.images.repository, buildRole, this.releaseRole);
    const role = this.pipelineRole(props, bucket, [build, release]);
    const roles = [role, buildRole, this.releaseRole];
    bucket.allowLookingAt(...roles);
    const source = this.platformSource(props, role);

    this.resource = new codepipeline.CfnPipeline(this, 'Pipeline', {
      name: props.names.pipeline,
      pipelineType: 'V2',
      roleArn: role.roleArn,
      // A later run carries everything an earlier one does: the earlier one need not be finished.
      executionMode: 'SUPERSEDED',
      // A deploy that changes the build context is followed by a build of it.
      restartExecutionOnUpdate: true,
      artifactStore: {
        type: 'S3',
        location: bucket.bucketName,
        encryptionKey: { type: 'KMS', id: props.keys.images.keyArn },
      },
      stages: [
        {
          name: 'Source',
          actions: [
            source,
            this.toolSource('BuildTool', 'patch-build', role),
            this.toolSource('ReleaseTool', 'patch-release', role),
          ],
        },
        {
          name: 'Build',
          actions: [
            {
              name: 'Image',
              namespace: 'Image',
              actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
              inputArtifacts: [{ name: 'Platform' }, { name: 'BuildTool' }],
              configuration: {
                ProjectName: build.projectName,
                PrimarySource: 'Platform',
                EnvironmentVariables: JSON.stringify([
                  { name: 'PIPELINE_RUN', value: '#{codepipeline.PipelineExecutionId}', type: 'PLAINTEXT' },
                ]),
              },
            },
          ],
          // Package mirrors fail now and then; a second failure is a failure.
          onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } },
        },
        { name: 'Gate', actions: [releaseAction(release, 'gate')] },
        { name: 'Release', actions: [releaseAction(release, 'release')] },
      ],
    });
    // It runs as soon as it exists, and by then each role must be allowed what it does.
    this.resource.node.addDependency(bucket, props.unscoped, ...roles);
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

  private pipelineRole(
    { keys }: PatchPipelineProps,
    bucket: ArtifactBucket,
    projects: readonly codebuild.IProject[],
  ): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: this.service('codepipeline'),
      description: 'Runs the steps of the patch pipeline',
    });
    bucket.allowPipeline(role);
    allowKey(role, keys.images);
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'],
        resources: projects.map(({ projectArn }) => projectArn),
      }),
    );
    return role;
  }

  private buildProject(
    { images, platform, keys }: PatchPipelineProps,
    bucket: ArtifactBucket,
    logGroup: logs.ILogGroup,
    role: iam.Role,
  ): codebuild.IProject {
    bucket.allowReadingArtifacts('BuildReadsSource', role);
    bucket.allowKeepingEvidence(role);
    allowKey(role, keys.images);
    role.addManagedPolicy(images.loginPolicy);
    images.repository.grant(
      role,
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
      // The bill of materials is made from the pushed image.
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
    );

    return this.project('Build', {
      description: 'Builds the shop image from the packages of the day',
      role,
      key: keys.images,
      logGroup,
      timeout: Duration.minutes(30),
      architecture: platform.architecture,
      // A Docker build needs it, and the pipeline's managed build action builds no arm64 images. The machine is thrown
      // away after each build, lies outside the VPC and holds no secret, and its role can push to one repository only,
      // whose images run only after the scan gate.
      // https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker.html
      privileged: true,
      environment: {
        REPOSITORY_URI: images.repository.repositoryUri,
        REGISTRY: Fn.select(0, Fn.split('/', images.repository.repositoryUri)),
        EVIDENCE: bucket.evidenceUri,
        OUTPUT: '/tmp/image',
      },
      exportedVariables: ['IMAGE_DIGEST'],
      commands: buildCommands(platform.architecture),
    });
  }

  private releaseProject(
    { images, unscoped, names, platform, environment, keys }: PatchPipelineProps,
    bucket: ArtifactBucket,
    logGroup: logs.ILogGroup,
  ): codebuild.IProject {
    const stack = Stack.of(this);
    const role = this.releaseRole;
    const service = stack.formatArn({
      service: 'ecs',
      resource: 'service',
      resourceName: `${names.cluster}/${names.service}`,
    });
    const family = stack.formatArn({
      service: 'ecs',
      resource: 'task-definition',
      resourceName: names.family,
    });
    bucket.allowReadingArtifacts('ReleaseReadsTool', role);
    allowKey(role, keys.images);
    images.repository.grant(role, 'ecr:DescribeImageScanFindings', 'ecr:BatchGetImage', 'ecr:PutImage');
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['ssm:PutParameter'],
        resources: [
          stack.formatArn({
            service: 'ssm',
            resource: 'parameter',
            resourceName: names.digestParameter.slice(1),
          }),
        ],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['ecs:DescribeServices'],
        resources: [service],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['ecs:UpdateService'],
        resources: [service],
        // To another revision of the shop, and to nothing else that somebody registered.
        conditions: { ArnLike: { 'ecs:task-definition': `${family}:*` } },
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [names.taskRole, names.executionRole].map((name) =>
          stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: name }),
        ),
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    );
    unscoped.allow(
      role,
      'ecs:DescribeTaskDefinition',
      'ecs:RegisterTaskDefinition',
      // The registry asks Inspector on the caller's behalf, and refuses without these.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
      'inspector2:ListFindings',
      'inspector2:ListCoverage',
      'inspector2:ListAccountPermissions',
    );

    return this.project('Release', {
      description: 'Judges the scan of the shop image, rolls it out and checks it',
      role,
      key: keys.images,
      logGroup,
      timeout: Duration.minutes(90),
      architecture: platform.architecture,
      privileged: false,
      environment: {
        REPOSITORY: images.repository.repositoryName,
        REPOSITORY_URI: images.repository.repositoryUri,
        DIGEST_PARAMETER: names.digestParameter,
        CLUSTER: names.cluster,
        SERVICE: names.service,
        CONTAINER: names.container,
        EXCEPTIONS: JSON.stringify(environment.patching.exceptions),
        SHOP_ORIGIN: `https://${environment.domain}`,
        HEALTH_PATH: platform.healthPath,
      },
      commands: ['node index.mjs'],
    });
  }

  /** An image in the repository was put there by the pipeline, whatever else the policies of the account allow. */
  private keepOthersFromPushing(repository: ecr.IRepository, ...roles: iam.IRole[]): void {
    repository.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'OnlyThePipelinePushes',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: [
          'ecr:InitiateLayerUpload',
          'ecr:UploadLayerPart',
          'ecr:CompleteLayerUpload',
          'ecr:PutImage',
        ],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': roles.map(({ roleArn }) => roleArn) } },
      }),
    );
  }

  private project(id: string, props: ProjectProps): codebuild.Project {
    const project = new codebuild.PipelineProject(this, id, {
      description: props.description,
      // The role says everything itself; the library would add patterns over log and report groups.
      role: props.role.withoutPolicyUpdates(),
      grantReportGroupPermissions: false,
      encryptionKey: props.key,
      logging: { cloudWatch: { logGroup: props.logGroup, prefix: id.toLowerCase() } },
      timeout: props.timeout,
      queuedTimeout: Duration.minutes(15),
      environment: {
        buildImage:
          props.architecture === 'arm64'
            ? codebuild.LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0
            : codebuild.LinuxBuildImage.AMAZON_LINUX_2023_5,
        computeType: codebuild.ComputeType.SMALL,
        privileged: props.privileged,
      },
      environmentVariables: Object.fromEntries(
        Object.entries(props.environment).map(([name, value]) => [name, { value }]),
      ),
      buildSpec: codebuild.BuildSpec.fromObject({
        version: '0.2',
        env: { shell: 'bash', 'exported-variables': props.exportedVariables ?? [] },
        phases: {
          install: { 'runtime-versions': { nodejs: String(codebuildNode) } },
          // One block, so that its first failing line ends it.
          build: { 'on-failure': 'ABORT', commands: [props.commands.join('\n')] },
        },
      }),
    });
    acknowledge(project, {
      rule: 'CodeBuildProjectSourceRepoUrl',
      reason:
        'The rule asks for OAuth where a project fetches from GitHub or Bitbucket itself, and reports every other project too. This one fetches nothing: it receives what the pipeline hands it. Compensated: a repository of the user is read by the pipeline through a connection, which holds no password.',
    });
    return project;
  }

  private projectRole(id: string, description: string, logGroup: logs.ILogGroup): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: this.service('codebuild'), description });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    return role;
  }

  /** The service, and only on behalf of this account. */
  private service(name: string): iam.ServicePrincipal {
    return new iam.ServicePrincipal(`${name}.amazonaws.com`, {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
  }
}

interface ProjectProps {
  readonly description: string;
  readonly role: iam.Role;
  readonly key: kms.IKey;
  readonly logGroup: logs.ILogGroup;
  readonly timeout: Duration;
  readonly architecture: Platform['architecture'];
  readonly privileged: boolean;
  readonly environment: Readonly<Record<string, string>>;
  readonly exportedVariables?: readonly string[];
  readonly commands: readonly string[];
}

function buildCommands(architecture: Platform['architecture']): string[] {
  return [
    'set -o errexit -o pipefail',
    'mkdir -p "$OUTPUT"',
    'aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
    'node "$CODEBUILD_SRC_DIR_BuildTool/index.mjs"',
    'IMAGE_DIGEST="$(cat "$OUTPUT/image-digest")"',
    'export IMAGE_DIGEST',
    ...fetchSbomGenerator(architecture),
    '"$SBOMGEN" container --image "$REPOSITORY_URI@$IMAGE_DIGEST" --outfile "$OUTPUT/sbom.cdx.json"',
    // One folder an image, named after its digest.
    'aws s3 cp "$OUTPUT/sbom.cdx.json" "$EVIDENCE$IMAGE_DIGEST/sbom.cdx.json"',
    'aws s3 cp "$OUTPUT/versions.lock.json" "$EVIDENCE$IMAGE_DIGEST/versions.lock.json"',
  ];
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
      EnvironmentVariables: JSON.stringify([
        { name: 'STEP', value: step, type: 'PLAINTEXT' },
        { name: 'IMAGE_DIGEST', value: '#{Image.IMAGE_DIGEST}', type: 'PLAINTEXT' },
      ]),
    },
  };
}

/** What reading and writing artefacts under the key takes, action by action instead of by pattern. */
function allowKey(role: iam.Role, key: kms.IKey): void {
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      resources: [key.keyArn],
    }),
  );
}
