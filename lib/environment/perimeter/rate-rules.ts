import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Environment, Platform } from '../../config/index.ts';
import { type Attempt, attemptLabel, attemptRules, changes } from './attempts.ts';
import { pathsBelow } from './paths-below.ts';
import { allOf, anyOf, labelled, matches, type Statement, type UnorderedRule } from './statements.ts';

/** Seconds in which requests are counted. */
const window = 300;
/** An office or a phone carrier shows many shoppers under one address. */
const shoppersPerAddress = 5;

/** The answer to who asks too often: plain enough for a person, and a status that scripts understand. */
export const tooManyRequests = 'too-many-requests';
export const responseBodies = {
  [tooManyRequests]: {
    contentType: 'TEXT_PLAIN',
    content:
      'Too many attempts. Please wait five minutes and try again.\n試行回数が多すぎます。5分ほど待ってから、もう一度お試しください。\n',
  },
};

const refuse: wafv2.CfnWebACL.RuleActionProperty = {
  block: {
    customResponse: {
      responseCode: 429,
      customResponseBodyKey: tooManyRequests,
      responseHeaders: [{ name: 'Retry-After', value: String(window) }],
    },
  },
};

/** How often one visitor may ask: for anything, for changes, and for what is worth trying often. */
export function rateRules({ waf }: Environment, platform: Platform): UnorderedRule[] {
  const { all, ...limits } = waf.rateLimits;
  // A limit above the one over everything would never decide.
  const atMostAll = (limit: number) => Math.min(limit, all);
  const labels = attemptRules(platform);
  const limitsOn = (attempt: Attempt, name: string, limit: number): UnorderedRule[] =>
    labels.some((label) => label.name === `tries-${attempt}`)
      ? [
          rule(`rate-${name}`, perShopper(atMostAll(limit), labelled(attemptLabel(attempt))), refuse),
          // The address cannot be forged, the rest of what a shopper is known by can.
          rule(
            `rate-${name}-address`,
            perAddress(atMostAll(limit * shoppersPerAddress), labelled(attemptLabel(attempt))),
            refuse,
          ),
        ]
      : [];
  const pages = pathsBelow([...platform.loginPaths, ...platform.checkoutPaths]);
  return [
    ...labels,
    rule('rate-all', perAddress(all), refuse),
    rule('rate-changes', perAddress(atMostAll(limits.changes), changes), refuse),
    ...limitsOn('login', 'login', limits.login),
    ...limitsOn('card', 'checkout', limits.checkout),
    // A challenge is solved by a browser unseen, but only where it asks for a page; a script that fetches the form
    // anew for each attempt fails it.
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-best-practices.html
    ...(pages.length > 0
      ? [
          rule('rate-pages', perAddress(atMostAll(limits.pages), allOf([asksForPage, anyOf(pages)])), {
            challenge: {},
          }),
        ]
      : []),
  ];
}

const asksForPage = allOf([
  matches({ method: {} }, '^GET$'),
  matches({ singleHeader: { Name: 'accept' } }, '(?i)text/html'),
]);

function perAddress(limit: number, scopeDownStatement?: Statement): Statement {
  return {
    rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: window, scopeDownStatement },
  };
}

/** By address and by what the TLS handshake tells of the device; a request without one counts with its like. */
function perShopper(limit: number, scopeDownStatement: Statement): Statement {
  return {
    rateBasedStatement: {
      limit,
      aggregateKeyType: 'CUSTOM_KEYS',
      customKeys: [{ ip: {} }, { ja4Fingerprint: { fallbackBehavior: 'MATCH' } }],
      evaluationWindowSec: window,
      scopeDownStatement,
    },
  };
}

function rule(name: string, statement: Statement, action: wafv2.CfnWebACL.RuleActionProperty): UnorderedRule {
  return { name, statement, action };
}
