import { at, list, map, numeric, text, type Value, type ValueMap } from '../../model/values.ts';
import type { Keeps } from './differences.ts';

/** A further rule of a web ACL may refuse, or count; one that allows ends the evaluation. */
export const rulesBesides: Keeps = (promised, found) =>
  promised === undefined &&
  at(found, 'Action', 'Allow') === undefined &&
  (at(found, 'Action') !== undefined || at(found, 'OverrideAction') !== undefined);

/** Rules of a web ACL whose order is as promised keep the numbers that were promised. */
export function keepingPriorities(before: ValueMap, after: ValueMap): ValueMap {
  const promised = new Map(
    list(before.Rules).map((rule) => [text(at(rule, 'Name')), numeric(at(rule, 'Priority')) ?? 0]),
  );
  const found = list(after.Rules).filter((rule) => promised.has(text(at(rule, 'Name'))));
  const placeOf = (rule: Value) => numeric(at(rule, 'Priority')) ?? Number.NaN;
  if (found.some((rule) => Number.isNaN(placeOf(rule)))) return after;
  const order = found.toSorted((one, other) => placeOf(one) - placeOf(other));
  const numbers = order.map((rule) => promised.get(text(at(rule, 'Name'))) ?? 0);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) return after;
  const Rules = list(after.Rules).map((rule) => {
    const Priority = promised.get(text(at(rule, 'Name')));
    return Priority === undefined ? rule : { ...map(rule), Priority };
  });
  return { ...after, Rules };
}

/** A blocked name is answered with nothing, whether it is said not to exist or to have no address. */
export const answersNothing: Keeps = (_, found) => ['NXDOMAIN', 'NODATA'].includes(text(found) ?? '');

/** Rules of a managed group that block, whatever they did before. */
export const blockingOverrides: Keeps = (promised, found) =>
  list(promised).length === 0 &&
  list(found).length > 0 &&
  list(found).every((each) => at(each, 'ActionToUse', 'Block') !== undefined);

/** Of what it blocks a rule of the DNS firewall says less than the query asked; one that warns ends the evaluation, and lets out. */
export const blocksBesides: Keeps = (promised, found) =>
  promised === undefined &&
  text(at(found, 'Action')) === 'BLOCK' &&
  text(at(found, 'BlockResponse')) !== 'OVERRIDE';

/** A filter of a web ACL's log that drops no request. */
export const keepsAll: Keeps = (_, found) =>
  (text(at(found, 'DefaultBehavior')) ?? 'KEEP') === 'KEEP' &&
  list(at(found, 'Filters')).every((each) => text(at(each, 'Behavior')) === 'KEEP');

/** A log that keeps a header of visitors back; what was asked for stays legible. */
export const hidesHeaders: Keeps = (promised, found) =>
  promised === undefined &&
  list(at(found, 'DataProtections') ?? found).every((each) =>
    ['SINGLE_COOKIE', 'SINGLE_HEADER'].includes(text(at(each, 'Field', 'FieldType')) ?? ''),
  );

/** Errors that CloudFront answers as they are, and keeps no longer than it does anyway: ten seconds. */
export const plainErrors: Keeps = (promised, found) =>
  promised === undefined &&
  list(found).every(
    (each) =>
      at(each, 'ResponseCode') === undefined &&
      at(each, 'ResponsePagePath') === undefined &&
      (numeric(at(each, 'ErrorCachingMinTTL')) ?? 10) <= 10,
  );
