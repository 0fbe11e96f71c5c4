import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { type Account, type Answer, type Check, problem, ready, regionsOf } from '../../account/check.ts';
import { existingResource } from '../../account/existing-resource.ts';

/** Written into every template by the CDK as the least that it deploys with. */
const leastVersion = 6;
const parameter = '/cdk-bootstrap/hnb659fds/version';

/** Every region of the templates was prepared by `cdk bootstrap`, recently enough. */
export const bootstrap: Check = {
  id: 'bootstrap',
  title: 'Bootstrapped regions',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html',
  ask: (account) => Promise.all(regionsOf(account).map((region) => askRegion(account, region))),
};

async function askRegion({ environment, aws }: Account, region: string): Promise<Answer> {
  const command = `npx cdk bootstrap aws://${environment.account}/${region}`;
  const version = await versionIn(aws.parameters(region));
  const bucket = `cdk-hnb659fds-assets-${environment.account}-${region}`;
  const { kind } = await existingResource({ aws }, region, 'AWS::S3::Bucket', bucket);
  if (version === undefined) {
    return kind === 'exists'
      ? problem(region, `is not bootstrapped, and an earlier try has left the bucket ${bucket}`, [
          'Empty and delete it; then prepare the region.',
          `aws s3 rb --force s3://${bucket}`,
          command,
        ])
      : problem(region, 'is not bootstrapped', ['Prepare the region; about two minutes.', command]);
  }
  if (Number.isNaN(version)) {
    return problem(region, `has ${parameter}, and it holds no version`, [
      'Bootstrap it again; nothing that is deployed changes.',
      command,
    ]);
  }
  if (version < leastVersion) {
    return problem(region, `is bootstrapped with version ${version}; the templates need ${leastVersion}`, [
      'Bootstrap it again; nothing that is deployed changes.',
      command,
    ]);
  }
  return kind === 'missing'
    ? problem(region, `is bootstrapped, but its bucket ${bucket} is gone`, [
        'Delete the stack CDKToolkit, and prepare the region anew.',
        `aws cloudformation delete-stack --region ${region} --stack-name CDKToolkit`,
        command,
      ])
    : ready(region, `is bootstrapped, version ${version}`);
}

async function versionIn(ssm: ReturnType<Account['aws']['parameters']>): Promise<number | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
    return Number(Parameter?.Value);
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}
