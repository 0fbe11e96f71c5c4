import { expect, it } from 'vitest';
import { danglingReference } from '../../lib/checks/check-templates.ts';
import { guidance, guidanceOf } from '../../lib/checks/guidance/index.ts';
import { rules } from '../../lib/checks/rules/index.ts';

const ids = [...rules, danglingReference].map(({ id }) => id);

it('every rule says how bad a finding is, what can happen and what to change', () => {
  expect(ids.filter((id) => guidanceOf(id) === undefined)).toEqual([]);
});

it('nothing is said of rules that do not exist', () => {
  expect(Object.keys(guidance).filter((name) => !ids.includes(`SecureShop-${name}`))).toEqual([]);
});

it('each says it in a sentence of each language', () => {
  for (const [name, { risk, remedy }] of Object.entries(guidance))
    for (const { en, ja } of [risk, remedy]) {
      expect(en, name).toMatch(/^[A-Z].*\.$/);
      expect(ja, name).toMatch(/。$/);
    }
});
