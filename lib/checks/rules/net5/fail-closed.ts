import { at, isMap, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';

/**
 * When the firewall itself fails, names are not resolved. That is AWS's default, and CloudFormation makes no
 * `FirewallConfig`: what is looked for is a setting, or a custom resource's call, that opens it.
 */
export const failClosed = defineRule({
  invariant: 'NET5',
  finding: 'FailClosed',
  en: 'The DNS firewall fails closed',
  ja: 'DNS Firewallは障害時に閉じる',
  appliesTo: ['AWS::Route53Resolver::FirewallConfig', 'AWS::EC2::VPC'],
  judgeAll({ graph }) {
    const settings = graph.resources.flatMap((resource) =>
      resource.type === 'AWS::Route53Resolver::FirewallConfig' ||
      resource.type === 'AWS::CloudFormation::CustomResource' ||
      resource.type.startsWith('Custom::')
        ? settingsIn(resource.properties).map((value) => ({ resource, value }))
        : [],
    );
    return [
      ...settings.map(({ resource, value }) => ({
        resource,
        ...(value === 'DISABLED'
          ? pass('FirewallFailOpen is DISABLED')
          : fail(`FirewallFailOpen is ${value}; expected DISABLED`)),
      })),
      ...(settings.length === 0
        ? graph.ofType('AWS::EC2::VPC').map((resource) => ({
            resource,
            ...pass('nothing sets FirewallFailOpen, whose default is DISABLED'),
          }))
        : []),
    ];
  },
});

/** As a property, or in the text of JSON in which custom resources hold their call. */
function settingsIn(properties: Value | undefined, depth = 0): string[] {
  if (depth > 8) return [];
  if (typeof properties === 'string') {
    return [...properties.matchAll(/"FirewallFailOpen"\s*:\s*"([A-Z_]+)"/g)].map(([, value = '']) => value);
  }
  if (Array.isArray(properties)) return properties.flatMap((each) => settingsIn(each as Value, depth + 1));
  if (!isMap(properties)) return [];
  const own = at(properties, 'FirewallFailOpen');
  return [
    ...(own === undefined ? [] : [text(own) ?? 'not known before the deploy']),
    ...Object.values(properties).flatMap((each) => settingsIn(each, depth + 1)),
  ];
}
