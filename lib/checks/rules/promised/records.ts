import { at, isFalse, isMap, list, numeric, text, type Value } from '../../model/values.ts';
import { type Keeps, same } from './differences.ts';

/** Event selectors that record every call that manages something, and whatever was promised of data, or more. */
export const recordsAll: Keeps = (promised, found) => {
  const whole = list(found).filter((each) => ['All', undefined].includes(text(at(each, 'ReadWriteType'))));
  const recorded = dataOf(whole);
  return (
    whole.some(
      (each) =>
        !isFalse(at(each, 'IncludeManagementEvents')) &&
        list(at(each, 'ExcludeManagementEventSources')).length === 0,
    ) &&
    dataOf(list(promised)).every(({ type, below }) =>
      recorded.some((each) => each.type === type && each.below !== '' && below.startsWith(each.below)),
    )
  );
};

/** What selectors record of data: everything whose ARN begins with one of these. */
function dataOf(selectors: readonly Value[]): readonly { readonly type: string; readonly below: string }[] {
  return selectors
    .flatMap((selector) => list(at(selector, 'DataResources')))
    .flatMap((data) =>
      list(at(data, 'Values')).map((value) => ({
        type: text(at(data, 'Type')) ?? '',
        below: text(value) ?? '',
      })),
    );
}

/** Selectors beside which every call that manages something is recorded: none narrows the kind any further. */
export const managementBesides: Keeps = (promised, found) =>
  promised === undefined &&
  list(found).some((selector) => {
    const fields = list(at(selector, 'FieldSelectors'));
    return (
      fields.length === 1 &&
      text(at(fields[0], 'Field')) === 'eventCategory' &&
      list(at(fields[0], 'Equals')).includes('Management')
    );
  });

/** A log of a network's traffic in which no field of AWS's own format is missing. */
export const everyField: Keeps = (promised, found) => {
  const [one, other] = [promised ?? usualFields, found ?? usualFields].map((value) =>
    (text(value) ?? '').split(/\s+/),
  );
  return (one ?? []).every((field) => other?.includes(field));
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const usualFields =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
    .split(' ')
    .map((field) => `\${${field}}`)
    .join(' ');

/** A pattern that hears what was promised, and perhaps more: no key besides, no value gone. */
export const hearsAsMuch: Keeps = (promised, found) => {
  if (isMap(promised) && isMap(found)) {
    return Object.entries(found).every(
      ([key, expected]) => promised[key] !== undefined && hearsAsMuch(promised[key], expected),
    );
  }
  if (isMap(promised) || isMap(found)) return false;
  return list(promised).every((each) =>
    list(found).some((other) => same(each, other) || covers(other, each)),
  );
};

/** Whether an operator matches whatever a value or another operator does, as far as it is easily told. */
function covers(operator: Value, value: Value): boolean {
  const prefix = text(at(operator, 'prefix'));
  if (prefix !== undefined) {
    const beginning = typeof value === 'string' ? value : text(at(value, 'prefix'));
    return beginning?.startsWith(prefix) === true;
  }
  const ignoringCase = text(at(operator, 'equals-ignore-case'));
  if (ignoringCase !== undefined) return text(value)?.toLowerCase() === ignoringCase.toLowerCase();
  if (at(operator, 'exists') === true) return at(value, 'exists') !== false;
  const [sign, bound] = list(at(operator, 'numeric'));
  const [other, against] = list(at(value, 'numeric'));
  const one = numeric(bound);
  const two = numeric(against);
  return (
    one !== undefined &&
    two !== undefined &&
    list(at(operator, 'numeric')).length === 2 &&
    (sign === '>=' || sign === '>') &&
    (other === '>=' || other === '>') &&
    one <= two &&
    (one < two || sign === '>=' || other === '>')
  );
}

/** Other words around what an event says: every value and every document that the text named. */
export const sameFacts: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) =>
    (text(value) ?? '').match(/<[\w-]+>|docs\/[\w/.-]+\w/g),
  );
  return (one ?? []).length > 0 && (one ?? []).every((fact) => other?.includes(fact));
};
