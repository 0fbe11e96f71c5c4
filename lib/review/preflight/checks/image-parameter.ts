import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { deploymentNames } from '../../../environment/patching/names.ts';
import { type Account, type Check, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';

/** The parameter with the image that runs: written by the pipeline, read by every deploy of the storefront. */
export const imageParameter: Check = {
  id: 'image-parameter',
  title: 'Image of the shop',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html',
  async ask(account) {
    const { shop, environment, aws, stacks } = account;
    const name = deploymentNames(shop.name, environment.name).digestParameter;
    const digest = await namedDigest(account, name);
    const statuses = await stackStatuses(aws.stacks(environment.region));
    const built = stacks.some(
      ({ name: stack, template }) =>
        isComplete(statuses.get(stack)) &&
        Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline'),
    );
    if (digest === undefined) {
      return [
        built
          ? problem(name, 'is gone: the storefront cannot be deployed without it', [
              'Build an image; half an hour.',
              'npx --no-install secure-shop patch now',
            ])
          : ready(name, 'is written by the first run of the pipeline'),
      ];
    }
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
      return [
        problem(name, 'holds no digest of an image', [
          'Build an image; half an hour.',
          'npx --no-install secure-shop patch now',
        ]),
      ];
    }
    return [
      built
        ? ready(name, 'names an image')
        : problem(name, 'was left by an earlier try: its image may be gone', [
            'Delete it.',
            `aws ssm delete-parameter --region ${environment.region} --name ${name}`,
          ]),
    ];
  },
};

async function namedDigest({ environment, aws }: Account, Name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await aws.parameters(environment.region).send(new GetParameterCommand({ Name }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
