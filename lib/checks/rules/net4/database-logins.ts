import { constructPath } from '../../model/declarations.ts';
import type { NetworkNode } from '../../model/reachability.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A function that can connect to the database has a business there: it may read some secret or the files. */
export const databaseLogins = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseLogins',
  en: 'Whoever can connect to the database is a declared reader of some credential',
  ja: 'データベースへ接続できるのは資格情報の宣言された読み手だけである',
  appliesTo: ['AWS::Lambda::Function', 'AWS::ECS::Service'],
  judge(resource, { reachability, graph, access, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const from = reachability.nodes.find((node) => node.resource === resource);
    const databases = reachability.nodes.filter((node) => node.kind === 'database' || node.kind === 'proxy');
    const reached = from
      ? databases.filter((to) =>
          (to.ports ?? [3306, 5432]).some((port) => reachability.connection(from, to, port).length > 0),
        )
      : [];
    if (!from || reached.length === 0) return skip('cannot connect to a database');
    const roles = rolesOf(from, graph).map(constructPath);
    const readsCredentials = graph
      .ofType('AWS::SecretsManager::Secret', 'AWS::RDS::DBCluster')
      .some((store) => roles.some((role) => access.declaredReaders(store)?.has(role)));
    return readsCredentials
      ? pass('is a declared reader of a credential')
      : fail(
          `can connect to ${reached.map((to) => to.name).join(', ')} without being a declared reader of any credential`,
        );
  },
});

export function rolesOf(node: NetworkNode, graph: EnvironmentGraph): Resource[] {
  const { properties } = node.resource;
  const task = graph.target(properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return [
    properties.Role,
    at(task?.properties, 'TaskRoleArn'),
    at(task?.properties, 'ExecutionRoleArn'),
  ].flatMap((value) => graph.target(value, 'AWS::IAM::Role') ?? []);
}
