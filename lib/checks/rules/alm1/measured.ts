import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { refersTo, roleOf } from '../functions.ts';
import { isRunFrom } from '../pat1/run-from.ts';
import { type Context, defineRule, fail, pass, skip } from '../rule.ts';
import { clockedFunctions } from './clocked-functions.ts';

/** What nobody announces has to be looked up, and the call that does so. */
const lookups: Readonly<Record<string, { readonly action: string; readonly what: string }>> = {
  'AWS::SecretsManager::Secret': { action: 'secretsmanager:DescribeSecret', what: 'when it was rotated' },
  'AWS::ECR::Repository': { action: 'ecr:DescribeImages', what: 'how old its images are' },
};

/** A rotation that never starts, and an image that is never rebuilt, make no event: somebody looks, at least daily. */
export const measured = defineRule({
  invariant: 'ALM1',
  finding: 'Measured',
  en: 'Rotations and images are looked at every day',
  ja: 'ローテーションとイメージの状態を毎日確認する',
  appliesTo: Object.keys(lookups),
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    const lookup = lookups[resource.type];
    if (!lookup || !changesByItself(resource, context.graph)) return skip('does not change by itself');
    const watch = clockedFunctions(context.graph).find(({ code }) =>
      mayLook(code, lookup.action, resource, context),
    );
    return watch
      ? pass(`${watch.rule.logicalId} has ${watch.code.logicalId} look at it`)
      : fail(`no function looks every day ${lookup.what} (${lookup.action})`);
  },
});

function changesByItself(resource: Resource, graph: EnvironmentGraph): boolean {
  return resource.type === 'AWS::SecretsManager::Secret'
    ? graph.referring(resource, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0
    : isRunFrom(resource, graph) &&
        graph
          .ofType('AWS::CodeBuild::Project', 'AWS::CodePipeline::Pipeline')
          .some(({ properties }) => refersTo(resource, JSON.stringify(properties)));
}

function mayLook(code: Resource, action: string, at: Resource, { graph, access }: Context): boolean {
  const role = roleOf(code, graph);
  return role !== undefined && access.may(role, action, at);
}
