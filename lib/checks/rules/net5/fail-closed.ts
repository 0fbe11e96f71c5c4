import type { Resource } from '../../model/templates.ts';
import { at, isMap, text, type Value } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass } from '../rule.ts';

/** When the firewall itself fails, names are not resolved; said openly, so that nobody has to know the default. */
export const failClosed = defineRule({
  invariant: 'NET5',
  finding: 'FailClosed',
  en: 'The DNS firewall fails closed',
  ja: 'DNS Firewallは障害時に閉じる',
  appliesTo: ['AWS::Route53Resolver::FirewallConfig', 'AWS::EC2::VPC'],
  judgeAll({ graph, declared }) {
    const configs = graph.ofType('AWS::Route53Resolver::FirewallConfig');
    const byCall = graph.resources.flatMap((resource) => {
      if (!resource.type.startsWith('Custom::') && resource.type !== 'AWS::CloudFormation::CustomResource')
        return [];
      const values = settingsIn(resource.properties);
      return values.length > 0 ? [{ resource, values }] : [];
    });
    const covered = (vpc: Resource) =>
      byCall.length > 0 ||
      configs.some((config) => graph.target(config.properties.ResourceId, vpc.type) === vpc);
    return [
      ...configs.map((resource) => ({
        resource,
        ...expectProperty(resource, ['FirewallFailOpen'], (value) => value === 'DISABLED', 'DISABLED'),
      })),
      ...byCall.map(({ resource, values }) => ({
        resource,
        ...(values.every((value) => value === 'DISABLED')
          ? pass('FirewallFailOpen is DISABLED')
          : fail(`FirewallFailOpen is ${values.join(', ')}; expected DISABLED`)),
      })),
      ...(declared
        ? graph.ofType('AWS::EC2::VPC').map((vpc) => ({
            resource: vpc,
            ...(covered(vpc)
              ? pass('says what happens when the DNS firewall fails')
              : fail('nothing sets FirewallFailOpen to DISABLED')),
          }))
        : []),
    ];
  },
});

/** Custom resources hold their call as text of JSON. */
function settingsIn(properties: Value | undefined, depth = 0): string[] {
  if (depth > 8) return [];
  if (typeof properties === 'string') {
    return [...properties.matchAll(/"FirewallFailOpen"\s*:\s*"([A-Z_]+)"/g)].map(([, value = '']) => value);
  }
  if (Array.isArray(properties)) return properties.flatMap((each) => settingsIn(each as Value, depth + 1));
  if (!isMap(properties)) return [];
  const own = text(at(properties, 'FirewallFailOpen'));
  return [
    ...(own === undefined ? [] : [own]),
    ...Object.values(properties).flatMap((each) => settingsIn(each, depth + 1)),
  ];
}
