import { describe, expect, it } from 'vitest';
import { answerOfListener } from '../../../../lib/checks/model/requests/load-balancer.ts';
import { parseRequest, type RequestInput } from '../../../../lib/checks/model/requests/request.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';

const forward = [{ Type: 'forward', TargetGroupArn: 'x' }];
const refuse = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }];

function answerOf(rules: readonly object[], request: Partial<RequestInput> = {}, defaultActions = refuse) {
  const graph = new EnvironmentGraph([
    {
      name: 'stack',
      template: {
        Resources: {
          Listener: {
            Type: 'AWS::ElasticLoadBalancingV2::Listener',
            Properties: { DefaultActions: defaultActions },
          },
          ...Object.fromEntries(
            rules.map((rule, index) => [
              `Rule${index}`,
              {
                Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
                Properties: { ListenerArn: { Ref: 'Listener' }, Priority: index + 1, ...rule },
              },
            ]),
          ),
        },
      },
    },
  ]);
  const listener = graph.get('stack', 'Listener');
  if (!listener) throw new Error('no listener');
  return answerOfListener(graph, listener, parseRequest({ url: 'https://shop.example.jp/', ...request }));
}

/** Whether a forwarding rule of these conditions takes the request. */
function holds(conditions: readonly object[], request: Partial<RequestInput> = {}): boolean {
  return answerOf([{ Conditions: conditions, Actions: forward }], request).action === 'forward';
}

const url = (target: string) => ({ url: `https://shop.example.jp${target}` });

describe('a listener condition', () => {
  const path = (config: object) => [{ Field: 'path-pattern', PathPatternConfig: config }];

  it.each([
    ['/cart', '/cart', true],
    ['/cart', '/Cart', false],
    ['/cart', '/cart/', false],
    ['/cart*', '/cart/x', true],
    ['/c?rt', '/cart', true],
    ['/c?rt', '/crt', false],
    ['/a.b', '/axb', false],
  ])('on the path, %s, takes %s: %s', (pattern, target, expected) => {
    expect(holds(path({ Values: [pattern] }), url(target))).toBe(expected);
  });

  it('on the path sees neither decoding nor the query', () => {
    expect(holds(path({ Values: ['/cart'] }), url('/%63art'))).toBe(false);
    expect(holds(path({ Values: ['/cart'] }), url('/cart?x'))).toBe(true);
  });

  it('on the path may be a regular expression, one of several', () => {
    expect(holds(path({ RegexValues: ['^/x$', '^/[cC]art$'] }), url('/Cart'))).toBe(true);
  });

  it('on the host ignores case and port', () => {
    const host = (pattern: string) => [{ Field: 'host-header', HostHeaderConfig: { Values: [pattern] } }];
    const asked = { headers: { Host: 'WWW.Shop.example.jp:443' } };
    expect(holds(host('www.shop.example.jp'), asked)).toBe(true);
    expect(holds(host('*.example.jp'), asked)).toBe(true);
    expect(holds(host('shop.example.jp'), asked)).toBe(false);
  });

  it('on a header wants the header', () => {
    const header = [
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Rewrite-URL', Values: ['*'] } },
    ];
    expect(holds(header, { headers: { 'x-rewrite-url': '' } })).toBe(true);
    expect(holds(header)).toBe(false);
  });

  it('on the query takes any parameter, or one by its key', () => {
    const query = (value: object) => [{ Field: 'query-string', QueryStringConfig: { Values: [value] } }];
    expect(holds(query({ Key: 'Route', Value: '/a*' }), url('/?x=1&route=/A/b'))).toBe(true);
    expect(holds(query({ Key: 'route', Value: '*' }), url('/?x=route'))).toBe(false);
    expect(holds(query({ Value: 'route' }), url('/?x=route'))).toBe(true);
  });

  it('on the method is exact', () => {
    const method = [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } }];
    expect(holds(method, { method: 'POST' })).toBe(true);
    expect(holds(method, { method: 'GET' })).toBe(false);
  });

  it('needs all the others of its rule', () => {
    expect(holds([...path({ Values: ['/a'] }), ...path({ Values: ['/b'] })], url('/a'))).toBe(false);
  });

  it('of another kind is refused rather than guessed', () => {
    expect(() => holds([{ Field: 'source-ip' }])).toThrow(
      'found a listener condition on "source-ip", which a request alone does not tell',
    );
  });
});

describe('listener rules', () => {
  it('are asked by priority, and the default action answers the rest', () => {
    const first = { Priority: 9, Conditions: [], Actions: forward };
    const second = { Priority: 2, Conditions: [], Actions: refuse };
    expect(answerOf([first, second])).toMatchObject({
      action: 'respond',
      rule: 'rule 2 "Rule1"',
      source: { logicalId: 'Rule1' },
      status: 403,
    });
    expect(answerOf([])).toMatchObject({
      action: 'respond',
      rule: 'default action',
      source: { logicalId: 'Listener' },
      status: 403,
    });
  });

  it('that end in an action of another kind are refused rather than guessed', () => {
    const signIn = { Conditions: [], Actions: [{ Type: 'authenticate-cognito' }] };
    expect(() => answerOf([signIn])).toThrow(
      'listener rule 1 "Rule0": found an action of type "authenticate-cognito"',
    );
  });

  it('may redirect', () => {
    const redirect = [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301' } }];
    expect(answerOf([{ Conditions: [], Actions: redirect }])).toMatchObject({
      action: 'redirect',
      status: 301,
    });
  });
});
