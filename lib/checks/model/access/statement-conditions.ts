import { hasUnknown, map, type ValueMap } from '../values.ts';
import type { Answer } from './answers.ts';
import { globMatches } from './patterns.ts';
import { texts } from './policies.ts';

/**
 * Whether the condition of a statement can be met over TLS by a principal.
 * @param principalArns spellings of the principal's ARN; none for a caller outside the templates
 */
export function conditionsMet(conditions: ValueMap, principalArns: readonly string[]): Answer {
  let answer: Answer = 'yes';
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, written] of Object.entries(map(keys))) {
      const met = clauseMet(operator, key, texts(written), principalArns);
      if (met === 'no') return 'no';
      if (met === 'unknown') answer = 'unknown';
    }
  }
  return answer;
}

function clauseMet(
  operator: string,
  key: string,
  values: readonly string[],
  principalArns: readonly string[],
): Answer {
  const lower = key.toLowerCase();
  if (lower === 'aws:securetransport') return values.includes('true') ? 'yes' : 'no';
  if (lower !== 'aws:principalarn' || values.some(hasUnknown)) return 'unknown';
  const found = principalArns.some((arn) => values.some((value) => globMatches(value, arn)));
  if (/^(ForAnyValue:|ForAllValues:)?(String|Arn)(Equals|Like)(IfExists)?$/.test(operator))
    return found ? 'yes' : 'no';
  if (/^(ForAnyValue:|ForAllValues:)?(String|Arn)Not(Equals|Like)(IfExists)?$/.test(operator)) {
    return found ? 'no' : 'yes';
  }
  return 'unknown';
}
