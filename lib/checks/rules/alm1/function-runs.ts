import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { isFalse, tokensIn } from '../../model/values.ts';
import { isDeploymentHelper, mayControl, whyIdle } from '../functions.ts';
import { defineRule, type Finding, fail, pass, skip } from '../rule.ts';

/** Controls are carried out by functions: one that is never started, or stopped at once, fails without an error. */
export const functionRuns = defineRule({
  invariant: 'ALM1',
  finding: 'FunctionRuns',
  en: 'Every function can run, has the time it needs, and is called by something',
  ja: '各関数は実行可能で、十分な実行時間があり、呼び出し元を持つ',
  appliesTo: ['AWS::Lambda::Function', 'AWS::Lambda::EventSourceMapping'],
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::Lambda::EventSourceMapping')
      return isFalse(resource.properties.Enabled)
        ? fail('hands no event to its function (Enabled is false)')
        : pass('hands events to its function');
    if (isDeploymentHelper(resource)) return skip('runs during deployments, which show its failure');
    // How long other code takes, only its author knows.
    const idle = mayControl(resource, context) ? whyIdle(resource) : whyIdle(resource, 0);
    return idle ? fail(idle) : pass('can run');
  },
  judgeAll({ graph, access, declared }) {
    if (!declared) return [];
    const called = calledFunctions(graph);
    const callers = callingRoles(graph);
    const isCalled = (code: Resource) =>
      called.has(code) || callers.some((role) => access.may(role, 'lambda:InvokeFunction', code));
    return graph
      .ofType('AWS::Lambda::Function')
      .filter((code) => !isDeploymentHelper(code))
      .map(
        (code): Finding => ({
          resource: code,
          ...(isCalled(code) ? pass('is called') : fail('nothing in these templates calls it')),
        }),
      );
  },
});

/** What names a function without ever starting it. */
const bystanders = new Set([
  'AWS::Lambda::Permission',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
]);

function calledFunctions(graph: EnvironmentGraph): ReadonlySet<Resource> {
  const called = new Set<Resource>();
  for (const caller of graph.resources) {
    if (bystanders.has(caller.type)) continue;
    for (const { stack, logicalId } of tokensIn(JSON.stringify(caller.properties))) {
      const named = graph.get(stack, logicalId);
      if (named?.type === 'AWS::Lambda::Function' && named !== caller) called.add(named);
    }
  }
  return called;
}

/** Roles of code: what it may call, it was written to call. */
function callingRoles(graph: EnvironmentGraph): Resource[] {
  return graph
    .ofType('AWS::IAM::Role')
    .filter(({ properties }) =>
      /"(lambda|ecs-tasks|ec2)\.amazonaws\.com"/.test(
        JSON.stringify(properties.AssumeRolePolicyDocument ?? {}),
      ),
    );
}
