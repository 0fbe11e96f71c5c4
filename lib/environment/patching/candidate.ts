import { type ECRClient, paginateDescribeImages } from '@aws-sdk/client-ecr';
import { candidateTagPrefix } from './image-tags.ts';
import { PatchRefused } from './patch-refused.ts';

/**
 * The image that a run of the pipeline built, by the tag that its build gave it. A build that CodePipeline repeats
 * pushes another one: the last counts.
 *
 * @param run execution id of the pipeline
 * @throws PatchRefused when the run has pushed none
 */
export async function candidateOf(
  run: string,
  { candidates: repositoryName }: { readonly candidates: string },
  ecr: ECRClient,
): Promise<string> {
  // Whatever else stood here could match the images of other runs.
  if (!/^[0-9a-f-]{8,64}$/.test(run))
    throw new PatchRefused(`"${run}" is not the id of a run of the pipeline`);
  const prefix = `${candidateTagPrefix}${run}-`;
  const built: { readonly build: number; readonly digest: string }[] = [];
  const pages = paginateDescribeImages({ client: ecr }, { repositoryName, filter: { tagStatus: 'TAGGED' } });
  for await (const { imageDetails = [] } of pages) {
    for (const { imageDigest: digest, imageTags = [] } of imageDetails) {
      const build = imageTags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length);
      if (digest !== undefined && build !== undefined) built.push({ build: Number(build), digest });
    }
  }
  const last = built.toSorted((a, b) => a.build - b.build).at(-1);
  if (last === undefined) throw new PatchRefused(`the build of run ${run} pushed no image`);
  return last.digest;
}
