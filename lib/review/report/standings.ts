import { openOutcomes, type Row } from '../../checks/recorder/row.ts';
import { invariantTexts } from './invariants.ts';
import type { AccessRow, ConnectionPath, EnvironmentProof } from './proof.ts';

/** How an invariant stands in an environment. What is accepted does not hold, and what is undecided is no proof. */
export interface Standing {
  readonly compliant: number;
  readonly open: number;
  readonly acknowledged: number;
  readonly undecided: number;
  /** Findings that somebody accepted, each once. */
  readonly accepted: readonly string[];
  /** What could not be decided: findings, connections and ways to read, each once. */
  readonly doubts: readonly string[];
}

export type State = 'broken' | 'undecided' | 'acknowledged' | 'holds' | 'unchecked';

export function stateOf({ compliant, open, undecided, acknowledged }: Standing): State {
  if (open > 0) return 'broken';
  if (acknowledged > 0) return 'acknowledged';
  if (undecided > 0) return 'undecided';
  return compliant > 0 ? 'holds' : 'unchecked';
}

/** By invariant, in the order of docs/architecture.md, and environment. Empty when no rule of our own pack ran. */
export function standingsOf(
  rows: readonly Row[],
  proofs: readonly EnvironmentProof[],
): ReadonlyMap<string, ReadonlyMap<string, Standing>> {
  const counts = new Map<string, Map<string, Count>>();
  const at = (id: string, environment: string): Count => {
    const ofInvariant = counts.get(id) ?? new Map<string, Count>();
    const count = ofInvariant.get(environment) ?? new Count();
    counts.set(id, ofInvariant.set(environment, count));
    return count;
  };
  for (const row of rows) {
    const id = invariantOf(row.finding);
    if (id !== undefined) at(id, row.resource.environment).add(row);
  }
  if (counts.size === 0) return counts;
  for (const { environment, nodes, paths, access } of proofs) {
    const kinds = new Map(nodes.map(({ name, kind }) => [name, kind]));
    for (const path of paths.filter(({ decided }) => !decided)) {
      const doubt = `${path.from} to ${path.to}, ${path.ports}`;
      for (const id of invariantsOfPath(path, kinds)) at(id, environment).doubt(doubt);
    }
    for (const row of access.filter(({ decided }) => !decided)) {
      at(invariantOfAccess(row), environment).doubt(`${row.principal}: ${row.action} on ${row.target.name}`);
    }
  }
  return new Map(Object.keys(invariantTexts).map((id) => [id, counts.get(id) ?? new Map()]));
}

class Count {
  compliant = 0;
  open = 0;
  acknowledged = 0;
  undecided = 0;
  private readonly acceptedFindings = new Set<string>();
  private readonly doubtsFound = new Set<string>();

  get accepted(): readonly string[] {
    return [...this.acceptedFindings];
  }

  get doubts(): readonly string[] {
    return [...this.doubtsFound];
  }

  add({ outcome, finding }: Row): void {
    if (openOutcomes.has(outcome)) this.open += 1;
    else if (outcome === 'compliant') this.compliant += 1;
    else if (outcome === 'undecided') this.doubt(finding);
    else if (outcome === 'acknowledged') {
      this.acknowledged += 1;
      this.acceptedFindings.add(finding);
    }
  }

  doubt(what: string): void {
    this.undecided += 1;
    this.doubtsFound.add(what);
  }
}

/** The invariant a rule of our own pack guards: `SecureShop-NET1[PublicSubnet]` guards NET1. */
function invariantOf(finding: string): string | undefined {
  return /^SecureShop-([A-Z]+\d+)/.exec(finding)?.[1];
}

/** The invariants a connection is evidence for or against: a reviewer of one reads these, not the whole network. */
export function invariantsOfPath(
  { from, to }: Pick<ConnectionPath, 'from' | 'to'>,
  kinds: ReadonlyMap<string, string>,
): string[] {
  const about = new Set<string>();
  if (from === 'Internet') about.add('NET1').add('NET2');
  if (kinds.get(to) === 'load-balancer') about.add('NET3');
  if (['database', 'proxy'].includes(kinds.get(to) ?? '')) about.add('NET4');
  if (['vpn', 'browser'].includes(kinds.get(from) ?? '')) about.add('NET4').add('ADM2');
  return [...about];
}

/** Secrets prove SEC1, everything else DAT2. */
function invariantOfAccess({ target }: AccessRow): string {
  return target.type === 'AWS::SecretsManager::Secret' ? 'SEC1' : 'DAT2';
}

/** Each invariant that would hold, were it not for something accepted or undecided, with what that is. */
export function reservations(
  rows: readonly Row[],
  proofs: readonly EnvironmentProof[],
): { readonly id: string; readonly accepted: readonly string[]; readonly doubts: readonly string[] }[] {
  return [...standingsOf(rows, proofs)].flatMap(([id, environments]) => {
    const all = [...environments.values()];
    const accepted = [...new Set(all.flatMap((each) => each.accepted))];
    const doubts = [...new Set(all.flatMap((each) => each.doubts))];
    const broken = all.some(({ open }) => open > 0);
    return broken || accepted.length + doubts.length === 0 ? [] : [{ id, accepted, doubts }];
  });
}
