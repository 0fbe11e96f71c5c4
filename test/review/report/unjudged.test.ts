import { expect, it } from 'vitest';
import { thrownOnce, unjudgedIn, unjudgedRemarks } from '../../../lib/review/report/unjudged.ts';
import { rowOf } from './reviews.ts';

it('a resource without any row, and a type that AWS does not have, are named', () => {
  const judged = rowOf('compliant');
  const other = { ...judged.resource, logicalId: 'Other', path: 'S/Other', type: 'AWS::EC2::KeyPair' };
  const misspelt = { ...judged.resource, logicalId: 'Buckt', path: 'S/Buckt', type: 'AWS::S3::Buckt' };
  const custom = { ...judged.resource, logicalId: 'Custom', path: 'S/Custom', type: 'Custom::Thing' };
  const resources = [judged.resource, other, misspelt, custom];
  const rows = [judged, { ...judged, resource: misspelt }, { ...judged, resource: custom }];
  const unjudged = unjudgedIn(resources, rows);
  expect(unjudged.map(({ resource, meant }) => [resource.logicalId, meant])).toEqual([
    ['Other', undefined],
    ['Buckt', 'AWS::S3::Bucket'],
  ]);
  expect(unjudgedRemarks(unjudged, 4).map(({ en }) => en)).toEqual([
    'S/Buckt is of the type AWS::S3::Buckt, which AWS does not have: did you mean AWS::S3::Bucket?',
    'No rule says anything about 1 of 4 resources: S/Other (AWS::EC2::KeyPair)',
  ]);
  expect(unjudgedIn([judged.resource], [judged])).toEqual([]);
});

it('what rules of others cannot read is told once a resource and cause', () => {
  const thrown = { ...rowOf('error'), reason: 'no number' };
  const rule = (id: string) => ({ ...thrown, rule: { ...thrown.rule, pack: 'AwsSolutions', id } });
  const found = thrownOnce([rule('A'), rule('B'), { ...rule('C'), reason: 'no text' }, rowOf('compliant')]);
  expect(found.map(({ reason }) => reason)).toEqual([
    '2 rules cannot judge it: no number',
    'no text',
    undefined,
  ]);
});
