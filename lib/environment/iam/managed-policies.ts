import type { IAspect } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { creationTrace } from '../../declarations/keys.ts';

/**
 * Turns the inline policy that every grant makes into a customer-managed one with the same statements.
 *
 * NIST 800-53, PCI DSS and HIPAA ask for policies that can be listed, versioned and audited on their own
 * (IAMNoInlinePolicy). The managed policy takes the place of the inline one below the same construct, so that
 * resources that depend on the grant still wait for it.
 */
export class ManagedPolicies implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof iam.Policy)) return;
    const inline = node.node.defaultChild;
    // A policy nobody added a statement to is not synthesized; making it managed would bring it to life.
    if (!(inline instanceof iam.CfnPolicy) || node.document.isEmpty) return;

    const { roles, users, groups } = inline;
    node.node.tryRemoveChild(inline.node.id);
    const managed = new iam.CfnManagedPolicy(node, inline.node.id, {
      policyDocument: node.document,
      roles,
      users,
      groups,
    });
    // A report names the line that asked for the grant, not this one: the last trace counts.
    const asked = inline.node.metadata.find(({ type }) => type === creationTrace);
    if (asked) managed.node.addMetadata(creationTrace, asked.data);
  }
}
