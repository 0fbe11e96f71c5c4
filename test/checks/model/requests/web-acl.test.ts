import { describe, expect, it } from 'vitest';
import { parseRequest, type RequestInput } from '../../../../lib/checks/model/requests/request.ts';
import { type AclAnswer, answerOfWebAcl } from '../../../../lib/checks/model/requests/web-acl.ts';
import { EnvironmentGraph } from '../../../../lib/checks/model/templates.ts';

const asWritten = [{ Priority: 0, Type: 'NONE' }];
const block = { Block: { CustomResponse: { ResponseCode: 403 } } };

/** What a web ACL of the given rules answers. */
function answerOf(
  rules: readonly object[],
  request: Partial<RequestInput> = {},
  defaultAction = {},
  properties: object = {},
): AclAnswer {
  const graph = new EnvironmentGraph([
    {
      name: 'stack',
      template: {
        Resources: {
          Acl: {
            Type: 'AWS::WAFv2::WebACL',
            Properties: {
              ...properties,
              DefaultAction: defaultAction,
              Rules: rules.map((rule, index) => ({ Name: `rule-${index}`, Priority: index, ...rule })),
            },
          },
          Patterns: {
            Type: 'AWS::WAFv2::RegexPatternSet',
            Properties: { RegularExpressionList: ['^/a', '^/b$'] },
          },
        },
      },
    },
  ]);
  const acl = graph.get('stack', 'Acl');
  if (!acl) throw new Error('no web ACL');
  return answerOfWebAcl(graph, acl, parseRequest({ url: 'https://shop.example.jp/', ...request }));
}

/** Whether a blocking rule of this statement blocks the request; "maybe" when only AWS knows. */
function matches(statement: object, request: Partial<RequestInput> = {}): boolean | 'maybe' {
  const { outcome, maybe, managed } = answerOf([{ Statement: statement, Action: block }], request);
  if (maybe.length + managed.length > 0) return 'maybe';
  return outcome.action === 'block';
}

const url = (target: string) => ({ url: `https://shop.example.jp${target}` });
const path = { UriPath: {} };

const byteMatch = (PositionalConstraint: string, SearchString: string, FieldToMatch: object = path) => ({
  ByteMatchStatement: { PositionalConstraint, SearchString, FieldToMatch, TextTransformations: asWritten },
});
const regexMatch = (RegexString: string, FieldToMatch: object = path, TextTransformations = asWritten) => ({
  RegexMatchStatement: { RegexString, FieldToMatch, TextTransformations },
});
const sizeOf = (FieldToMatch: object, ComparisonOperator: string, Size: number) => ({
  SizeConstraintStatement: { FieldToMatch, ComparisonOperator, Size, TextTransformations: asWritten },
});
const always = sizeOf(path, 'GT', 0);
const never = sizeOf(path, 'LT', 0);
const onlyAwsKnows = { GeoMatchStatement: { CountryCodes: ['JP'] } };

describe('a string match', () => {
  it.each([
    ['EXACTLY', '/cart', '/cart', true],
    ['EXACTLY', '/cart', '/cart/', false],
    ['EXACTLY', '/cart', '/Cart', false],
    ['STARTS_WITH', '/cart', '/cart/x', true],
    ['STARTS_WITH', '/cart', '/x/cart', false],
    ['ENDS_WITH', '.php', '/a.php', true],
    ['ENDS_WITH', '.php', '/a.php/', false],
    ['CONTAINS', 'min', '/admin', true],
    ['CONTAINS', 'min', '/cart', false],
    ['CONTAINS_WORD', 'admin', '/wp-admin/', true],
    ['CONTAINS_WORD', 'admin', '/badmin/admins/_admin', false],
    ['CONTAINS_WORD', 'admin', '/admins/admin', true],
  ])('%s "%s" on %s: %s', (constraint, search, target, expected) => {
    expect(matches(byteMatch(constraint, search), url(target))).toBe(expected);
  });

  it('reads a search text given in base64', () => {
    const { ByteMatchStatement } = byteMatch('EXACTLY', '');
    const statement = { ...ByteMatchStatement, SearchString: undefined, SearchStringBase64: 'L2NhcnQ=' };
    expect(matches({ ByteMatchStatement: statement }, url('/cart'))).toBe(true);
  });
});

