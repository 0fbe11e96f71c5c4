import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { type Account, type Check, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';

const ofHosts = ['A', 'AAAA', 'CNAME'];

/** No record has the names that the first deploy makes records for. */
export const records: Check = {
  id: 'records',
  title: 'Records in the way',
  source:
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html',
  async ask(account) {
    const wanted = recordsOf(account);
    if (wanted.length === 0 || (await isDeployed(account))) {
      return [ready('records', 'are the shop’s own, or none are made')];
    }
    const existing = await existingRecords(account, wanted);
    return wanted.map((name) => {
      const types = existing.get(name);
      return types === undefined
        ? ready(name, 'has no record yet')
        : problem(name, `has ${types.join(', ')} already`, [
            "Write dns: 'later' into the environment, and move the name when the shop is set up: docs/first-deploy.md.",
          ]);
    });
  },
};

/** Names of the record sets in the templates. */
function recordsOf({ stacks }: Account): string[] {
  const names = stacks.flatMap(({ template }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::Route53::RecordSet')
      .flatMap(({ Properties }) => (typeof Properties?.Name === 'string' ? Properties.Name : [])),
  );
  return [...new Set(names.map((name) => name.replace(/\.$/, '').toLowerCase()))].sort();
}

/** Once the storefront is deployed, the records are its own. */
async function isDeployed({ stacks, environment, aws }: Account): Promise<boolean> {
  const own = stacks.filter(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === 'AWS::Route53::RecordSet'),
  );
  const statuses = await stackStatuses(aws.stacks(environment.region));
  return own.some(({ name }) => isComplete(statuses.get(name)));
}

async function existingRecords(
  { environment, aws }: Account,
  wanted: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const name of wanted) {
    // The list is sorted by name: it begins with the records of this one.
    const { ResourceRecordSets: sets = [] } = await aws
      .zones()
      .send(
        new ListResourceRecordSetsCommand({ HostedZoneId: environment.hostedZone.id, StartRecordName: name }),
      );
    const types = sets
      .filter(({ Name = '', Type = '' }) => Name.replace(/\.$/, '') === name && ofHosts.includes(Type))
      .map(({ Type = '' }) => Type);
    if (types.length > 0) found.set(name, types);
  }
  return found;
}
