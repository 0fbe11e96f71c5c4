import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { asWritten, hasUnknown, isFalse, list, text, type Value } from '../../model/values.ts';
import { refersTo } from '../functions.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** An alarm acts, and its action ends with a person. */
export const alarmHeard = defineRule({
  invariant: 'ALM1',
  finding: 'AlarmHeard',
  en: 'Every alarm notifies a topic that somebody subscribes to',
  ja: '全アラームが購読者のいるトピックに通知する',
  appliesTo: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  judge(alarm, { graph, declared }) {
    const { properties } = alarm;
    if (graph.promises.isBeside(alarm)) return skip('tells of something besides what was promised');
    if (isFalse(properties.ActionsEnabled)) return fail('ActionsEnabled is false');
    const actions = list(properties.AlarmActions);
    if (actions.length === 0) return fail('has no AlarmActions: nobody hears it');
    const verdicts = actions.map((action) => judgeAction(action, graph, declared));
    // One action that reaches somebody is enough.
    return verdicts.find((verdict) => verdict.outcome === 'compliant') ?? verdicts;
  },
});

function judgeAction(action: Value, graph: EnvironmentGraph, declared: boolean): Verdict {
  const topic = graph.target(action, 'AWS::SNS::Topic');
  if (!topic) {
    const other = graph.target(action);
    // Scaling alarms act on a service; a person is not meant to hear them.
    if (other)
      return other.type === 'AWS::ApplicationAutoScaling::ScalingPolicy' ||
        other.type === 'AWS::Lambda::Function'
        ? pass(`acts through ${other.logicalId}`)
        : fail(`${other.logicalId} notifies nobody`);
    if (!declared && typeof action === 'string' && action.startsWith('arn:'))
      return pass('acts outside these templates');
    return !declared && hasUnknown(action)
      ? unsure('whom it tells is known only after deployment')
      : fail('its action is no topic of these templates');
  }
  return subscribers(topic, graph) > 0
    ? pass(`notifies ${topic.logicalId}`)
    : fail(`notifies ${topic.logicalId}, to which nobody subscribes`);
}

export function subscribers(topic: Resource, graph: EnvironmentGraph): number {
  return (
    graph.referring(topic, 'AWS::SNS::Subscription', 'TopicArn').length +
    list(topic.properties.Subscription).length
  );
}

/** A topic that alarms use has somebody at its end. */
export const topicSubscribed = defineRule({
  invariant: 'ALM1',
  finding: 'TopicSubscribed',
  en: 'Every topic that carries alarms has a subscriber',
  ja: 'アラームを運ぶ各トピックに購読者がいる',
  appliesTo: ['AWS::SNS::Topic'],
  judge(topic, { graph, declared }) {
    if (!carriesAlarms(topic, graph) && (!declared || isLeftAlone(topic, graph)))
      return skip('carries no alarm');
    const people = graph
      .referring(topic, 'AWS::SNS::Subscription', 'TopicArn')
      .filter(
        ({ properties }) =>
          text(properties.Endpoint) !== undefined &&
          text(properties.Protocol) !== 'http' &&
          (!declared || /^(email|sms|application|lambda)/.test(text(properties.Protocol) ?? '')) &&
          (!declared || properties.FilterPolicy === undefined),
      );
    return people.length + list(topic.properties.Subscription).length > 0
      ? pass(`${people.length} subscribe to it`)
      : fail('nobody subscribes to it');
  },
});

function carriesAlarms(topic: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::CloudWatch::Alarm')
    .some((alarm) =>
      list(alarm.properties.AlarmActions).some((action) => graph.target(action, topic.type) === topic),
    );
}

/** One besides what was promised, to which nothing leads but what may publish: what it carries is its owner's. */
function isLeftAlone(topic: Resource, graph: EnvironmentGraph): boolean {
  return (
    graph.promises.isBeside(topic) &&
    !graph.resources.some(
      ({ type, properties }) =>
        !/^AWS::(?:IAM|KMS|SNS)::/.test(type) && refersTo(topic, JSON.stringify(properties)),
    )
  );
}

/** Topics are encrypted: an alarm tells what is broken. */
export const topicEncrypted = defineRule({
  invariant: 'ALM1',
  finding: 'TopicEncrypted',
  en: 'Topics are encrypted',
  ja: 'トピックが暗号化されている',
  appliesTo: ['AWS::SNS::Topic'],
  judge(topic, { declared, graph }) {
    const key = topic.properties.KmsMasterKeyId;
    if (key === undefined)
      return declared ? fail('KmsMasterKeyId is not set') : skip('not part of a declared shop');
    // CloudWatch and EventBridge cannot use the key that AWS manages for SNS: the alarm would be lost.
    if (/alias\/aws\/sns/.test(asWritten(key)) && !graph.target(key, 'AWS::KMS::Key'))
      return declared
        ? fail('uses the key of AWS, with which CloudWatch cannot publish')
        : pass('is encrypted');
    return pass('is encrypted');
  },
});
