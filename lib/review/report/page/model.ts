import type { Bilingual } from '../../../checks/bilingual.ts';
import type { Weight } from '../../../checks/guidance/guidance.ts';
import type { Outcome } from '../../../checks/recorder/row.ts';
import type { Age } from '../age.ts';
import type { FactChange } from '../baseline.ts';
import type { FactKind, Facts } from '../facts.ts';
import type { AccessRow, ConnectionPath } from '../proof.ts';
import type { SourceStatus } from '../requirements.ts';
import type { Standing } from '../standings.ts';
import type { PageCost } from './cost.ts';
import type { PageNextDeploy } from './next-deploy.ts';
import type { PageStatus } from './status.ts';

/** What the page is given, as JSON. Rows point into tables, so that fifty environments stay small. */
export interface PageData {
  readonly title: string;
  readonly source: string;
  readonly generated: string;
  readonly notices: readonly { readonly environment: string; readonly text: Bilingual }[];
  readonly packs: readonly PagePack[];
  readonly environments: readonly PageEnvironment[];
  readonly rules: readonly PageRule[];
  readonly resources: readonly PageResource[];
  readonly reasons: readonly string[];
  /** Those that are told in Japanese too, by their place in `reasons`. */
  readonly reasonsJa: Readonly<Record<number, string>>;
  /** Rule, finding in brackets, resource, outcome, reason: each an index into its table, -1 for none. */
  readonly rows: readonly PageRow[];
  /** By the place of a row: what would have to be changed for it, and on which line. */
  readonly changes: Readonly<Record<number, PageChange>>;
  /** Rows that one change would mend, by the first of them: the others. */
  readonly causes: Readonly<Record<number, readonly number[]>>;
  readonly findings: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly acknowledgements: readonly PageAcknowledgement[];
  readonly invariants: readonly PageInvariant[];
  readonly sources: readonly SourceStatus[];
  readonly factNames: Readonly<Partial<Record<FactKind, Bilingual>>>;
  readonly change?: {
    readonly baseline: string;
    /** Indexes into `rows`. */
    readonly added: readonly number[];
    readonly undecided: readonly number[];
    readonly accepted: readonly number[];
    readonly remaining: number;
    /** How many findings of the baseline are of packs that did not run. */
    readonly unasked: number;
    readonly resolved: readonly { readonly rule: string; readonly resource: string }[];
    /** Undefined when the baseline holds none to compare with. */
    readonly facts?: readonly (FactChange & { readonly name: Bilingual })[];
  };
  readonly nextDeploy?: PageNextDeploy;
  readonly costs: readonly PageCost[];
  readonly statuses: readonly PageStatus[];
}

export type PageRow = readonly [
  rule: number,
  finding: number,
  resource: number,
  outcome: number,
  reason: number,
];

/** A setting of the config or a property of a template, and the line that sets it. */
export interface PageChange {
  readonly what: string;
  readonly at: string;
}

export interface PagePack {
  readonly pack: string;
  readonly rules: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export interface PageRule {
  readonly id: string;
  readonly pack: string;
  readonly severity: string;
  readonly statement: Bilingual;
  readonly explanation: Bilingual;
  readonly controls: string;
  /** Of our own rules: how bad a finding is, what to change, and which requirements it serves. */
  readonly weight?: Weight;
  readonly remedy?: Bilingual;
  /** Its section in the documentation, relative to the package. */
  readonly page?: string;
  readonly requirements: readonly string[];
}

export interface PageResource {
  readonly environment: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** What a person reads: see `shownResource`. */
  readonly name: string;
  readonly source: string;
}

export interface PageEnvironment {
  readonly name: string;
  readonly stacks: readonly { readonly name: string; readonly region: string; readonly resources: number }[];
  readonly paths: readonly PagePath[];
  readonly access: readonly PageAccess[];
  readonly readable: readonly PageReadable[];
  /** What the config declares, by kind. */
  readonly facts: Partial<Facts>;
  readonly diagram?: Diagram;
}

export interface PageAccess extends Omit<AccessRow, 'how' | 'why'> {
  readonly how: Bilingual;
  readonly why?: Bilingual;
}

/** Something to be read: a column of the matrix. */
export interface PageReadable {
  readonly name: string;
  readonly type: string;
  /** What it is to a person; empty where the template does not say. */
  readonly about: Bilingual;
}

export interface PagePath extends ConnectionPath {
  /** The invariants that speak of such a connection. */
  readonly proves: readonly string[];
}

export interface PageAcknowledgement extends Age {
  readonly reason: string;
  readonly reasonJa: string;
  /** Rules it accepts, one per pack that carries the rule. */
  readonly rules: readonly string[];
  readonly resources: readonly string[];
  readonly environments: readonly string[];
  readonly source: string;
  readonly change?: PageChange;
  readonly statement: Bilingual;
}

export interface PageInvariant {
  readonly id: string;
  readonly text: Bilingual;
  /** Counts by environment, in the order of `environments`. */
  readonly environments: readonly PageStanding[];
}

export interface PageStanding extends Omit<Standing, 'doubts'> {
  readonly doubts: readonly Bilingual[];
}

/** A laid-out picture: the browser only has to draw it. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** How much of it could not be drawn readably. */
  readonly leftOut?: { readonly things: number; readonly connections: number };
}

interface DiagramNode {
  readonly label: string;
  readonly kind: string;
  /** Ports on which the things of this box reach each other; empty when they do not. */
  readonly within: string;
  /** The whole name, for who points at the node. */
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface DiagramEdge {
  readonly label: string;
  readonly fromInternet: boolean;
  readonly points: readonly (readonly [number, number])[];
}
