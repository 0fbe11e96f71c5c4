import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';

/**
 * The registry asks Inspector on the caller's behalf, and refuses without these.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
 */
export const readingFindings = [
  'inspector2:ListFindings',
  'inspector2:ListCoverage',
  'inspector2:ListAccountPermissions',
] as const;

/**
 * The actions of patching that AWS knows no resource for, in one policy that is acknowledged once. Whoever carries it
 * may log in to the image registry; everything else in it is said per role.
 */
export class UnscopedActions extends iam.ManagedPolicy {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: `Log in to the image registry, and actions without a resource, of ${Stack.of(scope).stackName}`,
      statements: [
        new iam.PolicyStatement({
          sid: 'LogInToRegistry',
          actions: ['ecr:GetAuthorizationToken'],
          resources: ['*'],
        }),
      ],
    });
    acknowledge(this, {
      rule: 'IAM5[Resource::*]',
      reason:
        'None of these actions knows a resource (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html). Compensated: a login and the reading of scan findings and patch states change nothing; a task definition does nothing until a service uses it, and the one role that may register it can update this one service only, and pass only the two roles of the shop. Every action but the login is limited to one role by condition.',
    });
  }

  /** Allows the actions to this role, and to no other that carries the policy. */
  allow(role: iam.IRole, ...actions: string[]): void {
    this.addStatements(
      new iam.PolicyStatement({
        actions,
        resources: ['*'],
        conditions: { ArnEquals: { 'aws:PrincipalArn': role.roleArn } },
      }),
    );
    // From this side: the policy names the role, so the role cannot name the policy.
    this.attachToRole(role);
  }
}
