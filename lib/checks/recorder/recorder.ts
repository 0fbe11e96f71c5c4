import { CfnResource } from 'aws-cdk-lib';
import { type IApplyRule, NagMessageLevel, NagRuleCompliance, type NagRuleResult } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Acknowledgements } from './acknowledgements.ts';
import { acknowledgementsBelow, describeResource } from './construct-tree.ts';
import { withDeadline } from './deadline.ts';
import type { Acknowledgement, ResourceRef, Row, RuleRef } from './row.ts';

type Verdict = { readonly result: NagRuleResult } | { readonly thrown: string };

/** One rule of a pack, and the resources it had nothing to say about. */
export interface RuleTally {
  readonly rule: RuleRef;
  /** Indexes into `Recorder.resources`: a whole row each would be ten times the rest of the record. */
  readonly notApplicable: number[];
}

const ruleSeconds = 5;
const mostOverruns = 2;

interface Said extends Pick<Row, 'resource' | 'outcome' | 'reason'> {
  /** @default the id of the rule */
  readonly finding?: string;
}

export interface RecorderProps {
  /** What rows say of a resource. @default what its construct says */
  readonly describe?: (node: CfnResource) => ResourceRef;
  /** @default those in the metadata of the construct tree */
  readonly acknowledgements?: Iterable<Acknowledgement>;
  /**
   * Resources so large that a rule may not come to an end on them: two rules of cdk-nag match the JSON of a policy
   * with a regular expression whose time grows with the square of its length. @default none
   */
  readonly isOversized?: (node: CfnResource) => boolean;
  /** Whether stale, broad and unexplained acknowledgements are findings. @default true */
  readonly auditAcknowledgements?: boolean;
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
  private readonly resourceIndexes = new Map<ResourceRef, number>();
  private readonly byLogicalId = new Map<string, ResourceRef>();
  /** By the index of the resource: millions of answers of a large shop as entries of maps would take several times the memory. */
  private readonly verdicts = new Map<IApplyRule['rule'], Verdict[]>();
  /** Tallies of a pack, by what tells its rules apart. */
  private readonly packTallies = new Map<string, Map<IApplyRule['rule'] | string, RuleTally>>();
  private readonly describe: (node: CfnResource) => ResourceRef;
  private readonly isOversized: (node: CfnResource) => boolean;
  private readonly overruns = new Map<IApplyRule['rule'], number>();
  private acknowledgements: Acknowledgements | undefined;

  constructor(props: RecorderProps = {}) {
    this.describe = props.describe ?? describeResource;
    this.isOversized = props.isOversized ?? (() => false);
    this.acknowledgements = props.acknowledgements && new Acknowledgements(props.acknowledgements);
  }

  /** Called by each pack before its walk. The tree is final by then, so it is read once. */
  begin(pack: string, root: IConstruct): void {
    this.packsRun.push(pack);
    if (this.resources.length > 0) return;
    this.acknowledgements ??= new Acknowledgements(acknowledgementsBelow(root));
    for (const construct of root.node.findAll()) {
      if (CfnResource.isCfnResource(construct)) this.indexOf(construct);
    }
  }

  /** Judges the acknowledgements, once the packs have run. @returns the rows it added */
  auditAcknowledgements(packsKnown: readonly string[]): Row[] {
    const rows = this.acknowledgements?.audit(this.packsRun, packsKnown, this.resources) ?? [];
    this.rows.push(...rows);
    return rows;
  }

  /** Runs a rule on a resource. @returns the rows that are no passes */
  record(pack: string, params: IApplyRule): Row[] {
    const index = this.indexOf(params.node);
    const resource = this.resources[index];
    if (!resource) throw new Error(`${params.node.node.path} was not described`);
    const { rule, notApplicable } = this.tallyOfPack(pack, params);
    const verdict = this.verdictOf(params, index);
    if ('thrown' in verdict) return this.add(rule, { resource, outcome: 'error', reason: verdict.thrown });
    const { result } = verdict;
    if (result === NagRuleCompliance.NOT_APPLICABLE) {
      notApplicable.push(index);
      return [];
    }
    if (Array.isArray(result) && result.length > 0) {
      const outcome = 'non-compliant';
      return result.flatMap((part) => this.add(rule, { resource, outcome, finding: `${rule.id}[${part}]` }));
    }
    if (result === NagRuleCompliance.NON_COMPLIANT)
      return this.add(rule, { resource, outcome: 'non-compliant' });
    return this.add(rule, { resource, outcome: 'compliant' });
  }

