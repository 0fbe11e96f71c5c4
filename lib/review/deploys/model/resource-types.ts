import {
  awsType,
  type WrittenProperties,
  type WrittenResourceType,
  type WrittenType,
} from '../../../checks/model/aws-types/table.ts';
import { remembered } from '../../../checks/model/remembered.ts';
import type { ValueMap } from '../../../checks/model/values.ts';

/** What AWS's own schemas say of a resource type. */
export interface ResourceType {
  /** Properties that together are the resource's name in AWS, when its owner chooses all of them. */
  readonly identity: readonly string[] | undefined;
  /** Whether it holds something that would be lost with it. */
  readonly stateful: boolean;
  /** By their names; undefined for a type that AWS has no schema of. */
  readonly properties: Readonly<Record<string, PropertySchema>> | undefined;
  /** What `Fn::GetAtt` may read; undefined where the schemas do not say all of it. */
  readonly attributes: ReadonlySet<string> | undefined;
}

export interface PropertySchema {
  readonly required: boolean;
  readonly type: ValueSchema;
}

/** What a property takes. Types of objects are read when somebody asks for them: some hold themselves. */
export type ValueSchema =
  | { readonly kind: 'text'; readonly choices?: readonly string[] }
  | { readonly kind: 'number' | 'boolean' | 'anything' }
  | { readonly kind: 'list' | 'map'; readonly of: ValueSchema }
  | { readonly kind: 'object'; readonly properties: () => Readonly<Record<string, PropertySchema>> }
  | { readonly kind: 'either'; readonly of: readonly ValueSchema[] };

/** Types that hold data and are not marked so in the schemas. */
const furtherStores = new Set([
  'AWS::ECR::Repository',
  'AWS::EC2::Volume',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Cognito::UserPool',
  'AWS::SQS::Queue',
]);

/** Whether a resource holds something that would be lost with it. What an Aurora instance shows is in its cluster. */
export function isStore({
  type,
  properties,
}: {
  readonly type: string;
  readonly properties: ValueMap;
}): boolean {
  if (type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier !== undefined) return false;
  return resourceType(type).stateful;
}

const known = new Map<string, ResourceType>();

/** The schemas are those that the CDK's own diff reads, so both speak of the same AWS. */
export function resourceType(type: string): ResourceType {
  return remembered(known, type, () => read(type));
}

function read(type: string): ResourceType {
  const schema = awsType(type);
  const identifier = schema?.identifier ?? [];
  const chosen = identifier.every((name) => Object.hasOwn(schema?.properties ?? {}, name));
  return {
    identity: identifier.length > 0 && chosen ? identifier : undefined,
    stateful: schema?.stateful === true || furtherStores.has(type),
    properties: schema && propertiesOf(schema.properties, schema),
    attributes: schema && attributesOf(type, schema),
  };
}

/** The schemas leave out some attributes that are also properties. Those of nested stacks are its outputs. */
function attributesOf(
  type: string,
  { attributes, properties, identifier }: WrittenResourceType,
): ReadonlySet<string> | undefined {
  if (type.startsWith('AWS::CloudFormation::')) return undefined;
  return new Set([...attributes, ...Object.keys(properties), ...identifier]);
}

function propertiesOf(
  written: WrittenProperties,
  schema: WrittenResourceType,
): Record<string, PropertySchema> {
  return Object.fromEntries(
    Object.entries(written).map(([name, property]) => {
      const [type, required] = isRequired(property) ? property : [property];
      return [name, { required: required !== undefined, type: valueSchema(type, schema) }];
    }),
  );
}

const isRequired = (property: WrittenProperties[string]): property is readonly [WrittenType, 'required'] =>
  Array.isArray(property);

function valueSchema(type: WrittenType, schema: WrittenResourceType): ValueSchema {
  if (typeof type === 'string') return { kind: kinds[type] };
  if ('c' in type) return { kind: 'text', choices: type.c };
  if ('l' in type) return { kind: 'list', of: valueSchema(type.l, schema) };
  if ('m' in type) return { kind: 'map', of: valueSchema(type.m, schema) };
  if ('e' in type) return { kind: 'either', of: type.e.map((each) => valueSchema(each, schema)) };
  return { kind: 'object', properties: () => propertiesOf(schema.definitions[type.o] ?? {}, schema) };
}

const kinds = { s: 'text', n: 'number', b: 'boolean', x: 'anything' } as const;
