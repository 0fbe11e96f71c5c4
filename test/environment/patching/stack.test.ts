import type { CfnResource, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { describe, expect, it } from 'vitest';
import { daysOfSupportLeft, runtimeNoticeDays } from '../../../lib/declarations/lambda-runtimes.ts';
import { deploymentNames } from '../../../lib/environment/patching/names.ts';
import { everyOfType, exampleEnvironment } from '../../support/synthesize.ts';
import { patchingTemplate } from './support/patching-environment.ts';
import { weaknesses, withoutResource } from './support/weaknesses.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
}

const template = patchingTemplate();

/** Statements of the managed policies attached to a role whose logical id begins so. */
function statementsOf(roleId: string, from: Template = template): Statement[] {
  return Object.values(from.findResources('AWS::IAM::ManagedPolicy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles ?? []).includes(`"${roleId}`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function allowed(roleId: string, action: string): unknown[] {
  return statementsOf(roleId)
    .filter(({ Action }) => [Action].flat().includes(action))
    .map(({ Resource }) => Resource);
}

function project(id: string) {
  return Object.entries(template.findResources('AWS::CodeBuild::Project')).find(([key]) =>
    key.includes(id),
  )?.[1].Properties;
}

describe('an image that runs was built by the pipeline, scanned, and cannot change', () => {
  it('tags are immutable, every push is scanned, and the registry is encrypted with the images key', () => {
    template.hasResourceProperties('AWS::ECR::Repository', {
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS' },
    });
  });

  it('released images are forgotten by number only, and candidates lie where none is released', () => {
    const [released, candidates] = Object.values(template.findResources('AWS::ECR::Repository')).map(
      ({ Properties }) => JSON.parse(Properties.LifecyclePolicy.LifecyclePolicyText).rules,
    );
    expect(released[0].selection.tagPrefixList).toEqual(['released-']);
    expect(released[0].rulePriority).toBeLessThan(released[1].rulePriority);
    expect(candidates).toHaveLength(1);
    expect(candidates[0].selection.countType).toBe('sinceImagePushed');
  });

  it('a stack that fails to be made takes its repository along; one that exists keeps it', () => {
    template.hasResource('AWS::ECR::Repository', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    patchingTemplate({ disposable: true }).hasResource('AWS::ECR::Repository', { DeletionPolicy: 'Delete' });
  });

  it('the bucket that the first image has filled does not hold the rollback of its stack up', () => {
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));
    expect(bucket?.Properties).not.toHaveProperty('BucketName');
    patchingTemplate({ disposable: true }).hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  it('the gate stands between build and release, and the release judges again', () => {
    template.hasResourceProperties('AWS::CodePipeline::Pipeline', {
      PipelineType: 'V2',
      ArtifactStore: { EncryptionKey: { Type: 'KMS' } },
      Stages: [{ Name: 'Source' }, { Name: 'Build' }, { Name: 'Gate' }, { Name: 'Release' }].map((stage) =>
        Match.objectLike(stage),
      ),
    });
    const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
    const steps = pipeline?.Properties.Stages.slice(2).map(
      ({ Actions: [action] }: { Actions: { Configuration: { EnvironmentVariables: string } }[] }) =>
        JSON.parse(action?.Configuration.EnvironmentVariables ?? '[]'),
    );
    expect(steps).toEqual(
      ['gate', 'release'].map((value) => [
        { name: 'STEP', value, type: 'PLAINTEXT' },
        { name: 'PIPELINE_RUN', value: '#{codepipeline.PipelineExecutionId}', type: 'PLAINTEXT' },
      ]),
    );
  });

  it('no template owns the parameter that names the running image, so that no deploy can set it back', () => {
    template.resourceCountIs('AWS::SSM::Parameter', 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('resolve:ssm:/secure-shop');
  });

  it('the image is built without cache by a machine that is privileged for nothing else', () => {
    expect(project('Build').Environment).toMatchObject({ PrivilegedMode: true, Type: 'ARM_CONTAINER' });
    expect(project('Release').Environment).toMatchObject({ PrivilegedMode: false });
    expect(project('Build').Cache).toEqual({ Type: 'NO_CACHE' });
  });

  it('exceptions reach the gate as the config writes them, but for their reasons', () => {
    const exceptions = [
      { cve: 'CVE-2026-30001', until: '2026-12-01', reason: 'No code path of the shop reaches it.' },
    ];
    const changed = patchingTemplate({ patching: { exceptions } });
    changed.hasResourceProperties('AWS::CodeBuild::Project', {
      Environment: {
        EnvironmentVariables: Match.arrayWith([
          { Name: 'EXCEPTIONS', Type: 'PLAINTEXT', Value: '[{"cve":"CVE-2026-30001","until":"2026-12-01"}]' },
        ]),
      },
    });
  });
});

describe('a way around the pipeline is noticed', () => {
  const resource = <T extends CfnResource>(stack: Stack, type: new (...args: never[]) => T, path = ''): T => {
    const found = stack.node
      .findAll()
      .find((node): node is T => node instanceof type && node.node.path.includes(path));
    if (found === undefined) throw new Error(`no ${type.name} at ${path}`);
    return found;
  };
  const allow = (stack: Stack, statement: iam.PolicyStatementProps, id = 'ReleaseRole') => {
    const role = stack.node.findAll().find((node): node is iam.Role => node.node.path.endsWith(`/${id}`));
    role?.addToPolicy(new iam.PolicyStatement(statement));
  };

  it('there is none in the stack as it is', () => {
    expect(weaknesses(template)).toEqual([]);
  });

  it.each<[string, (stack: Stack) => void, string]>([
    [
      'tags that can be moved',
      (stack) => resource(stack, ecr.CfnRepository).addPropertyOverride('ImageTagMutability', 'MUTABLE'),
      'tags can be moved',
    ],
    [
      'pushes that are not scanned',
      (stack) => resource(stack, ecr.CfnRepository).addPropertyDeletionOverride('ImageScanningConfiguration'),
      'a push is not scanned',
    ],
    [
      'a repository others may push to',
      (stack) => resource(stack, ecr.CfnRepository).addPropertyDeletionOverride('RepositoryPolicyText'),
      'others than the pipeline may push',
    ],
    [
      'a repository that lets another account in',
      (stack) => {
        const repository = stack.node
          .findAll()
          .find((node): node is ecr.Repository => node instanceof ecr.Repository);
        repository?.addToResourcePolicy(
          new iam.PolicyStatement({
            actions: ['ecr:PutImage'],
            principals: [new iam.AccountPrincipal('999999999999')],
          }),
        );
      },
      'the repository lets others in',
    ],
    [
      'a pipeline without the gate',
      (stack) => {
        const pipeline = resource(stack, codepipeline.CfnPipeline);
        if (Array.isArray(pipeline.stages)) pipeline.stages.splice(2, 1);
      },
      'no gate before the release',
    ],
    [
      'a gate behind the release',
      (stack) => {
        const pipeline = resource(stack, codepipeline.CfnPipeline);
        if (Array.isArray(pipeline.stages)) pipeline.stages.reverse();
      },
      'no gate before the release',
    ],
    [
      'a gate that may fail',
      (stack) =>
        resource(stack, codepipeline.CfnPipeline).addPropertyOverride('Stages.2.OnFailure', {
          Result: 'SKIP',
        }),
      'the gate can be skipped',
    ],
    [
      'a release of another image than the gate judged',
      (stack) =>
        resource(stack, codepipeline.CfnPipeline).addPropertyOverride(
          'Stages.3.Actions.0.Configuration.EnvironmentVariables',
          JSON.stringify([
            { name: 'STEP', value: 'release', type: 'PLAINTEXT' },
            { name: 'PIPELINE_RUN', value: '#{variables.run}', type: 'PLAINTEXT' },
          ]),
        ),
      'another image is released than was judged',
    ],
    ...['ssm:PutParameter', 'ecs:UpdateService', 'ecs:RegisterTaskDefinition', 'iam:PassRole'].map(
      (action): [string, (stack: Stack) => void, string] => [
        `a build that may ${action}`,
        (stack) => allow(stack, { actions: [action], resources: ['arn:aws:ecs:x:1:y/z'] }, 'BuildRole'),
        `${action} is allowed to others than the release`,
      ],
    ),
    [
      'a release that may give the service any task definition',
      (stack) => allow(stack, { actions: ['ecs:UpdateService'], resources: ['arn:aws:ecs:x:1:service/a/b'] }),
      'the service can be given any task definition',
    ],
    [
      'a release that may update every service',
      (stack) => allow(stack, { actions: ['ecs:UpdateService'], resources: ['*'] }),
      'ecs:UpdateService on more than one resource',
    ],
    [
      'a release that may write every parameter of the shop',
      (stack) =>
        allow(stack, {
          actions: ['ssm:PutParameter'],
          resources: ['arn:aws:ssm:ap-northeast-1:111122223333:parameter/secure-shop/*'],
        }),
      'ssm:PutParameter on more than one resource',
    ],
    [
      'roles passed to any service',
      (stack) =>
        allow(stack, { actions: ['iam:PassRole'], resources: ['arn:aws:iam::111122223333:role/admin'] }),
      'roles can be passed to any service',
    ],
    [
      'a template that owns the digest',
      (stack) => new ssm.StringParameter(stack, 'Digest', { stringValue: 'sha256:old' }),
      'a deploy sets',
    ],
    [
      'a release on behalf of somebody else’s project',
      (stack) =>
        resource(stack, iam.CfnRole, '/ReleaseRole/').addPropertyDeletionOverride(
          'AssumeRolePolicyDocument.Statement.0.Condition',
        ),
      'for any account',
    ],
  ])('%s', (_what, breaking, weakness) => {
    expect(weaknesses(patchingTemplate({ breaking })).join()).toContain(weakness);
  });
});

describe('the roles of the pipeline can touch their repository, parameter and service only', () => {
  it('the build can push, and neither deploy nor name an image', () => {
    const actions = statementsOf('PipelineBuildRole').flatMap(({ Action }) => Action);
    expect(actions).toContain('ecr:PutImage');
    for (const action of actions) expect(action).not.toMatch(/^(ecs|ssm|iam|secretsmanager|lambda):/);
  });

  it('hands no word of the build to a later step: what it says could not be told from a setting', () => {
    const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
    const variables = JSON.stringify(pipeline?.Properties.Stages).match(/#\{[^}]*\}/g);
    expect(new Set(variables)).toEqual(new Set(['#{codepipeline.PipelineExecutionId}']));
    expect(JSON.stringify(project('Build').Source)).not.toContain('exported-variables');
  });

  it('the build pushes candidates only, and the release alone brings one where tasks run from', () => {
    const named = (id: string) => [{ 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] }];
    for (const action of ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart']) {
      expect(allowed('PipelineBuildRole', action), action).toEqual(named('^ImagesCandidates'));
      expect(allowed('PipelineReleaseRole', action), action).toEqual(named('^ImagesRepository'));
    }
    expect(allowed('PipelineReleaseRole', 'ecr:DescribeImageScanFindings')).toEqual(
      named('^ImagesCandidates'),
    );
    const registry = statementsOf('PipelineBuildRole').filter(({ Action }) =>
      [Action].flat().some((each) => each.startsWith('ecr:')),
    );
    expect(JSON.stringify(registry)).not.toContain('ImagesRepository');
  });

  it('whatever other policies allow, each repository takes images from one role', () => {
    const pushers = Object.entries(template.findResources('AWS::ECR::Repository')).map(
      ([id, { Properties }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        JSON.stringify(Properties.RepositoryPolicyText.Statement).match(/Pipeline\w+?Role(?=[0-9A-F]{8})/g),
      ],
    );
    expect(pushers).toEqual([
      ['ImagesRepository', ['PipelineReleaseRole']],
      ['ImagesCandidates', ['PipelineBuildRole']],
    ]);
  });

  it('the release updates one service, writes one parameter, and passes the two roles of the shop to tasks only', () => {
    const arns = (resources: unknown[]) => JSON.stringify(resources);
    expect(arns(allowed('PipelineReleaseRole', 'ecs:UpdateService'))).toContain(
      ':111122223333:service/hana-candles-production/hana-candles-production"',
    );
    expect(arns(allowed('PipelineReleaseRole', 'ssm:PutParameter'))).toContain(
      ':111122223333:parameter/secure-shop/hana-candles/production/image-digest"',
    );
    const update = statementsOf('PipelineReleaseRole').find(({ Action }) => Action === 'ecs:UpdateService');
    expect(JSON.stringify(update)).toContain(':111122223333:task-definition/hana-candles-production:*"');
    const passed = statementsOf('PipelineReleaseRole').find(({ Action }) => Action === 'iam:PassRole');
    expect(passed).toMatchObject({
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    });
    expect(passed?.Resource).toHaveLength(2);
  });

  it('an action on everything is allowed to one role only, but for the login', () => {
    const [policy] = Object.values(
      template.findResources('AWS::IAM::ManagedPolicy', {
        Properties: { Description: Match.stringLikeRegexp('actions without a resource') },
      }),
    );
    const [login, ...others]: (Statement & { Condition?: object })[] =
      policy?.Properties.PolicyDocument.Statement ?? [];
    expect(login?.Action).toBe('ecr:GetAuthorizationToken');
    expect(others.map(({ Action, Condition }) => [[Action].flat()[0], Condition])).toEqual([
      [
        'ecs:DescribeTaskDefinition',
        {
          ArnEquals: {
            'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^WatchFunctionRole/), 'Arn'] },
          },
        },
      ],
      [
        'ecs:DescribeTaskDefinition',
        {
          ArnEquals: {
            'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^PipelineReleaseRole/), 'Arn'] },
          },
        },
      ],
    ]);
  });

  it('the gate may read what Inspector found, which the registry asks on its behalf', () => {
    const actions = statementsOf('PipelineReleaseRole').flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['inspector2:ListFindings', 'inspector2:ListCoverage']));
  });

  it('the only actions on everything are those AWS knows no resource for', () => {
    const everything = Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => [Resource].flat().includes('*'))
      .flatMap(({ Action }) => Action);
    expect([...new Set(everything)].sort()).toEqual(withoutResource);
  });

  it('artefacts are handed over by name of role, and only evidence is added by the build', () => {
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    const statements: (Statement & { Sid?: string })[] = policy?.Properties.PolicyDocument.Statement;
    const kept = statements.find(({ Sid }) => Sid === 'BuildKeepsEvidence');
    expect(kept?.Action).toBe('s3:PutObject');
    expect(JSON.stringify(kept?.Resource)).toContain('/evidence/*');
    expect(kept).toMatchObject({ Condition: { Null: { 's3:if-none-match': 'false' } } });
  });
});

describe('nobody has to remember', () => {
  it('the pipeline runs every week in the maintenance window', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(0 19 ? * MON *)',
      ScheduleExpressionTimezone: 'UTC',
      State: Match.absent(),
    });
  });

  it('whatever can make the shop stale or wrong reaches the watch', () => {
    for (const [source, detailType] of [
      ['aws.inspector2', 'Inspector2 Finding'],
      ['aws.ecs', 'ECS Task State Change'],
      ['aws.codepipeline', 'CodePipeline Pipeline Execution State Change'],
      ['aws.ssm', 'Parameter Store Change'],
      ['aws.ssm', 'Configuration Compliance State Change'],
    ]) {
      template.hasResourceProperties('AWS::Events::Rule', {
        EventPattern: Match.objectLike({ source: [source], 'detail-type': [detailType] }),
        Targets: [
          Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WatchFunction'), 'Arn'] } }),
        ],
      });
    }
  });

  it.each([
    ['ImageAgeDays', 8, 'GreaterThanThreshold', 'breaching'],
    ['ExpiredExceptions', 0, 'GreaterThanThreshold', 'notBreaching'],
    ['UnexpectedImage', 0, 'GreaterThanThreshold', 'notBreaching'],
    ['PatchCompliancePercent', 100, 'LessThanThreshold', 'notBreaching'],
    ['RuntimeSupportDays', runtimeNoticeDays, 'LessThanThreshold', 'notBreaching'],
  ])('an alarm on %s reaches a person', (MetricName, Threshold, ComparisonOperator, TreatMissingData) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName,
      Threshold,
      ComparisonOperator,
      TreatMissingData,
      AlarmActions: [Match.anyValue()],
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 1440 },
      AlarmDescription: Match.stringLikeRegexp('docs/runbooks/patching.md'),
    });
  });

  it('a failed run is told to a person', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        source: ['aws.codepipeline'],
        detail: { pipeline: ['hana-candles-production-patching'], state: ['FAILED', 'STOPPED', 'CANCELED'] },
      }),
      Targets: [Match.objectLike({ InputTransformer: Match.anyValue() })],
    });
  });

  it('a deploy that changes the build context is followed by a build', () => {
    template.hasResourceProperties('AWS::CodePipeline::Pipeline', { RestartExecutionOnUpdate: true });
  });
});

