import type { PriceId } from './price-table.ts';
import { numberIn } from './priced-environment.ts';
import { fixed, hoursOfMonth, type Subject, text, type Usage, used } from './usage.ts';

/** Classes of instances that stand by themselves, which the config chooses by its tier. */
const classes: Readonly<Record<string, PriceId>> = {
  'db.t4g.micro': 'rds.t4g.micro',
  'db.t4g.medium': 'rds.t4g.medium',
  'db.m7g.large': 'rds.m7g.large',
};

/** A member of an Aurora cluster is paid by its capacity, an instance by its class and its disk; a standby doubles both. */
export function databaseInstanceCosts({ resource, assumed: { capacityUnits } }: Subject): Usage[] {
  const { DBClusterIdentifier, DBInstanceClass, AllocatedStorage, MultiAZ } = resource.properties;
  if (DBClusterIdentifier !== undefined)
    return [
      fixed(
        'aurora.capacity',
        capacityUnits * hoursOfMonth,
        text('database: capacity', 'データベース：容量'),
      ),
    ];
  const machines = MultiAZ === true ? 2 : 1;
  const price = classes[String(DBInstanceClass)];
  return [
    ...(price
      ? [fixed(price, machines * hoursOfMonth, text('database: instance', 'データベース：インスタンス'))]
      : []),
    fixed(
      'rds.storage',
      machines * numberIn(AllocatedStorage),
      text('database: storage', 'データベース：ストレージ'),
    ),
  ];
}

/** A month's test restores a store once; a database stands for an hour until it is read, Aurora through an own instance. */
export function restoreTestCosts({ resource, environment }: Subject): Usage[] {
  const test = used('backup.restore-test', 1, text('restore test', '復元テスト'));
  const what = text('restore test: database, for an hour', '復元テスト：データベース、1 時間');
  switch (resource.properties.ProtectedResourceType) {
    case 'Aurora':
      return [test, used('aurora.t4g.medium', 1, what)];
    case 'RDS': {
      const [database] = environment.ofType('AWS::RDS::DBInstance');
      const price = classes[String(database?.properties.DBInstanceClass)];
      return price ? [test, used(price, 1, what)] : [test];
    }
    default:
      return [test];
  }
}
