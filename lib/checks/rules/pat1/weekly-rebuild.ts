import type { Resource } from '../../model/templates.ts';
import { at, list, text, type Value } from '../../model/values.ts';
import type { Context } from '../rule.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { scheduleDays } from '../sec1/rotation-schedule.ts';

/** The image is built again every week, from what is then the newest base. */
export const weeklyRebuild = defineRule({
  invariant: 'PAT1',
  finding: 'WeeklyRebuild',
  en: 'Images are rebuilt at least weekly',
  ja: 'イメージは毎週以上再構築される',
  appliesTo: ['AWS::CodePipeline::Pipeline', 'AWS::ECR::Repository'],
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
    const schedules = schedulesOf(resource, context);
    const days = Math.min(...schedules.map((each) => scheduleDays(each)), Number.POSITIVE_INFINITY);
    return days <= 7
      ? pass(`runs every ${days} days`)
      : fail('no enabled schedule starts it at least weekly');
  },
});

function schedulesOf(pipeline: Resource, { graph }: Context): string[] {
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
  return [...rules, ...schedules].flatMap((each) => text(each.properties.ScheduleExpression) ?? []);
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
    if (scanned && stages.slice(scan + 1).some((actions) => !JSON.stringify(actions).includes(scanned)))
      return fail(`publishes something else than ${scanned}, which was scanned`);
    // A gate that is called as a later step is called does that step, whatever its name is.
    const called = stages[scan]?.map((action) => JSON.stringify(at(action, 'Configuration') ?? {})) ?? [];
    const later = stages.slice(scan + 1).flat();
    if (later.some((action) => called.includes(JSON.stringify(at(action, 'Configuration') ?? {}))))
      return fail('its scan is called as the step after it: nothing is scanned');
    if (called.every((each) => each === '{}')) return fail('its scan says not what to do (Configuration)');
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

function isScan(provider: string | undefined, action: unknown): boolean {
  return (
    provider === 'InspectorScan' ||
    (['Invoke', 'Lambda', 'CodeBuild'].includes(provider ?? '') && /scan/i.test(JSON.stringify(action)))
  );
}
