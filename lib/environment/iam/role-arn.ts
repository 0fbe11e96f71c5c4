import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** ARN of a role of this account by its name: for roles whose stacks come later. */
export function roleArn(scope: Construct, name: string): string {
  const { partition, account } = Stack.of(scope);
  return `arn:${partition}:iam::${account}:role/${name}`;
}
