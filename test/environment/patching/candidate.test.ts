import { ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, it } from 'vitest';
import { candidateOf } from '../../../lib/environment/patching/candidate.ts';
import { AwsStub, type StubHandler } from './support/aws-stub.ts';

const run = '9c1f0000-1111-2222-3333-444444444444';
const digest = (pair: string) => `sha256:${pair.repeat(32)}`;
const image = (imageDigest: string, ...imageTags: string[]) => ({ imageDigest, imageTags });

const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

async function candidate(DescribeImages: StubHandler, asked = run): Promise<string> {
  const aws = await AwsStub.start({ DescribeImages });
  stubs.push(aws);
  return candidateOf(asked, { candidates: 'images' }, new ECRClient(aws.configuration));
}

describe('the image of a run', () => {
  it('is found by the tag of its build, on whatever page, and the last build of the run counts', async () => {
    const pages: StubHandler = ({ nextToken }) =>
      nextToken === undefined
        ? {
            imageDetails: [
              image(digest('a1'), `candidate-${run}-9`),
              image(digest('b2'), 'released-1', 'candidate-other-3'),
            ],
            nextToken: 'more',
          }
        : {
            imageDetails: [
              image(digest('c3'), `candidate-${run}-10`),
              image(digest('d4'), `candidate-${run}0-99`),
            ],
          };
    expect(await candidate(pages)).toBe(digest('c3'));
  });

  it.each(['', '#{codepipeline.PipelineExecutionId}', `${run}","type":"PLAINTEXT"},{"name":"REPOSITORY`])(
    'is not looked for under a name that is no run: %s',
    async (asked) => {
      await expect(candidate(() => ({ imageDetails: [] }), asked)).rejects.toThrow('is not the id of a run');
    },
  );

  it('that pushed none is refused', async () => {
    await expect(candidate(() => ({ imageDetails: [image(digest('a1'), 'released-1')] }))).rejects.toThrow(
      'pushed no image',
    );
  });
});
