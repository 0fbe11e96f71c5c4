import { describe, expect, it } from 'vitest';
import { requirements, rulesOf, sources, statusOf } from '../../../lib/checks/requirements/index.ts';
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
    const answering = new Set(requirements.flatMap(rulesOf));
    expect([...ids].filter((id) => !answering.has(id))).toEqual([]);
  });

  it.each(requirements.map((each) => [each.id, each] as const))(
    '%s claims only what a check can refute',
    (_, each) => {
      expect(each.rules.filter((rule) => !ids.has(rule))).toEqual([]);
      if (each.claim === 'yours' || each.claim === 'aws') expect(each.rules).toEqual([]);
      else
        expect(
          each.rules.some((rule) => canFail.has(rule)),
          'a mutation makes one of its rules fail',
        ).toBe(true);
      // Whatever is not wholly met says who has the rest.
      expect(each.stays.en === '').toBe(each.claim === 'met');
      expect(each.stays.ja === '').toBe(each.claim === 'met');
    },
  );

  // The headings of PCI DSS 4.0.1: how many sections each of its twelve requirements has.
  it('cover every section of PCI DSS 4.0.1', () => {
    const sections = [5, 3, 7, 2, 4, 5, 3, 6, 5, 7, 6, 10].flatMap((count, index) =>
      Array.from({ length: count }, (_, section) => `PCI-${index + 1}.${section + 1}`),
    );
    expect(sections).toHaveLength(63);
    expect(sections.filter((id) => !requirements.some((each) => each.id === id))).toEqual([]);
  });

  it('begin with the id of their source', () => {
    for (const { id, requirements: its } of sources)
      expect(its.filter((each) => !each.id.startsWith(`${id}-`))).toEqual([]);
  });

  const none: ReadonlySet<string> = new Set();
  const met = requirements.find(({ claim, rules: checks }) => claim === 'met' && checks.length > 1);
  if (!met) throw new Error('no requirement is met');
  const holding = new Set(met.rules);
  const found = { compliant: holding, everywhere: none, acknowledged: none, open: none };

  it('are no longer met when a check of theirs fails', () => {
    expect(statusOf(met, found)).toBe('met');
    expect(statusOf(met, { ...found, open: new Set(met.rules.slice(0, 1)) })).toBe('partly');
    expect(statusOf(met, { ...found, open: holding })).toBe('not');
  });

  it('are no longer met when a finding of theirs was accepted', () => {
    expect(statusOf(met, { ...found, acknowledged: new Set(met.rules.slice(0, 1)) })).toBe('acknowledged');
  });

  it('are not met by what no environment has', () => {
    const needy = { ...met, needs: 'SecureShop-ADM2[VpnGroups]' };
    expect(statusOf(needy, found)).toBe('not');
    expect(statusOf(needy, { ...found, everywhere: new Set([needy.needs]) })).toBe('met');
  });
});
