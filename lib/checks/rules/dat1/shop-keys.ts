import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, display, isMap, map, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** What types call the key they encrypt with. */
const keyNames =
  /^(Kms(Master)?Key(Id|Arn|Identifier)?|KMS(Master)?Key(Id|ID|Arn)?|EncryptionKey(Arn)?|PerformanceInsightsK(MS|ms)KeyId)$/;

/** A key that is not in the templates has a policy nobody here can read. */
export const shopKeys = defineRule({
  invariant: 'DAT1',
  finding: 'ShopKeys',
  en: 'Whatever is encrypted is encrypted with a key of these templates',
  ja: '暗号化にはテンプレート内のキーだけを使う',
  appliesTo: ['*'],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    return graph.resources.flatMap((resource): Finding[] => {
      const keys = [...keysIn(resource.properties)];
      if (isUnkeyed(resource))
        return [{ resource, ...fail('its settings are encrypted with the key of AWS (KmsKeyArn)') }];
      if (keys.length === 0) return [];
      const unknown = keys.filter((value) => !isOwn(value, graph));
      return [
        {
          resource,
          ...(unknown.length > 0
            ? fail(`is encrypted with ${unknown.map(display).join(', ')}, which these templates do not make`)
            : pass('is encrypted with keys of these templates')),
        },
      ];
    });
  },
});

/** What a function is told is encrypted in any case; without a key of the shop, by one that all of AWS Lambda uses. */
function isUnkeyed({ type, properties }: Resource): boolean {
  return (
    type === 'AWS::Lambda::Function' &&
    properties.KmsKeyArn === undefined &&
    Object.keys(map(at(properties, 'Environment', 'Variables'))).length > 0
  );
}

function* keysIn(value: Value | undefined, depth = 0): Generator<Value> {
  if (depth > 10) return;
  if (Array.isArray(value)) for (const each of value) yield* keysIn(each as Value, depth + 1);
  if (!isMap(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    if (keyNames.test(name) && !isMap(inner)) yield inner;
    else if (name === 'EncryptionKey' && isMap(inner) && inner.Id !== undefined) yield inner.Id;
    else yield* keysIn(inner, depth + 1);
  }
}

function isOwn(value: Value, graph: EnvironmentGraph): boolean {
  return graph.target(value, 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey') !== undefined;
}
