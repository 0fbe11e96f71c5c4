import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { type Account, type Answer, type Check, problem, ready, regionsOf } from '../../account/check.ts';

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
  if (version === undefined) {
    return problem(region, 'is not bootstrapped', ['Prepare the region; about two minutes.', command]);
  }
  return version >= leastVersion
    ? ready(region, `is bootstrapped, version ${version}`)
    : problem(region, `is bootstrapped with version ${version}; the templates need ${leastVersion}`, [
        'Bootstrap it again; nothing that is deployed changes.',
        command,
      ]);
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
