import type { Answer } from './answers.ts';
import type { EnvironmentGraph, Resource } from './templates.ts';
import { isUnknown, soleToken, type Value } from './values.ts';

/** Types whose attributes are whatever somebody else returns: nested stacks and custom resources. */
const returning = /^(AWS::CloudFormation::(Stack|CustomResource)|AWS::ServiceCatalog::|Custom::)/;

/** The shop's own resource that reads the group which CloudFront makes for its VPC origins: none of a template. */
export const vpcOriginGroup = 'Custom::VpcOriginSecurityGroup';

/** Whether only a deploy knows what a value is. */
export function tellsLater(value: Value, graph: EnvironmentGraph): boolean {
  if (isUnknown(value)) return true;
  const type = soleToken(value) && graph.target(value)?.type;
  return type !== undefined && type !== vpcOriginGroup && returning.test(type);
}

/** Whether a property, or an item of it, means a resource: surely, for some value that a deploy gives it, or not. */
export function mayRefer(value: Value | undefined, target: Resource, graph: EnvironmentGraph): Answer {
  let answer: Answer = 'no';
  for (const { value: each, certain } of graph.possible(value)) {
    const isTarget = graph.target(each, target.type) === target;
    if (isTarget && certain) return 'yes';
    if (isTarget || tellsLater(each, graph)) answer = 'unknown';
  }
  return answer;
}
