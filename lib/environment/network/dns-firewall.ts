import { Lazy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { declareAllowedDomains } from '../../declarations/declare.ts';
import { detailOf } from '../detection/detail-of.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import { outsideNeeds } from './outside/outside-needs.ts';

export interface DnsFirewallProps extends RetentionProps {
  readonly vpc: ec2.IVpc;
  /** What the shop must reach besides AWS itself, such as its payment provider; `*.` covers subdomains. */
  readonly allowedDomains: readonly string[];
  readonly logsKey: kms.IKey;
  readonly logRetentionDays: number;
  /** Told when somebody opens the firewall. */
  readonly alarmTopic: sns.ITopic;
}

/**
 * Answers only the names on the allow-list (NET5), and no name at all while the firewall itself is down: stolen
 * data has nowhere to go by name. Costs about 0.60 USD per million queries.
 *
 * That it fails closed is AWS's default for every VPC, and no template can say it: CloudFormation documents
 * `AWS::Route53Resolver::FirewallConfig`, but refuses the type as not provisionable. So a person is told instead when
 * somebody changes the setting.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-vpc-configuration.html
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    // AWS's own names one by one: `*.amazonaws.com` would let out to any bucket.
    const domains = Lazy.list({
      produce: () => [...new Set([...outsideNeeds(this).names, ...props.allowedDomains])],
    });
    const allowed = new resolver.CfnFirewallDomainList(this, 'Allowed', { domains });
    const everything = new resolver.CfnFirewallDomainList(this, 'Everything', { domains: ['*'] });

    const ruleGroup = new resolver.CfnFirewallRuleGroup(this, 'Rules', {
      firewallRules: [
        {
          priority: 100,
          action: 'ALLOW',
          firewallDomainListId: allowed.attrId,
          // An allowed name may be an alias of a content network's name, which nobody could list in advance.
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        {
          priority: 200,
          action: 'BLOCK',
          blockResponse: 'NXDOMAIN',
          firewallDomainListId: everything.attrId,
        },
      ],
    });
    declareAllowedDomains(ruleGroup, domains);
    new resolver.CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: ruleGroup.attrId,
      vpcId: props.vpc.vpcId,
      priority: 101,
    });

    this.logQueries(props);
    this.tellWhoOpensIt(props);
  }

  /** A deploy that changes the allow-list is told, too: whoever reads of it knows whether there was one. */
  private tellWhoOpensIt({ alarmTopic }: DnsFirewallProps): void {
    new events.Rule(this, 'Opened', {
      description: 'The DNS firewall was changed: it may fail open, let out more names, or be gone',
      eventPattern: {
        source: ['aws.route53resolver'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: openingCalls },
      },
      targets: [
        new targets.SnsTopic(alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `The DNS firewall was changed (${detailOf('eventName')}) by ${detailOf('userIdentity.arn')} at ${events.EventField.time}: it may let out more names. If none of yours deployed or did it: docs/runbooks/suspected-leak.md`,
          ),
        }),
      ],
    });
  }

  private logQueries(props: DnsFirewallProps): void {
    const logGroup = new logs.LogGroup(this, 'QueryLogs', {
      encryptionKey: props.logsKey,
      retention: props.logRetentionDays,
      removalPolicy: removalPolicyOf(props),
    });
    const config = new resolver.CfnResolverQueryLoggingConfig(this, 'QueryLogging', {
      destinationArn: logGroup.logGroupArn,
    });
    new resolver.CfnResolverQueryLoggingConfigAssociation(this, 'QueryLoggingAssociation', {
      resolverQueryLogConfigId: config.attrId,
      resourceId: props.vpc.vpcId,
    });
  }
}

/** Calls after which more names than before may be answered. */
const openingCalls = [
  'UpdateFirewallConfig',
  'UpdateFirewallDomains',
  'ImportFirewallDomains',
  'CreateFirewallRule',
  'UpdateFirewallRule',
  'DeleteFirewallRule',
  'UpdateFirewallRuleGroupAssociation',
  'DisassociateFirewallRuleGroup',
];
