import { declarationKeys } from '../../../declarations/keys.ts';
import { declaredNames } from '../../model/declarations.ts';
import { display, text } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** Everybody who is meant to hear alarms does; nobody else learns what is broken. */
export const subscribers = defineRule({
  invariant: 'ALM1',
  finding: 'Subscribers',
  en: 'Those who are declared to hear a topic do, and nobody else',
  ja: '宣言した宛先の全員が、そしてその宛先だけがトピックを受け取る',
  appliesTo: ['AWS::SNS::Topic', 'AWS::SNS::Subscription'],
  judgeAll({ graph }) {
    return graph.ofType('AWS::SNS::Topic').flatMap((topic): Finding[] => {
      const declared = declaredNames(topic, declarationKeys.subscribers);
      if (!declared) return [];
      const subscriptions = graph.referring(topic, 'AWS::SNS::Subscription', 'TopicArn');
      const reached = subscriptions.map(({ properties }) => text(properties.Endpoint));
      const missing = declared.filter((address) => !reached.includes(address));
      const strange = subscriptions.filter(
        ({ properties }) => !declared.includes(text(properties.Endpoint) ?? ''),
      );
      return [
        {
          resource: topic,
          ...(missing.length > 0
            ? fail(`${missing.join(', ')} is declared and not subscribed`)
            : pass('everybody declared is subscribed')),
        },
        ...strange.map((resource) => ({
          resource,
          ...fail(`tells ${display(resource.properties.Endpoint ?? 'nobody')}, who is not declared`),
        })),
      ];
    });
  },
});