describe('a request component', () => {
  it('is the path up to the first question mark, as it is written', () => {
    expect(matches(byteMatch('EXACTLY', '/%41//..'), url('/%41//..?a?b'))).toBe(true);
  });

  it('is a query string, absent without a question mark', () => {
    const field = { QueryString: {} };
    expect(matches(byteMatch('EXACTLY', 'a=1?b', field), url('/?a=1?b'))).toBe(true);
    expect(matches(sizeOf(field, 'GE', 0), url('/'))).toBe(false);
  });

  it('is a header, whatever the case of its name', () => {
    const field = { SingleHeader: { Name: 'x-original-url' } };
    expect(matches(sizeOf(field, 'GE', 0), { headers: { 'X-Original-URL': '' } })).toBe(true);
    expect(matches(sizeOf(field, 'GE', 0))).toBe(false);
  });

  it('is the names of all headers, their values, or both, of the chosen ones', () => {
    const sent = { headers: { 'X-Path': '/a', Cookie: '/b' } };
    const has = (text: string, MatchScope: string, MatchPattern: object = { All: {} }) =>
      matches(byteMatch('EXACTLY', text, { Headers: { MatchScope, MatchPattern } }), sent);
    expect([has('x-path', 'KEY'), has('x-path', 'VALUE'), has('x-path', 'ALL')]).toEqual([true, false, true]);
    expect([has('/a', 'KEY'), has('/a', 'VALUE'), has('/a', 'ALL')]).toEqual([false, true, true]);
    expect(has('/b', 'VALUE', { ExcludedHeaders: ['cookie'] })).toBe(false);
    expect(has('/a', 'VALUE', { IncludedHeaders: ['cookie'] })).toBe(false);
    expect(has('/b', 'VALUE', { IncludedHeaders: ['Cookie'] })).toBe(true);
  });

  it('is one query argument, any of its values', () => {
    const field = { SingleQueryArgument: { Name: 'user' } };
    expect(matches(byteMatch('EXACTLY', '2', field), url('/?User=1&USER=2'))).toBe(true);
    expect(matches(byteMatch('EXACTLY', '2', field), url('/?other=2'))).toBe(false);
  });

  it('is any query argument, the method, or a body that a rehearsed request does not have', () => {
    expect(matches(byteMatch('EXACTLY', '2', { AllQueryArguments: {} }), url('/?a=1&b=2'))).toBe(true);
    expect(matches(byteMatch('EXACTLY', 'POST', { Method: {} }), { method: 'POST' })).toBe(true);
    expect(matches(regexMatch('.*', { Body: {} }))).toBe(false);
  });

  it('may be one that cannot be rehearsed', () => {
    expect(matches(regexMatch('.*', { JA3Fingerprint: {} }))).toBe('maybe');
  });

  it('is transformed in the order of priorities', () => {
    const decodedThenLower = [
      { Priority: 5, Type: 'LOWERCASE' },
      { Priority: 1, Type: 'URL_DECODE' },
    ];
    expect(matches(regexMatch('^/w$', path, decodedThenLower), url('/%57'))).toBe(true);
  });

  it('may need a transformation that cannot be rehearsed', () => {
    expect(matches(regexMatch('x', path, [{ Priority: 0, Type: 'MD5' }]))).toBe('maybe');
  });
});

describe('a regular expression', () => {
  it('is searched anywhere in the component', () => {
    expect(matches(regexMatch('in$'), url('/admin'))).toBe(true);
  });

  it('may ignore case by its own flag', () => {
    expect(matches(regexMatch('(?i)ADMIN'), url('/admin'))).toBe(true);
  });

  it('may be one that cannot be read here', () => {
    expect(matches(regexMatch('(?>a)'))).toBe('maybe');
  });

  it('may be any of a set', () => {
    const set = (Arn: object) => ({
      RegexPatternSetReferenceStatement: { Arn, FieldToMatch: path, TextTransformations: asWritten },
    });
    const reference = { 'Fn::GetAtt': ['Patterns', 'Arn'] };
    expect(matches(set(reference), url('/ax'))).toBe(true);
    expect(matches(set(reference), url('/bx'))).toBe(false);
    expect(matches(set({ Ref: 'Elsewhere' }), url('/ax'))).toBe('maybe');
  });
});

