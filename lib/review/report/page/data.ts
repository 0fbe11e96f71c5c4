import type { Bilingual } from '../../../checks/bilingual.ts';
import { rulePage } from '../../../checks/guidance/index.ts';
import {
  isOpen,
  type Outcome,
  type ResourceRef,
  type Row,
  type RuleRef,
} from '../../../checks/recorder/row.ts';
import { acceptedInJapanese, findings as foundTexts, readings } from '../../japanese/index.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { ageOf } from '../age.ts';
import { byCause } from '../causes.ts';
import { type Facts, factName, factsOf } from '../facts.ts';
import { invariantTexts } from '../invariants.ts';
import { shownLocation, shownResource } from '../locations.ts';
import type { AccessRow, EnvironmentProof } from '../proof.ts';
import { requirementsOf } from '../requirements.ts';
import type { Review } from '../review.ts';
import { invariantsOfPath, type Standing, standingsOf } from '../standings.ts';
import { controlsOf, statementOf } from '../statement.ts';
import { pageCosts } from './cost.ts';
import { diagramOf } from './diagram.ts';
import type {
  PageAcknowledgement,
  PageChange,
  PageData,
  PageEnvironment,
  PageInvariant,
  PageRow,
  PageStanding,
} from './model.ts';
import { pageNextDeploy } from './next-deploy.ts';
import { pageStatus } from './status.ts';

/** A row of the page names its outcome by its place in this list. */
const outcomes: readonly Outcome[] = [
  'non-compliant',
  'error',
  'undecided',
  'acknowledged',
  'compliant',
  'not-applicable',
];

export function pageData(review: Review): PageData {
  const rules = new Table<RuleRef>();
  const resources = new Table<ResourceRef>();
  const reasons = new Table<string>();
  const findings = new Table<string>();
  const indexes = new Map<Row, number>();
  const rows = review.rows.map((row, index): PageRow => {
    indexes.set(row, index);
    return [
      rules.indexOf(row.rule),
      row.finding === row.rule.id ? -1 : findings.indexOf(row.finding),
      resources.indexOf(row.resource),
      outcomes.indexOf(row.outcome),
      row.reason === undefined ? -1 : reasons.indexOf(row.reason),
    ];
  });
  const environments = environmentsOf(review);
  const { change, nextDeploy } = review;
  const indexesOf = (some: readonly Row[]) => some.map((row) => indexes.get(row) ?? -1);
  return {
    title: review.title,
    source: review.source,
    generated: review.generated.toISOString(),
    notices: review.notices.map(({ environment, text }) => ({ environment, text })),
    packs: review.packs.map(({ pack, rules, outcomes }) => ({ pack, rules, outcomes })),
    environments,
    rules: rules.items.map((rule) => ({
      id: rule.id,
      pack: rule.pack,
      severity: rule.severity,
      statement: statementIn(rule),
      explanation: rule.guidance?.risk ?? {
        en: rule.explanation,
        ja: rule.explanationJa ?? rule.explanation,
      },
      controls: controlsOf(rule),
      ...(rule.guidance && {
        weight: rule.guidance.weight,
        remedy: rule.guidance.remedy,
        page: rulePage(rule.id),
      }),
      requirements: requirementsOf(rule.id),
    })),
    resources: resources.items.map((resource) => ({
      environment: resource.environment,
      stack: resource.stack,
      logicalId: resource.logicalId,
      type: resource.type,
      name: shownResource(resource),
      source: resource.sources[0] ? shownLocation(resource.sources[0]) : '',
    })),
    reasons: reasons.items,
    reasonsJa: translated(review.rows, reasons),
    findings: findings.items,
    rows,
    changes: Object.fromEntries(
      review.rows.flatMap((row, index) => (row.change ? [[index, pageChange(row.change)]] : [])),
    ),
    causes: causesOf(review.rows, indexes),
    outcomes,
    acknowledgements: acknowledgementsOf(review.rows),
    invariants: invariantsOf(review, environments),
    sources: review.sources,
    factNames: Object.fromEntries(declaredKinds.map((kind) => [kind, factName(kind)])),
    ...(change && {
      change: {
        baseline: change.baseline,
        added: indexesOf(change.added),
        undecided: indexesOf(change.undecided),
        accepted: indexesOf(change.accepted),
        remaining: change.remaining,
        resolved: change.resolved,
        unasked: change.unasked,
        ...(change.facts && {
          facts: change.facts.map((each) => ({ ...each, name: factName(each.kind) })),
        }),
      },
    }),
    ...(nextDeploy && { nextDeploy: pageNextDeploy(nextDeploy) }),
    costs: pageCosts(review.stacks),
    statuses: review.statuses.map(pageStatus),
  };
}

/** Reasons that the page shows, in Japanese, by their places in the table; what holds is told by its rule alone. */
function translated(rows: readonly Row[], reasons: Table<string>): Record<number, string> {
  return Object.fromEntries(
    rows.flatMap(({ outcome, reason, rule }) => {
      if (reason === undefined || outcome === 'compliant') return [];
      const ja =
        outcome === 'acknowledged'
          ? acceptedInJapanese(reason)
          : reason === rule.info
            ? rule.infoJa
            : foundTexts.inJapanese(reason);
      return ja === undefined ? [] : [[reasons.indexOf(reason), ja]];
    }),
  );
}

