import { expect, it } from 'vitest';
import type { Row } from '../../../lib/checks/recorder/row.ts';
import { requirements } from '../../../lib/checks/requirements/index.ts';
import { requirementStatuses } from '../../../lib/review/report/requirements.ts';
import { resourceOf, rowOf, ruleOf } from './reviews.ts';

const claimed = requirements.find(({ id }) => id === 'ADVICE-1');
const rows = (outcome: Row['outcome']) =>
  (claimed?.rules ?? []).map((id) => rowOf(outcome, { rule: ruleOf({ pack: 'SecureShop', id }) }));
const statusWith = (checked: readonly Row[], wanted = 'ADVICE-1') =>
  requirementStatuses(checked)
    .flatMap((source) => source.requirements)
    .find(({ id }) => id === wanted);

it('a requirement is met when its checks ran and hold, and not when none of them ran', () => {
  expect(statusWith(rows('compliant'))?.status).toBe('met');
  expect(statusWith([])?.status).toBe('not');
});

it('a requirement is not met while a check of it is open or undecided', () => {
  const [, ...holding] = rows('compliant');
  expect(statusWith([...rows('non-compliant').slice(0, 1), ...holding])?.status).toBe('partly');
  expect(statusWith([...rows('undecided').slice(0, 1), ...holding])?.status).toBe('partly');
  expect(statusWith(rows('non-compliant'))?.status).toBe('not');
});

it('a requirement with an accepted finding is not met, and names the rule', () => {
  const [accepted] = rows('acknowledged');
  const [, ...holding] = rows('compliant');
  expect(statusWith([...(accepted ? [accepted] : []), ...holding])).toMatchObject({
    status: 'acknowledged',
    acknowledged: [accepted?.finding],
  });
});

it('a second factor is answered only where every environment has configured one', () => {
  const rule = (name: string) => ruleOf({ pack: 'SecureShop', id: `SecureShop-ADM2[${name}]` });
  const at = (environment: string, name: string) =>
    rowOf('compliant', { rule: rule(name), resource: resourceOf({ environment }) });
  const certificates = ['production', 'staging'].map((name) => at(name, 'VpnAuthentication'));
  expect(statusWith(certificates, 'PCI-8.4')?.status).toBe('not');
  const one = [...certificates, at('production', 'VpnGroups')];
  expect(statusWith(one, 'PCI-8.4')?.status).toBe('not');
  expect(statusWith([...one, at('staging', 'VpnGroups')], 'PCI-8.4')?.status).toBe('partly');
});

it.each([
  ['ADVICE-3a', 'DAT3[ExportScreens]', 'ADM2[VpnAuthentication]'],
  ['ADVICE-4', 'OPS1[ContractorTrust]', 'LOG1[Trail]'],
  ['PCI-6.4.3', 'ALM1[PageWatched]', 'NET2[SecurityHeaders]'],
] as const)('%s is whole where %s holds in every environment', (id, makesWhole, also) => {
  const at = (environment: string, name: string, outcome: Row['outcome'] = 'compliant') =>
    rowOf(outcome, {
      rule: ruleOf({ pack: 'SecureShop', id: `SecureShop-${name}` }),
      resource: resourceOf({ environment }),
    });
  const both = [at('production', also), at('staging', also)];
  const one = [...both, at('production', makesWhole)];
  expect(statusWith(both, id)?.status).toBe('partly');
  expect(statusWith(one, id)?.status).toBe('partly');
  expect(statusWith([...one, at('staging', makesWhole)], id)?.status).toBe('met');
  expect(statusWith([...one, at('staging', makesWhole, 'non-compliant')], id)?.status).toBe('partly');
});

it('what makes a requirement whole is among its own rules', () => {
  expect(
    requirements.filter(({ wholeWith, rules }) => wholeWith !== undefined && !rules.includes(wholeWith)),
  ).toEqual([]);
});
