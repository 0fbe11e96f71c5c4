import { asWritten } from '../values.ts';
import { arnOf, listOf, mapOf, type Resources, unknownTo, type Written } from './template-parts.ts';

/** A connection between two resources, wherever it is written. */
export interface Connector {
  readonly id: string;
  readonly source: Written;
  readonly destinations: readonly Written[];
}

/** Those of a resource of its own, and those that a resource lists for itself. */
export function connectorsOf(id: string, resource: Written): readonly Connector[] {
  const own = mapOf(resource.Properties);
  const alone =
    resource.Type === 'AWS::Serverless::Connector'
      ? [{ id, source: mapOf(own.Source), destinations: listOf(own.Destination).map(mapOf) }]
      : [];
  const listed = Object.entries(mapOf(resource.Connectors)).map(([name, each]) => ({
    id: `${id}${name}`,
    source: { Id: id, ...mapOf(mapOf(mapOf(each).Properties).SourceReference) },
    destinations: listOf(mapOf(mapOf(each).Properties).Destination).map(mapOf),
  }));
  return [...alone, ...listed];
}

/**
 * What a connector lets one of its ends do with the other stands in a table of AWS; whatever it is, it ends there. A
 * function is given what it needs to read the queue or stream that it is the destination of.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export function policyOf({ id, source, destinations }: Connector, resources: Resources): Resources {
  const pairs = destinations.flatMap((destination) => [
    [source, destination] as const,
    [destination, source] as const,
  ]);
  const policies = pairs.flatMap(([caller, called], index) => {
    const roles = rolesOf(caller, resources);
    if (roles.length === 0) return [];
    const Statement = [
      { Effect: 'Allow', Action: unknownTo(`connector ${id}`), Resource: placesOf(called, resources) },
    ];
    const Properties = { Roles: roles, PolicyDocument: { Version: '2012-10-17', Statement } };
    return [[`${id}Policy${index}`, { Type: 'AWS::IAM::ManagedPolicy', Properties }] as const];
  });
  return Object.fromEntries(policies);
}

/** Names of the roles that one end of a connector calls with; those that are not in the template may be any. */
function rolesOf({ Id, RoleName }: Written, resources: Resources): readonly unknown[] {
  if (RoleName !== undefined) return [RoleName];
  if (Id === undefined) return [];
  const end = resources[asWritten(Id)];
  return end === undefined ? [unknownTo(`role of ${asWritten(Id)}`)] : rolesIn(end.Properties, resources);
}

function rolesIn(value: unknown, resources: Resources): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => rolesIn(each, resources));
  const attribute = mapOf(value)['Fn::GetAtt'];
  const [id] = Array.isArray(attribute) ? attribute : asWritten(attribute).split('.');
  if (resources[asWritten(id)]?.Type === 'AWS::IAM::Role') return [{ Ref: id }];
  return Object.entries(mapOf(value)).flatMap(([key, each]) =>
    typeof each === 'string' && /^arn:.*:role\//.test(each) && /Role/.test(key)
      ? [each.slice(each.lastIndexOf('/') + 1)]
      : rolesIn(each, resources),
  );
}

function placesOf({ Id, Arn }: Written, resources: Resources): readonly unknown[] {
  const type = resources[asWritten(Id)]?.Type;
  const isNamedByRef = type === 'AWS::SNS::Topic' || type === 'AWS::StepFunctions::StateMachine';
  const arn =
    Arn ??
    (isNamedByRef ? { Ref: Id } : type === undefined ? unknownTo('destination') : arnOf(asWritten(Id)));
  return [arn, { 'Fn::Join': ['', [arn, '/*']] }];
}
