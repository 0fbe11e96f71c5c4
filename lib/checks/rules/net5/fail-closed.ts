import { at, isMap, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** When the firewall itself fails, names are not resolved. The setting has no resource type: a custom resource makes the call. */
export const failClosed = defineRule({
  invariant: 'NET5',
  finding: 'FailClosed',
  en: 'The DNS firewall fails closed',
  ja: 'DNS Firewallは障害時に閉じる',
  appliesTo: ['AWS::EC2::VPC'],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    const settings = graph.resources.flatMap((resource) => {
      if (!resource.type.startsWith('Custom::') && !resource.type.startsWith('AWS::CloudFormation::Custom'))
        return [];
      const values = settingsIn(resource.properties);
      return values.length > 0 ? [{ resource, values }] : [];
    });
    return [
      ...settings.map(({ resource, values }) => ({
        resource,
        ...(values.every((value) => value === 'DISABLED')
          ? pass('FirewallFailOpen is DISABLED')
          : fail(`FirewallFailOpen is ${values.join(', ')}; expected DISABLED`)),
      })),
      ...(settings.length === 0
        ? graph
            .ofType('AWS::EC2::VPC')
            .map((resource) => ({ resource, ...skip('fails closed by default, and nothing changes it') }))
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
