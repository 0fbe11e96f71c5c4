import { asWritten } from '../values.ts';
import { type Amendment, notification, trigger } from './amendments.ts';
import { roleFor } from './role-policies.ts';
import {
  arnHere,
  arnOf,
  givenOrMade,
  listOf,
  mapOf,
  pick,
  type Resources,
  unknownTo,
  type Written,
} from './template-parts.ts';

/** A path of an API that calls a function. */
export interface Route {
  /** `api` as the event names it; undefined for the one that all such events share. */
  readonly api: unknown;
  readonly kind: 'Api' | 'HttpApi';
  readonly path: unknown;
  readonly method: unknown;
  readonly calls: unknown;
  readonly auth: unknown;
}

export interface EventParts {
  readonly resources: Resources;
  readonly routes: readonly Route[];
  /** What they add to resources of the template. */
  readonly amendments: readonly Amendment[];
  /** AWS managed policies that the role of the function is given for them. */
  readonly managed: readonly string[];
  readonly statements: readonly unknown[];
  readonly left: readonly string[];
}

interface Event {
  /** Logical id that what is made for it begins with. */
  readonly id: string;
  readonly properties: Written;
  /** Reference to the function, or to its alias. */
  readonly target: unknown;
}

type Maker = (event: Event) => Partial<EventParts>;

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html */
const kinds: Readonly<Record<string, Maker>> = {
  S3: ({ id, properties, target }) => ({
    resources: { [`${id}Permission`]: mayCall(target, 's3', { SourceAccount: { Ref: 'AWS::AccountId' } }) },
    amendments: [notification(properties, functionArn(target))],
  }),
  SNS: subscription,
  Api: (event) => route('Api', event),
  HttpApi: (event) => route('HttpApi', event),
  Schedule: (event) =>
    rule(event, pick(event.properties, 'ScheduleExpression', 'State', 'Description', 'Name'), {
      ScheduleExpression: event.properties.Schedule,
    }),
  CloudWatchEvent: (event) => rule(event, pick(event.properties, 'EventBusName', 'State'), pattern(event)),
  EventBridgeRule: (event) => rule(event, pick(event.properties, 'EventBusName', 'State'), pattern(event)),
  ScheduleV2: schedule,
  CloudWatchLogs: ({ id, properties, target }) => ({
    resources: {
      [`${id}Permission`]: mayCall(target, 'logs', {
        SourceArn: arnHere('logs', `log-group:\${group}:*`, { group: properties.LogGroupName }),
      }),
      [id]: {
        Type: 'AWS::Logs::SubscriptionFilter',
        Properties: {
          ...pick(properties, 'LogGroupName', 'FilterPattern'),
          DestinationArn: functionArn(target),
        },
      },
    },
  }),
  IoTRule: ({ id, properties, target }) => ({
    resources: {
      [`${id}Permission`]: mayCall(target, 'iot', { SourceArn: arnOf(id) }),
      [id]: {
        Type: 'AWS::IoT::TopicRule',
        Properties: {
          TopicRulePayload: {
            ...pick(properties, 'Sql', 'AwsIotSqlVersion'),
            Actions: [{ Lambda: { FunctionArn: functionArn(target) } }],
          },
        },
      },
    },
  }),
  AlexaSkill: ({ id, properties, target }) => ({
    resources: {
      [`${id}Permission`]: mayCall(
        target,
        'alexa-appkit.amazon.com',
        properties.SkillId === undefined ? {} : { EventSourceToken: properties.SkillId },
      ),
    },
  }),
  Cognito: ({ id, properties, target }) => ({
    resources: {
      [`${id}Permission`]: mayCall(target, 'cognito-idp', {
        SourceArn: { 'Fn::GetAtt': [mapOf(properties.UserPool).Ref, 'Arn'] },
      }),
    },
    amendments: [trigger(properties, functionArn(target))],
  }),
  Kinesis: (event) => polled(event, event.properties.Stream, 'AWSLambdaKinesisExecutionRole'),
  DynamoDB: (event) => polled(event, event.properties.Stream, 'AWSLambdaDynamoDBExecutionRole'),
  SQS: (event) => polled(event, event.properties.Queue, 'AWSLambdaSQSQueueExecutionRole'),
  MSK: (event) => {
    const {
      managed,
      resources,
      statements = [],
    } = polled(event, event.properties.Stream, 'AWSLambdaMSKExecutionRole');
    return { managed, resources, statements: [...statements, ...signIn(event.properties)] };
  },
  MQ: (event) => signedIn(event, event.properties.Broker, ['mq:DescribeBroker']),
  SelfManagedKafka: (event) => signedIn(event, undefined, interfaces),
  DocumentDB: (event) =>
    signedIn(event, event.properties.Cluster, [
      ...interfaces,
      'rds:DescribeDBClusterParameters',
      'rds:DescribeDBSubnetGroups',
      'rds:DescribeDBClusters',
    ]),
};

