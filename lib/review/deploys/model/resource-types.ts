import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { ValueMap } from '../../../checks/model/values.ts';

/** What AWS's own schemas say of a resource type. */
export interface ResourceType {
  /** Properties that together are the resource's name in AWS, when its owner chooses all of them. */
  readonly identity: readonly string[] | undefined;
  /** Whether it holds something that would be lost with it. */
  readonly stateful: boolean;
}

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
let loaded: Schemas | undefined;

/** Reading them takes most of a second, each time. */
function schemas(): Schemas {
  loaded ??= loadAwsServiceSpecSync();
  return loaded;
}

/** The schemas are those that the CDK's own diff reads, so both speak of the same AWS. */
export function resourceType(type: string): ResourceType {
  const found = known.get(type) ?? read(type);
  known.set(type, found);
  return found;
}

function read(type: string): ResourceType {
  const [schema] = schemas().lookup('resource', 'cloudFormationType', 'equals', type);
  const identifier = schema?.primaryIdentifier ?? [];
  const chosen = identifier.every((name) => Object.hasOwn(schema?.properties ?? {}, name));
  return {
    identity: identifier.length > 0 && chosen ? identifier : undefined,
    stateful: schema?.isStateful === true || furtherStores.has(type),
  };
}
