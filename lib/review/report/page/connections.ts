import type { ConnectionPath } from '../proof.ts';

/** Connections drawn as one arrow. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
}

/** What a picture shows. Things drawn as one have their names on lines of one name. */
export interface Picture {
  readonly arrows: readonly Arrow[];
  /** Ports on which the things drawn as one reach each other, by their name. */
  readonly within: ReadonlyMap<string, readonly string[]>;
  /** Counts of what would have made the picture unreadable. */
  readonly leftOut?: { readonly things: number; readonly connections: number };
}

/** Between the names of what is drawn as one. */
export const separator = '\n';

/**
 * Beyond this a picture helps nobody, and the layout, whose work grows with the square of the arrows, takes longer than
 * everything else: 120 boxes and 160 arrows take at most 0.4 s.
 */
const mostThings = 120;
const mostArrows = 160;
/** Each is looked at in turn. */
const mostLabels = 8;

/** Who connects to whom, few enough to be laid out and read. */
export function pictured(paths: readonly ConnectionPath[], kinds: ReadonlyMap<string, string>): Picture {
  let arrows = byPair(paths);
  const within = new Map<string, readonly string[]>();
  // Things of which each reaches all the others are alike only once the connections among them do not count.
  for (const amongThem of [undefined, ...labelsOf(arrows), undefined]) {
    const names = alike(arrows, kinds, amongThem);
    if (names.size === 0) continue;
    arrows = byPair(
      arrows.map(({ from, to, ports }) => ({
        from: names.get(from) ?? from,
        to: names.get(to) ?? to,
        ports,
      })),
    );
    for (const { from, to, ports } of arrows) if (from === to) within.set(from, ports);
    arrows = arrows.filter(({ from, to }) => from !== to);
  }
  return { within, ...bounded(arrows) };
}

/** Arrows between different things, each pair once. */
function byPair(
  connections: readonly {
    readonly from: string;
    readonly to: string;
    readonly ports: string | readonly string[];
  }[],
): Arrow[] {
  const pairs = new Map<string, Map<string, Set<string>>>();
  for (const { from, to, ports } of connections) {
    const targets = pairs.get(from) ?? new Map<string, Set<string>>();
    pairs.set(from, targets);
    const known = targets.get(to) ?? new Set<string>();
    targets.set(to, known);
    for (const port of typeof ports === 'string' ? [ports] : ports) known.add(port);
  }
  return [...pairs].flatMap(([from, targets]) =>
    [...targets].map(([to, ports]) => ({ from, to, ports: [...ports] })),
  );
}

const labelOf = ({ ports }: Arrow): string => ports.join(', ');

/** The commonest labels of arrows that go both ways: on these, things may reach each other. */
function labelsOf(arrows: readonly Arrow[]): string[] {
  const targets = new Map<string, Map<string, string>>();
  for (const arrow of arrows) {
    const own = targets.get(arrow.from) ?? new Map<string, string>();
    targets.set(arrow.from, own.set(arrow.to, labelOf(arrow)));
  }
  const counts = new Map<string, number>();
  for (const arrow of arrows) {
    const label = labelOf(arrow);
    if (targets.get(arrow.to)?.get(arrow.from) === label) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const commonest = [...counts].sort(([, one], [, other]) => other - one).slice(0, mostLabels);
  return commonest.map(([label]) => label);
}

/**
 * Things of a kind that connect to exactly the same others are drawn as one: a function more that reads a secret says
 * nothing new, and a picture with ten of them hides what matters.
 * @param amongThem the label on which they reach each other, too; none when left out
 * @returns the common name of each that has one
 */
function alike(
  arrows: readonly Arrow[],
  kinds: ReadonlyMap<string, string>,
  amongThem: string | undefined,
): ReadonlyMap<string, string> {
  const connections = new Map<string, string[]>();
  const note = (name: string, connection: readonly string[]) => {
    const own = connections.get(name) ?? [];
    // Whoever reaches its like is like it in this, too: as if each reached itself.
    if (own.length === 0 && amongThem !== undefined) {
      own.push(JSON.stringify(['to', name, amongThem]), JSON.stringify(['from', name, amongThem]));
    }
    own.push(JSON.stringify(connection));
    connections.set(name, own);
  };
  for (const arrow of arrows) {
    note(arrow.from, ['to', arrow.to, labelOf(arrow)]);
    note(arrow.to, ['from', arrow.from, labelOf(arrow)]);
  }
  const bySignature = new Map<string, string[]>();
  for (const [name, own] of connections) {
    const signature = JSON.stringify([kindOf(name, kinds), own.sort()]);
    const like = bySignature.get(signature);
    if (like) like.push(name);
    else bySignature.set(signature, [name]);
  }
  return new Map(
    [...bySignature.values()]
      .filter((names) => names.length > 1)
      .flatMap((names) => names.map((name) => [name, names.join(separator)] as const)),
  );
}

export function kindOf(name: string, kinds: ReadonlyMap<string, string>): string {
  const [first = name] = name.split(separator);
  return kinds.get(first) ?? 'other';
}

/** The arrows nearest to the Internet, as many as can be read, and the count of the rest. */
function bounded(arrows: readonly Arrow[]): Pick<Picture, 'arrows' | 'leftOut'> {
  const shown = new Set<string>();
  const kept: Arrow[] = [];
  for (const arrow of fromTheInternet(arrows)) {
    const more = [arrow.from, arrow.to].filter((name) => !shown.has(name));
    if (kept.length === mostArrows || shown.size + more.length > mostThings) continue;
    kept.push(arrow);
    for (const name of more) shown.add(name);
  }
  if (kept.length === arrows.length) return { arrows };
  const things = new Set(arrows.flatMap(({ from, to }) => [from, to]).filter((name) => !shown.has(name)));
  return { arrows: kept, leftOut: { things: things.size, connections: arrows.length - kept.length } };
}

/** Those that begin at the Internet first, then those that begin where these end, and so on; at last the rest. */
function fromTheInternet(arrows: readonly Arrow[]): Arrow[] {
  const leaving = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const known = leaving.get(arrow.from);
    if (known) known.push(arrow);
    else leaving.set(arrow.from, [arrow]);
  }
  const reached = new Set(['Internet']);
  const ordered: Arrow[] = [];
  // A set hands out what is added to it meanwhile.
  for (const name of reached) {
    for (const arrow of leaving.get(name) ?? []) {
      ordered.push(arrow);
      reached.add(arrow.to);
    }
  }
  return [...ordered, ...arrows.filter(({ from }) => !reached.has(from))];
}
