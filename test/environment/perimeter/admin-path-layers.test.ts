import { describe, expect, it } from 'vitest';
import {
  type BrokenResource,
  broken,
  customPlatform,
  type Layer,
  layers,
  layersThatLetPass,
  rehearserOf,
  shopWith,
  synthesizeWay,
} from '../../review/rehearsal/fixture.ts';
import { isBeyondAscii, spellingsOf } from '../../review/rehearsal/spellings.ts';

const way = synthesizeWay(shopWith({ preset: 'ec-cube' }));

function mustRefuse(layer: Layer, target: string): boolean {
  return layer !== 'public listener' || !isBeyondAscii(target);
}

type Resources = Record<string, BrokenResource>;

/** The spellings of /admin that at least one of the given layers lets pass. */
function holesIn(environment: typeof way, ...asked: readonly Layer[]): string[] {
  const letPass = layersThatLetPass(environment);
  return spellingsOf('/admin').filter((target) =>
    letPass(target).some((layer) => asked.includes(layer) && mustRefuse(layer, target)),
  );
}

function each(resources: Resources, type: string): BrokenResource[] {
  return Object.values(resources).filter((resource) => resource.Type === type);
}

function ruleOf(resources: Resources, scope: string, name: string) {
  const acl = each(resources, 'AWS::WAFv2::WebACL').find(({ Properties }) => Properties.Scope === scope);
  return acl?.Properties.Rules.find((rule: { Name: string }) => rule.Name === name);
}

/** The part of the rule that asks for the pattern set, whatever stands beside it. */
function patternsIn({ Statement }: BrokenResource['Properties']): { TextTransformations: object[] } {
  const [first] = Statement.OrStatement.Statements;
  return first.RegexPatternSetReferenceStatement;
}

describe('every admin path answers 403 however it is written (ADM1)', () => {
  it('at the edge, at the web ACL of the load balancer, and at its public listener', () => {
    expect(holesIn(way, ...layers)).toEqual([]);
  });

  it('for admin paths of a shop of its own making too', () => {
    const letPass = layersThatLetPass(synthesizeWay(shopWith(customPlatform)));
    const holes = ['/staff/back.office', '/admin']
      .flatMap(spellingsOf)
      .filter((target) => letPass(target).some((layer) => mustRefuse(layer, target)));
    expect(holes).toEqual([]);
  });

  it('with a suffix for a format, or behind folders without a letter in their names', () => {
    const verdictOf = (url: string) => rehearserOf(way).rehearse({ url }).verdict.verdict;
    for (const target of [
      '/admin.json',
      '/admin.xml/orders',
      '/admin%20HTTP/1.1',
      '/.../admin',
      '/%20/admin/',
    ]) {
      expect([target, verdictOf(target)]).toEqual([target, 'block']);
    }
    for (const target of [
      '/admins',
      '/admin_mug',
      '/admin-gifts',
      '/blog/admin',
      '/img/admin.png',
      '/日本/admin',
    ]) {
      expect([target, verdictOf(target)]).toEqual([target, 'allow']);
    }
  });

  it('except the public paths, in exactly one spelling', () => {
    const rehearser = rehearserOf(synthesizeWay(shopWith(customPlatform)));
    const verdictOf = (url: string) => rehearser.rehearse({ url }).verdict.verdict;
    expect(verdictOf('/admin/status')).toBe('allow');
    expect(verdictOf('/admin/status?x=1')).toBe('allow');
    for (const spelling of [
      '/admin/status/',
      '/Admin/status',
      '/admin//status',
      '/admin/status;x',
      '/admin/statu%73',
    ]) {
      expect([spelling, verdictOf(spelling)]).toEqual([spelling, 'block']);
    }
  });

  const mutations: readonly [what: string, layer: Layer, breakIt: (resources: Resources) => void][] = [
    [
      'the edge rule only counts',
      'edge web ACL',
      (resources) => {
        const rule = ruleOf(resources, 'CLOUDFRONT', 'admin-paths');
        if (rule) rule.Action = { Count: {} };
      },
    ],
    [
      'the edge lets doubtful spellings pass to a rule that reads the path as written',
      'edge web ACL',
      (resources) => {
        const deceptive = ruleOf(resources, 'CLOUDFRONT', 'deceptive-path');
        const admin = ruleOf(resources, 'CLOUDFRONT', 'admin-paths');
        if (!deceptive) return;
        deceptive.Action = { Count: {} };
        patternsIn(admin).TextTransformations = [{ Priority: 0, Type: 'NONE' }];
      },
    ],
    [
      'an earlier rule allows',
      'edge web ACL',
      (resources) => {
        const rule = ruleOf(resources, 'CLOUDFRONT', 'deceptive-path');
        if (rule) rule.Action = { Allow: {} };
      },
    ],
    [
      'the pattern forgets a path',
      'edge web ACL',
      (resources) => {
        for (const { Properties } of each(resources, 'AWS::WAFv2::RegexPatternSet')) {
          if (Properties.Scope === 'CLOUDFRONT') Properties.RegularExpressionList = ['^/install'];
        }
      },
    ],
    [
      'the rule on the load balancer is gone',
      'regional web ACL',
      (resources) => {
        const rule = ruleOf(resources, 'REGIONAL', 'admin-paths');
        if (rule) rule.Action = { Count: {} };
      },
    ],
    [
      'a listener rule is gone',
      'public listener',
      (resources) => {
        for (const [id] of Object.entries(resources))
          if (id.includes('RefuseAdminPaths')) delete resources[id];
      },
    ],
    [
      'the listener lets doubtful spellings pass',
      'public listener',
      (resources) => {
        for (const [id] of Object.entries(resources))
          if (id.includes('RefuseDeceptive')) delete resources[id];
      },
    ],
    [
      'the listener forwards before it refuses',
      'public listener',
      (resources) => {
        for (const [id, { Properties }] of Object.entries(resources)) {
          if (/PublicShop1/.test(id)) Properties.Priority = 0;
        }
      },
    ],
  ];

  it.each(mutations)('is seen to break when %s', (_what, layer, breakIt) => {
    const others = layers.filter((other) => other !== layer);
    const mutated = broken(way, breakIt);
    expect(holesIn(mutated, layer)).not.toEqual([]);
    expect(holesIn(mutated, ...others)).toEqual([]);
  });
});

