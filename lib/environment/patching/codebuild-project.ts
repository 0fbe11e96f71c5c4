import { Duration } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Platform } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { serviceOfThisAccount } from '../iam/service-principal.ts';
import { codebuildNode } from '../lambda/bundle.ts';

export interface CodeBuildProjectProps {
  readonly description: string;
  readonly roleDescription: string;
  /** Of the artefacts. */
  readonly key: kms.IKey;
  readonly logGroup: logs.ILogGroup;
  readonly timeout: Duration;
  readonly architecture: Platform['architecture'];
  /** How many stages of the pipeline run it: nobody else starts builds, and none may run without end. */
  readonly stages: number;
  /** Whether the commands may run Docker. */
  readonly privileged: boolean;
  /** Plain settings; never a secret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

/** A step of the patch pipeline. Its role can write the step's log and no more: grant it what it needs besides. */
export class CodeBuildProject extends codebuild.PipelineProject {
  readonly serviceRole: iam.Role;

  constructor(scope: Construct, id: string, props: CodeBuildProjectProps) {
    const role = new iam.Role(scope, `${id}Role`, {
      assumedBy: serviceOfThisAccount(scope, 'codebuild'),
      description: props.roleDescription,
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [props.logGroup.logGroupArn],
      }),
    );
    super(scope, id, {
      description: props.description,
      // The role says everything itself; the library would add patterns over log and report groups.
      role: role.withoutPolicyUpdates(),
      grantReportGroupPermissions: false,
      encryptionKey: props.key,
      logging: { cloudWatch: { logGroup: props.logGroup, prefix: id.toLowerCase() } },
      timeout: props.timeout,
      queuedTimeout: Duration.minutes(15),
      concurrentBuildLimit: props.stages,
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
        env: { shell: 'bash' },
        phases: {
          install: { 'runtime-versions': { nodejs: String(codebuildNode) } },
          // One block, so that its first failing line ends it.
          build: { 'on-failure': 'ABORT', commands: [props.commands.join('\n')] },
        },
      }),
    });
    this.serviceRole = role;
    acknowledge(this, {
      rule: 'CodeBuildProjectSourceRepoUrl',
      reason:
        'The rule asks for OAuth where a project fetches from GitHub or Bitbucket itself, and reports every other project too. This one fetches nothing: it receives what the pipeline hands it. Compensated: a repository of the user is read by the pipeline through a connection, which holds no password.',
    });
  }
}
