import { at, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Ways in which a step goes on after it failed. */
const ignoring: readonly (readonly [RegExp, string])[] = [
  [/"on-failure"\s*:\s*"?(CONTINUE|RETRY-\d+-CONTINUE)|on-failure:\s*"?CONTINUE/i, 'on-failure is CONTINUE'],
  [/\|\|\s*(true|:|exit 0|echo\b[^|&;}]*$)/m, '"|| true"'],
  [/set \+(e|o errexit)/, '"set +e"'],
  [/;\s*exit 0\b/, '"exit 0"'],
];

/** A step that failed stops the run: otherwise what was not scanned, or not built, is released. */
export const buildSteps = defineRule({
  invariant: 'PAT1',
  finding: 'BuildSteps',
  en: 'A build step that fails stops the build',
  ja: '失敗したビルドステップはビルドを止める',
  appliesTo: ['AWS::CodeBuild::Project'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const written = text(at(properties, 'Source', 'BuildSpec')) ?? '';
    if (written === '') return fail('takes its steps from what it builds (BuildSpec is not set)');
    const unescaped = written.replaceAll('\\n', '\n').replaceAll('\\"', '"');
    const found = ignoring
      .filter(([pattern]) => pattern.test(unescaped))
      .map(([, name]): Verdict => fail(`goes on after a failure: ${name}`));
    if (/(curl|wget)[^\n|]*\|\s*(sudo\s+)?(ba)?sh\b/.test(unescaped))
      found.push(fail('runs what it downloads'));
    return found.length > 0 ? found : pass('stops when a step fails');
  },
});
