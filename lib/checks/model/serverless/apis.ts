import { asWritten } from '../values.ts';
import { mayCall, type Route } from './events.ts';
import {
  arnHere,
  type Expanded,
  lettersOf,
  listOf,
  mapOf,
  pick,
  type Resources,
  tagList,
  unknownTo,
  unread,
  type Written,
} from './template-parts.ts';

const readOfRest = [
  'AccessLogSetting',
  'AlwaysDeploy',
  'ApiKeySourceType',
  'BinaryMediaTypes',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'CanarySetting',
  'Cors',
  'DefinitionBody',
  'DefinitionUri',
  'Description',
  'DisableExecuteApiEndpoint',
  'EndpointConfiguration',
  'FailOnWarnings',
  'GatewayResponses',
  'MergeDefinitions',
  'MethodSettings',
  'MinimumCompressionSize',
  'Mode',
  'Models',
  'Name',
  'OpenApiVersion',
  'Policy',
  'PropagateTags',
  'StageName',
  'Tags',
  'TracingEnabled',
  'Variables',
];

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html */
export function restApiOf(id: string, properties: Written, routes: readonly Route[]): Expanded {
  const stage = `${id}${lettersOf(properties.StageName)}Stage`;
  const deployment = `${id}Deployment`;
  const { ResourcePolicy, ...auth } = mapOf(properties.Auth);
  return {
    resources: {
      [id]: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: {
          ...pick(
            properties,
            'Name',
            'Description',
            'ApiKeySourceType',
            'BinaryMediaTypes',
            'DisableExecuteApiEndpoint',
            'FailOnWarnings',
            'MinimumCompressionSize',
            'Mode',
            'Policy',
          ),
          ...definitionOf(properties, routes, auth, 'swagger'),
          ...endpointsOf(properties.EndpointConfiguration),
          // Built of lists of accounts, networks and addresses.
          ...(ResourcePolicy !== undefined && { Policy: unknownTo('policy of the API') }),
          ...tagList(properties.Tags),
        },
      },
      [deployment]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: { Ref: id } } },
      [stage]: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId: { Ref: id },
          DeploymentId: { Ref: deployment },
          ...pick(
            properties,
            'StageName',
            'AccessLogSetting',
            'CacheClusterEnabled',
            'CacheClusterSize',
            'CanarySetting',
            'MethodSettings',
            'TracingEnabled',
            'Variables',
          ),
          ...tagList(properties.Tags),
        },
      },
      ...authorizerPermissions(id, auth, ({ DisableFunctionDefaultPermissions: off }) => off !== true),
    },
    parts: { Stage: stage, Deployment: deployment },
    left: [
      ...unread(properties, [...readOfRest, 'Auth']),
      ...unread(auth, [
        'AddDefaultAuthorizerToCorsPreflight',
        'AddApiKeyRequiredToCorsPreflight',
        'ApiKeyRequired',
        'Authorizers',
        'DefaultAuthorizer',
        'InvokeRole',
      ]).map((each) => `Auth.${each}`),
      ...(ResourcePolicy === undefined ? [] : ['Auth.ResourcePolicy']),
    ],
  };
}

const readOfHttp = [
  'AccessLogSettings',
  'Auth',
  'CorsConfiguration',
  'DefaultRouteSettings',
  'DefinitionBody',
  'DefinitionUri',
  'Description',
  'DisableExecuteApiEndpoint',
  'FailOnWarnings',
  'Name',
  'PropagateTags',
  'RouteSettings',
  'StageName',
  'StageVariables',
  'Tags',
];

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-httpapi.html */
export function httpApiOf(id: string, properties: Written, routes: readonly Route[]): Expanded {
  const named = lettersOf(properties.StageName);
  const stage = `${id}${named || 'ApiGatewayDefault'}Stage`;
  const { CorsConfiguration } = properties;
  return {
    resources: {
      [id]: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: {
          ...pick(properties, 'Name', 'Description', 'DisableExecuteApiEndpoint', 'FailOnWarnings'),
          ...definitionOf(properties, routes, mapOf(properties.Auth), 'openapi'),
          ...(CorsConfiguration !== undefined && {
            CorsConfiguration: CorsConfiguration === true ? { AllowOrigins: ['*'] } : CorsConfiguration,
          }),
          ...(properties.Tags !== undefined && { Tags: properties.Tags }),
        },
      },
      [stage]: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          ApiId: { Ref: id },
          StageName: properties.StageName ?? '$default',
          AutoDeploy: true,
          ...pick(properties, 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables'),
        },
      },
      ...authorizerPermissions(
        id,
        mapOf(properties.Auth),
        ({ EnableFunctionDefaultPermissions: on }) => on !== undefined && on !== false,
      ),
    },
    parts: { Stage: stage },
    left: unread(properties, readOfHttp),
  };
}

/**
 * Functions that decide about requests may be called by the API, unless the template keeps that for itself.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-lambdatokenauthorizer.html
 */
function authorizerPermissions(
  api: string,
  { Authorizers }: Written,
  isPermitted: (authorizer: Written) => boolean,
): Resources {
  return Object.fromEntries(
    Object.entries(mapOf(Authorizers)).flatMap(([name, written]) => {
      const authorizer = mapOf(written);
      if (authorizer.FunctionArn === undefined || !isPermitted(authorizer)) return [];
      return [
        [
          `${api}${name}AuthorizerPermission`,
          mayCall(authorizer.FunctionArn, 'apigateway', {
            SourceArn: arnHere('execute-api', `\${api}/authorizers/*`, { api: { Ref: api } }),
          }),
        ],
      ];
    }),
  );
}

/** What a definition says already stays; routes of events come to it. */
function definitionOf(
  { DefinitionBody, DefinitionUri }: Written,
  routes: readonly Route[],
  auth: Written,
  version: 'swagger' | 'openapi',
): Written {
  if (DefinitionUri !== undefined) {
    const { Bucket, Key } = mapOf(DefinitionUri);
    return {
      BodyS3Location: { Bucket: Bucket ?? unknownTo('bucket of packages'), Key: Key ?? unknownTo('package') },
    };
  }
  const body = mapOf(DefinitionBody);
  const paths: Record<string, Written> = { ...(mapOf(body.paths) as Record<string, Written>) };
  for (const { path, method, calls, auth: own } of routes) {
    const at = typeof path === 'string' ? path : '/$default';
    const verb = /^(any|\*)$/i.test(asWritten(method ?? 'any'))
      ? 'x-amazon-apigateway-any-method'
      : asWritten(method).toLowerCase();
    paths[at] = { ...paths[at], [verb]: operation(calls, mapOf(own), auth) };
  }
  return { Body: { ...(version === 'swagger' ? { swagger: '2.0' } : { openapi: '3.0.1' }), ...body, paths } };
}

function operation(calls: unknown, own: Written, all: Written): Written {
  const authorizer = own.Authorizer ?? all.DefaultAuthorizer ?? 'NONE';
  return {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: {
        'Fn::Sub': [
          `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${function}/invocations`,
          { function: calls },
        ],
      },
    },
    ...(authorizer !== 'NONE' && {
      security: [{ [asWritten(authorizer)]: listOf(own.AuthorizationScopes) }],
    }),
    responses: {},
  };
}

function endpointsOf(written: unknown): Written {
  if (written === undefined) return {};
  const { Type, VPCEndpointIds } = mapOf(written);
  return {
    EndpointConfiguration: {
      Types: [typeof written === 'string' ? written : (Type ?? written)],
      ...(VPCEndpointIds !== undefined && { VpcEndpointIds: VPCEndpointIds }),
    },
  };
}
