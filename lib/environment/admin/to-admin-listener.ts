import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ports } from '../network/security-groups.ts';

/**
 * Lets a group out to the admin listener; the listener's own stack lets it in.
 *
 * A resource of its own beside the group's inline rule to nowhere: without any inline rule EC2 gives a new group one
 * that lets everything out, and `addEgressRule` to another group would take the inline rule away.
 *
 * @param who as the rule's description names them, such as `VPN clients`
 */
export function letOutToAdminListener(
  scope: Construct,
  clients: ec2.ISecurityGroup,
  listener: ec2.ISecurityGroup,
  who: string,
): void {
  new ec2.CfnSecurityGroupEgress(scope, 'ToAdminListener', {
    groupId: clients.securityGroupId,
    destinationSecurityGroupId: listener.securityGroupId,
    ipProtocol: 'tcp',
    fromPort: ports.adminHttps,
    toPort: ports.adminHttps,
    description: `${who} to the admin listener`,
  });
}
