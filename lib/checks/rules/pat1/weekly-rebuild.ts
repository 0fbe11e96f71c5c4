import type { Resource } from '../../model/templates.ts';
import { at, list, text, type Value } from '../../model/values.ts';
import type { Context } from '../rule.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';
import { scheduleDays } from '../sec1/rotation-schedule.ts';

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

/** No image passes the pipeline without a scan that can stop it. */
export const scanGate = defineRule({
  invariant: 'PAT1',
  finding: 'ScanGate',
  en: 'The patch pipeline stops an image with serious vulnerabilities',
  ja: '重大な脆弱性のあるイメージはパイプラインで止まる',
  appliesTo: ['AWS::CodePipeline::Pipeline'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const stages = list(properties.Stages).map((stage) => list(at(stage, 'Actions')));
    const scan = stages.findIndex((actions) =>
      actions.some((action) => isScan(text(at(action, 'ActionTypeId', 'Provider')), action)),
    );
    if (scan === -1) return fail('has no scan action');
    if (scan === stages.length - 1) return fail('scans after it published');
    const skipped = ['OnFailure', 'BeforeEntry'].some((key) =>
      /"Result":"SKIP"/.test(JSON.stringify(at(list(properties.Stages)[scan], key) ?? {})),
    );
    if (skipped) return fail('goes on when the scan stage fails or is skipped');
    // What is published is what was scanned: later actions name the digest by the variable that the gate was given.
    const variable = (actions: readonly Value[]) =>
      /#\{[^}]*DIGEST[^}]*\}/.exec(JSON.stringify(actions))?.[0];
    const scanned = variable(stages[scan] ?? []);
    const before = stages.slice(0, scan).flat();
    const made = before.some((action) => {
      const namespace = text(at(action, 'Namespace'));
      return namespace !== undefined && scanned?.startsWith(`#{${namespace}.`);
    });
    if (!made && before.some((action) => text(at(action, 'ActionTypeId', 'Provider')) === 'CodeBuild'))
      return fail('judges an image that is not the one that was built before');
    if (scanned && stages.slice(scan + 1).some((actions) => !JSON.stringify(actions).includes(scanned)))
      return fail(`publishes something else than ${scanned}, which was scanned`);
    // A gate that is called as a later step is called does that step, whatever its name is.
    const called = stages[scan]?.map((action) => JSON.stringify(at(action, 'Configuration') ?? {})) ?? [];
    const later = stages.slice(scan + 1).flat();
    if (later.some((action) => called.includes(JSON.stringify(at(action, 'Configuration') ?? {}))))
      return fail('its scan is called as the step after it: nothing is scanned');
    if (called.every((each) => each === '{}')) return fail('its scan says not what to do (Configuration)');
    const projects = (actions: readonly Value[]) =>
      actions.map((action) => JSON.stringify(at(action, 'Configuration', 'ProjectName') ?? null));
    const builds = projects(before).filter((each) => each !== 'null');
    if (projects(stages[scan] ?? []).some((each) => builds.includes(each)))
      return fail('its scan starts the build again');
    const gate = stages[scan]?.find((action) => isScan(text(at(action, 'ActionTypeId', 'Provider')), action));
    const limits = Object.entries((at(gate, 'Configuration') ?? {}) as Record<string, unknown>).filter(
      ([key]) => /Threshold$/.test(key),
    );
    const critical = limits.find(([key]) => /^Critical/.test(key));
    const high = limits.find(([key]) => /^High/.test(key));
    if (text(at(gate, 'ActionTypeId', 'Provider')) !== 'InspectorScan')
      return pass('scans before it publishes');
    if (!critical || Number(critical[1]) > 0) return fail('lets images with critical vulnerabilities pass');
    return !high || Number(high[1]) > 0
      ? fail('lets images with high vulnerabilities pass')
      : pass('stops critical and high vulnerabilities');
  },
});

function isScan(provider: string | undefined, action: Value): boolean {
  return (
    provider === 'InspectorScan' ||
    // What an action is called says nothing of what it does: its configuration must say so.
    (['Invoke', 'Lambda', 'CodeBuild'].includes(provider ?? '') &&
      /scan|gate/i.test(JSON.stringify(at(action, 'Configuration') ?? {})))
  );
}
