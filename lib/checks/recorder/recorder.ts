import type { CfnResource } from 'aws-cdk-lib';
import { type IApplyRule, NagMessageLevel, NagRuleCompliance, type NagRuleResult } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Acknowledgements } from './acknowledgements.ts';
import { acknowledgementsBelow, describeResource } from './construct-tree.ts';
import type { Acknowledgement, ResourceRef, Row, RuleRef } from './row.ts';

type Verdict = { readonly result: NagRuleResult } | { readonly thrown: string };

/** One rule of a pack, and the resources it had nothing to say about. */
export interface RuleTally {
  readonly rule: RuleRef;
  evaluated: number;
  /** Indexes into `Recorder.resources`: a whole row each would be ten times the rest of the record. */
  readonly notApplicable: number[];
}

export interface RecorderProps {
  /** What rows say of a resource. @default what its construct says */
  readonly describe?: (node: CfnResource) => ResourceRef;
  /** @default those in the metadata of the construct tree */
  readonly acknowledgements?: readonly Acknowledgement[];
}

/**
 * Keeps what every rule said of every resource, where cdk-nag itself keeps violations only.
 *
 * One recorder serves all packs of one construct tree. NIST, PCI DSS and HIPAA share most of their rules;
 * each distinct rule runs once a resource, and its verdict is recorded under every pack that carries it.
 */
export class Recorder {
  readonly rows: Row[] = [];
  readonly resources: ResourceRef[] = [];
  readonly tallies = new Map<string, RuleTally>();
  readonly packsRun: string[] = [];
  private readonly indexes = new Map<CfnResource, number>();
  private readonly verdicts = new Map<IApplyRule['rule'], Map<CfnResource, Verdict>>();
  private readonly describe: (node: CfnResource) => ResourceRef;
  private acknowledgements: Acknowledgements | undefined;

  constructor(props: RecorderProps = {}) {
    this.describe = props.describe ?? describeResource;
    this.acknowledgements = props.acknowledgements && new Acknowledgements(props.acknowledgements);
  }

  /** Called by each pack before its walk. The tree is final by then, so its acknowledgements are read once. */
  begin(pack: string, root: IConstruct): void {
    this.acknowledgements ??= new Acknowledgements(acknowledgementsBelow(root));
    this.packsRun.push(pack);
  }

  /** Judges the acknowledgements, once the packs have run. @returns the rows it added */
  auditAcknowledgements(packsKnown: readonly string[]): Row[] {
    const rows = this.acknowledgements?.audit(this.packsRun, packsKnown, this.resources) ?? [];
    this.rows.push(...rows);
    return rows;
  }

  /** Runs a rule on a resource. @returns the rows that are open findings */
  record(pack: string, params: IApplyRule): Row[] {
    const tally = this.tallyOf(pack, params);
    tally.evaluated += 1;
    const verdict = this.verdictOf(params);
    if ('thrown' in verdict) {
      return this.add(tally.rule, tally.rule.id, params.node, { outcome: 'error', reason: verdict.thrown });
    }
    const { result } = verdict;
    if (result === NagRuleCompliance.NOT_APPLICABLE) {
      tally.notApplicable.push(this.indexOf(params.node));
      return [];
    }
    if (result === NagRuleCompliance.NON_COMPLIANT) {
      return this.add(tally.rule, tally.rule.id, params.node, { outcome: 'non-compliant' });
    }
    if (Array.isArray(result) && result.length > 0) {
      return result.flatMap((finding) =>
        this.add(tally.rule, `${tally.rule.id}[${finding}]`, params.node, { outcome: 'non-compliant' }),
      );
    }
    return this.add(tally.rule, tally.rule.id, params.node, { outcome: 'compliant' });
  }

  private add(
    rule: RuleRef,
    finding: string,
    node: CfnResource,
    { outcome, reason }: Pick<Row, 'outcome' | 'reason'>,
  ): Row[] {
    const resource = this.resourceOf(node);
    const acknowledgement =
      outcome === 'compliant' ? undefined : this.acknowledgements?.match(resource.path, rule.pack, finding);
    const row: Row = acknowledgement
      ? { rule, finding, resource, outcome: 'acknowledged', reason: acknowledgement.reason, acknowledgement }
      : { rule, finding, resource, outcome, ...(reason !== undefined && { reason }) };
    this.rows.push(row);
    return outcome === 'compliant' ? [] : [row];
  }

  private verdictOf({ rule, node }: IApplyRule): Verdict {
    let ofRule = this.verdicts.get(rule);
    if (!ofRule) {
      ofRule = new Map();
      this.verdicts.set(rule, ofRule);
    }
    let verdict = ofRule.get(node);
    if (!verdict) {
      verdict = run(rule, node);
      ofRule.set(node, verdict);
    }
    return verdict;
  }

  private tallyOf(pack: string, params: IApplyRule): RuleTally {
    const id = `${pack}-${params.ruleSuffixOverride ?? params.rule.name}`;
    let tally = this.tallies.get(id);
    if (!tally) {
      const severity = params.level === NagMessageLevel.ERROR ? 'error' : 'warning';
      const rule = { pack, id, severity, info: params.info, explanation: params.explanation } as const;
      tally = { rule, evaluated: 0, notApplicable: [] };
      this.tallies.set(id, tally);
    }
    return tally;
  }

  private indexOf(node: CfnResource): number {
    let index = this.indexes.get(node);
    if (index === undefined) {
      index = this.resources.push(this.describe(node)) - 1;
      this.indexes.set(node, index);
    }
    return index;
  }

  private resourceOf(node: CfnResource): ResourceRef {
    return this.resources[this.indexOf(node)] ?? this.describe(node);
  }
}

function run(rule: IApplyRule['rule'], node: CfnResource): Verdict {
  try {
    return { result: rule(node) };
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error) };
  }
}
