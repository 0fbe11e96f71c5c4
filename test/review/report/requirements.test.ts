import { expect, it } from 'vitest';
import type { Row } from '../../../lib/checks/recorder/row.ts';
import { requirements } from '../../../lib/checks/requirements/index.ts';
import { requirementStatuses } from '../../../lib/review/report/requirements.ts';
import { rowOf, ruleOf } from './reviews.ts';

const claimed = requirements.find(({ id }) => id === 'ADVICE-1');
const rows = (outcome: Row['outcome']) =>
  (claimed?.rules ?? []).map((id) => rowOf(outcome, { rule: ruleOf({ pack: 'SecureShop', id }) }));
const statusWith = (checked: readonly Row[]) =>
  requirementStatuses(checked).find(({ id }) => id === 'ADVICE-1')?.status;

it('a requirement is met when its checks ran and hold, and not when none of them ran', () => {
  expect(statusWith(rows('compliant'))).toBe('met');
  expect(statusWith([])).toBe('not');
});

it('a requirement is not met while a check of it is open or undecided', () => {
  const [, ...holding] = rows('compliant');
  expect(statusWith([...rows('non-compliant').slice(0, 1), ...holding])).toBe('partly');
  expect(statusWith([...rows('undecided').slice(0, 1), ...holding])).toBe('partly');
  expect(statusWith(rows('non-compliant'))).toBe('not');
});
