import { exportsOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, holdsCustomerData, isClusterMember, pass, skip } from '../rule.ts';

/** What AWS Backup calls each type: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html */
function backupName({ type, properties }: Resource): string {
  const aurora = (text(properties.Engine) ?? '').startsWith('aurora');
  return (
    {
      'AWS::RDS::DBCluster': aurora ? 'Aurora' : 'RDS',
      'AWS::RDS::DBInstance': 'RDS',
      'AWS::EFS::FileSystem': 'EFS',
      'AWS::S3::Bucket': 'S3',
      'AWS::DynamoDB::Table': 'DynamoDB',
      'AWS::DocDB::DBCluster': 'DocumentDB',
    }[type] ?? type
  );
}

/** Each kind of store is restored in the test, not only the one that is quickest. */
export const restoreSelections = defineRule({
  invariant: 'DAT1',
  finding: 'RestoreSelections',
  en: 'Every kind of store that is backed up is restored in the test',
  ja: 'バックアップされる各ストア種別が復元テストの対象である',
  appliesTo: [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::EFS::FileSystem',
    'AWS::S3::Bucket',
    'AWS::DynamoDB::Table',
    'AWS::DocDB::DBCluster',
  ],
  judge(store, { graph, declared, disposable }) {
    if (!declared || disposable)
      return skip(disposable ? 'the environment is disposable' : 'not part of a declared shop');
    if (exportsOf(store)) return skip('holds copies that are deleted within days');
    if (!holdsCustomerData(store) || isClusterMember(store)) return skip('is not backed up by itself');
    const name = backupName(store);
    const plans = graph.ofType('AWS::Backup::RestoreTestingPlan');
    const selections = graph
      .ofType('AWS::Backup::RestoreTestingSelection')
      .filter(({ properties }) => text(properties.ProtectedResourceType) === name)
      .filter(({ properties }) =>
        plans.some((plan) => belongsTo(properties.RestoreTestingPlanName, plan, graph)),
      );
    const restored = selections.some(({ properties }) => {
      const arns = list(properties.ProtectedResourceArns);
      return (
        arns.includes('*') ||
        arns.some((arn) => graph.target(arn, store.type) === store) ||
        properties.ProtectedResourceConditions !== undefined
      );
    });
    return restored ? pass(`${name} is restored in the test`) : fail(`no restore test selects ${name}`);
  },
});

function belongsTo(name: Value | undefined, plan: Resource, graph: EnvironmentGraph): boolean {
  return name === plan.properties.RestoreTestingPlanName || graph.target(name, plan.type) === plan;
}
