import {
  type DeployedEnvironment,
  type DeployedStack,
  type Resource,
  resources,
  target,
  text,
} from './environment.ts';
import { at, isObject, type Json, type JsonObject, list, object } from './json.ts';

export interface Statement {
  readonly sid: string;
  readonly allows: boolean;
  readonly actions: string[];
  /** Service principals, such as `logs.eu-west-1.amazonaws.com`. */
  readonly services: string[];
  /** Everybody (`*`), account roots and roles, as text. */
  readonly aws: string[];
  readonly resources: string[];
  /** Each condition as `operator key = value,value`, the key in small letters. */
  readonly conditions: string[];
  /** The statement itself, so that a test can break it. */
  readonly source: JsonObject;
}

export function statements(
  environment: DeployedEnvironment,
  stack: DeployedStack,
  document: Json,
): Statement[] {
  const asText = (value: Json) => list(value).map((member) => text(environment, stack, member));
  return list(at(document, 'Statement'))
    .filter(isObject)
    .map((source) => {
      const principal = source.Principal;
      return {
        sid: String(source.Sid ?? ''),
        allows: source.Effect === 'Allow',
        actions: asText(source.Action),
        services: asText(at(principal, 'Service')),
        aws: principal === '*' ? ['*'] : asText(at(principal, 'AWS')),
        resources: asText(source.Resource),
        conditions: Object.entries(object(source.Condition)).flatMap(([operator, keys]) =>
          Object.entries(object(keys)).map(
            ([key, value]) => `${operator} ${key.toLowerCase()} = ${asText(value).join(',')}`,
          ),
        ),
        source,
      };
    });
}

/** Whether the statement's actions, with their wildcards, cover one action. */
export function covers(statement: Statement, action: string): boolean {
  return statement.actions.some((pattern) => matches(pattern, action));
}

export function matches(pattern: string, value: string): boolean {
  const expression = pattern.split('*').map(escaped).join('.*');
  return new RegExp(`^${expression}$`, 'i').test(value);
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}

export function conditionOn(statement: Statement, key: string): string | undefined {
  return statement.conditions.find((condition) => condition.includes(` ${key.toLowerCase()} `));
}

/** The statements of a key's policy, when a value refers to a key of the environment. */
export function keyStatements(environment: DeployedEnvironment, key: Resource): Statement[] {
  return statements(environment, key.stack, key.properties.KeyPolicy);
}

export function keyOf(
  environment: DeployedEnvironment,
  resource: Resource,
  value: Json,
): Resource | undefined {
  const found = target(environment, resource.stack, value);
  return found?.type === 'AWS::KMS::Key' ? found : undefined;
}

/** The bucket policy of a bucket; none when it has none. */
export function bucketPolicy(environment: DeployedEnvironment, bucket: Resource): Resource | undefined {
  return resources(environment, 'AWS::S3::BucketPolicy').find((policy) => {
    const of = target(environment, policy.stack, policy.properties.Bucket);
    return of?.id === bucket.id && of.stack.name === bucket.stack.name;
  });
}

export function bucketStatements(environment: DeployedEnvironment, bucket: Resource): Statement[] {
  const policy = bucketPolicy(environment, bucket);
  return policy ? statements(environment, policy.stack, policy.properties.PolicyDocument) : [];
}
