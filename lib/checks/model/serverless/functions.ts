import { deliveryOf, type EventParts, eventsOf } from './events.ts';
import { roleOf } from './role-policies.ts';
import {
  type Expanded,
  lettersOf,
  mapOf,
  objectOf,
  pick,
  type Resources,
  tagList,
  unknownTo,
  unread,
  type Written,
} from './template-parts.ts';

/** What a function of CloudFormation takes as it is written. */
const carried = [
  'FunctionName',
  'Handler',
  'Runtime',
  'PackageType',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'EphemeralStorage',
  'FileSystemConfigs',
  'ImageConfig',
  'CodeSigningConfigArn',
  'Architectures',
  'SnapStart',
  'RuntimeManagementConfig',
  'LoggingConfig',
  'RecursiveLoop',
  'TenancyConfig',
  'DurableConfig',
  'PublishToLatestPublished',
];

const read = [
  ...carried,
  'CodeUri',
  'DeploymentPreference',
  'ImageUri',
  'InlineCode',
  'SourceKMSKeyArn',
  'DeadLetterQueue',
  'Role',
  'AssumeRolePolicyDocument',
  'Policies',
  'RolePath',
  'PermissionsBoundary',
  'Events',
  'Tags',
  'PropagateTags',
  'Tracing',
  'AutoPublishAlias',
  'AutoPublishAliasAllProperties',
  'AutoPublishCodeSha256',
  'VersionDescription',
  'VersionDeletionPolicy',
  'ProvisionedConcurrencyConfig',
  'EventInvokeConfig',
  'FunctionUrlConfig',
];

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html */
export function functionOf(
  id: string,
  properties: Written,
): Expanded & Pick<EventParts, 'routes' | 'amendments'> {
  const alias = properties.AutoPublishAlias;
  const published = alias === undefined ? undefined : `${id}Alias${lettersOf(alias)}`;
  const events = eventsOf(id, properties.Events, published ? { Ref: published } : { Ref: id });
  const invoke = invokeConfigOf(id, properties.EventInvokeConfig, published ? alias : undefined);
  const { arn, role } = roleOf(properties.Role, `${id}Role`, {
    service: 'lambda.amazonaws.com',
    policies: properties.Policies,
    managed: [
      'service-role/AWSLambdaBasicExecutionRole',
      ...(properties.Tracing === undefined ? [] : ['AWSXrayWriteOnlyAccess']),
      ...(properties.VpcConfig === undefined ? [] : ['service-role/AWSLambdaVPCAccessExecutionRole']),
      ...(properties.DurableConfig === undefined
        ? []
        : ['service-role/AWSLambdaBasicDurableExecutionRolePolicy']),
      ...events.managed,
    ],
    statements: [...deadLetters(properties.DeadLetterQueue), ...invoke.statements, ...events.statements],
    trust: properties.AssumeRolePolicyDocument,
    path: properties.RolePath,
    boundary: properties.PermissionsBoundary,
  });
  return {
    resources: {
      [id]: { Type: 'AWS::Lambda::Function', Properties: ownProperties(properties, arn) },
      ...role,
      ...(published && publishedOf(id, published, properties)),
      ...deploymentOf(id, properties.DeploymentPreference),
      ...urlOf(id, properties.FunctionUrlConfig, published ? alias : undefined),
      ...invoke.resources,
      ...events.resources,
    },
    parts: { ...(published && { Alias: published, Version: `${id}Version` }), ...invoke.parts },
    routes: events.routes,
    amendments: events.amendments,
    left: [...unread(properties, read), ...events.left],
  };
}

function ownProperties(properties: Written, role: unknown): Written {
  const { Tracing, DeadLetterQueue } = properties;
  return {
    ...pick(properties, ...carried),
    Code: codeOf(properties),
    Role: role,
    ...(Tracing !== undefined && { TracingConfig: { Mode: Tracing } }),
    ...(DeadLetterQueue !== undefined && {
      DeadLetterConfig: { TargetArn: mapOf(DeadLetterQueue).TargetArn },
    }),
    ...tagList(properties.Tags),
  };
}

/** What stands in a folder is put into a bucket by a deploy. */
function codeOf({ CodeUri, ImageUri, InlineCode, SourceKMSKeyArn }: Written): Written {
  if (InlineCode !== undefined) return { ZipFile: InlineCode };
  if (ImageUri !== undefined) return { ImageUri };
  const key = SourceKMSKeyArn === undefined ? {} : { SourceKMSKeyArn };
  return { ...placeOf(CodeUri), ...key };
}

