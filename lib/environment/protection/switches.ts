import type { Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import type { IConstruct } from 'constructs';

/** A call that switches a protection on, as EventBridge Scheduler makes it: always with the same input. */
export interface Switch {
  /** Names the schedule within its stack. */
  readonly id: string;
  /** Service and action of the AWS SDK, such as `rds:modifyDBCluster`. */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the call takes of IAM. */
  readonly action: string;
  readonly resourceArn: string;
  /** The store whose settings the call can change, on which its readers are declared. @default none */
  readonly store?: IConstruct;
}

/** Whatever a stack holds that has a switch of its own against being deleted or changed. */
export function switchesIn(stack: Stack): Switch[] {
  return [
    terminationProtection(stack),
    ...stack.node.findAll().flatMap((construct): Switch[] => {
      if (construct instanceof rds.CfnDBCluster) return [clusterProtection(construct)];
      if (construct instanceof rds.CfnDBInstance && construct.dbClusterIdentifier === undefined) {
        return [instanceProtection(construct)];
      }
      if (construct instanceof elbv2.CfnLoadBalancer) return [loadBalancerProtection(construct)];
      if (construct instanceof resolver.CfnFirewallRuleGroupAssociation) {
        return [firewallProtection(construct)];
      }
      return [];
    }),
  ];
}

function terminationProtection(stack: Stack): Switch {
  return {
    id: 'Stack',
    call: 'cloudformation:updateTerminationProtection',
    input: { StackName: stack.stackName, EnableTerminationProtection: true },
    action: 'cloudformation:UpdateTerminationProtection',
    resourceArn: stack.stackId,
  };
}

function clusterProtection(cluster: rds.CfnDBCluster): Switch {
  return {
    id: 'Database',
    call: 'rds:modifyDBCluster',
    input: { DbClusterIdentifier: cluster.ref, DeletionProtection: true },
    action: 'rds:ModifyDBCluster',
    resourceArn: cluster.attrDbClusterArn,
    store: cluster,
  };
}

function instanceProtection(instance: rds.CfnDBInstance): Switch {
  return {
    id: 'DatabaseInstance',
    call: 'rds:modifyDBInstance',
    input: { DbInstanceIdentifier: instance.ref, DeletionProtection: true },
    action: 'rds:ModifyDBInstance',
    resourceArn: instance.attrDbInstanceArn,
    store: instance,
  };
}

function loadBalancerProtection(loadBalancer: elbv2.CfnLoadBalancer): Switch {
  return {
    id: 'LoadBalancer',
    call: 'elasticloadbalancingv2:modifyLoadBalancerAttributes',
    input: {
      LoadBalancerArn: loadBalancer.ref,
      Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
    },
    action: 'elasticloadbalancing:ModifyLoadBalancerAttributes',
    resourceArn: loadBalancer.ref,
  };
}

function firewallProtection(association: resolver.CfnFirewallRuleGroupAssociation): Switch {
  return {
    id: 'DnsFirewall',
    call: 'route53resolver:updateFirewallRuleGroupAssociation',
    input: { FirewallRuleGroupAssociationId: association.attrId, MutationProtection: 'ENABLED' },
    action: 'route53resolver:UpdateFirewallRuleGroupAssociation',
    resourceArn: association.attrArn,
  };
}

/** What the template says in place of the switch, where a pack asks for it. */
export const switchedOnLater =
  'It is switched on by a schedule of the same stack, once the stack is complete, and every hour after that (lib/environment/protection). In the template it would keep a first deploy that fails from being rolled back, and so from being repeated. Compensated: besides the switch, the deletion policy keeps it whatever happens to the stack.';
