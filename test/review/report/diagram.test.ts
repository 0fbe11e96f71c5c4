import { expect, it } from 'vitest';
import { diagramOf } from '../../../lib/review/report/page/diagram.ts';

const proof = {
  environment: 'production',
  nodes: [{ name: 'Storefront/Shop', kind: 'task' }],
  paths: [],
  access: [],
  exits: [{ from: 'Storefront/Shop', through: 'Network/Vpc/Nat', ports: '443' }],
};

it('the picture shows who gets out, through which gateway, and to how many names', () => {
  const labels = (names?: number) =>
    diagramOf(proof, names)?.nodes.map(({ label, kind }) => `${label} ${kind}`);
  expect(labels(12)).toEqual(['Storefront/Shop task', 'Vpc/Nat gateway', 'Internet: 12 names internet']);
  expect(labels()).toContain('Internet: anywhere internet');
  expect(diagramOf({ ...proof, exits: [] })).toBeUndefined();
});

const functions = Array.from({ length: 110 }, (_, index) => `App/F${index}/Resource`);
const nodes = functions.map((name) => ({ name, kind: 'function' }));
/** Connections among the functions, where `ports` names some. */
const among = (ports: (from: number, to: number) => string | undefined) =>
  functions.flatMap((from, i) =>
    functions.flatMap((to, j) => {
      const through = i === j ? undefined : ports(i, j);
      return through === undefined ? [] : [{ from, to, ports: through, via: [], decided: true }];
    }),
  );

it('things that all reach each other are one box, which says so', () => {
  const paths = [
    ...among(() => '443'),
    { from: 'Internet', to: functions[7] ?? '', ports: '80', via: [], decided: true },
  ];
  const diagram = diagramOf({ environment: '', nodes, paths, access: [] });
  // The one that the Internet reaches is apart.
  expect(diagram?.nodes.map(({ label, within }) => [label.slice(0, 6), within]).sort()).toEqual([
    ['109 × ', '443'],
    ['F7/Res', ''],
    ['Intern', ''],
  ]);
  expect(diagram?.edges).toHaveLength(3);
  expect(diagram?.leftOut).toBeUndefined();
});

it.each<[string, (from: number, to: number) => string | undefined]>([
  ['with ports of their own', (from, to) => `${from}-${to}`],
  [
    'where nobody is like another',
    (from, to) => ((from * 31 + to * 17) % 7 < 3 && from < to ? '443' : undefined),
  ],
  ['in a long row', (from, to) => (to === from + 1 ? '443' : undefined)],
])('a picture of many connections %s stays small and says what it leaves out', (_, ports) => {
  const paths = [
    { from: 'Internet', to: functions[0] ?? '', ports: '443', via: [], decided: true },
    ...among(ports),
  ];
  const diagram = diagramOf({ environment: '', nodes, paths, access: [] });
  expect(diagram?.nodes.length).toBeLessThanOrEqual(120);
  expect(diagram?.edges.length).toBeLessThanOrEqual(160);
  expect(diagram?.nodes.map(({ label }) => label)).toContain('Internet');
  const boxes = diagram?.nodes.flatMap(({ title }) => title.split('\n')).length ?? 0;
  expect(boxes + (diagram?.leftOut?.things ?? 0)).toBeGreaterThanOrEqual(111);
  const shown = diagram?.edges.length ?? 0;
  expect(diagram?.leftOut !== undefined).toBe(paths.length > shown);
});
