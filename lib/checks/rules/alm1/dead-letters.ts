import { at, display } from '../../model/values.ts';
import { isDeploymentHelper } from '../functions.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** An event whose function failed for good is kept and heard of. */
export const deadLetters = defineRule({
  invariant: 'ALM1',
  finding: 'DeadLetters',
  en: 'Functions that events start say where failed events go',
  ja: 'イベント起動の関数は失敗イベントの送り先を持つ',
  appliesTo: ['AWS::Lambda::Function'],
  judge(code, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (isDeploymentHelper(code)) return skip('runs during deployments, which show its failure');
    const configs = graph.referring(code, 'AWS::Lambda::EventInvokeConfig', 'FunctionName');
    const destinations = [
      at(code.properties, 'DeadLetterConfig', 'TargetArn'),
      ...configs.map((each) => at(each.properties, 'DestinationConfig', 'OnFailure', 'Destination')),
    ].filter((each) => each !== undefined);
    if (destinations.length === 0) return fail('DeadLetterConfig is not set: a failed event is lost');
    const strange = destinations.filter((each) => graph.target(each) === undefined);
    return strange.length > 0
      ? fail(`failed events go to ${strange.map(display).join(', ')}, which these templates do not make`)
      : pass('failed events are kept');
  },
});
