import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, numeric } from '../../model/values.ts';
import { isDeploymentHelper, mayControl, refersTo } from '../functions.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Whoever hands a function its events without waiting for an answer; Lambda keeps them, and repeats what failed. */
const messengers = new Set([
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::SNS::Subscription',
  'AWS::S3::Bucket',
]);

/**
 * Lambda repeats a failed event twice where nobody says otherwise: a restart of the shop would come three times.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const repeats = defineRule({
  invariant: 'ALM1',
  finding: 'Repeats',
  en: 'Functions that events start say how often a failed event is repeated',
  ja: 'イベント起動の関数は失敗イベントの再試行回数を明示する',
  appliesTo: ['AWS::Lambda::Function'],
  judge(code, context) {
    const { graph, declared } = context;
    if (!declared) return skip('not part of a declared shop');
    if (isDeploymentHelper(code)) return skip('runs during deployments, which show its failure');
    // Whether other work may be done three times, only its author knows.
    if (!mayControl(code, context)) return skip('works on nothing that protects the shop');
    if (!isStartedByEvents(code, graph)) return skip('is called, and answers whoever calls');
    const attempts = graph
      .referring(code, 'AWS::Lambda::EventInvokeConfig', 'FunctionName')
      .map(({ properties }) => numeric(at(properties, 'MaximumRetryAttempts')));
    return attempts.some((each) => each !== undefined)
      ? pass('says how often')
      : fail('is run three times for an event that fails: no EventInvokeConfig sets MaximumRetryAttempts');
  },
});

function isStartedByEvents(code: Resource, graph: EnvironmentGraph): boolean {
  return graph.resources.some(
    (each) => messengers.has(each.type) && targetsOf(each).some((target) => refersTo(code, target)),
  );
}

function targetsOf({ properties }: Resource): string[] {
  const { Targets, Target, Endpoint, NotificationConfiguration } = properties;
  return [...list(Targets), Target, Endpoint, NotificationConfiguration].map((each) =>
    JSON.stringify(each ?? null),
  );
}
