import type { Access } from '../model/access/access.ts';
import type { EnvironmentGraph, Resource } from '../model/templates.ts';
import { numeric, tokensIn } from '../model/values.ts';

/** The CDK's own helpers run during deployments only, which show their failure, and handle no data. */
export function isDeploymentHelper({ properties }: Resource): boolean {
  return properties.Handler === '__entrypoint__.handler';
}

/** Asking AWS takes seconds when a call is repeated, and a cold start inside the VPC comes on top. */
const shortestTimeoutSeconds = 20;

/** Why a function does not do what it is there for, though everything that calls it is in place: a predicate. */
export function whyIdle(code: Resource, neededSeconds = shortestTimeoutSeconds): string | undefined {
  const { ReservedConcurrentExecutions, Timeout } = code.properties;
  if (numeric(ReservedConcurrentExecutions) === 0) return 'never runs: ReservedConcurrentExecutions is 0';
  const seconds = numeric(Timeout) ?? 3;
  return seconds < neededSeconds
    ? `is stopped after ${seconds} seconds, half-way (Timeout); expected ${neededSeconds} or more`
    : undefined;
}

/** The role a function runs with, when these templates make it. */
export function roleOf(code: Resource, graph: EnvironmentGraph): Resource | undefined {
  return graph.target(code.properties.Role, 'AWS::IAM::Role');
}

/**
 * What any function does for itself (its logs, keys, queues and network interfaces), and what functions of the shop's
 * owner do with the data of the shop. What is left is work on what protects the shop.
 */
const ordinaryCalls =
  /^(kms|logs|sns|sqs|xray|s3|dynamodb|ses|events|states|lambda|rds-data|rds-db|elasticfilesystem|execute-api|cloudwatch):|^ec2:(\w*NetworkInterfaces?|\w*PrivateIpAddresses|DescribeSubnets|DescribeSecurityGroups|DescribeVpcs)$/;

/** Whether an action asks or changes what protects the shop, in place of handling data. */
export function isControlCall(action: string): boolean {
  return !ordinaryCalls.test(action);
}

/** Whether a function may ask or change anything that protects the shop. */
export function mayControl(
  code: Resource,
  { graph, access }: { graph: EnvironmentGraph; access: Access },
): boolean {
  const role = roleOf(code, graph);
  const principal = access.principals.find(({ resource }) => resource !== undefined && resource === role);
  // Of a role that is not shown, anything may be expected.
  if (
    !principal ||
    principal.unknownPolicies.some((each) => !/AWSLambda(Basic|VPCAccess)ExecutionRole$/.test(each))
  )
    return true;
  return principal.statements.some(
    ({ effect, actions }) => effect === 'Allow' && actions.some(isControlCall),
  );
}

/** Whether settings, as text, hold a reference to a resource. */
export function refersTo({ stack, logicalId }: Resource, settings: string): boolean {
  return tokensIn(settings).some((token) => token.stack === stack && token.logicalId === logicalId);
}
