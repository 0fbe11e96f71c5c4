import { defineRule, fail, pass } from '../rule.ts';

/** Names that were asked for tell what a connection was about. */
export const dnsQueryLogs = defineRule({
  invariant: 'LOG1',
  finding: 'DnsQueryLogs',
  en: 'DNS queries of the VPC are recorded',
  ja: 'VPCのDNSクエリが記録される',
  appliesTo: ['AWS::EC2::VPC'],
  judge(vpc, { graph, declared }) {
    const associated = graph
      .referring(vpc, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', 'ResourceId')
      .some((each) => {
        const config = graph.target(
          each.properties.ResolverQueryLogConfigId,
          'AWS::Route53Resolver::ResolverQueryLoggingConfig',
        );
        return config?.properties.DestinationArn !== undefined;
      });
    return associated
      ? pass('DNS queries are recorded')
      : declared
        ? fail('DNS queries are not recorded')
        : pass('not part of a declared shop');
  },
});