describe('the admin rule alone, without the rule on spelling', () => {
  const alone = (forget?: number) =>
    broken(way, (resources) => {
      const deceptive = ruleOf(resources, 'CLOUDFRONT', 'deceptive-path');
      if (!deceptive) return;
      deceptive.Action = { Count: {} };
      const match = patternsIn(ruleOf(resources, 'CLOUDFRONT', 'admin-paths'));
      if (forget !== undefined) match.TextTransformations.splice(forget, 1);
    });
  const decodable = [
    '/ADMIN',
    '/%61dmin',
    '/%2561dmin',
    '/x/../admin',
    '/x\\..\\admin',
    '//./admin',
    '/%u0061dmin',
    '/ａdmin',
    '/%EF%BD%81dmin/',
    '/index.php/admin',
  ];
  const passedBy = (environment: typeof way) =>
    decodable.filter((target) => layersThatLetPass(environment)(target).includes('edge web ACL'));

  it('reads every one of its misspellings', () => {
    expect(passedBy(alone())).toEqual([]);
  });

  it.each([
    ['URL_DECODE_UNI', 0],
    ['UTF8_TO_UNICODE', 1],
    ['URL_DECODE_UNI, the second', 2],
    ['NORMALIZE_PATH_WIN', 3],
    ['LOWERCASE', 4],
  ])('needs its transformation %s', (_type, index) => {
    expect(passedBy(alone(index))).not.toEqual([]);
  });
});

describe('the one way in from the Internet has a web ACL that blocks (NET2)', () => {
  const decidesAtEdge = (environment: typeof way) =>
    rehearserOf(environment).rehearse({ url: '/admin' }).verdict.by.startsWith('edge web ACL');

  it('before CloudFront', () => {
    expect(decidesAtEdge(way)).toBe(true);
  });

  it.each<[string, (resources: Resources) => void]>([
    [
      'the distribution names none',
      (resources) => {
        for (const { Properties } of each(resources, 'AWS::CloudFront::Distribution')) {
          delete Properties.DistributionConfig.WebACLId;
        }
      },
    ],
    [
      'it only counts',
      (resources) => {
        for (const { Properties } of each(resources, 'AWS::WAFv2::WebACL')) {
          for (const rule of Properties.Rules) if (rule.Action) rule.Action = { Count: {} };
        }
      },
    ],
  ])('and it is seen when %s', (_what, breakIt) => {
    expect(decidesAtEdge(broken(way, breakIt))).toBe(false);
  });

  it('and a foreign Host header is refused by the default action of the listener, and seen when it forwards', () => {
    const direct = (environment: typeof way) =>
      rehearserOf(environment).rehearse({ url: 'https://d1.cloudfront.net/' }).verdict.verdict;
    expect(direct(way)).toBe('block');
    const open = broken(way, (resources) => {
      for (const { Properties } of each(resources, 'AWS::ElasticLoadBalancingV2::Listener')) {
        Properties.DefaultActions = [{ Type: 'forward' }];
      }
    });
    expect(direct(open)).toBe('allow');
  });
});
