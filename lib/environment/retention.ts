import { RemovalPolicy } from 'aws-cdk-lib';

/** Whether what a stack keeps outlives the stack. */
export interface RetentionProps {
  /** Staging that may be deleted with everything in it. */
  readonly disposable: boolean;
}

export function removalPolicyOf({ disposable }: RetentionProps): RemovalPolicy {
  return disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
