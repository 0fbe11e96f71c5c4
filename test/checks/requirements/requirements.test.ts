import { describe, expect, it } from 'vitest';
import { requirements, statusOf } from '../../../lib/checks/requirements/index.ts';
import { rules } from '../../../lib/checks/rules/index.ts';
import { mutations } from '../mutations.ts';

const ids = new Set(rules.map((rule) => rule.id));
/** Rules that a test makes fail. */
const canFail = new Set(mutations.map(({ rule }) => `SecureShop-${rule}`));

describe('the requirements', () => {
  it('are named once each', () => {
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
  });

  it('leave no rule without a requirement that it answers', () => {
    const answering = new Set(requirements.flatMap((each) => each.rules));
    expect([...ids].filter((id) => !answering.has(id))).toEqual([]);
  });

  it.each(requirements.map((each) => [each.id, each] as const))(
    '%s claims only what a check can refute',
    (_, each) => {
      expect(each.rules.filter((rule) => !ids.has(rule))).toEqual([]);
      if (each.status === 'not') expect(each.rules).toEqual([]);
      else
        expect(
          each.rules.some((rule) => canFail.has(rule)),
          'a mutation makes one of its rules fail',
        ).toBe(true);
      // Whatever is not wholly met says who has the rest.
      expect(each.stays.en === '').toBe(each.status === 'met');
      expect(each.stays.ja === '').toBe(each.status === 'met');
    },
  );

  it('are no longer met when a check of theirs fails', () => {
    const met = requirements.find(({ status, rules: checks }) => status === 'met' && checks.length > 1);
    if (!met) throw new Error('no requirement is met');
    expect(statusOf(met, new Set())).toBe('met');
    expect(statusOf(met, new Set(met.rules.slice(0, 1)))).toBe('partly');
    expect(statusOf(met, new Set(met.rules))).toBe('not');
  });
});
