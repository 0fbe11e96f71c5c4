import { expect, it } from 'vitest';
import { byCause } from '../../../lib/review/report/causes.ts';
import { resourceOf, rowOf, ruleOf } from './reviews.ts';

const own = (id: string, reason: string, logicalId = 'Media') =>
  rowOf('non-compliant', {
    rule: ruleOf({ pack: 'SecureShop', id: `SecureShop-${id}` }),
    finding: `SecureShop-${id}`,
    reason,
    resource: resourceOf({ logicalId, path: `production/Data/${logicalId}` }),
  });
const stock = (pack: string, info: string) =>
  rowOf('non-compliant', { rule: ruleOf({ pack, id: `${pack}-S1`, info }), finding: `${pack}-S1` });
const findings = (causes: ReturnType<typeof byCause>) =>
  causes.map((cause) => cause.map(({ finding }) => finding));

it('what several packs say in the same words of one resource is one row', () => {
  const rows = [
    stock('AwsSolutions', 'no logs'),
    stock('HIPAA.Security', 'no logs'),
    stock('PCI.DSS.321', 'no TLS'),
  ];
  expect(findings(byCause(rows))).toEqual([['AwsSolutions-S1', 'HIPAA.Security-S1'], ['PCI.DSS.321-S1']]);
});

it('a broken promise is one row with what a rule found there, which comes first', () => {
  const rows = [own('DAT1[Promised]', 'a is b'), own('DAT1[Recoverable]', 'has no versions')];
  expect(findings(byCause(rows))).toEqual([['SecureShop-DAT1[Recoverable]', 'SecureShop-DAT1[Promised]']]);
});

it('what is wrong of two resources, or in two ways of one, are two rows', () => {
  const rows = [
    own('DAT1[Recoverable]', 'has no versions'),
    own('DAT1[Encrypted]', 'has no key'),
    own('DAT1[Recoverable]', 'has no versions', 'Exports'),
    own('DAT1[Promised]', 'a is b', 'Logs'),
  ];
  expect(byCause(rows)).toHaveLength(4);
});
