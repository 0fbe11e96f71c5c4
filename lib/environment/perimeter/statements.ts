import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';

export type Rule = wafv2.CfnWebACL.RuleProperty;
/** A rule before it has its place among the others, and its metric. */
export type UnorderedRule = Omit<Rule, 'priority' | 'visibilityConfig'>;
export type Statement = wafv2.CfnWebACL.StatementProperty;

/** The text transformation that changes nothing; AWS WAF wants one. */
export const asWritten = [{ priority: 0, type: 'NONE' }];

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

/** Whether a pattern is found in a part of the request as it was written. */
export function matches(fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty, regexString: string): Statement {
  return { regexMatchStatement: { fieldToMatch, regexString, textTransformations: asWritten } };
}

export function pathMatches(regexString: string): Statement {
  return matches({ uriPath: {} }, regexString);
}

export function block(responseCode: number): wafv2.CfnWebACL.RuleActionProperty {
  return { block: { customResponse: { responseCode } } };
}

export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
