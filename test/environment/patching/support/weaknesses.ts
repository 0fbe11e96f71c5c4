import type { Template } from 'aws-cdk-lib/assertions';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

interface Stage {
  readonly Name: string;
  readonly OnFailure?: { readonly Result?: string };
  readonly BeforeEntry?: unknown;
  readonly Actions: readonly { readonly Configuration: Readonly<Record<string, unknown>> }[];
}

/** Actions AWS knows no narrower resource for; see the acknowledgements beside them. */
export const withoutResource = [
  'ecr:GetAuthorizationToken',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:ListTasks',
  'ecs:RegisterTaskDefinition',
  'inspector2:ListAccountPermissions',
  'inspector2:ListCoverage',
  'inspector2:ListFindings',
  'ssm:DescribeInstancePatchStatesForPatchGroup',
];

/** Every way found by which an image could run that the pipeline did not build, scan and judge (PAT1). */
export function weaknesses(template: Template): string[] {
  return [
    ...registry(template),
    ...stages(template),
    ...trusts(template),
    ...roles(template),
    ...parameters(template),
  ];
}

function registry(template: Template): string[] {
  return Object.values(template.findResources('AWS::ECR::Repository')).flatMap(({ Properties }) => [
    ...(Properties.ImageTagMutability === 'IMMUTABLE' ? [] : ['tags can be moved']),
    ...(Properties.ImageScanningConfiguration?.ScanOnPush === true ? [] : ['a push is not scanned']),
    ...(Properties.EncryptionConfiguration?.KmsKey === undefined ? ['images lie under a key of AWS'] : []),
    ...others(Properties.RepositoryPolicyText?.Statement ?? []),
  ]);
}

/** Who else may touch the repository: nobody by its own policy, and whoever the account allows may not push. */
function others(statements: readonly Statement[]): string[] {
  const closed = statements.some(
    ({ Effect, Action, Condition }) =>
      Effect === 'Deny' &&
      [Action].flat().includes('ecr:PutImage') &&
      JSON.stringify(Condition).startsWith('{"ArnNotEquals":{"aws:PrincipalArn":'),
  );
  return [
    ...(statements.some(({ Effect }) => Effect === 'Allow') ? ['the repository lets others in'] : []),
    ...(closed ? [] : ['others than the pipeline may push']),
  ];
}

function stages(template: Template): string[] {
  return Object.values(template.findResources('AWS::CodePipeline::Pipeline')).flatMap(({ Properties }) => {
    const all: Stage[] = Properties.Stages;
    const gate = all.findIndex((stage) => environmentOf(stage).includes('"STEP","value":"gate"'));
    const release = all.findIndex((stage) => environmentOf(stage).includes('"STEP","value":"release"'));
    const judged = all[gate];
    return [
      ...(gate > 0 && gate < release ? [] : ['no gate before the release']),
      ...(judged?.OnFailure === undefined && judged?.BeforeEntry === undefined
        ? []
        : ['the gate can be skipped']),
      ...(digestOf(all[gate]) === digestOf(all[release])
        ? []
        : ['another image is released than was judged']),
      ...(Properties.ArtifactStore.EncryptionKey?.Type === 'KMS' ? [] : ['artefacts lie under a key of AWS']),
    ];
  });
}

/** Services that take roles on behalf of resources, also of those in other accounts. */
const deputies = /"(codebuild|codepipeline|scheduler)\.amazonaws\.com"/;

function trusts(template: Template): string[] {
  return Object.entries(template.findResources('AWS::IAM::Role')).flatMap(([id, { Properties }]) =>
    Properties.AssumeRolePolicyDocument.Statement.filter(
      ({ Principal, Condition }: { Principal: unknown; Condition?: unknown }) =>
        deputies.test(JSON.stringify(Principal)) &&
        !JSON.stringify(Condition ?? '').includes('{"aws:SourceAccount":"111122223333"}'),
    ).map(() => `the service takes ${id} for any account`),
  );
}

/** What brings an image into service, and so is the release's alone. */
const ofTheRelease = ['ecs:RegisterTaskDefinition', 'ecs:UpdateService', 'iam:PassRole', 'ssm:PutParameter'];

function roles(template: Template): string[] {
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.map((statement: Statement) => ({
        ...statement,
        // A statement may be limited to a role, whoever else carries its policy.
        Holders: JSON.stringify(statement.Condition ?? '').includes('aws:PrincipalArn')
          ? JSON.stringify(statement.Condition)
          : JSON.stringify(Properties.Roles),
      })),
    )
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource, Condition, Holders }) => {
      const actions: string[] = [Action].flat();
      const wide = [Resource].flat().some((resource) => /\*"?$/.test(JSON.stringify(resource)));
      return [
        ...(wide ? actions.filter((action) => !withoutResource.includes(action)) : []).map(
          (action) => `${action} on more than one resource`,
        ),
        ...(actions.includes('iam:PassRole') && Condition === undefined
          ? ['roles can be passed to any service']
          : []),
        ...(actions.includes('ecs:UpdateService') &&
        !JSON.stringify(Condition ?? '').includes('task-definition')
          ? ['the service can be given any task definition']
          : []),
        ...actions
          .filter((action) => ofTheRelease.includes(action) && !Holders.includes('PipelineReleaseRole'))
          .map((action) => `${action} is allowed to others than the release`),
      ];
    });
}

function parameters(template: Template): string[] {
  return Object.keys(template.findResources('AWS::SSM::Parameter')).map((id) => `a deploy sets ${id} back`);
}

function environmentOf({ Actions }: Stage): string {
  return Actions.map(({ Configuration }) => String(Configuration.EnvironmentVariables ?? '')).join();
}

function digestOf(stage: Stage | undefined): string | undefined {
  return stage && /"PIPELINE_RUN","value":"([^"]*)"/.exec(environmentOf(stage))?.[1];
}
