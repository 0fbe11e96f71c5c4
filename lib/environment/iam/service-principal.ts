import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * The AWS service `<name>.amazonaws.com`, and only on behalf of this account: no resource of somebody else's can make
 * the service take the role.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceOfThisAccount(scope: Construct, name: string): iam.ServicePrincipal {
  return new iam.ServicePrincipal(`${name}.amazonaws.com`, {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
