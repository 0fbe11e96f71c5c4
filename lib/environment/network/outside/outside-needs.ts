import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AwsBucket } from './buckets.ts';
import { needOfPermission, needOfResource } from './needs.ts';
import { permissionsInside } from './permissions.ts';

/** What all that works in a VPC asks for outside of it. */
export interface OutsideNeeds {
  /** Each once, in alphabetical order. */
  readonly names: readonly string[];
  readonly buckets: readonly AwsBucket[];
}

/**
 * Read from the resources of the environment and from what their roles may do, once all of them are made: nobody has to
 * remember a list when a function learns to call another service.
 *
 * @param network in the stack of the VPC; stacks of other regions ask for nothing here
 */
export function outsideNeeds(network: IConstruct): OutsideNeeds {
  const { region } = Stack.of(network);
  const environment = Stage.of(network) ?? network.node.root;
  const here = environment.node.findAll().filter((each) => !Stack.isStack(each) && isIn(region, each));
  const needs = [
    ...permissionsInside(here).flatMap((permission) =>
      (permission.regions.length > 0 ? permission.regions : [region]).map((each) =>
        needOfPermission(permission, each),
      ),
    ),
    ...here.map((resource) => needOfResource(resource, region)),
  ];
  const buckets = new Map(needs.flatMap((need) => need.buckets.map((bucket) => [bucket.name, bucket])));
  return {
    names: [...new Set(needs.flatMap(({ names }) => names))].sort(),
    buckets: [...buckets.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function isIn(region: string, construct: IConstruct): boolean {
  const stack = construct.node.scopes.findLast((scope) => Stack.isStack(scope));
  return stack !== undefined && (stack as Stack).region === region;
}
