import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  type PolicyVersion,
  paginateListPolicyVersions,
} from '@aws-sdk/client-iam';
import { NotAws } from '../../cli/aws-errors.ts';
import { UserError } from '../../cli/user-error.ts';
import { everyPage } from '../lambda/every-page.ts';
import { admittedAt, type Refusal, revokedAt } from './revocation.ts';

/** What `secure-shop contractor` works with. */
export interface ContractorContext {
  readonly iam: IAMClient;
  /** ARN of the policy that refuses once the contractor is revoked. */
  readonly policyArn: string;
  readonly now: () => Date;
  /** Tells the operator, one line at a time. */
  readonly say: (line: string) => void;
}

/**
 * Cuts a contractor off: whatever is signed in, and whoever signs in after. May be repeated.
 *
 * @throws UserError when no contractor is deployed
 */
export async function revokeContractor(context: ContractorContext): Promise<void> {
  const versions = await versionsOf(context);
  if (await isRevoked(context, versions)) {
    context.say('The contractor is cut off already. Nothing to do.');
    return;
  }
  await refuse(context, versions, revokedAt(context.now()));
  context.say(
    'The contractor is cut off: open sessions and new ones are refused, within seconds everywhere.',
  );
  context.say('To end it for good, take `contractor` out of the config and deploy.');
}

/**
 * Lets a contractor who was cut off sign in again. Sessions from before stay refused.
 *
 * @throws UserError when no contractor is deployed
 */
export async function admitContractor(context: ContractorContext): Promise<void> {
  const versions = await versionsOf(context);
  if (!(await isRevoked(context, versions))) {
    context.say('The contractor is not cut off. Nothing to do.');
    return;
  }
  await refuse(context, versions, admittedAt(context.now()));
  context.say('The contractor may sign in again; whatever was signed in before stays refused.');
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
const mostVersions = 5;

async function refuse(
  { iam, policyArn }: ContractorContext,
  versions: readonly PolicyVersion[],
  refusal: Refusal,
): Promise<void> {
  const oldest = versions
    .filter(({ IsDefaultVersion }) => IsDefaultVersion !== true)
    .sort((a, b) => numberOf(a) - numberOf(b));
  // One more than there may be is refused, and cutting off must not fail for old papers.
  for (const { VersionId } of oldest.slice(0, Math.max(0, versions.length - mostVersions + 1))) {
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId }));
  }
  const { PolicyVersion: made } = await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: policyArn,
      PolicyDocument: JSON.stringify(refusal),
      SetAsDefault: true,
    }),
  );
  // Nobody may be told that a contractor is cut off because something else answered.
  if (made?.VersionId === undefined) throw new NotAws();
}

/** Versions are called `v1`, `v2` and so on. */
function numberOf({ VersionId = 'v0' }: PolicyVersion): number {
  return Number(VersionId.slice(1));
}

async function versionsOf({ iam, policyArn }: ContractorContext): Promise<readonly PolicyVersion[]> {
  try {
    const pages = paginateListPolicyVersions({ client: iam }, { PolicyArn: policyArn });
    return await everyPage(pages, ({ Versions }) => Versions);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'NoSuchEntityException')) throw error;
    throw new UserError([
      `found no contractor in this environment (${policyArn} does not exist): write \`contractor\` into the config and deploy, or choose another environment or AWS account`,
    ]);
  }
}

async function isRevoked(
  { iam, policyArn }: ContractorContext,
  versions: readonly PolicyVersion[],
): Promise<boolean> {
  const current = versions.find(({ IsDefaultVersion }) => IsDefaultVersion);
  const { PolicyVersion: read } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: current?.VersionId }),
  );
  const written: unknown = JSON.parse(decodeURIComponent(read?.Document ?? '{}'));
  const statements =
    typeof written === 'object' && written !== null && 'Statement' in written ? written.Statement : [];
  return (
    Array.isArray(statements) && statements.some(({ Effect, Condition }) => Effect === 'Deny' && !Condition)
  );
}
