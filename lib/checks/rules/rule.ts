import { packName } from '../../declarations/pack-name.ts';
import type { Access } from '../model/access/access.ts';
import { dataClassOf } from '../model/declarations.ts';
import type { Reachability } from '../model/network/reachability.ts';
import type { EnvironmentGraph, Resource } from '../model/templates.ts';
import { at, display, hasUnknown, type Value } from '../model/values.ts';
import type { Outcome as RecordedOutcome } from '../recorder/row.ts';

export const invariants = [
  'NET1',
  'NET2',
  'NET3',
  'NET4',
  'NET5',
  'ADM1',
  'ADM2',
  'SEC1',
  'SEC2',
  'DAT1',
  'DAT2',
  'DAT3',
  'PAT1',
  'PAT2',
  'LOG1',
  'ALM1',
  'OPS1',
] as const;
export type Invariant = (typeof invariants)[number];

/** What a rule itself can say; it knows of no acknowledgement, and what it throws is caught. */
export type Outcome = Exclude<RecordedOutcome, 'acknowledged' | 'error'>;

export interface Verdict {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** A verdict on one resource; the resource may be one that lacks something another should have given it. */
export interface Finding extends Verdict {
  readonly resource: Resource;
}

/** What rules look at: one environment, read once. */
export interface Context {
  readonly graph: EnvironmentGraph;
  readonly reachability: Reachability;
  readonly access: Access;
  /** Whether the templates declare themselves a shop: then what is absent is reported too. */
  readonly declared: boolean;
  /** Whether the environment may be deleted: protection against deletion is then not asked for. */
  readonly disposable: boolean;
}

export interface Rule {
  /** `SecureShop-NET1[PublicSubnet]`: the invariant, and what was looked for. */
  readonly id: string;
  readonly invariant: Invariant;
  readonly title: { readonly en: string; readonly ja: string };
  /** Resource types; `*` for all of them. */
  readonly appliesTo: readonly string[];
  evaluate(context: Context): readonly Finding[];
}

interface RuleDefinition {
  readonly invariant: Invariant;
  readonly finding: string;
  readonly en: string;
  readonly ja: string;
  readonly appliesTo: readonly string[];
  /** Judges one resource of `appliesTo`. */
  readonly judge?: (resource: Resource, context: Context) => Verdict | readonly Verdict[];
  /** Judges the whole environment, for what no single resource shows. */
  readonly judgeAll?: (context: Context) => readonly Finding[];
}

export function defineRule(definition: RuleDefinition): Rule {
  const { invariant, finding, en, ja, appliesTo, judge, judgeAll } = definition;
  return {
    id: `${packName}-${invariant}[${finding}]`,
    invariant,
    title: { en, ja },
    appliesTo,
    evaluate(context) {
      const each = judge
        ? context.graph.ofType(...appliesTo).flatMap((resource) => {
            const verdicts = [judge(resource, context)].flat() as readonly Verdict[];
            return oneOutcome(verdicts).map((verdict) => ({ resource, ...verdict }));
          })
        : [];
      return [...each, ...(judgeAll?.(context) ?? [])];
    },
  };
}

/** A resource has one outcome a rule: the worst, with every reason for it. */
function oneOutcome(verdicts: readonly Verdict[]): Verdict[] {
  for (const outcome of ['non-compliant', 'undecided', 'compliant', 'not-applicable'] as const) {
    const reasons = verdicts
      .filter((verdict) => verdict.outcome === outcome)
      .map((verdict) => verdict.reason);
    if (reasons.length > 0) return [{ outcome, reason: [...new Set(reasons)].join('; ') }];
  }
  return [];
}

export const pass = (reason: string): Verdict => ({ outcome: 'compliant', reason });
export const fail = (reason: string): Verdict => ({ outcome: 'non-compliant', reason });
export const skip = (reason: string): Verdict => ({ outcome: 'not-applicable', reason });
export const unsure = (reason: string): Verdict => ({ outcome: 'undecided', reason });

/**
 * Passes when a property has a value from the safe set. Anything else fails, an absent value too, except what only a
 * deploy would know.
 */
export function expectProperty(
  resource: Resource,
  path: readonly (string | number)[],
  safe: (value: Value | undefined) => boolean,
  expected: string,
): Verdict {
  return expectValue(at(resource.properties, ...path), path.join('.'), safe, expected);
}

/** What is open to a deploy stays open, and is no pass; undefined when all of it is known. */
export function unsureOf(named: Readonly<Record<string, Value | undefined>>): Verdict | undefined {
  const open = Object.keys(named).filter((name) => hasUnknown(named[name]));
  return open.length > 0 ? unsure(`${open.join(', ')} is known only after deployment`) : undefined;
}

export function expectValue(
  value: Value | undefined,
  name: string,
  safe: (value: Value | undefined) => boolean,
  expected: string,
): Verdict {
  if (safe(value)) return pass(`${name} is ${value === undefined ? 'as it should be' : display(value)}`);
  if (hasUnknown(value)) return unsure(`${name} is known only after deployment; expected ${expected}`);
  return fail(`${name} is ${value === undefined ? 'not set' : display(value)}; expected ${expected}`);
}

/** Types that keep what customers entrusted, when the template does not say otherwise. */
const customerStores = new Set([
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::EFS::FileSystem',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
]);

export function holdsCustomerData(resource: Resource): boolean {
  const declared = dataClassOf(resource);
  return declared === undefined ? customerStores.has(resource.type) : declared === 'customer-data';
}

/** A member of an Aurora cluster is protected, backed up and encrypted as the cluster is. */
export function isClusterMember(resource: Resource): boolean {
  return resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier !== undefined;
}
