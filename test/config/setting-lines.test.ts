import { expect, it } from 'vitest';
import { settingLines } from '../../lib/config/setting-lines.ts';

const config = `import { defineShop } from 'secure-shop';

interface Unused { readonly a: string }
const guarded = {
  waf: {
    allowCountries: ['JP'],
    mode: 'count' as const,
  },
} satisfies object;

export default defineShop({
  name: 'hana-candles',
  environments: {
    production: {
      ...guarded,
      domain: 'shop.example.jp',
      'admin': { people: [] },
    },
  },
});
`;

const lineOf = (path: string, text = config, file = 'shop.config.ts') =>
  settingLines(file, text)(path.split('.'))?.line;

it('finds where a config writes a setting, also in a constant that it spreads', () => {
  expect(lineOf('environments.production.domain')).toBe(16);
  expect(lineOf('environments.production.admin.people')).toBe(17);
  expect(lineOf('environments.production.waf.mode')).toBe(7);
  expect(settingLines('shop.config.ts', config)(['name'])).toEqual({ line: 12, column: 3 });
});

it('names the innermost object, where a setting that nobody wrote would be added', () => {
  expect(lineOf('environments.production.waf.exceptions')).toBe(5);
  expect(lineOf('environments.production.database.standby')).toBe(14);
  expect(lineOf('platform.preset')).toBeUndefined();
});

it('reads JSON, and says nothing of what a function makes', () => {
  expect(
    lineOf('environments.a.domain', '{\n "environments": {\n "a": {\n "domain": "d"\n}}}', 'a.json'),
  ).toBe(4);
  expect(lineOf('name', 'const make = () => ({ name: "a" });\nexport default make();')).toBeUndefined();
});