describe('a size constraint', () => {
  it.each([
    ['EQ', 5, true],
    ['EQ', 4, false],
    ['NE', 4, true],
    ['LE', 5, true],
    ['LT', 5, false],
    ['GE', 5, true],
    ['GT', 5, false],
  ])('%s %i on five bytes: %s', (operator, size, expected) => {
    expect(matches(sizeOf(path, operator, size), url('/cart'))).toBe(expected);
  });

  it('counts bytes, not letters', () => {
    expect(matches(sizeOf(path, 'EQ', 4), url('/あ'))).toBe(true);
  });
});

describe('logic', () => {
  const and = (...Statements: object[]) => ({ AndStatement: { Statements } });
  const or = (...Statements: object[]) => ({ OrStatement: { Statements } });
  const not = (Statement: object) => ({ NotStatement: { Statement } });

  it.each([
    ['and, both', and(always, always), true],
    ['and, one', and(always, never), false],
    ['and, one unknown', and(always, onlyAwsKnows), 'maybe'],
    ['and, refuted whatever AWS knows', and(never, onlyAwsKnows), false],
    ['or, one', or(never, always), true],
    ['or, none', or(never, never), false],
    ['or, one unknown', or(never, onlyAwsKnows), 'maybe'],
    ['or, proved whatever AWS knows', or(always, onlyAwsKnows), true],
    ['not', not(never), true],
    ['not not', not(not(never)), false],
    ['not unknown', not(onlyAwsKnows), 'maybe'],
  ])('%s', (_name, statement, expected) => {
    expect(matches(statement)).toBe(expected);
  });
});

describe('what only AWS knows', () => {
  const managed = { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } };

  it('a managed rule group is named as one that may block', () => {
    const { outcome, managed: groups } = answerOf([
      { Name: 'core', Statement: managed, OverrideAction: { None: {} } },
    ]);
    expect(groups).toEqual(['core (AWSManagedRulesCommonRuleSet)']);
    expect(outcome.action).toBe('allow');
  });

  it('a counting rule group is not', () => {
    expect(answerOf([{ Statement: managed, OverrideAction: { Count: {} } }]).managed).toEqual([]);
  });

  it('nor is one whose scope leaves the request out', () => {
    const scoped = { ...managed.ManagedRuleGroupStatement, ScopeDownStatement: never };
    expect(answerOf([{ Statement: { ManagedRuleGroupStatement: scoped } }]).managed).toEqual([]);
  });

  it('a rate rule is named with its limit, when its scope holds the request', () => {
    const rate = (ScopeDownStatement: object) => ({
      RateBasedStatement: { Limit: 50, AggregateKeyType: 'IP', EvaluationWindowSec: 300, ScopeDownStatement },
    });
    const rule = (scope: object) => [
      { Name: 'rate-login', Statement: rate(scope), Action: { Challenge: {} } },
    ];
    expect(answerOf(rule(always)).maybe).toEqual([
      'rate rule "rate-login" may challenge above 50 requests per address in 5 minutes',
    ]);
    expect(answerOf(rule(never)).maybe).toEqual([]);
  });

  it('address sets and countries may match', () => {
    expect(matches({ IPSetReferenceStatement: { Arn: 'x' } })).toBe('maybe');
    expect(matches(onlyAwsKnows)).toBe('maybe');
  });
});

describe('rules', () => {
  const allow = { Statement: always, Action: { Allow: {} } };
  const deny = { Statement: always, Action: block };

  it('are asked in the order of priorities, and the first that ends decides', () => {
    expect(answerOf([{ ...allow, Priority: 9 }, deny]).outcome).toMatchObject({
      action: 'block',
      rule: 'rule-1',
    });
    expect(answerOf([allow, deny]).outcome).toEqual({ action: 'allow', rule: 'rule-0' });
  });

  it('that count do not end', () => {
    expect(answerOf([{ Statement: always, Action: { Count: {} } }, deny]).outcome).toMatchObject({
      rule: 'rule-1',
    });
  });

  it.each([
    [{ Block: {} }, 'block', 403],
    [{ Block: { CustomResponse: { ResponseCode: 429 } } }, 'block', 429],
    [{ Captcha: {} }, 'challenge', 405],
    [{ Challenge: {} }, 'challenge', 202],
  ])('answer by their action: %j', (Action, action, status) => {
    expect(answerOf([{ Statement: always, Action }]).outcome).toMatchObject({ action, status });
  });

  it('leave the rest to the default action', () => {
    expect(answerOf([]).outcome).toEqual({ action: 'allow', rule: 'default action' });
    expect(answerOf([], {}, { Block: {} }).outcome).toMatchObject({ action: 'block', status: 403 });
  });

  it('hand labels on', () => {
    const labelled = { Statement: always, Action: { Count: {} }, RuleLabels: [{ Name: 'seen' }] };
    const label = (Key: string, Scope = 'LABEL') => ({
      Statement: { LabelMatchStatement: { Scope, Key } },
      Action: block,
    });
    expect(answerOf([labelled, label('seen')]).outcome.action).toBe('block');
    expect(answerOf([labelled, label('other')]).outcome.action).toBe('allow');
    expect(answerOf([labelled, label('se', 'NAMESPACE')]).outcome.action).toBe('block');
    expect(answerOf([label('awswaf:managed:aws:core-rule-set:SizeRestrictions_Body')]).maybe).toHaveLength(1);
  });
});

