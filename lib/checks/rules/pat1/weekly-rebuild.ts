import { scheduleDays } from '../../model/schedules.ts';
import type { Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** The image is built again every week, from what is then the newest base. */
export const weeklyRebuild = defineRule({
  invariant: 'PAT1',
  finding: 'WeeklyRebuild',
  en: 'Images are rebuilt at least weekly',
  ja: 'イメージは毎週以上再構築される',
  appliesTo: ['AWS::CodePipeline::Pipeline', 'AWS::ECR::Repository', 'AWS::Scheduler::Schedule'],
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::ECR::Repository') {
      const pipelines = context.graph.ofType(
        'AWS::CodePipeline::Pipeline',
        'AWS::CodeBuild::Project',
        'AWS::ImageBuilder::ImagePipeline',
      );
      return pipelines.length > 0
        ? pass('a pipeline builds its images')
        : fail('no pipeline builds its images');
    }
    if (resource.type === 'AWS::Scheduler::Schedule') return judgeSchedule(resource, context);
    if (list(resource.properties.DisableInboundStageTransitions).length > 0)
      return fail('closes the way to a stage: nothing comes out at its end (DisableInboundStageTransitions)');
    const schedules = schedulesOf(resource, context).flatMap(
      (each) => text(each.properties.ScheduleExpression) ?? [],
    );
    const days = Math.min(...schedules.map((each) => scheduleDays(each)), Number.POSITIVE_INFINITY);
    return days <= 7
      ? pass(`runs every ${days} days`)
      : fail('no enabled schedule starts it at least weekly');
  },
});

/** The schedule that starts a pipeline is the one that keeps the week, and its role lets it. */
function judgeSchedule(schedule: Resource, context: Context): Verdict {
  const { graph, access } = context;
  const { State, EndDate, ScheduleExpression, Target } = schedule.properties;
  const written = JSON.stringify(Target ?? {});
  const pipeline = graph
    .ofType('AWS::CodePipeline::Pipeline')
    .find((each) => written.includes(each.logicalId) || schedulesOf(each, context).includes(schedule));
  if (!pipeline) return skip('starts no pipeline');
  if (State === 'DISABLED' || EndDate !== undefined) return fail('is switched off, or ends');
  const days = scheduleDays(text(ScheduleExpression) ?? '');
  if (days > 7)
    return fail(`starts ${pipeline.logicalId} every ${Math.round(days)} days; expected 7 or fewer`);
  const role = graph.target(at(Target, 'RoleArn'), 'AWS::IAM::Role');
  return role && !access.may(role, 'codepipeline:StartPipelineExecution')
    ? fail(`${role.logicalId} may not start ${pipeline.logicalId}`)
    : pass(`starts ${pipeline.logicalId} every ${days} days`);
}

function schedulesOf(pipeline: Resource, { graph }: Context): Resource[] {
  const starts = (value: unknown) => {
    const text = typeof value === 'string' ? graph.canonicalArn(value) : undefined;
    return (
      text !== undefined &&
      (graph.target(text, pipeline.type) === pipeline || text.includes(pipeline.logicalId))
    );
  };
  const rules = graph
    .ofType('AWS::Events::Rule')
    .filter((rule) => rule.properties.State !== 'DISABLED')
    .filter((rule) => list(rule.properties.Targets).some((target) => starts(at(target, 'Arn'))));
  const schedules = graph
    .ofType('AWS::Scheduler::Schedule')
    .filter(({ properties }) => properties.State !== 'DISABLED' && properties.EndDate === undefined)
    .filter(
      (schedule) =>
        starts(at(schedule.properties, 'Target', 'Arn')) ||
        (text(at(schedule.properties, 'Target', 'Input')) ?? '').includes(pipeline.logicalId),
    );
  return [...rules, ...schedules];
}
