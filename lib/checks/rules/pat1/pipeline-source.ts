import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, list, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** What is built comes from where the deployment put it, or from a store of these templates. */
export const pipelineSource = defineRule({
  invariant: 'PAT1',
  finding: 'PipelineSource',
  en: 'Pipelines and functions take their code from the deployment or from a store of these templates',
  ja: 'パイプラインと関数のコードはデプロイ時の資産またはテンプレート内の保管先から取得する',
  appliesTo: ['AWS::CodePipeline::Pipeline', 'AWS::CodeBuild::Project', 'AWS::Lambda::Function'],
  judge({ type, properties }, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    switch (type) {
      case 'AWS::CodePipeline::Pipeline': {
        const [first] = list(properties.Stages);
        const sources = list(at(first, 'Actions'));
        return sources.length > 0
          ? sources.map((action) => judgeSource(action, graph))
          : fail('has no source');
      }
      case 'AWS::CodeBuild::Project': {
        const from = text(at(properties, 'Source', 'Type')) ?? 'nowhere';
        const others =
          list(properties.SecondarySources).length + list(at(properties, 'Triggers', 'FilterGroups')).length;
        return from === 'CODEPIPELINE' && others === 0
          ? pass('builds what the pipeline hands it')
          : fail(
              `builds what comes from ${from}${others > 0 ? ' and others' : ''}, not what the pipeline hands it`,
            );
      }
      default:
        return judgeCode(at(properties, 'Code'), properties.Handler, graph);
    }
  },
});

function judgeSource(action: Value, graph: EnvironmentGraph): Verdict {
  const name = text(at(action, 'Name')) ?? 'a source';
  const provider = text(at(action, 'ActionTypeId', 'Provider')) ?? 'nowhere';
  const from = at(action, 'Configuration', provider === 'ECR' ? 'RepositoryName' : 'S3Bucket');
  const own =
    provider === 'S3'
      ? isOwnBucket(from, graph)
      : provider === 'ECR' && graph.target(from, 'AWS::ECR::Repository') !== undefined;
  return own
    ? pass(`${name} comes from ${display(from ?? provider)}`)
    : fail(`${name} comes from ${provider} ${display(from ?? '')}, which is no store of the deployment`);
}

function judgeCode(code: Value | undefined, handler: Value | undefined, graph: EnvironmentGraph): Verdict {
  const image = text(at(code, 'ImageUri'));
  if (image !== undefined)
    return /@sha256:[0-9a-f]{64}$/.test(image) || /cdk-[a-z0-9]+-container-assets/.test(image)
      ? pass('runs an image by digest')
      : fail(`runs ${display(image)}, not an image by digest`);
  // The CDK writes the smallest of its own helpers into the template.
  if (at(code, 'ZipFile') !== undefined)
    return handler === '__entrypoint__.handler'
      ? pass('is a helper of the CDK')
      : fail('its code is written into the template, past every test and review of code');
  const bucket = at(code, 'S3Bucket');
  return isOwnBucket(bucket, graph)
    ? pass(`its code comes from ${display(bucket ?? '')}`)
    : fail(`its code comes from ${display(bucket ?? 'nowhere')}, which is no store of the deployment`);
}

/** `cdk-hnb659fds-assets-<account>-<region>`, which the bootstrap of the CDK makes; the qualifier may be another. */
function isOwnBucket(value: Value | undefined, graph: EnvironmentGraph): boolean {
  if (graph.target(value, 'AWS::S3::Bucket')) return true;
  const account = /^cdk-[a-z0-9]+-assets-(\d{12})-[a-z0-9-]+$/.exec(text(value) ?? '')?.[1];
  return account !== undefined && (graph.account === undefined || account === graph.account);
}
