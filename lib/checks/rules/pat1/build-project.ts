import { coversAction } from '../../model/access/policies.ts';
import { at, display, hasToken, isTrue, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** What passes between the stages of the pipeline is encrypted with a key of the shop. */
export const pipelineArtifacts = defineRule({
  invariant: 'PAT1',
  finding: 'PipelineArtifacts',
  en: 'Pipeline artifacts are encrypted with a customer-managed key',
  ja: 'パイプラインの成果物はカスタマー管理キーで暗号化される',
  appliesTo: ['AWS::CodePipeline::Pipeline'],
  judge({ properties }, { declared, graph }) {
    const stores = [
      properties.ArtifactStore,
      ...list(properties.ArtifactStores).map((each) => at(each, 'ArtifactStore')),
    ];
    const open = stores.some(
      (store) => store !== undefined && at(store, 'EncryptionKey', 'Id') === undefined,
    );
    if (!declared) return pass('not part of a declared shop');
    const elsewhere = stores
      .map((store) => at(store, 'Location'))
      .filter((bucket) => bucket !== undefined && !graph.target(bucket, 'AWS::S3::Bucket'));
    if (elsewhere.length > 0)
      return fail(
        `keeps artifacts in ${elsewhere.map(display).join(', ')}, which these templates do not make`,
      );
    const outside = list(properties.Stages)
      .flatMap((stage) => list(at(stage, 'Actions')))
      .filter((action) => text(at(action, 'ActionTypeId', 'Owner')) === 'ThirdParty');
    if (outside.length > 0)
      return fail(
        `has ${outside.map((action) => text(at(action, 'Name'))).join(', ')} outside AWS, by a token in its configuration`,
      );
    return open || stores.every((store) => store === undefined)
      ? fail('ArtifactStore.EncryptionKey is not set')
      : pass('artifacts are encrypted');
  },
});

/** What builds the image is AWS's own build image and cannot be handed somebody else's. */
export const buildProject = defineRule({
  invariant: 'PAT1',
  finding: 'BuildProject',
  en: 'Build projects use managed build images and encrypted artifacts',
  ja: 'ビルドプロジェクトはマネージドイメージと暗号化成果物を使う',
  appliesTo: ['AWS::CodeBuild::Project'],
  judge({ properties }, { declared, graph, access }) {
    const image = text(at(properties, 'Environment', 'Image')) ?? '';
    const verdicts: Verdict[] = [
      /^aws\/codebuild\//.test(image) || /\.dkr\.ecr\.|@sha256:/.test(image) || hasToken(image) || !declared
        ? pass('uses a managed image')
        : fail(`uses the build image ${image}`),
    ];
    if (declared && properties.EncryptionKey === undefined) verdicts.push(fail('EncryptionKey is not set'));
    if (declared && isTrue(at(properties, 'Environment', 'PrivilegedMode'))) {
      const role = graph.target(properties.ServiceRole, 'AWS::IAM::Role');
      const pushes = access.principals
        .find((principal) => principal.resource === role)
        ?.statements.some(
          (statement) =>
            statement.effect === 'Allow' && coversAction(statement, 'ecr:UploadLayerPart') === 'yes',
        );
      if (!pushes) verdicts.push(fail('is privileged, and builds no image that would need it'));
    }
    const logs = text(at(properties, 'LogsConfig', 'CloudWatchLogs', 'Status'));
    const inBucket = text(at(properties, 'LogsConfig', 'S3Logs', 'Status')) === 'ENABLED';
    // A build keeps its log where nothing is written: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_LogsConfig.html
    if (declared ? logs !== 'ENABLED' : logs === 'DISABLED' && !inBucket)
      verdicts.push(fail('LogsConfig.CloudWatchLogs.Status is not ENABLED'));
    const unencrypted = [properties.Artifacts, ...list(properties.SecondaryArtifacts)].some((each) =>
      isTrue(at(each, 'EncryptionDisabled')),
    );
    if (text(properties.Visibility) === 'PUBLIC_READ') verdicts.push(fail('everyone can read its logs'));
    if (unencrypted) verdicts.push(fail('artifacts are not encrypted'));
    return verdicts;
  },
});
