import { CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Lets other stacks read what a setting may take away. Its stack is deployed before those that then do without it, and
 * CloudFormation refuses to drop an export that another stack still imports; an output that is only read holds nobody.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export function mayGo(...made: readonly IConstruct[]): void {
  for (const each of made) CrossStackReferences.of(each).produce(ReferenceStrength.WEAK);
}
