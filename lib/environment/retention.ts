import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Whether what a stack keeps outlives the stack. */
export interface RetentionProps {
  /** Staging that may be deleted with everything in it. */
  readonly disposable: boolean;
}

/**
 * What is kept outlives its stack, but not a creation that fails: what the rollback of a first deploy left behind would
 * hold its name, and the second try would be refused because the name exists already.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function removalPolicyOf({ disposable }: RetentionProps): RemovalPolicy {
  return disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
}

/** The same for everything below a construct of the library, which knows neither policy for its parts. */
export function keepWhole(construct: IConstruct, props: RetentionProps): void {
  for (const part of construct.node.findAll()) {
    if (CfnResource.isCfnResource(part) && part.cfnOptions.deletionPolicy !== undefined) {
      part.applyRemovalPolicy(removalPolicyOf(props));
    }
  }
}