  /** Records what a rule said. @returns the row, when it is no pass */
  add(rule: RuleRef, { resource, outcome, reason, finding = rule.id }: Said): Row[] {
    const { notApplicable } = this.tallyOf(rule);
    if (outcome === 'not-applicable') {
      const index = this.resourceIndexes.get(resource);
      if (index !== undefined) notApplicable.push(index);
      return [];
    }
    const acknowledgement =
      outcome === 'compliant' ? undefined : this.acknowledgements?.match(resource.path, rule.pack, finding);
    const row: Row = acknowledgement
      ? { rule, finding, resource, outcome: 'acknowledged', reason: acknowledgement.reason, acknowledgement }
      : { rule, finding, resource, outcome, ...(reason !== undefined && { reason }) };
    this.rows.push(row);
    return outcome === 'compliant' ? [] : [row];
  }

  /** The resource as this record already knows it, found by stack and logical id. */
  knownAs(resource: ResourceRef): ResourceRef {
    return this.byLogicalId.get(logicalKey(resource)) ?? resource;
  }

  private verdictOf({ rule, node }: IApplyRule, index: number): Verdict {
    const verdicts = this.verdicts.get(rule) ?? [];
    if (verdicts.length === 0) this.verdicts.set(rule, verdicts);
    const known = verdicts[index];
    if (known) return known;
    const verdict = this.isOversized(node) ? this.runGuarded(rule, node) : run(rule, node);
    verdicts[index] = verdict;
    return verdict;
  }

  /** A rule that ran out of time twice is not tried again, so that a hostile template costs seconds and not hours. */
  private runGuarded(rule: IApplyRule['rule'], node: CfnResource): Verdict {
    const overruns = this.overruns.get(rule) ?? 0;
    if (overruns >= mostOverruns) {
      return { thrown: 'not tried: the rule did not come to an end on other resources of this size' };
    }
    const verdict = guarded(rule, node);
    if (verdict) return verdict;
    this.overruns.set(rule, overruns + 1);
    return { thrown: `the rule did not come to an end within ${ruleSeconds} seconds` };
  }

  private tallyOfPack(pack: string, params: IApplyRule): RuleTally {
    const tallies = this.packTallies.get(pack) ?? new Map<IApplyRule['rule'] | string, RuleTally>();
    this.packTallies.set(pack, tallies);
    const key = params.ruleSuffixOverride ?? params.rule;
    const known = tallies.get(key);
    if (known) return known;
    const id = `${pack}-${params.ruleSuffixOverride ?? params.rule.name}`;
    const severity = params.level === NagMessageLevel.ERROR ? 'error' : 'warning';
    const { info, explanation } = params;
    const tally = this.tallyOf({ pack, id, severity, info, explanation });
    tallies.set(key, tally);
    return tally;
  }

  private tallyOf(rule: RuleRef): RuleTally {
    const tally = this.tallies.get(rule.id) ?? { rule, notApplicable: [] };
    this.tallies.set(rule.id, tally);
    return tally;
  }

  private indexOf(node: CfnResource): number {
    let index = this.indexes.get(node);
    if (index === undefined) {
      const resource = this.describe(node);
      index = this.resources.push(resource) - 1;
      this.indexes.set(node, index);
      this.resourceIndexes.set(resource, index);
      this.byLogicalId.set(logicalKey(resource), resource);
    }
    return index;
  }
}

function logicalKey({ environment, stack, logicalId }: ResourceRef): string {
  return JSON.stringify([environment, stack, logicalId]);
}

/** @returns undefined when the time ran out */
function guarded(rule: IApplyRule['rule'], node: CfnResource): Verdict | undefined {
  try {
    return withDeadline(() => run(rule, node), ruleSeconds * 1000);
  } catch {
    return undefined;
  }
}

function run(rule: IApplyRule['rule'], node: CfnResource): Verdict {
  try {
    return { result: rule(node) };
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error) };
  }
}