/** Everything that the events of a function bring. */
export function eventsOf(functionId: string, written: unknown, target: unknown): EventParts {
  const parts = Object.entries(mapOf(written)).map(([name, event]): Partial<EventParts> => {
    const { Type, Properties } = mapOf(event);
    const make = typeof Type === 'string' && Object.hasOwn(kinds, Type) ? kinds[Type] : undefined;
    return (
      make?.({ id: `${functionId}${name}`, properties: mapOf(Properties), target }) ?? {
        left: [`event ${name} (${asWritten(Type)})`],
        statements: [whatever(`event ${name}`)],
      }
    );
  });
  return {
    resources: Object.assign({}, ...parts.map(({ resources }) => resources)),
    routes: parts.flatMap(({ routes = [] }) => routes),
    amendments: parts.flatMap(({ amendments = [] }) => amendments),
    managed: parts.flatMap(({ managed = [] }) => managed),
    statements: parts.flatMap(({ statements = [] }) => statements),
    left: parts.flatMap(({ left = [] }) => left),
  };
}

const whatever = (why: string) => ({ Effect: 'Allow', Action: unknownTo(why), Resource: '*' });

const functionArn = (target: unknown) => arnOf(asWritten(mapOf(target).Ref));

/** The permission of a service to call a function. */
export function mayCall(target: unknown, service: string, more: Written): Written {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: target,
      Principal: service.includes('.') ? service : `${service}.amazonaws.com`,
      ...more,
    },
  };
}

function subscription({ id, properties, target }: Event): Partial<EventParts> {
  const { Topic, SqsSubscription } = properties;
  const subscribed = (Protocol: string, Endpoint: unknown) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: Topic,
      Protocol,
      Endpoint,
      ...pick(properties, 'FilterPolicy', 'FilterPolicyScope', 'Region', 'RedrivePolicy'),
    },
  });
  if (SqsSubscription === undefined || SqsSubscription === false) {
    return {
      resources: {
        [`${id}Permission`]: mayCall(target, 'sns', { SourceArn: Topic }),
        [id]: subscribed('lambda', functionArn(target)),
      },
    };
  }
  const { QueueArn, QueueUrl } = mapOf(SqsSubscription);
  const queue = `${id}Queue`;
  const arn = QueueArn ?? arnOf(queue);
  return {
    managed: ['service-role/AWSLambdaSQSQueueExecutionRole'],
    resources: {
      ...(QueueArn === undefined && { [queue]: { Type: 'AWS::SQS::Queue', Properties: {} } }),
      [`${id}QueuePolicy`]: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [QueueUrl ?? { Ref: queue }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Principal: '*',
                Resource: arn,
                Condition: { ArnEquals: { 'aws:SourceArn': Topic } },
              },
            ],
          },
        },
      },
      [`${id}EventSourceMapping`]: mapping(target, arn, {}),
      [id]: subscribed('sqs', arn),
    },
  };
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-api.html */
function route(kind: Route['kind'], { id, properties, target }: Event): Partial<EventParts> {
  const api = kind === 'Api' ? properties.RestApiId : properties.ApiId;
  const named = api ?? { Ref: kind === 'Api' ? 'ServerlessRestApi' : 'ServerlessHttpApi' };
  return {
    routes: [
      {
        kind,
        api,
        path: properties.Path,
        method: properties.Method,
        auth: properties.Auth,
        calls: functionArn(target),
      },
    ],
    resources: {
      [`${id}Permission`]: mayCall(target, 'apigateway', {
        SourceArn: arnHere('execute-api', `\${api}/*`, { api: named }),
      }),
    },
  };
}

