import { hasUnknown, isMap, list, numeric, tokenSource, type Value } from '../../../checks/model/values.ts';

/** What is wrong with a value, after the words "has" or "its": undefined when nothing is. */
export type Check = (value: Value) => string | undefined;

/** What only AWS knows, and a pseudo parameter that nobody told: both stay open. */
const open = new RegExp(`${tokenSource}|\\$\\{AWS::\\w+\\}`, 'g');
const isOpen = (text: string) => text.search(open) >= 0;

/** Text in which what only AWS knows is one letter: the least it can be. */
export function shortest(value: Value): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(open, 'x') : undefined;
}

/** Text of a known length. @param pattern of which it must be, said in words */
export function words(least: number, most: number, pattern?: RegExp, of?: string): Check {
  return (value) => {
    const written = shortest(value);
    if (written === undefined) return undefined;
    const { length } = [...written];
    if (length > most) return `${length} characters, at most ${most}`;
    if (length < least && !isOpen(String(value))) return `${length} characters, at least ${least}`;
    return pattern && !pattern.test(written) ? `"${written.slice(0, 80)}", where AWS takes ${of}` : undefined;
  };
}

export function range(least: number, most: number, step?: number): Check {
  return (value) => {
    const number = numeric(value);
    if (number === undefined) return undefined;
    if (number < least || number > most) return `${number}, where AWS takes ${least} to ${most}`;
    return step && number % step !== 0 ? `${number}, where AWS takes multiples of ${step}` : undefined;
  };
}

export function oneOf(...values: readonly (string | number)[]): Check {
  return (value) => {
    if ((typeof value !== 'string' && typeof value !== 'number') || isOpen(String(value))) return undefined;
    if (values.map(String).includes(String(value))) return undefined;
    return `${value}, where AWS takes ${values.slice(0, 30).join(', ')}`;
  };
}

/** A list, or the entries of an object. */
export function members(most: number, least = 0): Check {
  return (value) => {
    if (hasUnknown(value)) return undefined;
    const { length } = isMap(value) ? Object.keys(value) : list(value);
    if (length > most) return `${length} members, at most ${most}`;
    return length < least ? `${length} members, at least ${least}` : undefined;
  };
}

/** Every value at a path; `*` is each member of a list, and a list at the end stays one. */
export function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): Value[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  if (step === '*') return list(value).flatMap((member) => valuesAt(member, rest));
  return isMap(value) && Object.hasOwn(value, step) ? valuesAt(value[step], rest) : [];
}
