import { UserError } from '../cli/user-error.ts';
import { packName } from '../declarations/pack-name.ts';
import { Access } from './model/access/access.ts';
import { isDisposable } from './model/declarations.ts';
import { Reachability } from './model/network/reachability.ts';
import { EnvironmentGraph, type TemplateError, type TemplateInput } from './model/templates.ts';
import { readableReasons } from './readable-reasons.ts';
import { rules } from './rules/index.ts';
import type { Context, Finding, Invariant, Outcome, Rule } from './rules/rule.ts';

export type { TemplateError, TemplateInput } from './model/templates.ts';

/** One rule's word on one resource. */
export interface EnvironmentRow {
  /** `SecureShop-NET1[PublicSubnet]` */
  readonly rule: string;
  /** The pack, as ids of acknowledgements begin: `SecureShop`. */
  readonly pack: typeof packName;
  /** What must hold of every shop, such as `NET1` (docs/checks.md). */
  readonly invariant: Invariant;
  /** Which resource; its type is CloudFormation's, such as `AWS::EC2::Subnet`. */
  readonly resource: {
    readonly stack: string;
    readonly logicalId: string;
    readonly type: string;
    /** Construct path, when the template carries it. */
    readonly path?: string | undefined;
  };
  /** What is undecided, because only a deploy would show it, counts as no pass. */
  readonly outcome: Outcome;
  /** One clause, of which the resource is the subject. */
  readonly reason: string;
}

/** What the checks say of the templates of one environment. */
export interface EnvironmentReview {
  /** One for each rule and each resource that it applies to. */
  readonly rows: readonly EnvironmentRow[];
  /** What could not be read; never a reason to stop. */
  readonly errors: readonly TemplateError[];
  /** The resources, and what refers to what. */
  readonly graph: EnvironmentGraph;
  /** Who can open a connection to whom. */
  readonly reachability: Reachability;
  /** Who can read which secret and store, and decrypt with which key. */
  readonly access: Access;
}

/**
 * Checks the templates of one environment together. Takes whatever it is given: what is malformed ends in `errors`,
 * a rule that cannot cope in an undecided row.
 * @param judging all rules by default
 */
export function checkTemplates(
  templates: readonly TemplateInput[],
  judging: readonly Rule[] = rules,
): EnvironmentReview {
  const context = new WholeEnvironment(new EnvironmentGraph(templates));
  const { graph } = context;
  const readable = readableReasons(graph);
  const rows = [...judging.flatMap((rule) => evaluate(rule, context)), ...danglingRows(graph)].map((row) => ({
    ...row,
    reason: readable(row.reason, row.resource),
  }));
  return {
    rows,
    errors: graph.errors,
    graph,
    get reachability() {
      return context.reachability;
    },
    get access() {
      return context.access;
    },
  };
}

/** Who reaches and reads what is found out when somebody first asks: that takes longer than most rules together. */
class WholeEnvironment implements Context {
  readonly graph: EnvironmentGraph;
  readonly declared: boolean;
  readonly disposable: boolean;
  private network: Reachability | undefined;
  private readers: Access | undefined;

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.declared = graph.declaration !== undefined;
    this.disposable = isDisposable(graph);
  }

  get reachability(): Reachability {
    this.network ??= new Reachability(this.graph);
    return this.network;
  }

  get access(): Access {
    this.readers ??= new Access(this.graph);
    return this.readers;
  }
}

const worstFirst: readonly Outcome[] = ['non-compliant', 'undecided', 'compliant', 'not-applicable'];

/** One row a resource: several findings of a rule on the same resource become one, the worst. */
function evaluate(rule: Rule, context: Context): EnvironmentRow[] {
  let findings: readonly Finding[];
  try {
    findings = rule.evaluate(context);
  } catch (error) {
    const reason =
      error instanceof UserError
        ? `cannot be judged: ${error.problems.join('; ')}`
        : `the rule failed: ${error instanceof Error ? error.message : String(error)}`;
    const subjects = rule.appliesTo.includes('*')
      ? context.graph.resources
      : context.graph.ofType(...rule.appliesTo);
    findings = subjects
      // As in every other pack: what a rule could not judge is a finding, never a pass.
      .map((resource) => ({ resource, outcome: 'non-compliant', reason }));
  }
  const byResource = new Map<Finding['resource'], Finding[]>();
  for (const finding of findings) {
    const same = byResource.get(finding.resource);
    if (same) same.push(finding);
    else byResource.set(finding.resource, [finding]);
  }
  return [...byResource].map(([resource, same]) => {
    const outcome =
      worstFirst.find((each) => same.some((finding) => finding.outcome === each)) ?? 'undecided';
    const reasons = same.filter((finding) => finding.outcome === outcome).map((finding) => finding.reason);
    // What a macro puts there nobody has seen; what is wrong beside it stays wrong.
    if (resource.rewrittenBy.length > 0 && (outcome === 'compliant' || outcome === 'not-applicable'))
      return toRow(
        rule,
        resource,
        'undecided',
        `what ${resource.rewrittenBy.join(', ')} puts there is not in its template`,
      );
    return toRow(rule, resource, outcome, [...new Set(reasons)].join('; '));
  });
}

function toRow(
  rule: Pick<Rule, 'id' | 'invariant'>,
  resource: Finding['resource'],
  outcome: Outcome,
  reason: string,
): EnvironmentRow {
  const { stack, logicalId, type, path } = resource;
  return {
    rule: rule.id,
    pack: packName,
    invariant: rule.invariant,
    resource: { stack, logicalId, type, path },
    outcome,
    reason,
  };
}

/** A reference to something that is not there: whatever it was to guard is not guarded. */
function danglingRows(graph: EnvironmentGraph): EnvironmentRow[] {
  const rule = { id: danglingReference.id, invariant: danglingReference.invariant };
  return graph.dangling.map(({ resource, missing }) =>
    toRow(rule, resource, 'non-compliant', `refers to ${missing}, which is not in its template`),
  );
}

/** Reported by the reading of the templates itself, so not among the rules that look at what was read. */
export const danglingReference = {
  id: `${packName}-ALM1[DanglingReference]`,
  invariant: 'ALM1',
  title: {
    en: 'Nothing refers to a resource that does not exist',
    ja: '存在しないリソースへの参照がない',
  },
} as const satisfies Pick<Rule, 'id' | 'invariant' | 'title'>;
