import type { Outcome, ResourceRef, Row, RuleRef } from '../../../lib/checks/recorder/row.ts';
import type { Evidence } from '../../../lib/review/account/evidence.ts';
import type { PlannedStack } from '../../../lib/review/deploys/plan.ts';
import { factsOf } from '../../../lib/review/report/facts.ts';
import type { NextDeploy } from '../../../lib/review/report/next-deploy.ts';
import type { Review } from '../../../lib/review/report/review.ts';

/** Text a hostile template would use as a name. */
export const hostile =
  '</script><script>alert(1)</script><img src=x onerror="alert(2)">\'"&=@[x](http://evil.example)';

export function ruleOf(props: Partial<RuleRef> = {}): RuleRef {
  return {
    pack: 'AwsSolutions',
    id: 'AwsSolutions-S1',
    severity: 'error',
    info: 'The S3 Bucket has server access logs disabled.',
    explanation: 'Logs tell who read what.',
    ...props,
  };
}

export function resourceOf(props: Partial<ResourceRef> = {}): ResourceRef {
  return {
    environment: 'production',
    stack: 'shop-vault',
    logicalId: 'Bucket83908E77',
    type: 'AWS::S3::Bucket',
    path: 'production/Vault/Bucket/Resource',
    sources: [
      { file: `${process.cwd()}/lib/environment/vault/stack.ts`, line: 34, column: 5 },
      { file: '/elsewhere/app.ts', line: 3, column: 1 },
    ],
    ...props,
  };
}

export function rowOf(outcome: Outcome, props: Partial<Row> = {}): Row {
  const rule = props.rule ?? ruleOf();
  return { rule, finding: rule.id, resource: resourceOf(), outcome, ...props };
}

export function acknowledgedRow(props: Partial<Row> = {}): Row {
  const reason = 'this bucket receives the access logs itself';
  return rowOf('acknowledged', {
    reason,
    acknowledgement: {
      id: 'AwsSolutions::AwsSolutions-S1',
      reason,
      path: 'production/Vault/Bucket',
      scope: 'construct',
      source: { file: `${process.cwd()}/package.json`, line: 2, column: 1 },
    },
    ...props,
  });
}

/** A next deploy as a plan of these stacks. */
export function planned(stacks: readonly PlannedStack[]): NextDeploy {
  return { from: 'cdk.out.before', plan: { stacks } };
}

/** A review with the given rows, its packs counted from them. */
/** What `secure-shop status --evidence` wrote of production. */
export function evidenceOf(answers: Evidence['answers']): Evidence {
  const count = (standing: string) => answers.filter((each) => each.standing === standing).length;
  return {
    format: 'secure-shop-status-1',
    version: '1.2.3',
    shop: 'shop',
    environment: 'production',
    account: '111122223333',
    began: '2026-11-29T03:00:00.000Z',
    ended: '2026-11-29T03:04:00.000Z',
    config: { file: 'shop.config.ts', sha256: '0'.repeat(64) },
    templates: [
      { stack: 'shop-vault', region: 'x', status: 'CREATE_COMPLETE', reviewed: 'a', deployed: 'a' },
      { stack: 'shop-data', region: 'x', status: 'CREATE_COMPLETE', reviewed: 'a', deployed: null },
    ],
    counts: {
      ready: count('ready'),
      problem: count('problem'),
      look: count('look'),
      hidden: count('hidden'),
    },
    answers,
  };
}

export function reviewOf(rows: readonly Row[], props: Partial<Review> = {}): Review {
  const packs = [...new Set(rows.map(({ rule }) => rule.pack))].map((pack) => {
    const count = (outcome: Outcome) =>
      rows.filter((row) => row.rule.pack === pack && row.outcome === outcome).length;
    const outcomes = {
      compliant: count('compliant'),
      'non-compliant': count('non-compliant'),
      acknowledged: count('acknowledged'),
      'not-applicable': 0,
      error: count('error'),
      undecided: count('undecided'),
    };
    return { pack, rules: 1, outcomes, open: outcomes['non-compliant'] + outcomes.error };
  });
  return {
    title: 'hana-candles',
    source: 'shop.config.ts',
    generated: new Date('2026-11-22T09:00:00Z'),
    stacks: [],
    notices: [],
    packs,
    tallies: [],
    resources: [],
    rows,
    proofs: [],
    sources: [],
    facts: factsOf([], []),
    statuses: [],
    unjudged: [],
    failing: rows.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'error'),
    ...props,
  };
}