describe('the body of a request', () => {
  const post = (body?: string) => ({ method: 'POST', body });
  const body = (OversizeHandling: string) => ({ Body: { OversizeHandling } });
  const contains = (word: string, handling = 'CONTINUE') => regexMatch(word, body(handling));

  it('is looked at as it was given', () => {
    expect(matches(contains('^a=b$'), post('a=b'))).toBe(true);
    expect(matches(contains('c'), post('a=b'))).toBe(false);
    expect(matches(contains('.*'), post(''))).toBe(false);
  });

  it('is not known when a POST comes without one, and is none for GET', () => {
    expect(matches(contains('a'), post())).toBe('maybe');
    expect(matches(contains('a'), { method: 'DELETE' })).toBe('maybe');
    expect(matches(contains('a'), { method: 'GET' })).toBe(false);
  });

  const sizes: readonly [scope: string, limit: string | undefined, bytes: number][] = [
    ['REGIONAL', undefined, 8 * 1024],
    ['REGIONAL', 'KB_64', 8 * 1024],
    ['CLOUDFRONT', undefined, 16 * 1024],
    ['CLOUDFRONT', 'KB_32', 32 * 1024],
    ['CLOUDFRONT', 'KB_64', 64 * 1024],
  ];

  it.each(sizes)('%s with the limit %s sees %i bytes of it', (Scope, limit, bytes) => {
    const AssociationConfig = limit && {
      RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: limit } },
    };
    const blocked = (handling: string, padding: number) => {
      const rules = [{ Statement: contains('needle', handling), Action: block }];
      const request = post(`${'x'.repeat(padding)}needle`);
      return answerOf(rules, request, {}, { Scope, AssociationConfig }).outcome.action === 'block';
    };
    const last = bytes - 'needle'.length;
    expect(blocked('CONTINUE', last)).toBe(true);
    expect(blocked('CONTINUE', last + 1)).toBe(false);
    expect(blocked('MATCH', last + 1)).toBe(true);
    expect(blocked('NO_MATCH', last + 1)).toBe(false);
    expect(blocked('NO_MATCH', last)).toBe(true);
  });

  it('as JSON is taken apart into keys and values', () => {
    const json = (MatchScope: string, InvalidFallbackBehavior?: string) => ({
      JsonBody: { MatchPattern: { All: {} }, MatchScope, InvalidFallbackBehavior },
    });
    const request = post('{"path":[{"to":"\\u0061dmin"}]}');
    expect(matches(regexMatch('^admin$', json('VALUE')), request)).toBe(true);
    expect(matches(regexMatch('^to$', json('VALUE')), request)).toBe(false);
    expect(matches(regexMatch('^to$', json('KEY')), request)).toBe(true);
    expect(matches(regexMatch('^(to|admin)$', json('ALL')), request)).toBe(true);
    expect(matches(regexMatch('a=b', json('ALL')), post('a=b'))).toBe('maybe');
    expect(matches(regexMatch('a=b', json('ALL', 'EVALUATE_AS_STRING')), post('a=b'))).toBe(true);
    expect(matches(regexMatch('c', json('ALL', 'MATCH')), post('a=b'))).toBe(true);
    expect(matches(regexMatch('a=b', json('ALL', 'NO_MATCH')), post('a=b'))).toBe(false);
    const within = { JsonBody: { MatchPattern: { IncludedPaths: ['/a'] }, MatchScope: 'ALL' } };
    expect(matches(regexMatch('x', within), request)).toBe('maybe');
  });
});

