import { inLanguage } from '../../../cli/output.ts';
import type { Inventory } from './inventory.ts';
import { memberNames, type RestorePlan, type Step } from './plan-restore.ts';

/** How many recovery points of each store are shown. */
const shown = 5;

/** What there is to come back to, newest first. */
export function sayInventory({ region, vault, points, database }: Inventory): string[] {
  const stores = [...new Set(points.map(({ store }) => store))];
  return [
    database
      ? `database ${database.identifier} (${region}): any second from ${moment(database.earliest)} to ${moment(database.latest)}`
      : `no database of the environment stands in ${region}`,
    ...stores.flatMap((store) => {
      const own = points
        .filter((point) => point.store === store)
        .sort((a, b) => b.made.getTime() - a.made.getTime());
      return [
        `${own[0]?.type} in ${vault} (${region}): ${own.length} backups`,
        ...own
          .slice(0, shown)
          .map(
            ({ made, status }) =>
              `  ${moment(made)}${status === 'COMPLETED' ? '' : ` (${status.toLowerCase()})`}`,
          ),
      ];
    }),
    ...(stores.length === 0 ? [`${vault} (${region}) holds no backup`] : []),
  ];
}

export function sayPlan({ steps, warnings }: RestorePlan): string[] {
  return [
    ...steps.map((step, index) => `${index + 1}. ${inLanguage(sayStep(step))}`),
    ...warnings.map((each) => `! ${each}`),
  ];
}

export function sayStep(step: Step): string {
  switch (step.kind) {
    case 'database-to-moment':
      return `make ${step.to} beside ${step.from.identifier}, as the database was at ${moment(step.at)}`;
    case 'database-from-backup':
      return `make ${step.to} from the backup of ${moment(step.point.made)}, with nothing of what came after it`;
    case 'files':
      return `write the files of ${moment(step.point.made)} into ${step.where}`;
  }
}

/** How the shop comes to use the copy: a person decides that, after having looked at it. */
export function saySwitch(step: Step, live: string): string[] {
  if (step.kind === 'files')
    return [
      `Files are in ${step.where}. Nothing was overwritten; docs/runbooks/restore.md says how they get back.`,
    ];
  const isCluster =
    step.kind === 'database-to-moment' ? step.from.kind === 'cluster' : step.point.type === 'Aurora';
  const rename = (kind: 'cluster' | 'instance', from: string, to: string) =>
    `  aws rds modify-db-${kind} --apply-immediately --db-${kind}-identifier ${from} --new-db-${kind}-identifier ${to}`;
  // The templates know each by its name, too.
  const members = step.kind === 'database-to-moment' ? step.from.members : [];
  const renames = [
    ...members.map((member) => rename('instance', member, `${member}-old`)),
    rename(isCluster ? 'cluster' : 'instance', live, `${live}-old`),
    rename(isCluster ? 'cluster' : 'instance', step.to, live),
    ...memberNames(step.to, members.length).map((member, index) =>
      rename('instance', member, members[index] ?? member),
    ),
  ];
  return [
    `${step.to} stands beside ${live}, and the shop does not know of it. Look at it first: docs/runbooks/restore.md, step 5.`,
    'To fetch rows from it, nothing is switched. To sell on it instead, in this order:',
    ...renames,
    '  npx --no-install secure-shop rotate database',
    'The address goes with the name, so that neither secrets nor templates change; each rename takes minutes.',
  ];
}

function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16)}Z`;
}
