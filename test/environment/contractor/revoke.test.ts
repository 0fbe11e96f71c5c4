import {
  CreatePolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { neverRevoked } from '../../../lib/environment/contractor/revocation.ts';
import {
  admitContractor,
  type ContractorContext,
  revokeContractor,
} from '../../../lib/environment/contractor/revoke.ts';
import { program } from '../../support/programs.ts';
import { LoopbackAws } from '../admin/support/aws.ts';

const moto = program('moto_server');

describe.skipIf(moto.missing)(`secure-shop contractor, against moto (${moto.install})`, () => {
  let aws: LoopbackAws;
  let iam: IAMClient;
  let context: ContractorContext & { readonly said: string[] };
  let number = 0;
  let now = new Date('2026-12-01T03:00:00Z');

  beforeAll(async () => {
    aws = await LoopbackAws.start(moto.path ?? '');
    iam = new IAMClient({ region: 'us-east-1' });
  });
  afterAll(() => aws.stop());
  beforeEach(async () => {
    const made = await iam.send(
      new CreatePolicyCommand({
        PolicyName: `shop-${number++}-contractor-revocation`,
        PolicyDocument: JSON.stringify(neverRevoked),
      }),
    );
    const said: string[] = [];
    context = {
      iam,
      policyArn: made.Policy?.Arn ?? '',
      now: () => now,
      say: (line) => said.push(line),
      said,
    };
  });

  /** The statements in force, as `sid condition`. */
  async function inForce(): Promise<string[]> {
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: context.policyArn }));
    const { VersionId } = Versions.find(({ IsDefaultVersion }) => IsDefaultVersion) ?? {};
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: context.policyArn, VersionId }),
    );
    const { Statement } = JSON.parse(
      decodeURIComponent(PolicyVersion?.Document ?? ''),
    ) as typeof neverRevoked;
    return Statement.map(
      ({ Effect, Sid, Condition }) => `${Effect} ${Sid} ${Condition ? JSON.stringify(Condition) : 'always'}`,
    );
  }

  it('refuses sessions from before and new ones, until admitted; those from before then stay out', async () => {
    await revokeContractor(context);
    expect(await inForce()).toEqual([
      'Deny SessionsBefore {"DateLessThan":{"aws:TokenIssueTime":"2026-12-01T03:00:00.000Z"}}',
      'Deny UntilAdmittedAgain always',
    ]);
    now = new Date('2026-12-02T03:00:00Z');
    await admitContractor(context);
    expect(await inForce()).toEqual([
      'Deny SessionsBefore {"DateLessThan":{"aws:TokenIssueTime":"2026-12-02T03:00:00.000Z"}}',
    ]);
  });

  it('may be repeated, and says when there is nothing to do', async () => {
    await admitContractor(context);
    await revokeContractor(context);
    await revokeContractor(context);
    expect(context.said.filter((line) => line.includes('Nothing to do'))).toEqual([
      'The contractor is not cut off. Nothing to do.',
      'The contractor is cut off already. Nothing to do.',
    ]);
    expect(await inForce()).toContain('Deny UntilAdmittedAgain always');
  });

  it('cuts off also after many times: IAM keeps five versions', async () => {
    for (let time = 0; time < 6; time++) {
      await revokeContractor(context);
      expect(await inForce()).toContain('Deny UntilAdmittedAgain always');
      await admitContractor(context);
      expect(await inForce()).not.toContain('Deny UntilAdmittedAgain always');
    }
  });

  it('works again after an answer was lost', async () => {
    const before = aws.calls.length;
    aws.interruption = { at: before + 2, carriedOut: true };
    await revokeContractor(context).catch(() => undefined);
    aws.interruption = undefined;
    await revokeContractor(context);
    expect(await inForce()).toContain('Deny UntilAdmittedAgain always');
  });

  it('says what to do where no contractor is deployed', async () => {
    const nowhere = { ...context, policyArn: `${context.policyArn}-of-nobody` };
    await expect(revokeContractor(nowhere)).rejects.toThrow(UserError);
    await expect(revokeContractor(nowhere)).rejects.toThrow(/found no contractor in this environment/);
  });
});
