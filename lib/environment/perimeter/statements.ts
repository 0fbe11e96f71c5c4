import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { maxPatternLength } from './spelling.ts';

export type Rule = wafv2.CfnWebACL.RuleProperty;
/** A rule before it has its place among the others, and its metric. */
export type UnorderedRule = Omit<Rule, 'priority' | 'visibilityConfig'>;
export type Statement = wafv2.CfnWebACL.StatementProperty;

/** The text transformation that changes nothing; AWS WAF wants one. */
export const asWritten = [{ priority: 0, type: 'NONE' }];
/** As programs read a query or a posted form. */
export const urlDecoded = [{ priority: 0, type: 'URL_DECODE' }];
/** As programs read the texts of a JSON document, where any letter may stand as `\\u0061`. */
export const jsonDecoded = [{ priority: 0, type: 'JS_DECODE' }];

export const query = { queryString: {} };
/** What counts as a match when the body is larger than AWS WAF looks at. */
export const body = (oversizeHandling: 'CONTINUE' | 'MATCH' | 'NO_MATCH') => ({ body: { oversizeHandling } });

export function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}

/** AWS WAF refuses an AND or OR of a single statement. */
export function allOf(statements: readonly Statement[]): Statement {
  const [first, ...others] = statements;
  if (first && others.length === 0) return first;
  return { andStatement: { statements: [...statements] } };
}

export function anyOf(statements: readonly Statement[]): Statement {
  const [first, ...others] = statements;
  if (first && others.length === 0) return first;
  return { orStatement: { statements: [...statements] } };
}

/** Whether a pattern is found in a part of the request, by default as it was written. */
export function matches(
  fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty,
  regexString: string,
  textTransformations: { priority: number; type: string }[] = asWritten,
): Statement {
  return {
    regexMatchStatement: { fieldToMatch, regexString: shortEnough(regexString), textTransformations },
  };
}

/** Our own patterns have to be short enough, whatever a config says. */
export function shortEnough(pattern: string): string {
  if (pattern.length > maxPatternLength)
    throw new Error(`AWS WAF takes ${maxPatternLength} characters, not ${pattern.length}: ${pattern}`);
  return pattern;
}

export function larger(fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty, size: number): Statement {
  return {
    sizeConstraintStatement: {
      fieldToMatch,
      comparisonOperator: 'GT',
      size,
      textTransformations: asWritten,
    },
  };
}

export function pathMatches(regexString: string): Statement {
  return matches({ uriPath: {} }, regexString);
}

export function labelled(key: string): Statement {
  return { labelMatchStatement: { scope: 'LABEL', key } };
}

export function block(responseCode: number): wafv2.CfnWebACL.RuleActionProperty {
  return { block: { customResponse: { responseCode } } };
}

export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
