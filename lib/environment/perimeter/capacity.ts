import type { Rule, Statement } from './statements.ts';

/** Above this, every further 500 units cost about 0.20 USD per million requests. */
export const includedCapacity = 1500;
/** What every shop's rules may need: one step of the price, for limits that cannot be walked around. */
export const foreseenCapacity = 2000;
/** AWS WAF refuses a web ACL above this. */
export const maximumCapacity = 5000;

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const managedGroupCapacity: Readonly<Record<string, number>> = {
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesWordPressRuleSet: 100,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
};

/** @returns capacity units by rule name */
export function capacityOf(rules: readonly Rule[]): Map<string, number> {
  return new Map(rules.map((rule) => [rule.name, statementCapacity(rule.statement as Resolved<Statement>)]));
}

/**
 * What AWS WAF will count for a statement, from the developer guide's page of each statement type. AWS may count a
 * transformation shared by several rules only once, so the real figure can be lower, never higher.
 */
function statementCapacity(statement: Resolved<Statement>): number {
  const { andStatement, orStatement, notStatement, rateBasedStatement, managedRuleGroupStatement } =
    statement;
  if (andStatement) return sum(andStatement.statements);
  if (orStatement) return sum(orStatement.statements);
  if (notStatement) return statementCapacity(notStatement.statement);
  if (rateBasedStatement) {
    const { scopeDownStatement, customKeys = [] } = rateBasedStatement;
    return 2 + 30 * customKeys.length + (scopeDownStatement ? statementCapacity(scopeDownStatement) : 0);
  }
  if (managedRuleGroupStatement) {
    const { name, scopeDownStatement } = managedRuleGroupStatement;
    const units = managedGroupCapacity[name];
    if (units === undefined)
      throw new Error(`The capacity of the managed rule group "${name}" is not known here`);
    return units + (scopeDownStatement ? statementCapacity(scopeDownStatement) : 0);
  }

  const {
    byteMatchStatement,
    regexMatchStatement,
    regexPatternSetReferenceStatement,
    sizeConstraintStatement,
  } = statement;
  if (byteMatchStatement) {
    const searches = byteMatchStatement.positionalConstraint.startsWith('CONTAINS');
    return (searches ? 10 : 2) + transformations(byteMatchStatement);
  }
  if (regexMatchStatement) return 3 + transformations(regexMatchStatement);
  if (regexPatternSetReferenceStatement) return 25 + transformations(regexPatternSetReferenceStatement);
  if (sizeConstraintStatement) return 1 + transformations(sizeConstraintStatement);
  if (statement.geoMatchStatement || statement.labelMatchStatement || statement.ipSetReferenceStatement)
    return 1;
  throw new Error(`The capacity of this statement is not known here: ${Object.keys(statement).join(', ')}`);
}

function sum(statements: readonly Resolved<Statement>[]): number {
  return statements.reduce((units, statement) => units + statementCapacity(statement), 0);
}

function transformations(match: { textTransformations: readonly { type: string }[] }): number {
  return 10 * match.textTransformations.filter(({ type }) => type !== 'NONE').length;
}

/** The rules are built here, not resolved from tokens: their parts are the plain objects the types also allow. */
type Resolved<T> = T extends (infer Item)[]
  ? Resolved<Item>[]
  : T extends { resolve: unknown }
    ? never
    : T extends object
      ? { [Key in keyof T]: Resolved<T[Key]> }
      : T;
