import { globMatches } from '../../model/access/patterns.ts';
import { coversAction } from '../../model/access/policies.ts';
import { at, display, hasUnknown, text, tokensIn } from '../../model/values.ts';
import { containersOf } from '../containers.ts';
import { defineRule, fail, pass, unsure, type Verdict } from '../rule.ts';

/** A tag can be moved to another image; a digest cannot. */
export const imageByDigest = defineRule({
  invariant: 'PAT1',
  finding: 'ImageByDigest',
  en: 'Every container image is addressed by digest',
  ja: '各コンテナイメージはダイジェストで指定される',
  appliesTo: ['AWS::ECS::TaskDefinition'],
  judge(task, { graph, declared, access }) {
    return containersOf(task, graph).map((container): Verdict => {
      const image = text(at(container, 'Image')) ?? '';
      const name = display(at(container, 'Name'));
      const digest = image.split('@')[1];
      if (digest !== undefined && (/^sha256:[0-9a-f]{64}$/.test(digest) || isStoredDigest(digest))) {
        const repository = tokensIn(image)
          .map((token) => graph.get(token.stack, token.logicalId))
          .find((each) => each?.type === 'AWS::ECR::Repository');
        if (declared && !isStoredDigest(digest))
          return fail(`${name} runs ${display(image)}, which stays as it is whatever the pipeline releases`);
        const parameter = parameterOf(digest);
        const writes = (path: string) =>
          access.principals.some(({ statements }) =>
            statements.some(
              (statement) =>
                statement.effect === 'Allow' &&
                coversAction(statement, 'ssm:PutParameter') === 'yes' &&
                statement.resources.some((each) =>
                  globMatches(each, `${each.split(':parameter')[0]}:parameter${path}`),
                ),
            ),
          );
        if (declared && parameter !== undefined && !writes(parameter))
          return fail(`${name} runs the image that ${parameter} names, which no pipeline writes`);
        return repository || !declared
          ? pass(`${name} runs ${display(image)}`)
          : fail(`${name} runs ${display(image)}, which the patch pipeline did not build`);
      }
      // Images that the CDK builds and publishes are tagged with the hash of their content.
      if (!declared && /cdk-[a-z0-9]+-container-assets/.test(image))
        return pass(`${name} runs a content-addressed image`);
      if (!declared && hasUnknown(image))
        return unsure(`which image ${name} runs is known only after deployment`);
      return fail(`${name} runs ${display(image)}, not an image by digest`);
    });
  },
});

function parameterOf(digest: string): string | undefined {
  return /ssm:(\/[\w./-]+)/.exec(display(digest))?.[1];
}

/** The digest of the image that runs is kept in a parameter, so that a later deploy does not roll a patch back. */
function isStoredDigest(digest: string): boolean {
  return /image-digest/.test(digest) && (hasUnknown(digest) || /\{\{resolve:ssm:/.test(digest));
}
