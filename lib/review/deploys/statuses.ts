import type { StackTemplate } from '../templates/template-tree.ts';
import { type Finding, findingOfStack } from './finding.ts';

interface StatusRow {
  readonly status: RegExp;
  readonly says: string;
  readonly way: string;
  readonly command?: string;
}

const source = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html';

/** Statuses in which AWS takes no update, and what ends them. The first that fits holds. */
const refusing: readonly StatusRow[] = [
  {
    status: /^UPDATE_ROLLBACK_FAILED$/,
    says: 'could not be rolled back after an update that failed, and takes no other one',
    way: 'Mend what its events name, then let it roll back.',
    command: 'continue-update-rollback',
  },
  {
    status: /^DELETE_FAILED$/,
    says: 'could not be deleted, and takes no update',
    way: 'Remove what its events name, then delete it again.',
    command: 'delete-stack',
  },
  {
    status: /_IN_PROGRESS$/,
    says: 'is being worked on',
    way: 'Wait until that has ended.',
  },
];

/** A stack whose creation failed, or was only announced by a change set: the CDK deletes it and begins anew. */
export const failedCreation = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|REVIEW_IN_PROGRESS)$/;

/** What the status of a deployed stack means for a deploy. Templates from a folder have none. */
export function statusFindings(stack: StackTemplate): Finding[] {
  const { status } = stack;
  if (status === undefined || failedCreation.test(status)) return [];
  const row = refusing.find((each) => each.status.test(status));
  if (!row) return [];
  const region = stack.region ? ` --region ${stack.region}` : '';
  return [
    findingOfStack(stack, {
      effect: 'refused',
      constraint: 'stack-status',
      says: `${row.says} (${status})`,
      way: row.way,
      ...(row.command && {
        commands: [`aws cloudformation ${row.command} --stack-name ${stack.name}${region}`],
      }),
      source,
    }),
  ];
}
