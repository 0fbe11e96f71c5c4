import { at, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** What builds the image is AWS's own build image and cannot be handed somebody else's. */
export const buildProject = defineRule({
  invariant: 'PAT1',
  finding: 'BuildProject',
  en: 'Build projects use managed build images and encrypted artifacts',
  ja: 'ビルドプロジェクトはマネージドイメージと暗号化成果物を使う',
  appliesTo: ['AWS::CodeBuild::Project'],
  judge({ properties }, { declared }) {
    const image = text(at(properties, 'Environment', 'Image')) ?? '';
    const verdicts: Verdict[] = [
      /^aws\/codebuild\//.test(image) ||
      /\.dkr\.ecr\.|@sha256:/.test(image) ||
      image.includes('\uE000') ||
      !declared
        ? pass('uses a managed image')
        : fail(`uses the build image ${image}`),
    ];
    if (declared && properties.EncryptionKey === undefined) verdicts.push(fail('EncryptionKey is not set'));
    const unencrypted = [properties.Artifacts, ...list(properties.SecondaryArtifacts)].some((each) =>
      isTrue(at(each, 'EncryptionDisabled')),
    );
    if (unencrypted) verdicts.push(fail('artifacts are not encrypted'));
    return verdicts;
  },
});
