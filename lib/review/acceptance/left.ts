import { DescribeCertificateCommand, ResourceNotFoundException } from '@aws-sdk/client-acm';
import { DescribeKeyCommand, NotFoundException } from '@aws-sdk/client-kms';
import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import { copyRegionOf } from '../../config/regions.ts';
import { shopTags } from '../../declarations/tags.ts';
import { credentialNames } from '../../environment/credentials/names.ts';
import { statusOfSecrets } from '../../environment/credentials/status.ts';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { regionsOf } from '../account/check.ts';
import { existingStacks } from '../deploys/aws/existing-stacks.ts';
import type { Operated } from '../status/question.ts';
import { certificatesIn } from './clean-up.ts';
import { type Ground, StepFailed } from './ground.ts';

/** Tags are listed for a while after their resource is gone. */
const mostLooks = 20;
const secondsBetweenLooks = 60;

/** Lists by tag and by name, in every region in use, until nothing is left but keys that wait for their deletion. */
export function nothingLeft(ground: Ground): Promise<string> {
  return ground.read(async ({ operated }) => {
    const regions = [
      ...new Set([...regionsOf(operated), 'us-east-1', copyRegionOf(operated.environment.region)]),
    ].sort();
    for (let look = 1; ; look += 1) {
      const found = await Promise.all(regions.map((region) => leftIn(operated, region)));
      const left = [
        ...found.flatMap(({ left: each }) => each),
        ...(await certificatesLeft(operated, ground)),
      ];
      const waiting = found.reduce((sum, { keys }) => sum + keys, 0);
      if (left.length === 0) {
        return `nothing in ${regions.join(', ')}${waiting > 0 ? `; ${waiting} keys cost nothing and go by themselves` : ''}`;
      }
      if (look >= mostLooks) throw new StepFailed(`still there:\n${left.join('\n')}`);
      ground.launch.say(`  ${left.length} still there, such as ${left[0]}; looking again ...`);
      await ground.launch.pause(secondsBetweenLooks);
    }
  });
}

interface Left {
  readonly left: readonly string[];
  /** Keys that wait for their deletion. */
  readonly keys: number;
}

async function leftIn(operated: Operated, region: string): Promise<Left> {
  const { shop, environment, aws, now } = operated;
  const tagged = await everyPage(
    paginateGetResources(
      { client: aws.tags(region) },
      {
        TagFilters: [
          { Key: shopTags.shop, Values: [shop.name] },
          { Key: shopTags.environment, Values: [environment.name] },
        ],
      },
    ),
    ({ ResourceTagMappingList }) => ResourceTagMappingList,
  );
  const arns = tagged.map(({ ResourceARN = '' }) => ResourceARN);
  const keys = arns.filter((arn) => /^arn:[^:]+:kms:/.test(arn));
  const waiting = await Promise.all(keys.map((arn) => isGoing(operated, region, arn)));
  const stacks = (await existingStacks(aws.stacks(region))).flatMap(({ StackName = '' }) =>
    StackName.startsWith(`${shop.name}-${environment.name}-`) ? `stack ${StackName} (${region})` : [],
  );
  const { secretPrefix } = credentialNames(shop.name, environment.name);
  const secrets = await statusOfSecrets(aws.secrets(region), secretPrefix, now);
  const parameters = await everyPage(
    paginateDescribeParameters(
      { client: aws.parameters(region) },
      {
        ParameterFilters: [
          { Key: 'Path', Option: 'Recursive', Values: [`/secure-shop/${shop.name}/${environment.name}`] },
        ],
      },
    ),
    ({ Parameters }) => Parameters,
  );
  return {
    left: [
      ...arns.filter((arn) => !keys.includes(arn)),
      ...keys.filter((_, index) => waiting[index] === false),
      ...stacks,
      ...secrets.map(({ name }) => `secret ${name} (${region})`),
      ...parameters.map(({ Name = '' }) => `parameter ${Name} (${region})`),
    ],
    keys: waiting.filter(Boolean).length,
  };
}

/** A key can only be deleted after a while, in which nobody can use it, and it costs nothing. */
async function isGoing({ aws }: Operated, region: string, arn: string): Promise<boolean> {
  try {
    const { KeyMetadata } = await aws.keys(region).send(new DescribeKeyCommand({ KeyId: arn }));
    return KeyMetadata?.KeyState === 'PendingDeletion' || KeyMetadata?.KeyState === 'PendingReplicaDeletion';
  } catch (error) {
    if (error instanceof NotFoundException) return true;
    throw error;
  }
}

async function certificatesLeft({ aws, environment }: Operated, { state }: Ground): Promise<string[]> {
  const left: string[] = [];
  for (const arn of certificatesIn(state.notes)) {
    try {
      await aws
        .certificates(environment.region)
        .send(new DescribeCertificateCommand({ CertificateArn: arn }));
      left.push(arn);
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }
  return left;
}
