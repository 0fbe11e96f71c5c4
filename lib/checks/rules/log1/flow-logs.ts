import { text } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass, type Verdict } from '../rule.ts';

/** Every connection in the VPC is recorded, accepted or not. */
export const flowLogs = defineRule({
  invariant: 'LOG1',
  finding: 'FlowLogs',
  en: 'The VPC records accepted and rejected connections',
  ja: 'VPCは許可・拒否の両方の接続を記録する',
  appliesTo: ['AWS::EC2::VPC'],
  judge(vpc, { graph }) {
    const logs = graph.referring(vpc, 'AWS::EC2::FlowLog', 'ResourceId');
    if (logs.length === 0) return fail('has no flow log');
    return logs.some((log) => text(log.properties.TrafficType) === 'ALL')
      ? pass('has a flow log of all traffic')
      : fail('its flow log leaves out accepted or rejected connections');
  },
});

/** The log itself: all traffic, to somewhere. */
export const flowLogTraffic = defineRule({
  invariant: 'LOG1',
  finding: 'FlowLogTraffic',
  en: 'Flow logs record all traffic',
  ja: 'フローログは全トラフィックを記録する',
  appliesTo: ['AWS::EC2::FlowLog'],
  judge(log, { declared }) {
    const verdicts: Verdict[] = [
      expectProperty(
        log,
        ['TrafficType'],
        (value) => value === 'ALL' || (!declared && value === 'REJECT'),
        'ALL',
      ),
    ];
    const { LogGroupName, LogDestination } = log.properties;
    if (LogGroupName === undefined && LogDestination === undefined) verdicts.push(fail('leads nowhere'));
    return verdicts;
  },
});
