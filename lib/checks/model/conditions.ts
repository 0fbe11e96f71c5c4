import { asWritten, hasUnknown, isMap, type Value } from './values.ts';

/** What a condition of a template refers to. */
export interface ConditionScope {
  /** Another condition, by its name; undefined when it cannot be decided. */
  readonly condition: (name: string) => boolean | undefined;
  /** A value as text; undefined when it depends on what only a deploy knows, such as the account. */
  readonly textOf: (written: unknown) => string | undefined;
}

const deepest = 100;

/**
 * @returns undefined when the condition depends on something only a deploy knows
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */
export function evaluateCondition(written: unknown, scope: ConditionScope, depth = 0): boolean | undefined {
  if (!isMap(written) || depth > deepest) return undefined;
  const [name, argument] = Object.entries(written)[0] ?? [];
  const parts: readonly Value[] = Array.isArray(argument) ? argument : [];
  const values = () => parts.map((part) => evaluateCondition(part, scope, depth + 1));
  switch (name) {
    case 'Condition':
      return scope.condition(asWritten(argument));
    case 'Fn::Not': {
      const [value] = values();
      return value === undefined ? undefined : !value;
    }
    case 'Fn::And':
      return values().includes(false) ? false : values().includes(undefined) ? undefined : true;
    case 'Fn::Or':
      return values().includes(true) ? true : values().includes(undefined) ? undefined : false;
    case 'Fn::Equals': {
      const [left, right] = parts.map(scope.textOf);
      if (left === undefined || right === undefined || hasUnknown(left) || hasUnknown(right))
        return undefined;
      return left === right;
    }
    default:
      return undefined;
  }
}
