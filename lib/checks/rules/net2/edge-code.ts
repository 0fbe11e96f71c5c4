import { at, display, list, text } from '../../model/values.ts';
import { behaviors } from '../behaviors.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Code at the edge sees every request before it is encrypted again, sign-ins included, and may answer in the shop's name. */
export const edgeCode = defineRule({
  invariant: 'NET2',
  finding: 'EdgeCode',
  en: 'No code at the edge reads or changes requests unless the templates show it',
  ja: 'エッジで動くコードはテンプレートに示されたものだけである',
  appliesTo: ['AWS::CloudFront::Distribution'],
  judge({ properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    return behaviors(properties.DistributionConfig).flatMap(([name, behavior]): Verdict[] => {
      const lambdas = list(at(behavior, 'LambdaFunctionAssociations'));
      const functions = list(at(behavior, 'FunctionAssociations')).map((each) => at(each, 'FunctionARN'));
      const events = list(at(behavior, 'FunctionAssociations')).map((each) => text(at(each, 'EventType')));
      const log = at(behavior, 'RealtimeLogConfigArn');
      return [
        lambdas.length > 0
          ? fail(`${name} hands requests, bodies included, to Lambda@Edge`)
          : pass(`${name} runs no Lambda@Edge`),
        ...functions
          .filter((value) => graph.target(value, 'AWS::CloudFront::Function') === undefined)
          .map((value) => fail(`${name} runs ${display(value)}, which these templates do not show`)),
        // The web ACL has looked at the request before: what it refuses can be written into it afterwards, and the
        // headers that protect a page taken off again.
        ...(events.length > 0
          ? [fail(`${name} lets a function change requests or answers (${events.join(', ')})`)]
          : []),
        ...(log !== undefined && graph.target(log, 'AWS::CloudFront::RealtimeLogConfig') === undefined
          ? [fail(`${name} streams requests to ${display(log)}, which these templates do not show`)]
          : []),
      ];
    });
  },
});
