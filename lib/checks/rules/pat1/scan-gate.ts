import { at, list, map, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** No image passes the pipeline without a scan that can stop it. */
export const scanGate = defineRule({
  invariant: 'PAT1',
  finding: 'ScanGate',
  en: 'The patch pipeline stops an image with serious vulnerabilities',
  ja: '重大な脆弱性のあるイメージはパイプラインで止まる',
  appliesTo: ['AWS::CodePipeline::Pipeline'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const all = withoutRepetition(list(properties.Stages).filter((stage) => !isApproval(stage)));
    const stages = all.map((stage) => list(at(stage, 'Actions')).filter((action) => !asksSomebody(action)));
    const scan = stages.findIndex((actions) =>
      actions.some((action) => isScan(text(at(action, 'ActionTypeId', 'Provider')), action)),
    );
    if (scan === -1) return fail('has no scan action');
    if (scan === stages.length - 1) return fail('scans after it published');
    const skipped = ['OnFailure', 'BeforeEntry'].some((key) =>
      /"Result":"SKIP"/.test(JSON.stringify(at(all[scan], key) ?? {})),
    );
    if (skipped) return fail('goes on when the scan stage fails or is skipped');
    // What is published is what was scanned: later actions name the digest by the variable that the gate was given, or
    // all of them the run, by which the image is found that this run has built.
    const variable = (actions: readonly Value[]) =>
      /#\{[^}]*DIGEST[^}]*\}/.exec(JSON.stringify(actions))?.[0] ??
      (JSON.stringify(actions).includes(runVariable) ? runVariable : undefined);
    const scanned = variable(stages[scan] ?? []);
    const before = stages.slice(0, scan).flat();
    const made = before.some((action) => {
      if (scanned === runVariable) return JSON.stringify(action).includes(runVariable);
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
    const limits = Object.entries(map(at(gate, 'Configuration'))).filter(([key]) => /Threshold$/.test(key));
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

const runVariable = '#{codepipeline.PipelineExecutionId}';

function isScan(provider: string | undefined, action: Value): boolean {
  return (
    provider === 'InspectorScan' ||
    // What an action is called says nothing of what it does: its configuration must say so.
    (['Invoke', 'Lambda', 'CodeBuild'].includes(provider ?? '') &&
      /scan|gate/i.test(JSON.stringify(at(action, 'Configuration') ?? {})))
  );
}

/** Who asks a person between the gate and the release publishes nothing. */
const asksSomebody = (action: Value) => at(action, 'ActionTypeId', 'Category') === 'Approval';

function isApproval(stage: Value): boolean {
  const actions = list(at(stage, 'Actions'));
  return actions.length > 0 && actions.every(asksSomebody);
}

/** A second gate, called as the first, lets nothing pass that the first one stops. */
function withoutRepetition(stages: readonly Value[]): readonly Value[] {
  const called = (stage: Value) =>
    JSON.stringify(
      list(at(stage, 'Actions')).map((action) => [at(action, 'ActionTypeId'), at(action, 'Configuration')]),
    );
  const tests = (stage: Value) =>
    list(at(stage, 'Actions')).every((action) => at(action, 'ActionTypeId', 'Category') === 'Test');
  return stages.filter(
    (stage, index) =>
      !(tests(stage) && stages.slice(0, index).some((before) => called(before) === called(stage))),
  );
}
