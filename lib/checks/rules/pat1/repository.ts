import { at, isTrue, text } from '../../model/values.ts';
import { defineRule, expectProperty, fail, pass } from '../rule.ts';

/** Images are scanned and cannot be replaced under their tag. */
export const repository = defineRule({
  invariant: 'PAT1',
  finding: 'Repository',
  en: 'Image repositories scan on push and have immutable tags',
  ja: 'イメージリポジトリはプッシュ時に走査し、タグを変更できない',
  appliesTo: ['AWS::ECR::Repository'],
  judge(store) {
    const scan = at(store.properties, 'ImageScanningConfiguration', 'ScanOnPush');
    return [
      isTrue(scan) ? pass('scans on push') : fail('ImageScanningConfiguration.ScanOnPush is not true'),
      expectProperty(store, ['ImageTagMutability'], (value) => text(value) === 'IMMUTABLE', 'IMMUTABLE'),
    ];
  },
});
