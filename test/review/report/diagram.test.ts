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
