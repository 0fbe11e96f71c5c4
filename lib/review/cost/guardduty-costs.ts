import { objectsIn } from './priced-environment.ts';
import { fixed, type Subject, text, type Usage, used } from './usage.ts';

export function guardDutyCosts({ environment, resource, assumed }: Subject): Usage[] {
  const { Features } = resource.properties;
  const enabled = new Set(
    objectsIn(Features)
      .filter(({ Status }) => Status === 'ENABLED')
      .map(({ Name }) => String(Name)),
  );
  const feature = (name: string, usage: Usage) => (enabled.has(name) ? [usage] : []);
  return [
    used('guardduty.events', assumed.events / 1e6, text('GuardDuty: events', 'GuardDuty：イベント')),
    used('guardduty.logs', assumed.logGb / 2, text('GuardDuty: network', 'GuardDuty：ネットワーク')),
    ...feature(
      'RUNTIME_MONITORING',
      fixed(
        'guardduty.runtime',
        environment.taskCpus(assumed.tasks),
        text('GuardDuty: runtime', 'GuardDuty：ランタイム'),
      ),
    ),
    ...feature(
      'RDS_LOGIN_EVENTS',
      fixed(
        'guardduty.database',
        assumed.capacityUnits * environment.instances,
        text('GuardDuty: database', 'GuardDuty：データベース'),
      ),
    ),
    ...feature(
      'LAMBDA_NETWORK_LOGS',
      used('guardduty.functions', assumed.logGb / 10, text('GuardDuty: functions', 'GuardDuty：関数')),
    ),
    ...feature(
      'S3_DATA_EVENTS',
      used(
        'guardduty.objects',
        assumed.originRequests / 1e6,
        text('GuardDuty: buckets', 'GuardDuty：バケット'),
      ),
    ),
  ];
}
