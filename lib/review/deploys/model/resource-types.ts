import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
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

type Schemas = ReturnType<typeof loadAwsServiceSpecSync>;
type SpecResource = NonNullable<ReturnType<typeof schemaOf>>;
type SpecProperties = SpecResource['properties'];
type PropertyType = SpecProperties[string]['type'];
let loaded: Schemas | undefined;

/** Reading them takes most of a second, each time. */
function schemas(): Schemas {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
}

function schemaOf(type: string) {
  return schemas().lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

/** The schemas are those that the CDK's own diff reads, so both speak of the same AWS. */
export function resourceType(type: string): ResourceType {
  return remembered(known, type, () => read(type));
}

function read(type: string): ResourceType {
  const schema = schemaOf(type);
  const identifier = schema?.primaryIdentifier ?? [];
  const chosen = identifier.every((name) => Object.hasOwn(schema?.properties ?? {}, name));
  return {
    identity: identifier.length > 0 && chosen ? identifier : undefined,
    stateful: schema?.isStateful === true || furtherStores.has(type),
    properties: schema && propertiesOf(schema.properties),
    attributes: schema && attributesOf(schema),
  };
}

/** The schemas leave out some attributes that are also properties. Those of nested stacks are its outputs. */
function attributesOf({
  cloudFormationType,
  attributes,
  properties,
  primaryIdentifier = [],
}: SpecResource): ReadonlySet<string> | undefined {
  if (cloudFormationType.startsWith('AWS::CloudFormation::')) return undefined;
  return new Set([...Object.keys(attributes), ...Object.keys(properties), ...primaryIdentifier]);
}

function propertiesOf(written: SpecProperties): Record<string, PropertySchema> {
  return Object.fromEntries(
    Object.entries(written).map(([name, { required = false, type }]) => [
      name,
      { required, type: valueSchema(type) },
    ]),
  );
}

function valueSchema(type: PropertyType): ValueSchema {
  switch (type.type) {
    case 'string':
      return { kind: 'text', ...(type.allowedValues && { choices: type.allowedValues }) };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return { kind: 'list', of: valueSchema(type.element) };
    case 'map':
      return { kind: 'map', of: valueSchema(type.element) };
    case 'union':
      return { kind: 'either', of: type.types.map(valueSchema) };
    case 'ref':
      return {
        kind: 'object',
        properties: () => propertiesOf(schemas().get('typeDefinition', type.reference).properties),
      };
    default:
      return { kind: 'anything' };
  }
}
