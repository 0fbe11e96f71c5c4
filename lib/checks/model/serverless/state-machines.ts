import { asWritten } from '../values.ts';
import { deadLetterQueue, scheduleOf } from './events.ts';
import { roleFor, roleOf } from './role-policies.ts';
import {
  arnOf,
  type Expanded,
  mapOf,
  objectOf,
  pick,
  type Resources,
  tagList,
  unread,
  type Written,
} from './template-parts.ts';

const read = [
  'Definition',
  'DefinitionUri',
  'DefinitionSubstitutions',
  'Events',
  'Logging',
  'Name',
  'PermissionsBoundary',
  'Policies',
  'PropagateTags',
  'Role',
  'RolePath',
  'Tags',
  'Tracing',
  'Type',
  'UseAliasAsEventTarget',
];

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-statemachine.html */
export function stateMachineOf(id: string, properties: Written): Expanded {
  const { Definition, DefinitionUri, Logging, Name, Tracing, Type } = properties;
  const { arn, role } = roleOf(properties.Role, `${id}Role`, {
    service: 'states.amazonaws.com',
    policies: properties.Policies,
    managed: Tracing === undefined ? [] : ['AWSXrayWriteOnlyAccess'],
    path: properties.RolePath,
    boundary: properties.PermissionsBoundary,
  });
  const events = eventsOf(id, properties.Events);
  return {
    resources: {
      [id]: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          ...pick(properties, 'DefinitionSubstitutions'),
          ...(Definition === undefined ? { DefinitionS3Location: objectOf(DefinitionUri) } : { Definition }),
          RoleArn: arn,
          ...(Name !== undefined && { StateMachineName: Name }),
          ...(Type !== undefined && { StateMachineType: Type }),
          ...(Logging !== undefined && { LoggingConfiguration: Logging }),
          ...(Tracing !== undefined && { TracingConfiguration: Tracing }),
          ...tagList(properties.Tags),
        },
      },
      ...role,
      ...events.resources,
    },
    left: [...unread(properties, read), ...events.left],
  };
}

function eventsOf(
  machine: string,
  written: unknown,
): { readonly resources: Resources; readonly left: string[] } {
  const resources: Resources = {};
  const left: string[] = [];
  for (const [name, event] of Object.entries(mapOf(written))) {
    const { Type, Properties } = mapOf(event);
    const id = `${machine}${name}`;
    const properties = mapOf(Properties);
    if (Type === 'ScheduleV2') {
      Object.assign(resources, scheduleOf(id, properties, { Ref: machine }, 'states:StartExecution'));
    } else if (Type === 'Schedule' || Type === 'CloudWatchEvent' || Type === 'EventBridgeRule') {
      Object.assign(resources, ruleOf(id, properties, machine));
    } else {
      left.push(`event ${name} (${asWritten(Type)})`);
      if (Type === 'Api')
        resources[`${id}Role`] = startingRole(`${id}Role`, 'apigateway', machine, properties);
    }
  }
  return { resources, left };
}

function ruleOf(id: string, properties: Written, machine: string): Resources {
  const role = `${id}Role`;
  const dead = deadLetterQueue(id, properties.DeadLetterConfig, arnOf(id));
  return {
    [id]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ...pick(properties, 'EventBusName', 'State', 'Description', 'Name'),
        ...(properties.Schedule !== undefined && { ScheduleExpression: properties.Schedule }),
        ...(properties.Pattern !== undefined && { EventPattern: properties.Pattern }),
        Targets: [
          {
            Id: `${id}Target`,
            Arn: { Ref: machine },
            RoleArn: properties.RoleArn ?? arnOf(role),
            ...pick(properties, 'Input', 'InputPath', 'RetryPolicy'),
            ...dead.config,
          },
        ],
      },
    },
    ...(properties.RoleArn === undefined && {
      [role]: startingRole(role, 'events', machine, properties),
    }),
    ...dead.resources,
  };
}

function startingRole(id: string, service: string, machine: string, properties: Written): Written {
  return roleFor(id, {
    service: `${service}.amazonaws.com`,
    boundary: properties.PermissionsBoundary,
    statements: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: machine } }],
  });
}
