import { isMap, type Value } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass, skip } from '../rule.ts';

/** Ids that EC2 and EFS give out; a list of AWS's own prefixes is known by its name, not by such an id. */
const physicalId =
  /^(vpc|subnet|sg|rtb|igw|nat|eni|eipalloc|vpce|vgw|pcx|tgw|tgw-attach|cgw|eigw|lgw|acl|pl|fs|fsap|cvpn-endpoint|i|lt)-[0-9a-f]{8,17}$/;

/** What the network lets through can be told only where both ends are in the templates. */
export const outsideNetwork = defineRule({
  invariant: 'NET1',
  finding: 'OutsideNetwork',
  en: 'Networks, groups and file systems are those of the templates, not others by their id',
  ja: 'ネットワーク・セキュリティグループ・ファイルシステムは外部のIDで参照しない',
  appliesTo: ['*'],
  judgeAll({ graph, declared }) {
    return graph.resources.flatMap((resource): Finding[] => {
      if (
        !/^(AWS::(EC2|ECS|RDS|EFS|Lambda|ElasticLoadBalancingV2|CodeBuild|ElastiCache|Route53Resolver))::/.test(
          resource.type,
        )
      )
        return [];
      const found = [...new Set(idsIn(resource.properties))];
      if (!declared) return [{ resource, ...skip('not part of a declared shop') }];
      return [
        {
          resource,
          ...(found.length > 0
            ? fail(`refers to ${found.join(', ')}, which these templates do not make`)
            : pass('refers to networks of these templates')),
        },
      ];
    });
  },
});

function idsIn(value: Value | undefined, depth = 0): string[] {
  if (typeof value === 'string') return physicalId.test(value) ? [value] : [];
  if (depth > 12) return [];
  if (Array.isArray(value)) return value.flatMap((each) => idsIn(each as Value, depth + 1));
  return isMap(value) ? Object.values(value).flatMap((each) => idsIn(each, depth + 1)) : [];
}
