import { describe, expect, it } from 'vitest';
import { leftKey, withoutServerless } from '../../../../lib/checks/model/serverless/expand.ts';
import { allow, attribute, deny, ref, resource, role, type Word, wordOf } from '../access/policies.ts';

const serverless = (kind: string, properties: object = {}, more: object = {}) =>
  resource(`AWS::Serverless::${kind}`, properties, more);
const reading = allow('secretsmanager:GetSecretValue');
const Secret = resource('AWS::SecretsManager::Secret');

const expand = (Resources: object, more: object = {}) =>
  withoutServerless({ Resources, ...more }) as { Resources: Record<string, Record<string, unknown>> };
const typesOf = (Resources: object, more: object = {}) =>
  Object.fromEntries(Object.entries(expand(Resources, more).Resources).map(([id, { Type }]) => [id, Type]));

interface Case {
  readonly reader?: string;
  readonly resources: object;
  readonly more?: object;
  readonly truth: Word;
}

const chooses = {
  Conditions: { Maybe: { 'Fn::Equals': [ref('Anything'), 'yes'] } },
  Parameters: { Anything: { Type: 'String' } },
};

/** Who reads the secret, by what a function or a state machine of the Serverless Application Model is given. */
const cases: Readonly<Record<string, Case>> = {
  'a function without policies': { resources: { F: serverless('Function') }, truth: 'cannot' },
  'an inline policy': {
    resources: { F: serverless('Function', { Policies: [{ Statement: [reading] }] }) },
    truth: 'can',
  },
  'one inline policy outside a list': {
    resources: { F: serverless('Function', { Policies: { Version: '2012-10-17', Statement: reading } }) },
    truth: 'can',
  },
  'the name of a policy of AWS': {
    resources: { F: serverless('Function', { Policies: 'SecretsManagerReadWrite' }) },
    truth: 'can',
  },
  'the name of a harmless policy of AWS': {
    resources: { F: serverless('Function', { Policies: ['AWSLambdaBasicExecutionRole'] }) },
    truth: 'cannot',
  },
  'a policy that is not in the template': {
    resources: { F: serverless('Function', { Policies: ['arn:aws:iam::111122223333:policy/ours'] }) },
    truth: 'cannot decide',
  },
  'a policy of the template': {
    resources: {
      F: serverless('Function', { Policies: [ref('Ours')] }),
      Ours: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [reading] } }),
    },
    truth: 'can',
  },
  'a policy template for the secret': {
    resources: {
      F: serverless('Function', {
        Policies: [{ AWSSecretsManagerGetSecretValuePolicy: { SecretArn: ref('Secret') } }],
      }),
    },
    truth: 'can',
  },
  'a policy template for another secret': {
    resources: {
      Other: resource('AWS::SecretsManager::Secret'),
      F: serverless('Function', {
        Policies: [{ AWSSecretsManagerGetSecretValuePolicy: { SecretArn: ref('Other') } }],
      }),
    },
    truth: 'cannot',
  },
  'a policy template without its parameter': {
    resources: { F: serverless('Function', { Policies: [{ AWSSecretsManagerGetSecretValuePolicy: {} }] }) },
    truth: 'cannot decide',
  },
  'a policy template of another store': {
    resources: { F: serverless('Function', { Policies: [{ SQSPollerPolicy: { QueueName: 'q' } }] }) },
    truth: 'cannot',
  },
  'a policy template that nobody knows': {
    resources: { F: serverless('Function', { Policies: [{ NewSecretPolicy: { Secret: ref('Secret') } }] }) },
    truth: 'cannot decide',
  },
  'a policy behind a condition': {
    resources: {
      F: serverless('Function', {
        Policies: [{ 'Fn::If': ['Maybe', { Statement: [reading] }, ref('AWS::NoValue')] }],
      }),
    },
    more: chooses,
    truth: 'cannot decide',
  },
  'a policy refused by a boundary': {
    resources: {
      Boundary: resource('AWS::IAM::ManagedPolicy', {
        PolicyDocument: { Statement: [allow('*'), deny('secretsmanager:*')] },
      }),
      F: serverless('Function', {
        Policies: [{ Statement: [reading] }],
        PermissionsBoundary: ref('Boundary'),
      }),
    },
    truth: 'cannot',
  },
  'policies of a function that brings its role': {
    reader: 'Own',
    resources: {
      Own: role([]),
      F: serverless('Function', { Role: attribute('Own'), Policies: [{ Statement: [reading] }] }),
    },
    truth: 'cannot',
  },
  'a role that is given under a condition': {
    resources: {
      F: serverless('Function', {
        Role: { 'Fn::If': ['Maybe', 'arn:aws:iam::111122223333:role/x', ref('AWS::NoValue')] },
        Policies: [{ Statement: [reading] }],
      }),
    },
    more: chooses,
    truth: 'can',
  },
  'policies of all functions': {
    resources: { F: serverless('Function') },
    more: { Globals: { Function: { Policies: [{ Statement: [reading] }] } } },
    truth: 'can',
  },
  'a state machine with an inline policy': {
    resources: { F: serverless('StateMachine', { Policies: [{ Statement: [reading] }] }) },
    truth: 'can',
  },
  'a broker that a function signs in to': {
    resources: {
      F: serverless('Function', {
        Events: {
          Mq: {
            Type: 'MQ',
            Properties: {
              Broker: 'b',
              SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: ref('Secret') }],
            },
          },
        },
      }),
    },
    truth: 'can',
  },
  'an event that nobody knows': {
    resources: { F: serverless('Function', { Events: { New: { Type: 'NewSource', Properties: {} } } }) },
    truth: 'cannot decide',
  },
  'a connector to the secret': {
    resources: {
      F: serverless('Function'),
      C: serverless('Connector', {
        Source: { Id: 'F' },
        Destination: { Id: 'Secret' },
        Permissions: ['Read'],
      }),
    },
    truth: 'cannot decide',
  },
  'a connector that the function holds': {
    resources: {
      F: serverless(
        'Function',
        {},
        { Connectors: { C: { Properties: { Destination: [{ Id: 'Secret' }], Permissions: ['Read'] } } } },
      ),
    },
    truth: 'cannot decide',
  },
  'a connector from the secret to the function': {
    resources: {
      F: serverless('Function'),
      C: serverless('Connector', { Source: { Id: 'Secret' }, Destination: { Id: 'F' } }),
    },
    truth: 'cannot decide',
  },
  'a connector to something else': {
    resources: {
      F: serverless('Function'),
      T: serverless('SimpleTable'),
      C: serverless('Connector', { Source: { Id: 'F' }, Destination: { Id: 'T' } }),
    },
    truth: 'cannot',
  },
  'an application, which is a stack of its own': {
    reader: 'F',
    resources: { F: serverless('Application', { Location: './other.yaml' }) },
    truth: 'cannot decide',
  },
  'a type of the model that nobody knows': {
    reader: 'F',
    resources: { F: serverless('NewThing') },
    truth: 'cannot decide',
  },
  'what waits for the traffic of an alias to be shifted': {
    reader: 'CodeDeployServiceRole',
    resources: {
      F: serverless('Function', { AutoPublishAlias: 'live', DeploymentPreference: { Type: 'AllAtOnce' } }),
    },
    truth: 'cannot',
  },
};