const pattern = ({ properties }: Event): Written => ({ EventPattern: properties.Pattern });

function rule(event: Event, more: Written, when: Written): Partial<EventParts> {
  const { id, target, properties } = event;
  const dead = deadLetterQueue(id, properties.DeadLetterConfig, arnOf(id));
  return {
    resources: {
      [id]: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ...more,
          ...when,
          Targets: [
            {
              Id: `${id}Target`,
              Arn: functionArn(target),
              ...pick(properties, 'Input', 'InputPath', 'RetryPolicy'),
              ...dead.config,
            },
          ],
        },
      },
      [`${id}Permission`]: mayCall(target, 'events', { SourceArn: arnOf(id) }),
      ...dead.resources,
    },
  };
}

/** Where what could not be delivered goes: a queue that is given, or one that is made. */
export function deadLetterQueue(
  id: string,
  written: unknown,
  from: unknown,
): { readonly resources: Resources; readonly config: Written } {
  if (written === undefined) return { resources: {}, config: {} };
  const { Arn } = mapOf(written);
  if (Arn !== undefined) return { resources: {}, config: { DeadLetterConfig: { Arn } } };
  const queue = `${id}Queue`;
  return {
    config: { DeadLetterConfig: { Arn: arnOf(queue) } },
    resources: {
      [queue]: { Type: 'AWS::SQS::Queue', Properties: {} },
      [`${queue}Policy`]: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: queue }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Principal: { Service: 'events.amazonaws.com' },
                Resource: arnOf(queue),
                Condition: { ArnEquals: { 'aws:SourceArn': from } },
              },
            ],
          },
        },
      },
    },
  };
}

function schedule({ id, target, properties }: Event): Partial<EventParts> {
  return { resources: scheduleOf(id, properties, functionArn(target), 'lambda:InvokeFunction') };
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-schedulev2.html */
export function scheduleOf(id: string, properties: Written, arn: unknown, action: string): Resources {
  const role = `${id}Role`;
  const dead = deadLetterQueue(id, properties.DeadLetterConfig, arnOf(id));
  const queue = mapOf(dead.config.DeadLetterConfig).Arn;
  return {
    [id]: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ...pick(
          properties,
          'ScheduleExpression',
          'ScheduleExpressionTimezone',
          'State',
          'Description',
          'Name',
          'GroupName',
          'StartDate',
          'EndDate',
          'KmsKeyArn',
        ),
        FlexibleTimeWindow: properties.FlexibleTimeWindow ?? { Mode: 'OFF' },
        Target: {
          Arn: arn,
          RoleArn: properties.RoleArn ?? arnOf(role),
          ...pick(properties, 'Input', 'RetryPolicy'),
          ...dead.config,
        },
      },
    },
    ...(properties.RoleArn === undefined && {
      [role]: roleFor(role, {
        service: 'scheduler.amazonaws.com',
        boundary: properties.PermissionsBoundary,
        statements: [
          { Effect: 'Allow', Action: action, Resource: arn },
          ...(queue === undefined ? [] : [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue }]),
        ],
      }),
    }),
    ...Object.fromEntries(
      Object.entries(dead.resources).filter(([, { Type }]) => Type === 'AWS::SQS::Queue'),
    ),
  };
}