describe('cookies', () => {
  const cookies = (MatchScope: string, MatchPattern: object) => ({ Cookies: { MatchScope, MatchPattern } });
  const request = { headers: { Cookie: 'session=abc; basket=two' } };

  it('are looked at by name and value', () => {
    expect(matches(regexMatch('^abc$', cookies('VALUE', { All: {} })), request)).toBe(true);
    expect(matches(regexMatch('^basket$', cookies('KEY', { All: {} })), request)).toBe(true);
    expect(matches(regexMatch('^two$', cookies('ALL', { IncludedCookies: ['session'] })), request)).toBe(
      false,
    );
    expect(matches(regexMatch('^abc$', cookies('ALL', { ExcludedCookies: ['session'] })), request)).toBe(
      false,
    );
  });
});

describe('limits', () => {
  const rate = (CustomKeys: readonly object[] = [], ScopeDownStatement?: object, Action: object = block) => ({
    Action,
    Statement: {
      RateBasedStatement: {
        Limit: 20,
        AggregateKeyType: CustomKeys.length > 0 ? 'CUSTOM_KEYS' : 'IP',
        CustomKeys,
        ScopeDownStatement,
      },
    },
  });
  const limitsOf = (limit: object, request: Partial<RequestInput> = {}) =>
    answerOf([limit], request).limits.map(({ rule }) => rule);
  const named = { Name: 'x', TextTransformations: asWritten };

  it('are those whose statement lets the request in', () => {
    expect(limitsOf(rate())).toEqual(['rule-0']);
    expect(limitsOf(rate([], always))).toEqual(['rule-0']);
    expect(limitsOf(rate([], never))).toEqual([]);
  });

  it('may be those that look at a body nobody gave', () => {
    const forms = regexMatch('password', { Body: {} });
    expect(answerOf([rate([], forms)], { method: 'POST' }).limits).toEqual([
      { rule: 'rule-0', counts: 'maybe' },
    ]);
    expect(limitsOf(rate([], forms), { method: 'POST', body: 'a=b' })).toEqual([]);
  });

  it('are not those that only count', () => {
    expect(limitsOf(rate([], undefined, { Count: {} }))).toEqual([]);
  });

  const keys: readonly [key: object, lacking: Partial<RequestInput>, having: Partial<RequestInput>][] = [
    [{ Header: named }, {}, { headers: { X: 'a' } }],
    [{ Cookie: named }, { headers: { Cookie: 'y=1' } }, { headers: { Cookie: 'y=1; x=2' } }],
    [{ QueryArgument: named }, url('/?y=1'), url('/?X=1')],
    [{ QueryString: { TextTransformations: asWritten } }, url('/'), url('/?a')],
  ];

  it.each(keys)('leave out a request without the key %j', (key, lacking, having) => {
    expect(limitsOf(rate([{ IP: {} }, key]), lacking)).toEqual([]);
    expect(limitsOf(rate([{ IP: {} }, key]), having)).toEqual(['rule-0']);
  });

  it('take every request for a TLS fingerprint whose fallback matches, and name the keys', () => {
    const rule = rate([{ IP: {} }, { JA4Fingerprint: { FallbackBehavior: 'MATCH' } }]);
    expect(answerOf([rule]).maybe).toEqual([
      'rate rule "rule-0" may block above 20 requests per address and TLS fingerprint in 5 minutes',
    ]);
  });

  it('look at labels that earlier rules left, or may have left', () => {
    const label = (statement: object) => ({
      Statement: statement,
      Action: { Count: {} },
      RuleLabels: [{ Name: 'attempt:login' }],
    });
    const limited = rate([], { LabelMatchStatement: { Scope: 'LABEL', Key: 'attempt:login' } });
    const of = (statement: object, request: Partial<RequestInput> = {}) =>
      answerOf([label(statement), limited], request).limits.map(({ rule }) => rule);
    expect(of(always)).toEqual(['rule-1']);
    expect(of(never)).toEqual([]);
    const forms = regexMatch('password', { Body: {} });
    expect(of(forms, { method: 'POST' })).toEqual(['rule-1']);
    expect(of(forms, { method: 'POST', body: 'password=x' })).toEqual(['rule-1']);
    expect(of(forms, { method: 'POST', body: 'a=b' })).toEqual([]);
  });
});