/** What others say of their rules, they say in English. */
function statementIn(rule: RuleRef): Bilingual {
  const en = statementOf(rule);
  return { en, ja: rule.infoJa ?? en };
}

function pageChange({ what, at }: NonNullable<Row['change']>): PageChange {
  return { what, at: shownLocation(at) };
}

/** Of findings that one change would mend, by the first of them: the others. */
function causesOf(rows: readonly Row[], indexes: ReadonlyMap<Row, number>): Record<number, number[]> {
  const open = rows.filter(isOpen);
  return Object.fromEntries(
    byCause(open).flatMap((cause) => {
      const [first = -1, ...others] = cause.map((row) => indexes.get(row) ?? -1);
      return others.length > 0 ? [[first, others]] : [];
    }),
  );
}

/** Each distinct item once, in the order of first use. */
class Table<Item> {
  readonly items: Item[] = [];
  private readonly indexes = new Map<Item, number>();

  indexOf(item: Item): number {
    let index = this.indexes.get(item);
    if (index === undefined) {
      index = this.items.push(item) - 1;
      this.indexes.set(item, index);
    }
    return index;
  }
}

function environmentsOf({ stacks, proofs }: Review): PageEnvironment[] {
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return names.map((name) => {
    const proof = proofs.find(({ environment }) => environment === name);
    const facts = declaredIn(stacks, name);
    const diagram = proof && diagramOf(proof, facts.allowedName?.length);
    const kinds = new Map(proof?.nodes.map((node) => [node.name, node.kind]));
    return {
      name,
      stacks: stacks
        .filter(({ environment }) => environment === name)
        .map(({ name: stack, region = '', template }) => ({
          name: stack,
          region,
          resources: Object.keys(template.Resources).length,
        })),
      paths: (proof?.paths ?? []).map((path) => ({ ...path, proves: invariantsOfPath(path, kinds) })),
      ...matrixOf(proof),
      facts,
      ...(diagram && { diagram }),
    };
  });
}

/** Who can read what; an instance of a database is no other thing than its cluster. */
function matrixOf(proof: EnvironmentProof | undefined): Pick<PageEnvironment, 'access' | 'readable'> {
  const { access = [], alsoReadable = [], readable = [] } = proof ?? {};
  const byName = new Map(readable.map((each) => [each.name, each]));
  const whole = ({ name, type }: AccessRow['target']) =>
    byName.get(byName.get(name)?.partOf ?? name) ?? { name, type, about: '' };
  return {
    access: [...access, ...alsoReadable].map(({ why, how, target, ...row }) => {
      const { name, type } = whole(target);
      return {
        ...row,
        how: readings.bilingual(how),
        target: { name, type },
        ...(why !== undefined && { why: readings.bilingual(why) }),
      };
    }),
    readable: readable
      .filter(({ partOf }) => partOf === undefined || !byName.has(partOf))
      .map(({ name, type, about }) => ({ name, type, about: readings.bilingual(about) })),
  };
}

/** The facts that prove an invariant; connections and readers have proofs of their own. */
const declaredKinds = ['country', 'allowedName', 'person', 'hours', 'subscriber'] as const;

function declaredIn(stacks: readonly StackTemplate[], environment: string): Partial<Facts> {
  // The page says above the list which environment it is.
  const facts = factsOf(
    stacks
      .filter((stack) => stack.environment === environment)
      .map((stack) => ({ ...stack, environment: '' })),
    [],
  );
  return Object.fromEntries(declaredKinds.map((kind) => [kind, facts[kind]]));
}

/** One line for what one place in the source accepts, however many packs and environments repeat the rule. */
function acknowledgementsOf(rows: readonly Row[]): PageAcknowledgement[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.outcome !== 'acknowledged' || !row.acknowledgement) continue;
    const { source, path, reason } = row.acknowledgement;
    const key = JSON.stringify([source ? shownLocation(source) : path, reason]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group): PageAcknowledgement[] => {
    const [first] = group;
    if (!first?.acknowledgement) return [];
    const { source, reason } = first.acknowledgement;
    return [
      {
        ...(source && ageOf(source)),
        reason,
        reasonJa: acceptedInJapanese(reason) ?? reason,
        rules: unique(group.map(({ finding }) => finding)),
        resources: unique(group.map(({ resource }) => shownResource(resource))),
        environments: unique(group.map(({ resource }) => resource.environment)),
        source: source ? shownLocation(source) : '',
        ...(first.change && { change: pageChange(first.change) }),
        statement: statementIn(first.rule),
      },
    ];
  });
}

function invariantsOf({ rows, proofs }: Review, environments: readonly PageEnvironment[]): PageInvariant[] {
  return [...standingsOf(rows, proofs)].map(([id, standings]) => ({
    id,
    text: invariantTexts[id] as Bilingual,
    environments: environments.map(({ name }) => standings.get(name) ?? nothing).map(pageStanding),
  }));
}

const nothing: Standing = { compliant: 0, open: 0, undecided: 0, acknowledged: 0, accepted: [], doubts: [] };

/** A page needs no more names than a person reads. */
const mostDoubts = 20;

function pageStanding({
  compliant,
  open,
  undecided,
  acknowledged,
  accepted,
  doubts,
}: Standing): PageStanding {
  const named = doubts.slice(0, mostDoubts).map((doubt) => readings.bilingual(doubt));
  return { compliant, open, undecided, acknowledged, accepted, doubts: named };
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