describe('the first deploy', () => {
  it('waits for the first run, for less than two hours, and only once everybody is there to tell of its end', () => {
    template.hasResourceProperties('AWS::CloudFormation::WaitCondition', { Count: 1, Timeout: '6600' });
    const [wait] = Object.values(template.findResources('AWS::CloudFormation::WaitCondition'));
    expect(wait?.DependsOn).toEqual(
      expect.arrayContaining([expect.stringMatching(/^PipelinePipeline|^Pipeline/)]),
    );
    const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
    expect(pipeline?.DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^WatchRunEnded/),
        expect.stringMatching(/^PipelineArtifactsPolicy/),
        expect.stringMatching(/^PipelineReleaseRoleDefaultPolicy/),
        expect.stringMatching(/^UnscopedActions/),
      ]),
    );
  });
});

describe('the source of the image', () => {
  it('may be a repository of one’s own, read through a connection and built on every change', () => {
    const connectionArn =
      'arn:aws:codeconnections:ap-northeast-1:111122223333:connection/12345678-1234-1234-1234-123456789012';
    const changed = patchingTemplate({ patching: { source: { connectionArn, repository: 'hana/shop' } } });
    const [pipeline] = Object.values(changed.findResources('AWS::CodePipeline::Pipeline'));
    expect(pipeline?.Properties.Stages[0].Actions[0].Configuration).toEqual({
      ConnectionArn: connectionArn,
      FullRepositoryId: 'hana/shop',
      BranchName: 'main',
      OutputArtifactFormat: 'CODE_ZIP',
      DetectChanges: true,
    });
  });
});

