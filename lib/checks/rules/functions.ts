import type { EnvironmentGraph, Resource } from '../model/templates.ts';
import { numeric, tokensIn } from '../model/values.ts';

/** The CDK's own helpers run during deployments only, which show their failure, and handle no data. */
export function isDeploymentHelper({ properties }: Resource): boolean {
  return properties.Handler === '__entrypoint__.handler';
}

/** Asking AWS takes seconds when a call is repeated, and a cold start inside the VPC comes on top. */
const shortestTimeoutSeconds = 20;

/** Why a function does not do what it is there for, though everything that calls it is in place. */
export function whyIdle(code: Resource, neededSeconds = shortestTimeoutSeconds): string | undefined {
  const { ReservedConcurrentExecutions, Timeout } = code.properties;
  if (numeric(ReservedConcurrentExecutions) === 0)
    return `${code.logicalId} never runs: ReservedConcurrentExecutions is 0`;
  const seconds = numeric(Timeout) ?? 3;
  return seconds < neededSeconds
    ? `${code.logicalId} is stopped after ${seconds} seconds, half-way (Timeout); expected ${neededSeconds} or more`
    : undefined;
}

/** The role a function runs with, when these templates make it. */
export function roleOf(code: Resource, graph: EnvironmentGraph): Resource | undefined {
  return graph.target(code.properties.Role, 'AWS::IAM::Role');
}

/** Whether settings, as text, hold a reference to a resource. */
export function refersTo({ stack, logicalId }: Resource, settings: string): boolean {
  return tokensIn(settings).some((token) => token.stack === stack && token.logicalId === logicalId);
}
