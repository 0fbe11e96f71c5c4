import { contractOf } from '../../model/declarations.ts';
import { matchesEvent } from '../../model/event-patterns.ts';
import { acts } from '../alm1/hands-on.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** The owner hears of each sign-in: whoever uses a stolen key is seen by somebody who expects nobody. */
export const contractorHeard = defineRule({
  invariant: 'OPS1',
  finding: 'ContractorHeard',
  en: 'Each sign-in of a contractor is told to the owner',
  ja: '委託先のサインインは毎回、所有者に知らされる',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, context) {
    const { graph } = context;
    if (!contractOf(role)) return skip('is not the role of a contractor');
    const signIn = {
      source: 'aws.sts',
      'detail-type': 'AWS API Call via CloudTrail',
      detail: {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRole',
        requestParameters: { roleArn: role },
      },
    };
    const hearing = graph
      .ofType('AWS::Events::Rule')
      .find((rule) => acts(rule, context) && matchesEvent(rule.properties.EventPattern, signIn, graph));
    return hearing
      ? pass(`${hearing.logicalId} tells each sign-in`)
      : fail('no rule hands its sign-ins (sts AssumeRole) on to anybody');
  },
});
