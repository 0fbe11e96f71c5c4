import { Graph, layout } from '@dagrejs/dagre';
import type { ConnectionPath, EnvironmentProof, Exit } from '../proof.ts';
import { kindOf, pictured, separator } from './connections.ts';
import type { Diagram } from './model.ts';

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
  const { arrows, within, leftOut } = pictured(routed, kinds);
  const names = [...new Set([...arrows.flatMap(({ from, to }) => [from, to]), ...within.keys()])];
  if (names.length === 0) return undefined;

  const graph = new Graph<object, Box, EdgeLabel>({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 58, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({ label: '', width: 0, height: 0 }));
  for (const name of names) {
    const told = [
      shortName(name),
      within.has(name) ? `${kindOf(name, kinds)}, each other: ${within.get(name)}` : '',
    ];
    const width = Math.max(110, ...told.map(({ length }) => length * characterWidth + 24));
    graph.setNode(name, { width, height: 44, x: 0, y: 0 });
  }
  for (const { from, to, ports } of arrows) {
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
      return {
        label: shortName(name),
        kind: kindOf(name, kinds),
        within: within.get(name)?.join(', ') ?? '',
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
    ...(leftOut && { leftOut }),
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
