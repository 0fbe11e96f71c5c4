import { describe, expect, it } from 'vitest';
import { PatchRefused } from '../../../lib/environment/patching/patch-refused.ts';
import { release } from '../../../lib/environment/patching/release.ts';
import { type WatchSettings, watch } from '../../../lib/environment/patching/watch.ts';
import { KillableShop, settings, type Temper } from './support/killable-shop.ts';

const released = `sha256:${'0d'.repeat(32)}`;
const candidate = `sha256:${'a1'.repeat(32)}`;
/** What the next run builds. */
const following = `sha256:${'b2'.repeat(32)}`;

const releasing = (digest: string) => (tools: Parameters<typeof release>[2]) =>
  release(digest, settings, tools);

/** Every call of a release. That it ends before one is that it ends after the one before. */
async function callsOf(tempers: Record<string, Temper>): Promise<number[]> {
  const shop = new KillableShop(released, tempers);
  await shop.run(releasing(candidate));
  return Array.from({ length: shop.calls }, (_, call) => call);
}

/** What must hold at any moment: the next deploy runs what the parameter names. */
function expectProven(shop: KillableShop, tempers: Record<string, Temper>): void {
  const named = String(shop.parameter);
  expect(named === released || tempers[named] === 'works').toBe(true);
  if (named !== released) expect(shop.tags).toContain(`released ${named}`);
}

const watching: WatchSettings = {
  ...settings,
  pipeline: 'shop-patching',
  patchGroup: 'shop',
  runtime: 'nodejs24.x',
  signalUrl: '',
};

describe('a release whose process ends after any of its calls', () => {
  it.each<[Temper, string]>([
    ['works', candidate],
    ['shows errors', released],
    ['does not start', released],
  ])('with an image that %s ends as an undisturbed one when it is run again', async (temper, runs) => {
    const tempers = { [candidate]: temper };
    const calls = await callsOf(tempers);
    expect(calls.length).toBeGreaterThan(20);
    for (const call of calls) {
      const shop = new KillableShop(released, tempers);
      expect(await shop.run(releasing(candidate), call)).toBe('killed');
      expectProven(shop, tempers);
      const ended = await shop.run(releasing(candidate));
      const where = `call ${call}: ${String(ended)}`;
      if (temper === 'works') expect(ended, where).toBeUndefined();
      else expect(ended, where).toBeInstanceOf(PatchRefused);
      expect([shop.running, shop.parameter], where).toEqual([runs, runs]);
      expect(shop.tags, where).toEqual([
        `released ${released}`,
        `passed ${candidate}`,
        ...(temper === 'works' ? [`released ${candidate}`] : []),
      ]);
    }
  });

  it.each<[Temper, Temper]>([
    ['shows errors', 'works'],
    ['shows errors', 'shows errors'],
    ['shows errors', 'does not start'],
    ['works', 'does not start'],
  ])(
    'with an image that %s, and is followed by one that %s, leaves the shop on one that was proven',
    async (temper, next) => {
      const tempers = { [candidate]: temper, [following]: next };
      for (const call of await callsOf(tempers)) {
        const shop = new KillableShop(released, tempers);
        await shop.run(releasing(candidate), call);
        const named = shop.parameter;
        await shop.run(releasing(following));
        const runs = next === 'works' ? following : named;
        expect([shop.running, shop.parameter], `call ${call}`).toEqual([runs, runs]);
      }
    },
  );

  it('is followed by another run, once the watch sees that the service runs what was not named', async () => {
    const tempers: Record<string, Temper> = { [candidate]: 'works' };
    const started = new Set<number>();
    for (const call of await callsOf(tempers)) {
      const shop = new KillableShop(released, tempers);
      await shop.run(releasing(candidate), call);
      const differs = shop.running !== shop.parameter;
      await shop.run((tools) =>
        watch({ 'detail-type': 'Scheduled Event' }, watching, { ...tools, measure: () => {} }),
      );
      expect(shop.runs, `call ${call}`).toBe(differs ? 1 : 0);
      started.add(shop.runs);
    }
    expect([...started].sort()).toEqual([0, 1]);
  });
});