describe('hosts', () => {
  it('that carry the tag are scanned daily and patched weekly', () => {
    template.hasResourceProperties('AWS::SSM::PatchBaseline', { PatchGroups: ['hana-candles-production'] });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindow', { Schedule: 'cron(0 19 ? * MON *)' });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', {
      TaskArn: 'AWS-RunPatchBaseline',
      TaskInvocationParameters: {
        MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Install'] } },
      },
    });
    template.hasResourceProperties('AWS::SSM::Association', { ScheduleExpression: 'rate(1 day)' });
  });

  it('do not exist unless the config asks for one', () => {
    template.resourceCountIs('AWS::EC2::Instance', 0);
  });

  it('for operations have no way in but a recorded session, and are patched like every host', () => {
    const changed = patchingTemplate({ patching: { operationsHost: true } });
    changed.hasResourceProperties('AWS::EC2::Instance', {
      KeyName: Match.absent(),
      // A subnet of the VPC decides; none of them gives public addresses.
      NetworkInterfaces: Match.absent(),
      SubnetId: Match.anyValue(),
      AvailabilityZone: Match.absent(),
      Monitoring: true,
      // Its successor would run beside it, and a failed deploy could not be rolled back.
      DisableApiTermination: Match.absent(),
      // Read when the host is made: what Amazon publishes later replaces no host in passing.
      ImageId: Match.stringLikeRegexp('^{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023'),
      MetadataOptions: { HttpTokens: 'required' },
      // Without it Patch Manager finds nothing newer than the image the host was made from.
      UserData: { 'Fn::Base64': Match.stringLikeRegexp('echo latest > /etc/dnf/vars/releasever') },
      BlockDeviceMappings: [Match.objectLike({ Ebs: Match.objectLike({ Encrypted: true }) })],
      Tags: Match.arrayWith([{ Key: 'PatchGroup', Value: 'hana-candles-production' }]),
    });
    const groups = Object.entries(changed.findResources('AWS::EC2::SecurityGroup'));
    const host = groups.find(([id]) => id.startsWith('OperationsHost'))?.[1].Properties;
    expect(host.SecurityGroupIngress).toBeUndefined();
    expect(host.SecurityGroupEgress).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443 })]);
    changed.hasResourceProperties('AWS::SSM::Document', {
      DocumentType: 'Session',
      Content: { inputs: Match.objectLike({ cloudWatchEncryptionEnabled: true }) },
    });
  });
});