/** As a function and a layer name the object that holds their code. */
export function placeOf(written: unknown): Written {
  const { Bucket, Key } = objectOf(written);
  const { Version } = mapOf(written);
  return { S3Bucket: Bucket, S3Key: Key, ...(Version !== undefined && { S3ObjectVersion: Version }) };
}

function deadLetters(written: unknown): readonly unknown[] {
  if (written === undefined) return [];
  const { Type, TargetArn } = mapOf(written);
  return [
    {
      Effect: 'Allow',
      Action: Type === 'SNS' ? 'sns:Publish' : Type === 'SQS' ? 'sqs:SendMessage' : unknownTo('dead letters'),
      Resource: TargetArn,
    },
  ];
}

function publishedOf(id: string, alias: string, properties: Written): Resources {
  const version = `${id}Version`;
  const concurrency = properties.ProvisionedConcurrencyConfig;
  return {
    [version]: {
      Type: 'AWS::Lambda::Version',
      DeletionPolicy: properties.VersionDeletionPolicy === 'Delete' ? 'Delete' : 'Retain',
      Properties: {
        FunctionName: { Ref: id },
        ...(properties.VersionDescription !== undefined && { Description: properties.VersionDescription }),
      },
    },
    [alias]: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: id },
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
        Name: properties.AutoPublishAlias,
        ...(concurrency !== undefined && { ProvisionedConcurrencyConfig: concurrency }),
      },
    },
  };
}

/** Who shifts the traffic of an alias; one role and application stand for all functions of a template. */
function deploymentOf(id: string, written: unknown): Resources {
  const { Enabled, Role, Type } = mapOf(written);
  if (written === undefined || Enabled === false) return {};
  const { arn, role } = roleOf(Role, 'CodeDeployServiceRole', {
    service: 'codedeploy.amazonaws.com',
    managed: ['service-role/AWSCodeDeployRoleForLambda'],
  });
  return {
    ...role,
    ServerlessDeploymentApplication: {
      Type: 'AWS::CodeDeploy::Application',
      Properties: { ComputePlatform: 'Lambda' },
    },
    [`${id}DeploymentGroup`]: {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        ApplicationName: { Ref: 'ServerlessDeploymentApplication' },
        DeploymentConfigName: typeof Type === 'string' ? `CodeDeployDefault.Lambda${Type}` : Type,
        DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
        ServiceRoleArn: arn,
      },
    },
  };
}

function urlOf(id: string, written: unknown, alias: unknown): Resources {
  if (written === undefined) return {};
  const { AuthType } = mapOf(written);
  const target = { ...(alias !== undefined && { Qualifier: alias }) };
  const url = {
    Type: 'AWS::Lambda::Url',
    Properties: {
      TargetFunctionArn: { Ref: id },
      ...target,
      ...pick(mapOf(written), 'AuthType', 'Cors', 'InvokeMode'),
    },
  };
  const open = {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: alias === undefined ? { Ref: id } : { Ref: `${id}Alias${lettersOf(alias)}` },
      Principal: '*',
      FunctionUrlAuthType: AuthType,
    },
  };
  return { [`${id}Url`]: url, ...(AuthType === 'NONE' && { [`${id}UrlPublicPermissions`]: open }) };
}

function invokeConfigOf(
  id: string,
  written: unknown,
  alias: unknown,
): {
  readonly resources: Resources;
  readonly statements: readonly unknown[];
  readonly parts: Record<string, string>;
} {
  if (written === undefined) return { resources: {}, statements: [], parts: {} };
  const config = mapOf(written);
  const outcomes = Object.entries(mapOf(config.DestinationConfig)).map(([outcome, each]) => ({
    outcome,
    ...deliveryOf(`${id}EventInvokeConfig${outcome}`, mapOf(each)),
  }));
  const made = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: id },
      Qualifier: alias ?? '$LATEST',
      ...pick(config, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'),
      ...(outcomes.length > 0 && {
        DestinationConfig: Object.fromEntries(
          outcomes.map(({ outcome, arn }) => [outcome, { Destination: arn }]),
        ),
      }),
    },
  };
  return {
    resources: Object.assign(
      { [`${id}EventInvokeConfig`]: made },
      ...outcomes.map(({ resources }) => resources),
    ),
    statements: outcomes.flatMap(({ statements }) => statements),
    parts: Object.fromEntries(
      outcomes.flatMap(({ resources }) =>
        Object.entries(resources).map(([made, { Type }]) => [
          Type === 'AWS::SNS::Topic' ? 'DestinationTopic' : 'DestinationQueue',
          made,
        ]),
      ),
    ),
  };
}