function mapping(target: unknown, source: unknown, properties: Written): Written {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: target,
      ...(source !== undefined && { EventSourceArn: source }),
      ...pick(
        properties,
        'BatchSize',
        'Enabled',
        'StartingPosition',
        'FilterCriteria',
        'KmsKeyArn',
        'Topics',
        'Queues',
        'SourceAccessConfigurations',
        'DocumentDBEventSourceConfig',
      ),
    },
  };
}

function polled(event: Event, source: unknown, policy: string): Partial<EventParts> {
  const failed = mapOf(mapOf(event.properties.DestinationConfig).OnFailure);
  const delivered = failed.Destination === undefined ? undefined : deliveryOf(event.id, failed);
  return {
    managed: [`service-role/${policy}`],
    statements: delivered?.statements ?? [],
    resources: { [event.id]: mapping(event.target, source, event.properties) },
  };
}

const interfaces = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

function signedIn(
  { id, properties, target }: Event,
  source: unknown,
  calls: readonly string[],
): Partial<EventParts> {
  return {
    resources: { [id]: mapping(target, source, properties) },
    statements: [...signIn(properties), { Effect: 'Allow', Action: calls, Resource: '*' }],
  };
}

/** What the role may read to sign in to a broker, a cluster or a registry of schemas: secrets, and their key. */
function signIn(properties: Written): readonly unknown[] {
  const { SchemaRegistryConfig, SecretsManagerKmsKeyId: key } = properties;
  const named = [
    ...listOf(properties.SourceAccessConfigurations),
    ...listOf(mapOf(SchemaRegistryConfig).AccessConfigs),
  ].flatMap((each) => {
    const { Type, URI } = mapOf(each);
    return /^(VPC_|VIRTUAL_HOST)/.test(asWritten(Type)) || URI === undefined ? [] : [URI];
  });
  const secrets = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: named };
  const ofKey = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: arnHere('kms', `key/\${key}`, { key }) };
  const schemas = {
    Effect: 'Allow',
    Action: ['glue:GetRegistry', 'glue:GetSchemaVersion'],
    Resource: '*',
  };
  return [
    ...(named.length > 0 ? [secrets] : []),
    ...(key === undefined ? [] : [ofKey]),
    ...(SchemaRegistryConfig === undefined ? [] : [schemas]),
  ];
}

const deliveries: Readonly<Record<string, { readonly action: string; readonly makes?: string }>> = {
  SQS: { action: 'sqs:SendMessage', makes: 'AWS::SQS::Queue' },
  SNS: { action: 'sns:Publish', makes: 'AWS::SNS::Topic' },
  Lambda: { action: 'lambda:InvokeFunction' },
  EventBridge: { action: 'events:PutEvents' },
};

/** Where results go, and the permission that this takes; a queue or a topic that is not named is made. */
export function deliveryOf(
  id: string,
  { Type, Destination }: Written,
): { readonly arn: unknown; readonly resources: Resources; readonly statements: readonly unknown[] } {
  const delivery = typeof Type === 'string' && Object.hasOwn(deliveries, Type) ? deliveries[Type] : undefined;
  if (Type === 'S3' || Type === 'S3Bucket') {
    const below = { 'Fn::Join': ['/', [Destination, '*']] };
    const statements = [
      { Effect: 'Allow', Action: 's3:PutObject', Resource: below },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: Destination },
    ];
    return { arn: Destination, resources: {}, statements };
  }
  if (!delivery) {
    // A topic of Kafka is written to by the signature of the event source itself.
    const unknown =
      Type === 'Kafka' ? [] : [{ Effect: 'Allow', Action: unknownTo('destination'), Resource: '*' }];
    return { arn: Destination, resources: {}, statements: unknown };
  }
  const made = `${id}${Type === 'SNS' ? 'Topic' : 'Queue'}`;
  const { value, isMade } = givenOrMade(Destination, Type === 'SNS' ? { Ref: made } : arnOf(made));
  return {
    arn: value,
    resources: isMade && delivery.makes ? { [made]: { Type: delivery.makes, Properties: {} } } : {},
    statements: [{ Effect: 'Allow', Action: delivery.action, Resource: value }],
  };
}
