import { capacityOf } from '../../environment/perimeter/capacity.ts';
import type { Rule } from '../../environment/perimeter/statements.ts';
import { isObject } from './template-file.ts';

/** Capacity units of rules as a template writes them; undefined where somebody else's rules are not known. */
export function unitsOf(rules: readonly unknown[]): number | undefined {
  try {
    const byRule = capacityOf(rules.map((rule) => inCamelCase(rule) as Rule));
    return [...byRule.values()].reduce((sum, units) => sum + units, 0);
  } catch {
    return undefined;
  }
}

/** `ByteMatchStatement` of a template is `byteMatchStatement` in the CDK. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      inCamelCase(inner),
    ]),
  );
}
