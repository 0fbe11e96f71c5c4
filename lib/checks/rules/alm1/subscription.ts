import { asWritten, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What reaches a person reaches nobody else on the way, and all of it arrives. */
export const subscription = defineRule({
  invariant: 'ALM1',
  finding: 'Subscription',
  en: 'Subscriptions to alarms are complete and encrypted',
  ja: 'アラームの購読は全件を暗号化された経路で受け取る',
  appliesTo: ['AWS::SNS::Subscription'],
  judge({ properties }, { graph, declared }) {
    const protocol = text(properties.Protocol) ?? '';
    if (protocol === 'http') return fail('delivers in clear text (http)');
    if (!declared) return skip('not part of a declared shop');
    if (!/^(email(-json)?|sms|https|lambda|application)$/.test(protocol))
      return fail(`Protocol is ${protocol || 'not set'}: nobody is reached`);
    if (properties.Endpoint === undefined) return fail('has no Endpoint');
    if (/^email/.test(protocol) && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(asWritten(properties.Endpoint)))
      return fail(`${asWritten(properties.Endpoint)} is no address of a person`);
    if (properties.FilterPolicy !== undefined) return fail('leaves messages out (FilterPolicy)');
    return graph.target(properties.TopicArn, 'AWS::SNS::Topic')
      ? pass('hears everything')
      : fail('listens to a topic that these templates do not make');
  },
});