describe('the whole environment', () => {
  it('runs functions only on runtimes AWS patches for months to come (PAT2)', async () => {
    const environment = await exampleEnvironment('examples/woocommerce-starter.ts');
    for (const { Properties } of everyOfType(environment, 'AWS::Lambda::Function')) {
      const runtime = String(Properties.Runtime);
      expect(daysOfSupportLeft(runtime, new Date()), runtime).toBeGreaterThan(runtimeNoticeDays);
    }
  });

  it('runs the shop on the newest Fargate platform, under the names the pipeline knows (PAT1, PAT2)', async () => {
    const environment = await exampleEnvironment('examples/woocommerce-starter.ts');
    const names = deploymentNames('mizu-ceramics', environment.name);
    const propertiesOf = (type: string) => everyOfType(environment, type).map(({ Properties }) => Properties);
    expect(propertiesOf('AWS::ECS::Service')).toEqual([
      expect.objectContaining({ ServiceName: names.service, PlatformVersion: 'LATEST' }),
    ]);
    expect(propertiesOf('AWS::ECS::Cluster')).toEqual([
      expect.objectContaining({ ClusterName: names.cluster }),
    ]);
    expect(propertiesOf('AWS::ECS::TaskDefinition')).toEqual([
      expect.objectContaining({
        Family: names.family,
        ContainerDefinitions: [expect.objectContaining({ Name: names.container })],
      }),
    ]);
    const roles = propertiesOf('AWS::IAM::Role').map(({ RoleName }) => RoleName);
    expect(roles).toEqual(expect.arrayContaining([names.taskRole, names.executionRole]));
  });
});
