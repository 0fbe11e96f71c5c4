import { type Statement, statementsOf, texts } from '../../model/access/policies.ts';
import { contractOf } from '../../model/declarations.ts';
import { map, numeric, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A contractor comes in as a person who proved who they are, for this shop, until the contract ends. */
export const contractorTrust = defineRule({
  invariant: 'OPS1',
  finding: 'ContractorTrust',
  en: 'A contractor signs in from its own account, with MFA, under a name, with an external id, until a date',
  ja: '委託先は自社アカウントから、MFA・氏名・外部IDを伴い、期限までだけサインインできる',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, { graph }) {
    const contract = contractOf(role);
    if (!contract) return skip('is not the role of a contractor');
    const statements = statementsOf(role, role.properties.AssumeRolePolicyDocument, graph).filter(
      ({ effect }) => effect === 'Allow',
    );
    if (statements.length === 0) return fail('nobody can assume it');
    const seconds = role.properties.MaxSessionDuration;
    const long = seconds !== undefined && !((numeric(seconds) ?? Number.POSITIVE_INFINITY) <= 3600);
    return [
      ...statements.flatMap((statement) => judgeStatement(statement, contract, role.region)),
      long
        ? fail('a session lasts longer than an hour (MaxSessionDuration)')
        : pass('sessions end within an hour'),
    ];
  },
});

function judgeStatement(
  statement: Statement,
  contract: { readonly account: string; readonly until: string },
  region: string | undefined,
): Verdict[] {
  const { principals = {}, notPrincipals, actions, notActions } = statement;
  const values = (operator: string, key: string) =>
    Object.entries(map(statement.conditions[operator]))
      .filter(([name]) => name.toLowerCase() === key.toLowerCase())
      .flatMap(([, written]) => texts(written));
  const only = (operator: string, key: string, wanted: (value: string) => boolean) => {
    const found = values(operator, key);
    return found.length > 0 && found.every(wanted);
  };
  const ask = (holds: boolean, wanted: string): Verdict =>
    holds ? pass(wanted) : fail(`it is not asked for: ${wanted}`);
  const account = new RegExp(`^(arn:[a-z-]+:iam::)?${contract.account}(:root)?$`);
  const named = Object.entries(principals).flatMap(([kind, names]) => names.map((name) => ({ kind, name })));
  return [
    ask(
      notPrincipals === undefined &&
        named.length > 0 &&
        named.every(({ kind, name }) => kind === 'AWS' && account.test(name)),
      `nobody but the contractor's account ${contract.account}`,
    ),
    ask(
      notActions === undefined && actions.every((action) => /^sts:AssumeRole$/i.test(action)),
      'sts:AssumeRole and nothing more',
    ),
    ask(
      only('StringEquals', 'sts:ExternalId', (value) => value.length >= 16),
      'an external id',
    ),
    ask(
      only('Bool', 'aws:MultiFactorAuthPresent', (value) => value === 'true'),
      'MFA',
    ),
    ask(
      ['StringEquals', 'StringLike'].some((operator) =>
        only(operator, 'sts:RoleSessionName', (value) => /^\$\{aws:username\}$/i.test(value)),
      ),
      "the person's name as that of the session",
    ),
    ask(
      only('StringEquals', 'aws:RequestedRegion', (value) => value === region),
      'the region in which each sign-in is heard',
    ),
    ask(
      only(
        'DateLessThan',
        'aws:CurrentTime',
        (value) => Date.parse(value) <= Date.parse(text(contract.until) ?? ''),
      ),
      `a time before the end of the contract (${contract.until})`,
    ),
  ];
}
