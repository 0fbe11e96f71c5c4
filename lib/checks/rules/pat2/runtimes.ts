import {
  daysOfSupportLeft,
  hasEnded,
  isKnownRuntime,
  isNewer,
} from '../../../declarations/lambda-runtimes.ts';
import { at, display, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, unsure } from '../rule.ts';

/** Functions run on a runtime that still gets patches. */
export const runtimes = defineRule({
  invariant: 'PAT2',
  finding: 'Runtimes',
  en: 'Functions run on runtimes that AWS still patches',
  ja: '関数はAWSが保守中のランタイムで動作する',
  appliesTo: ['AWS::Lambda::Function'],
  judge({ properties }, { graph }) {
    const layers = list(properties.Layers).filter(
      (layer) => graph.target(layer, 'AWS::Lambda::LayerVersion') === undefined,
    );
    if (layers.length > 0 && graph.declaration !== undefined)
      return fail(`runs code that these templates do not make: ${layers.map(display).join(', ')} (Layers)`);
    const updates = text(at(properties, 'RuntimeManagementConfig', 'UpdateRuntimeOn')) ?? 'Auto';
    if (graph.declaration !== undefined && updates !== 'Auto')
      return fail(
        `takes patches of its runtime ${updates === 'Manual' ? 'never' : 'on a deploy only'} (UpdateRuntimeOn)`,
      );
    if (text(properties.PackageType) === 'Image' || at(properties, 'Code', 'ImageUri') !== undefined)
      return graph.declaration === undefined
        ? skip('is a container image')
        : fail('is a container image, whose runtime nobody patches');
    const runtime = text(properties.Runtime);
    if (runtime === undefined) return fail('names no runtime');
    if (hasEnded(runtime)) return fail(`runs on ${runtime}, which gets no more patches`);
    if (isNewer(runtime)) return pass(`runs on ${runtime}, which is newer than this table`);
    if (!isKnownRuntime(runtime)) return unsure(`no date is known for ${runtime}`);
    return daysOfSupportLeft(runtime, new Date()) >= 0
      ? pass(`runs on ${runtime}`)
      : fail(`runs on ${runtime}, which gets no more patches`);
  },
});
