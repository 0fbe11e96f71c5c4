import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, list, map, numeric, text, type Value, type ValueMap } from '../../model/values.ts';
import { type Keeps, same } from './differences.ts';

/** A further rule of a web ACL may refuse, or count; one that allows ends the evaluation. */
export const rulesBesides: Keeps = (promised, found) =>
  promised === undefined &&
  at(found, 'Action', 'Allow') === undefined &&
  (at(found, 'Action') !== undefined || at(found, 'OverrideAction') !== undefined);

/** Rules of a web ACL whose order is as promised keep the numbers that were promised. */
export function keepingPriorities(before: ValueMap, after: ValueMap): ValueMap {
  const promised = new Map(list(before.Rules).map((rule) => [text(at(rule, 'Name')), at(rule, 'Priority')]));
  const found = list(after.Rules).flatMap((rule) => {
    const name = text(at(rule, 'Name'));
    return promised.has(name) ? [[promised.get(name), at(rule, 'Priority')] as const] : [];
  });
  if (!isSameOrder(found)) return after;
  const Rules = list(after.Rules).map((rule) => {
    const Priority = promised.get(text(at(rule, 'Name')));
    return Priority === undefined ? rule : { ...map(rule), Priority };
  });
  return { ...after, Rules };
}

/** Whether what stood in one order by its promised numbers stands in the same by those found. */
function isSameOrder(numbers: readonly (readonly [Value | undefined, Value | undefined])[]): boolean {
  const places = numbers.map(([promised, found]) => [numeric(promised), numeric(found)] as const);
  const ordered = places.toSorted(([, one = 0], [, other = 0]) => one - other);
  return (
    places.every(([promised, found]) => promised !== undefined && found !== undefined) &&
    ordered.every(([promised = 0, found = 0], index) => {
      const [promisedBefore = -1, foundBefore = -1] = ordered[index - 1] ?? [];
      return promised > promisedBefore && (index === 0 || found > foundBefore);
    })
  );
}

/** The rule of a listener with the number that was promised, where all of its rules stand in the promised order. */
export function keepingPriority(before: ValueMap, after: ValueMap, graph: EnvironmentGraph): ValueMap {
  const beside = graph.promises.ofTypes(listenerRules).flatMap(({ stack, name, promised }) => {
    const { ListenerArn, Priority } = map(promised.Properties as Value);
    const found = graph.get(stack, name)?.properties.Priority;
    const isOfListener = same(graph.resolveIn(stack, { ListenerArn }), { ListenerArn: before.ListenerArn });
    return found !== undefined && isOfListener ? [[Priority, found] as const] : [];
  });
  return isSameOrder(beside) ? { ...after, Priority: before.Priority } : after;
}

const listenerRules = new Set(['AWS::ElasticLoadBalancingV2::ListenerRule']);

/** A blocked name is answered with nothing, whether it is said not to exist or to have no address. */
export const answersNothing: Keeps = (_, found) => ['NXDOMAIN', 'NODATA'].includes(text(found) ?? '');

/** Rules of a managed group that block, or do what AWS made them for: none does less than count. */
export const blockingOverrides: Keeps = (promised, found) =>
  list(promised).every((each) => at(each, 'ActionToUse', 'Count') !== undefined) &&
  list(found).every((each) => at(each, 'ActionToUse', 'Block') !== undefined);

/** A rule that counted, and blocks. */
export const blocksInstead: Keeps = (promised, found) =>
  at(promised, 'Count') !== undefined && at(found, 'Block') !== undefined;

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
