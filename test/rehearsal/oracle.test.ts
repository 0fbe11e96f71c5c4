import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnvironmentGraph } from '../../lib/checks/model/templates.ts';
import { answerOfListener } from '../../lib/rehearsal/load-balancer.ts';
import { parseRequest, parseTarget } from '../../lib/rehearsal/request.ts';
import { answerOfWebAcl } from '../../lib/rehearsal/web-acl.ts';
import { program } from '../support/programs.ts';
import { rehearserOf, shopWith, synthesizeWay } from './fixture.ts';
import { type Oracle, startApache, startNginx } from './servers.ts';
import { mixedSpelling, ordinaryTargets, spellingsOf } from './spellings.ts';

const samples = 400;
const fullWidth = /[\uff01-\uff5e]|%uff|%ef%bc|%ef%bd/i;

describe.each(['woocommerce', 'ec-cube'] as const)('%s', (preset) => {
  const shop = shopWith({ preset });
  const { adminPaths, publicPaths } = shop.platform;
  const way = synthesizeWay(shop);
  const rehearser = rehearserOf(way);
  const graph = new EnvironmentGraph(way.templates);
  const [edge, regional] = ['CLOUDFRONT', 'REGIONAL'].map((scope) =>
    graph.ofType('AWS::WAFv2::WebACL').find(({ properties }) => properties.Scope === scope),
  );
  const listener = graph
    .ofType('AWS::ElasticLoadBalancingV2::Listener')
    .find(({ properties }) => properties.Port === 443);

  const urlOf = (target: string) => (target.startsWith('/') ? `https://shop.example.jp${target}` : target);
  const isPublic = (target: string) => publicPaths.includes(target.replace(/\?.*$/s, ''));

  /** Each wall for itself, so that neither leans on the other. */
  function wallsThatLetPass(target: string): string[] {
    // As the request line has it, whether or not a URL could be written that way.
    const request = { ...parseRequest({ url: urlOf('/') }), ...parseTarget(target) };
    if (!edge || !regional || !listener) throw new Error('the templates lack a wall');
    const passed = [];
    if (answerOfWebAcl(graph, edge, request).outcome.action !== 'block') passed.push('edge web ACL');
    if (answerOfWebAcl(graph, regional, request).outcome.action !== 'block') passed.push('regional web ACL');
    if (answerOfListener(graph, listener, request).action !== 'respond') passed.push('public listener');
    return passed;
  }

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
      // A load balancer matches visible ASCII only, and leaves other bytes to the web ACL before it.
      .filter((target) => !isPublic(target) && !fullWidth.test(target))
      .map((target) => [target, wallsThatLetPass(target)] as const)
      .filter(([, walls]) => walls.length > 0);
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

      it('is taken to an admin page by no request that any wall lets pass', async () => {
        const targets = [...curated, ...mixed].filter((target) => !isPublic(target));
        const holes = [];
        let taken = 0;
        for (const target of targets) {
          if (!(await oracle.takesAsAdmin(target))) continue;
          taken += 1;
          const walls = wallsThatLetPass(target);
          if (walls.length > 0) holes.push(`${target}: ${walls.join(', ')}`);
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