describe('who reads a secret in a template of the Serverless Application Model', () => {
  for (const [name, { reader = 'FRole', resources, more = {}, truth }] of Object.entries(cases)) {
    it(`${name}: ${truth}`, () => {
      const template = { ...more, Resources: { Secret, ...resources } };
      expect(wordOf({ template, principal: reader, target: 'Secret' })).toBe(truth);
    });
  }

  it('tells who reads a simple table', () => {
    const template = {
      Resources: {
        T: serverless('SimpleTable'),
        F: serverless('Function', { Policies: [{ DynamoDBReadPolicy: { TableName: ref('T') } }] }),
        G: serverless('Function', { Policies: [{ DynamoDBWritePolicy: { TableName: ref('T') } }] }),
      },
    };
    expect(wordOf({ template, principal: 'FRole', target: 'T' })).toBe('can');
    expect(wordOf({ template, principal: 'GRole', target: 'T' })).toBe('cannot');
  });
});

describe('the expansion of a template of the Serverless Application Model', () => {
  it('makes the API that all events share, and lets it call', () => {
    const routes = { Get: { Type: 'Api', Properties: { Path: '/', Method: 'get' } } };
    expect(typesOf({ F: serverless('Function', { Events: routes }) })).toEqual({
      F: 'AWS::Lambda::Function',
      FRole: 'AWS::IAM::Role',
      FGetPermission: 'AWS::Lambda::Permission',
      ServerlessRestApi: 'AWS::ApiGateway::RestApi',
      ServerlessRestApiDeployment: 'AWS::ApiGateway::Deployment',
      ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
    });
  });

  it('opens the URL of a function to everybody only where nobody must sign in', () => {
    const url = (AuthType: string) =>
      typesOf({ F: serverless('Function', { FunctionUrlConfig: { AuthType } }) }).FUrlPublicPermissions;
    expect(url('NONE')).toBe('AWS::Lambda::Permission');
    expect(url('AWS_IAM')).toBeUndefined();
  });

  it('joins what all functions share with what one says', () => {
    const { F } = expand(
      { F: serverless('Function', { Timeout: 5, Environment: { Variables: { B: '2' } }, Layers: ['b'] }) },
      {
        Globals: {
          Function: { Timeout: 3, Runtime: 'r', Environment: { Variables: { A: '1' } }, Layers: ['a'] },
        },
      },
    ).Resources;
    expect(F?.Properties).toMatchObject({
      Timeout: 5,
      Runtime: 'r',
      Environment: { Variables: { A: '1', B: '2' } },
      Layers: ['a', 'b'],
    });
  });

  it('lets what is made exist under the condition of what it is made for', () => {
    const { FRole } = expand({ F: serverless('Function', {}, { Condition: 'Maybe' }) }, chooses).Resources;
    expect(FRole?.Condition).toBe('Maybe');
  });

  it('finds an alias and a stage by the names that the template gives them', () => {
    const { Uses } = expand({
      F: serverless('Function', { AutoPublishAlias: 'live' }),
      A: serverless('Api', { StageName: 'prod' }),
      Uses: resource('AWS::SNS::Topic', {
        TopicName: ref('F.Alias'),
        DisplayName: { 'Fn::Sub': `\${A.Stage}` },
      }),
    }).Resources;
    expect(Uses?.Properties).toEqual({
      TopicName: ref('FAliaslive'),
      DisplayName: { 'Fn::Sub': `\${AprodStage}` },
    });
  });

  it('names what it leaves out', () => {
    const { F, A } = expand({
      F: serverless('Function', { NewSetting: 1, Events: { New: { Type: 'NewSource' } } }),
      A: serverless('Api', { StageName: 'prod', Domain: {}, Auth: { UsagePlan: {} } }),
    }).Resources;
    expect(F?.Metadata).toMatchObject({ [leftKey]: ['NewSetting', 'event New (NewSource)'] });
    expect(A?.Metadata).toMatchObject({ [leftKey]: ['Domain', 'Auth.UsagePlan'] });
  });

  it('keeps a connector, for what it writes into policies of others', () => {
    const connected = { C: { Properties: { Destination: { Id: 'Q' } } } };
    const { Q, C, F } = expand({
      Q: resource('AWS::SQS::Queue'),
      C: serverless('Connector', { Source: { Id: 'Q' }, Destination: { Id: 'F' } }),
      F: serverless('Function', {}, { Connectors: connected }),
    }).Resources;
    expect(Q?.Type).toBe('AWS::SQS::Queue');
    expect(C?.Type).toBe('AWS::Serverless::Connector');
    expect(F?.Metadata).toMatchObject({ [leftKey]: ['Connectors'] });
  });

  it('tells buckets, user pools and APIs which functions they call', () => {
    const event = (Type: string, Properties: object) => ({ Type, Properties });
    const properties = (id: string, resources: object) => expand(resources).Resources[id]?.Properties;
    const calls = attribute('F');
    const F = serverless('Function', {
      Events: {
        Put: event('S3', { Bucket: ref('B'), Events: ['s3:ObjectCreated:*'], Filter: { S3Key: {} } }),
        Sign: event('Cognito', { UserPool: ref('U'), Trigger: ['PreSignUp', 'PostConfirmation'] }),
      },
    });
    const B = resource('AWS::S3::Bucket', {
      NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:TestEvent', Function: 'other' }] },
    });
    const U = resource('AWS::Cognito::UserPool', { LambdaConfig: { CustomMessage: 'other' } });
    expect(properties('B', { F, B, U })).toEqual({
      NotificationConfiguration: {
        LambdaConfigurations: [
          { Event: 's3:TestEvent', Function: 'other' },
          { Event: 's3:ObjectCreated:*', Function: calls, Filter: { S3Key: {} } },
        ],
      },
    });
    expect(properties('U', { F, B, U })).toEqual({
      LambdaConfig: { CustomMessage: 'other', PreSignUp: calls, PostConfirmation: calls },
    });
    const decided = resource('AWS::S3::Bucket', { NotificationConfiguration: ref('Anything') });
    expect(properties('B', { F, B: decided, U })).toEqual({ NotificationConfiguration: ref('Anything') });
    const asking = (kind: string, more: object) => ({
      A: serverless(kind, {
        StageName: 'x',
        Auth: { Authorizers: { Who: { FunctionArn: calls, ...more } } },
      }),
    });
    const permission = { Principal: 'apigateway.amazonaws.com', FunctionName: calls };
    const granted = (kind: string, more: object = {}) =>
      properties('AWhoAuthorizerPermission', asking(kind, more));
    expect(granted('Api')).toMatchObject(permission);
    expect(granted('Api', { DisableFunctionDefaultPermissions: true })).toBeUndefined();
    expect(granted('HttpApi')).toBeUndefined();
    expect(granted('HttpApi', { EnableFunctionDefaultPermissions: true })).toMatchObject(permission);
  });

  it('leaves a template alone that has nothing of it', () => {
    const template = { Resources: { Secret } };
    expect(withoutServerless(template)).toBe(template);
  });

  it('does not fall over what a hostile template writes', () => {
    const odd: readonly unknown[] = [
      null,
      1,
      'x',
      [],
      [null],
      { 'Fn::If': 'x' },
      { Ref: [] },
      Object.create(null),
      { length: Object.create(null) },
    ];
    for (const value of odd) {
      const everywhere = Object.fromEntries(
        [
          'Policies',
          'Events',
          'Role',
          'Auth',
          'Domain',
          'EventInvokeConfig',
          'AutoPublishAlias',
          'DefinitionBody',
          'StageName',
          'CodeUri',
          'DeadLetterQueue',
          'FunctionUrlConfig',
          'Source',
          'Destination',
          'PrimaryKey',
          'Tags',
          'DeploymentPreference',
        ].map((name) => [name, value]),
      );
      const kinds = [
        'Function',
        'Api',
        'HttpApi',
        'SimpleTable',
        'StateMachine',
        'LayerVersion',
        'Connector',
      ];
      const resources = Object.fromEntries(
        kinds.map((kind) => [kind, { ...serverless(kind, everywhere), Connectors: value }]),
      );
      const events = {
        Events: {
          E: value,
          F: { Type: 'S3', Properties: value },
          G: { Type: 'SNS', Properties: { SqsSubscription: value } },
        },
      };
      const template = { ...resources, More: serverless('Function', events) };
      expect(() => expand(template, { Globals: { Function: value, Api: value } })).not.toThrow();
    }
  });
});
