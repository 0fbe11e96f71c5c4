import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import type { IConstruct } from 'constructs';

/** Something that a role of the VPC may do. */
export interface Permission {
  /** Prefix of the action, such as `ssm`. */
  readonly service: string;
  /** ARNs, as far as they are known before the deploy. */
  readonly resources: readonly string[];
  /** Only for calls that another service makes (`kms:ViaService`). */
  readonly throughService: boolean;
  /** Regions that a condition names; none: the region of the role's stack. */
  readonly regions: readonly string[];
}

/** Whose roles work inside the VPC; CodeBuild, CodePipeline, AWS Backup and others work outside of it. */
const insideVpc = ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'];

/**
 * What the roles of functions, tasks and hosts may do. A managed policy that names no role itself may be carried by any
 * of them, and counts.
 */
export function permissionsInside(constructs: readonly IConstruct[]): Permission[] {
  const roles = constructs.filter((each) => each instanceof iam.CfnRole);
  const elsewhere = rolesOutside(constructs);
  const inside = new Set(
    roles
      .filter(worksInside)
      .map(idOf)
      .filter((id) => !elsewhere.has(id)),
  );
  const documents = [
    ...roles
      .filter((role) => inside.has(idOf(role)))
      .flatMap((role) => list(resolved(role, role.policies)).map((each) => entry(each, 'policyDocument'))),
    ...constructs
      .filter((each) => each instanceof iam.CfnManagedPolicy || each instanceof iam.CfnPolicy)
      .filter((policy) => isCarriedBy(policy, inside))
      .map((policy) => resolved(policy, policy.policyDocument)),
  ];
  return documents.flatMap((document) => list(entry(document, 'Statement')).flatMap(permissionsOf));
}

function worksInside(role: iam.CfnRole): boolean {
  const trust = JSON.stringify(resolved(role, role.assumeRolePolicyDocument));
  return insideVpc.some((service) => trust.includes(`"${service}"`));
}

/** Roles of functions and canaries that have no network of the shop. */
function rolesOutside(constructs: readonly IConstruct[]): ReadonlySet<string> {
  const outside = constructs.flatMap((each): (readonly [IConstruct, unknown])[] => {
    if (each instanceof lambda.CfnFunction && each.vpcConfig === undefined) return [[each, each.role]];
    if (each instanceof synthetics.CfnCanary && each.vpcConfig === undefined)
      return [[each, each.executionRoleArn]];
    return [];
  });
  return new Set(
    outside.map(([each, arn]) => {
      const [role] = list(entry(resolved(each, arn), 'Fn::GetAtt'));
      return `${Stack.of(each).node.path} ${String(role)}`;
    }),
  );
}

function isCarriedBy(policy: iam.CfnManagedPolicy | iam.CfnPolicy, roles: ReadonlySet<string>): boolean {
  const carriers = list(resolved(policy, policy.roles));
  if (carriers.length === 0) return policy instanceof iam.CfnManagedPolicy;
  const { node } = Stack.of(policy);
  return carriers.some((role) => roles.has(`${node.path} ${String(entry(role, 'Ref'))}`));
}

/** Stack and logical id. */
function idOf(role: iam.CfnRole): string {
  const stack = Stack.of(role);
  return `${stack.node.path} ${String(stack.resolve(role.logicalId))}`;
}

function permissionsOf(statement: unknown): Permission[] {
  if (entry(statement, 'Effect') !== 'Allow') return [];
  const services = list(entry(statement, 'Action')).map((action) => String(action).split(':')[0] ?? '');
  const resources = list(entry(statement, 'Resource')).map((each) =>
    typeof each === 'string' ? each : JSON.stringify(each),
  );
  const throughService = JSON.stringify(entry(statement, 'Condition') ?? {}).includes('"kms:ViaService"');
  const regions = list(
    entry(entry(entry(statement, 'Condition'), 'StringEquals'), 'aws:RequestedRegion'),
  ).map(String);
  return [...new Set(services)].map((service) => ({ service, resources, throughService, regions }));
}

function resolved(construct: IConstruct, value: unknown): unknown {
  return Stack.of(construct).resolve(value);
}

function entry(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
