import { coversAction } from '../../model/access/policies.ts';
import { resourcePolicyStatements } from '../../model/access/resource-policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** EventBridge publishes only where the topic's policy, and its key's, let it: otherwise events are lost in silence. */
export const topicPublishers = defineRule({
  invariant: 'ALM1',
  finding: 'TopicPublishers',
  en: 'Topics accept what is meant to notify through them',
  ja: 'トピックは通知元サービスからの発行を許可する',
  appliesTo: ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'],
  judge(resource, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::SNS::Topic') return judgeTopic(resource, graph);
    return list(resource.properties.Topics).flatMap((value) => {
      const topic = graph.target(value, 'AWS::SNS::Topic');
      return topic ? judgeTopic(topic, graph) : [];
    });
  },
});

function judgeTopic(topic: Resource, graph: EnvironmentGraph): Verdict {
  const needed = new Set<string>();
  for (const rule of graph.ofType('AWS::Events::Rule')) {
    if (list(rule.properties.Targets).some((target) => graph.target(at(target, 'Arn'), topic.type) === topic))
      needed.add('events.amazonaws.com');
  }
  for (const alarm of graph.ofType('AWS::CloudWatch::Alarm')) {
    if (list(alarm.properties.AlarmActions).some((action) => graph.target(action, topic.type) === topic))
      needed.add('cloudwatch.amazonaws.com');
  }
  if (needed.size === 0) return skip('no service publishes to it');
  const refused = graph
    .referring(topic, 'AWS::SNS::TopicPolicy', 'Topics')
    .flatMap((policy) => resourcePolicyStatements(policy, graph))
    .some(
      (statement) =>
        statement.effect === 'Deny' &&
        coversAction(statement, 'sns:Publish') === 'yes' &&
        Object.keys(statement.conditions).length === 0,
    );
  if (refused) return fail('refuses everything that is published to it');
  const lacking = [...needed].filter((service) => !mayPublish(topic, service, graph));
  return lacking.length > 0
    ? fail(`${lacking.join(', ')} may not publish to it`)
    : pass(`${[...needed].join(', ')} may publish to it`);
}

function mayPublish(topic: Resource, service: string, graph: EnvironmentGraph): boolean {
  const policies = graph.referring(topic, 'AWS::SNS::TopicPolicy', 'Topics');
  const topicAllows =
    policies.length === 0
      ? service === 'cloudwatch.amazonaws.com'
      : policies
          .flatMap((policy) => resourcePolicyStatements(policy, graph))
          .some(
            (statement) =>
              statement.effect === 'Allow' &&
              coversAction(statement, 'sns:Publish') === 'yes' &&
              serves(statement.principals, service),
          );
  const key = graph.target(topic.properties.KmsMasterKeyId, 'AWS::KMS::Key');
  const keyAllows =
    !key ||
    resourcePolicyStatements(key, graph).some(
      (statement) =>
        statement.effect === 'Allow' &&
        coversAction(statement, 'kms:GenerateDataKey') !== 'no' &&
        (statement.principals?.Service ?? []).includes(service),
    );
  return topicAllows && keyAllows;
}

/** The default topic policy, and statements for the whole account, also let CloudWatch alarms of that account in. */
function serves(
  principals: Readonly<Record<string, readonly string[]>> | undefined,
  service: string,
): boolean {
  if ((principals?.Service ?? []).includes(service)) return true;
  return (
    service === 'cloudwatch.amazonaws.com' &&
    (principals?.AWS ?? []).some((value) => value === '*' || value.endsWith(':root'))
  );
}
