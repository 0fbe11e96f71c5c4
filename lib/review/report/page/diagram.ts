import { Graph, layout } from '@dagrejs/dagre';
import type { ConnectionPath, EnvironmentProof, Exit } from '../proof.ts';
import type { Diagram } from './model.ts';

/** Beyond this a picture helps nobody; the table of paths says the same. */
const mostNodes = 120;
const characterWidth = 7.2;

/**
 * Who connects to whom, from left to right, drawn from the same paths that prove the network invariants, and who gets
 * out through what.
 * @param allowedNames how many names the DNS firewall lets out; 0 when nobody declared any
 */
export function diagramOf(
  { nodes, paths: proven, exits = [] }: EnvironmentProof,
  allowedNames = 0,
): Diagram | undefined {
  const kinds = new Map([['Internet', 'internet'], ...nodes.map(({ name, kind }) => [name, kind] as const)]);
  const routed = proven.flatMap((path) => {
    // The model names the distribution that customers go through as the first thing that allows the connection.
    const [distribution, origin] = path.from === 'Internet' ? path.via : [];
    if (!distribution || !origin) return [path];
    kinds.set(distribution, 'cloudfront');
    return [
      { ...path, to: distribution, ports: '443' },
      { ...path, from: distribution },
    ];
  });
  routed.push(...waysOut(exits, allowedNames, kinds));
  const groups = alike(routed, kinds);
  const paths = routed.map((path) => ({
    ...path,
    from: groups.get(path.from) ?? path.from,
    to: groups.get(path.to) ?? path.to,
  }));
  const names = [...new Set(paths.flatMap(({ from, to }) => [from, to]))];
  if (names.length === 0 || names.length > mostNodes) return undefined;

  const graph = new Graph<object, Box, EdgeLabel>({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 58, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({ label: '', width: 0, height: 0 }));
  for (const name of names) {
    const width = Math.max(110, shortName(name).length * characterWidth + 24);
    graph.setNode(name, { width, height: 44, x: 0, y: 0 });
  }
  for (const [from, to, ports] of portsByPair(paths)) {
    const label = ports.join(', ');
    graph.setEdge(from, to, { label, width: label.length * characterWidth, height: 14, labelpos: 'c' });
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: names.map((name) => {
      const { x, y, width, height } = graph.node(name);
      const [first = name] = name.split(separator);
      return {
        label: shortName(name),
        kind: kinds.get(first) ?? 'other',
        title: name,
        x: round(x),
        y: round(y),
        width: round(width),
        height,
      };
    }),
    edges: graph.edges().map((edge: { v: string; w: string }) => {
      const { label, points = [] }: EdgeLabel = graph.edge(edge);
      return {
        label,
        fromInternet: edge.v === 'Internet',
        points: points.map(({ x, y }) => [round(x), round(y)] as const),
      };
    }),
  };
}

/** From each node to its gateway, and from there to the names that may be resolved, or to anywhere. */
function waysOut(exits: readonly Exit[], allowedNames: number, kinds: Map<string, string>): ConnectionPath[] {
  const outside = allowedNames > 0 ? `Internet: ${allowedNames} names` : 'Internet: anywhere';
  return exits.flatMap(({ from, through, ports }) => {
    kinds.set(through, 'gateway').set(outside, 'internet');
    const path = { ports, via: [], decided: true };
    return [
      { ...path, from, to: through },
      { ...path, from: through, to: outside },
    ];
  });
}

/** Between the names of what is drawn as one. */
const separator = '\n';

/**
 * Things of a kind that connect to exactly the same others are drawn as one: a function more that reads a secret says
 * nothing new, and a picture with ten of them hides what matters.
 */
function alike(
  paths: readonly ConnectionPath[],
  kinds: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const connections = new Map<string, Set<string>>();
  const note = (name: string, connection: string) =>
    connections.set(name, (connections.get(name) ?? new Set()).add(connection));
  for (const { from, to, ports } of paths) {
    note(from, JSON.stringify(['to', to, ports]));
    note(to, JSON.stringify(['from', from, ports]));
  }
  const bySignature = new Map<string, string[]>();
  for (const [name, own] of connections) {
    const signature = JSON.stringify([kinds.get(name), [...own].sort()]);
    bySignature.set(signature, [...(bySignature.get(signature) ?? []), name]);
  }
  return new Map(
    [...bySignature.values()]
      .filter((names) => names.length > 1)
      .flatMap((names) => names.map((name) => [name, names.join(separator)] as const)),
  );
}

interface Box {
  width: number;
  height: number;
  x: number;
  y: number;
}

interface EdgeLabel {
  label: string;
  width: number;
  height: number;
  labelpos?: 'c';
  points?: readonly { x: number; y: number }[];
}

function portsByPair(paths: EnvironmentProof['paths']): [string, string, string[]][] {
  const pairs = new Map<string, [string, string, string[]]>();
  for (const { from, to, ports } of paths) {
    const key = JSON.stringify([from, to]);
    const pair = pairs.get(key) ?? [from, to, []];
    if (!pair[2].includes(ports)) pair[2].push(ports);
    pairs.set(key, pair);
  }
  return [...pairs.values()];
}

/** The last two steps of a construct path, such as `Storefront/Service`; where several differ, the last one of each. */
function shortName(name: string): string {
  const names = name.split(separator);
  const last = (steps: number) => [...new Set(names.map((each) => each.split('/').slice(-steps).join('/')))];
  const told = last(1).length > 1 ? last(1) : last(2);
  const short = names.length > 1 ? `${names.length} × ${told.join(', ')}` : (told[0] ?? '');
  return short.length > 28 ? `${short.slice(0, 27)}…` : short;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
