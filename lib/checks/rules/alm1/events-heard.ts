import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** What has to be heard of each kind of resource, and the service that says so. */
const heard: Readonly<
  Record<
    string,
    { readonly what: string; readonly source: string; readonly about?: (detail: string) => boolean }
  >
> = {
  'AWS::AccessAnalyzer::Analyzer': { what: 'a resource opened to others', source: 'aws.access-analyzer' },
  'AWS::CodePipeline::Pipeline': {
    what: 'a run that failed',
    source: 'aws.codepipeline',
    about: (detail) => /"FAILED"/.test(detail) || !/"state"/.test(detail),
  },
  'AWS::ECR::Repository': { what: 'a vulnerability found later', source: 'aws.inspector2' },
  'AWS::ECS::Service': { what: 'a task that starts', source: 'aws.ecs' },
  'AWS::GuardDuty::Detector': { what: 'a threat', source: 'aws.guardduty' },
};

/** What a service finds out reaches somebody who acts on it. */
export const eventsHeard = defineRule({
  invariant: 'ALM1',
  finding: 'EventsHeard',
  en: 'Threats, findings, failed runs and started tasks reach somebody who acts on them',
  ja: '脅威・検出結果・失敗した実行・起動したタスクが対応者に届く',
  appliesTo: Object.keys(heard),
  judge(resource, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const needed = heard[resource.type];
    if (!needed) return skip('says nothing');
    const rule = graph
      .ofType('AWS::Events::Rule')
      .find(
        ({ properties }) =>
          list(at(properties, 'EventPattern', 'source')).some((each) => text(each) === needed.source) &&
          (needed.about?.(JSON.stringify(at(properties, 'EventPattern', 'detail') ?? {})) ?? true) &&
          properties.State !== 'DISABLED' &&
          list(properties.Targets).some((target) => acts(at(target, 'Arn'), graph)),
      );
    return rule ? pass(`${rule.logicalId} hears of ${needed.what}`) : fail(`nobody hears of ${needed.what}`);
  },
});

function acts(target: Parameters<EnvironmentGraph['target']>[0], graph: EnvironmentGraph): boolean {
  const found: Resource | undefined = graph.target(target);
  return (
    found !== undefined &&
    [
      'AWS::SNS::Topic',
      'AWS::Lambda::Function',
      'AWS::SQS::Queue',
      'AWS::StepFunctions::StateMachine',
    ].includes(found.type)
  );
}
