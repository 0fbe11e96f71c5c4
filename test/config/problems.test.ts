import { describe, expect, it } from 'vitest';
import { problemInJapanese } from '../../lib/config/problems.ja.ts';
import { smallShop } from '../support/shops.ts';
import { account } from './problems/account.ts';
import { overwrite, problemsOf, production, staging } from './problems/broken-shops.ts';
import { edge } from './problems/edge.ts';
import { hosts } from './problems/hosts.ts';
import { mail } from './problems/mail.ts';
import { networks } from './problems/networks.ts';
import { operation } from './problems/operation.ts';
import { platform } from './problems/platform.ts';
import { secondLook } from './problems/second-look.ts';
import { shapes } from './problems/shapes.ts';

const cases = {
  ...secondLook,
  ...account,
  ...hosts,
  ...networks,
  ...operation,
  ...mail,
  ...edge,
  ...platform,
  ...shapes,
};

describe.each(Object.entries(cases))('problems with %s', (_, group) => {
  it.each(group)('%s', (_, shop, problems) => {
    expect(problemsOf(shop)).toEqual(problems);
  });
});

describe('all problems at once', () => {
  it('lists mistakes of every kind in one run', () => {
    const problems = problemsOf(
      overwrite(staging({ domain: 'shop.example.jp', tier: 'huge', network: { cidr: '10.250.0.0/16' } }), {
        name: 'X',
        platform: { preset: 'ec-cube', adminPaths: ['/cart'] },
        payment: undefined,
        waf: {},
      }),
    );
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'waf',
      'name',
      'payment',
      'environments.staging.tier',
      'platform.adminPaths[0]',
      'environments.staging.domain',
      'environments.staging.admin.vpn.clientCidr',
    ]);
  });

  it('reads what stands under a misspelt name, so that its mistakes are named in the same run', () => {
    const { environments, ...rest } = smallShop();
    const { production } = environments;
    const problems = problemsOf({
      ...rest,
      enviroments: {
        production: { ...production, logRetentionDays: undefined, logRetentionDay: 30, domian: 1 },
      },
    });
    expect(problems.map((problem) => problem.split(';')[0])).toEqual([
      'enviroments: unknown setting',
      'enviroments.production.logRetentionDay: unknown setting',
      'enviroments.production.domian: unknown setting',
      'enviroments.production.logRetentionDay: found 30',
    ]);
  });

  it('compares the good settings of an environment whose other settings are wrong', () => {
    const problems = problemsOf(
      production({
        account: 'mine',
        region: 'nowhere',
        admin: { people: [], vpn: { clientCidr: '10.20.4.0/22' } },
        rotation: { every: 'often', windowStart: '23:00', windowHours: 3 },
      }),
    );
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'environments.production.account',
      'environments.production.region',
      'environments.production.admin.people',
      'environments.production.rotation.every',
      'environments.production.admin.vpn.clientCidr',
      'environments.production.rotation.windowHours',
    ]);
  });
});

describe('for whoever reads Japanese', () => {
  const all = Object.values(cases).flatMap((group) => group.flatMap(([, , problems]) => problems));
  /** Three English words in a row, outside of what the file itself or the shop's settings say. */
  const english = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i;

  it('says every problem of this file (else: lib/config/problems.ja.ts)', () => {
    const left = [...new Set(all)].filter((problem) => {
      const said = problemInJapanese(problem);
      return (
        said === undefined || english.test(said.replace(/"[^"]*"|`[^`]*`|\{[^}]*\}|\[a text[^\]]*\]/g, ''))
      );
    });
    expect(all.length).toBeGreaterThan(200);
    expect(left).toEqual([]);
  });

  it('keeps the place, what was found and what is meant', () => {
    expect(
      problemInJapanese('environments.a.tier: found "x; y: z"; did you mean "b"? Write "b" or "c"'),
    ).toBe(
      'environments.a.tier: "x; y: z" があります。もしかして "b" ですか。"b" または "c" を書いてください',
    );
    expect(problemInJapanese('name: nobody ever said this')).toBeUndefined();
  });
});
