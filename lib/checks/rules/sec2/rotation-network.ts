import { defineRule, fail, pass, skip } from '../rule.ts';

/** A rotation function that cannot reach the database breaks each rotation after it has begun. */
export const rotationNetwork = defineRule({
  invariant: 'SEC2',
  finding: 'RotationNetwork',
  en: 'A rotation function in the VPC can reach a database',
  ja: 'VPC内のローテーション関数がデータベースへ到達できる',
  appliesTo: ['AWS::Lambda::Function'],
  judge(code, { graph, reachability, declared }) {
    const schedules = graph.referring(code, 'AWS::SecretsManager::RotationSchedule', 'RotationLambdaARN');
    if (schedules.length === 0) return skip('rotates nothing');

    const from = reachability.nodes.find((node) => node.resource === code);
    const databases = reachability.nodes.filter((node) => node.kind === 'database');
    if (databases.length === 0) return skip('no database in these templates');
    if (!from)
      return declared ? fail('is not in the VPC: it can reach no database') : skip('is not in the VPC');
    const reached = databases.some((to) =>
      (to.ports ?? []).some((port) => reachability.connection(from, to, port).length > 0),
    );
    return reached
      ? pass('can reach a database')
      : fail('can reach no database: rotation would stop half-way');
  },
});
