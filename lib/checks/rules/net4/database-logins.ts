import { constructPath } from '../../model/declarations.ts';
import type { NetworkNode } from '../../model/network/interfaces.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at } from '../../model/values.ts';
import { type Context, defineRule, type Finding, fail, pass } from '../rule.ts';

/** A function that can connect to the database has a business there: it may read some secret or the files. */
export const databaseLogins = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseLogins',
  en: 'Whoever can connect to the database or the files is a declared reader',
  ja: 'データベースやファイルへ接続できるのは宣言された読み手だけである',
  appliesTo: ['AWS::Lambda::Function', 'AWS::ECS::Service'],
  judgeAll(context) {
    if (!context.declared) return [];
    const { reachability } = context;
    return reachability.nodes
      .filter(({ kind }) => kind === 'function' || kind === 'task')
      .flatMap((from): Finding[] => [
        ...judge(from, 'database', context),
        ...judge(from, 'file-system', context),
      ]);
  },
});

/** Reported on whoever connects and on the rules that let it. */
function judge(from: NetworkNode, kind: 'database' | 'file-system', context: Context): Finding[] {
  const { reachability, graph, access } = context;
  const reached = reachability.nodes
    .filter((node) => node.kind === kind || (kind === 'database' && node.kind === 'proxy'))
    .map((to) => ({
      to,
      rules: (to.ports ?? [3306, 5432]).flatMap((port) => reachability.connection(from, to, port)),
    }))
    .filter(({ rules }) => rules.length > 0);
  if (reached.length === 0) return [];
  const roles = rolesOf(from, graph).map(constructPath);
  const stores =
    kind === 'database'
      ? graph.ofType('AWS::SecretsManager::Secret', 'AWS::RDS::DBCluster')
      : graph.ofType('AWS::EFS::FileSystem');
  if (stores.some((store) => roles.some((role) => access.declaredReaders(store)?.has(role))))
    return [{ resource: from.resource, ...pass(`is a declared reader behind the ${kind} it connects to`) }];
  const names = [...new Set(reached.map(({ to }) => to.name))].join(', ');
  const reason = `${from.name} can connect to ${names} without being a declared reader`;
  const sources = new Set(reached.flatMap(({ rules }) => rules.map((rule) => rule.source)));
  return [from.resource, ...sources].map((resource) => ({ resource, ...fail(reason) }));
}

export function rolesOf(node: NetworkNode, graph: EnvironmentGraph): Resource[] {
  const { properties } = node.resource;
  const task = graph.target(properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return [
    properties.Role,
    at(task?.properties, 'TaskRoleArn'),
    at(task?.properties, 'ExecutionRoleArn'),
  ].flatMap((value) => graph.target(value, 'AWS::IAM::Role') ?? []);
}
