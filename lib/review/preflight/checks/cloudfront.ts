import { type DistributionSummary, paginateListDistributions } from '@aws-sdk/client-cloudfront';
import { everyPage } from '../../../environment/lambda/every-page.ts';
import { type Account, type Answer, type Check, look, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';

const about = 'CloudFront';

/**
 * AWS holds new accounts back, and no call says so: only a distribution that exists shows that it does not. And it
 * takes a host name once, whoever has it.
 */
export const cloudFront: Check = {
  id: 'cloudfront',
  title: about,
  source:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements',
  async ask(account) {
    const pages = paginateListDistributions({ client: account.aws.distributions() }, {});
    const found = await everyPage(pages, ({ DistributionList }) => DistributionList?.Items);
    const taken = (await isDeployed(account)) ? [] : takenNames(account, found);
    return [...taken, accepted(found)];
  },
};

function accepted(found: readonly DistributionSummary[]): Answer {
  if (found.length > 0) return ready(about, 'accepts the account: it has a distribution');
  // "Your account must be verified before you can add new CloudFront resources":
  // https://repost.aws/questions/QUB6ufJcPjT_OlyRuMYbEFBw
  return look(about, 'has no distribution of this account: whether it accepts one, no call shows', [
    'Of a new account ask AWS Support first ("Account and billing", "CloudFront verification"); a day or two.',
  ]);
}

function takenNames({ environment }: Account, found: readonly DistributionSummary[]): Answer[] {
  return found.flatMap(({ Id = '', Aliases }) => {
    const names = (Aliases?.Items ?? []).filter((alias) =>
      // A wildcard may stand beside a name of its own; the same name twice may not.
      environment.hosts.includes(alias.toLowerCase()),
    );
    return names.map((name) =>
      problem(name, `belongs to the distribution ${Id} already (CNAMEAlreadyExists)`, [
        "Write dns: 'later' into the environment and move the name when the shop is set up: docs/first-deploy.md.",
        `aws cloudfront get-distribution-config --id ${Id}`,
      ]),
    );
  });
}

/** Once it stands, the names are its own. */
async function isDeployed({ stacks, aws }: Account): Promise<boolean> {
  const own = stacks.find(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === 'AWS::CloudFront::Distribution'),
  );
  if (own?.region === undefined) return false;
  return isComplete((await stackStatuses(aws.stacks(own.region))).get(own.name));
}
