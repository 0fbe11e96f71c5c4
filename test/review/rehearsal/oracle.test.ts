import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../../support/programs.ts';
import { layersThatLetPass, rehearserOf, shopWith, synthesizeWay } from './fixture.ts';
import { type Oracle, startApache, startNginx } from './servers.ts';
import { isBeyondAscii, mixedSpelling, ordinaryTargets, spellingsOf } from './spellings.ts';

const samples = 400;

describe.each(['woocommerce', 'ec-cube'] as const)('%s', (preset) => {
  const shop = shopWith({ preset });
  const { adminPaths, publicPaths } = shop.platform;
  const way = synthesizeWay(shop);
  const rehearser = rehearserOf(way);
  const letPass = layersThatLetPass(way);
  const urlOf = (target: string) => (target.startsWith('/') ? `https://shop.example.jp${target}` : target);
  const isPublic = (target: string) => publicPaths.includes(target.replace(/\?.*$/s, ''));

  const curated = adminPaths.flatMap(spellingsOf);
  const mixed = fc.sample(fc.oneof(...adminPaths.map(mixedSpelling)), { numRuns: samples, seed: 22 });

  it('refuses every known misspelling of its admin paths', () => {
    const passed = curated
      .filter((target) => target.startsWith('/') || target.startsWith('http'))
      .filter((target) => {
        const { verdict, status } = rehearser.rehearse({ url: urlOf(target) }).verdict;
        return !(verdict === 'block' && status === 403);
      });
    expect(passed).toEqual([]);
  });

  it('refuses them at the web ACLs and at the public listener, each for itself', () => {
    const holes = curated
      .filter((target) => !isPublic(target) && !isBeyondAscii(target))
      .map((target) => [target, letPass(target)] as const)
      .filter(([, layers]) => layers.length > 0);
    expect(holes).toEqual([]);
  });

  it('lets every ordinary request pass', () => {
    const targets = [...ordinaryTargets.any, ...ordinaryTargets[preset]];
    const refused = targets.filter(
      (target) => rehearser.rehearse({ url: urlOf(target) }).verdict.verdict !== 'allow',
    );
    expect(refused).toEqual([]);
  });

  for (const [name, start] of [
    ['nginx', startNginx],
    ['apache2', startApache],
  ] as const) {
    const { missing, install } = program(name);
    describe.skipIf(missing)(`a real ${name}${missing ? ` (${install})` : ''}`, () => {
      let oracle: Oracle;
      beforeAll(async () => {
        oracle = await start(adminPaths);
      });
      afterAll(() => oracle.stop());

      it('is taken to an admin page by no request that any layer lets pass', async () => {
        const targets = [...curated, ...mixed].filter((target) => !isPublic(target));
        const holes = [];
        let taken = 0;
        for (const target of targets) {
          if (!(await oracle.takesAsAdmin(target))) continue;
          taken += 1;
          const layers = letPass(target);
          if (layers.length > 0) holes.push(`${target}: ${layers.join(', ')}`);
        }
        expect(holes).toEqual([]);
        // The oracle must have been fooled often enough to mean something.
        expect(taken).toBeGreaterThan(targets.length / 5);
      });

      it('takes no ordinary request for an admin page', async () => {
        for (const target of [...ordinaryTargets.any, ...ordinaryTargets[preset]]) {
          if (isPublic(target) || target.includes('お')) continue;
          expect(await oracle.takesAsAdmin(target), target).toBe(false);
        }
      });
    });
  }
});
