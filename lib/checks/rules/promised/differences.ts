import { isFalse, isMap, list, map, numeric, type Value, type ValueMap } from '../../model/values.ts';

/** A guarded value that is not what was promised. One side is undefined when the other has no counterpart. */
export interface Difference {
  readonly path: string;
  readonly promised: Value | undefined;
  readonly found: Value | undefined;
}

/** Whether what was found instead is as good as what was promised. */
export type Keeps = (promised: Value | undefined, found: Value | undefined) => boolean;

/** The way to judge a property, by its path without positions in lists; undefined for one that must stay as it is. */
export type Judge = (path: string) => Keeps | undefined;

/** Lists in which the order says something; of all others AWS makes sets. Actions of a stage have their order in `RunOrder`. */
const sequences =
  /(?:^|\.)(?:Stages|(?<!Stages\.)Actions|CacheBehaviors|Command|EntryPoint|commands|DefaultActions)$/;

/** What tells the members of a list apart, where AWS gives them names. */
const identities = ['Key', 'Name', 'Sid', 'Id', 'RuleName', 'HeaderName', 'Header', 'ParameterKey'] as const;

/**
 * Every difference between two values with resolved references, as AWS would see one: text and numbers, one value and
 * a list of one, and JSON as text or as it is, are the same; so are lists in another order.
 */
export function differences(
  promised: Value | undefined,
  found: Value | undefined,
  judge: Judge,
  path = '',
  shown = path,
): Difference[] {
  if (promised === found || same(promised, found, path)) return [];
  const keeps = judge(path);
  if (keeps?.(promised, found)) return [];
  if (promised === undefined && saysNothing(found, path)) return [];
  if (found === undefined && saysNothing(promised, path)) return [];
  const [left, right] = blocks(opened(promised), opened(found));
  if (isMap(left) && isMap(right)) {
    return keysOf(left, right).flatMap((key) =>
      differences(left[key], right[key], judge, joined(path, key), joined(shown, key)),
    );
  }
  if (left !== undefined && right !== undefined && (Array.isArray(left) || Array.isArray(right))) {
    return inLists(list(left), list(right), judge, path, shown);
  }
  return [{ path: shown, promised, found }];
}

/** Switches that are on when nobody says so: off is then something else than nothing. */
const onByDefault =
  /(?:^|\.)(?:ActionsEnabled|AutoMinorVersionUpgrade|Compress|DeleteAutomatedBackups|DisconnectOnSessionTimeout|Enabled|EnableDnsSupport|Essential|HealthCheckEnabled|IncludeGlobalServiceEvents|IncludeManagementEvents|IPV6Enabled|IsLogging|PollForSourceChanges|PubliclyAccessible|RequireEachIncludedType|ReturnData|RotateImmediatelyOnUpdate|SigningEnabled|SourceDestCheck)$/;
/** Where an empty list is one that nothing is in, such as a pattern that matches no event. */
const matching = /(?:^|\.)(?:EventPattern|FilterPolicy|Conditions?|\w*Statement)(?:\.|$)/;

/** Whether a value says what AWS does anyway, so that it may be written down or left out. */
export function saysNothing(value: Value | undefined, path: string): boolean {
  const isEmpty = isFalse(value) || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty && !onByDefault.test(path) && !matching.test(path);
}

/** What stands on one side only is compared part by part: some of the parts may say nothing. */
function blocks(left: Value | undefined, right: Value | undefined): readonly (Value | undefined)[] {
  const hasParts = (value: Value | undefined) => isMap(value) && Object.keys(value).length > 0;
  if (left === undefined && hasParts(right)) return [{}, right];
  return right === undefined && hasParts(left) ? [left, {}] : [left, right];
}

function inLists(
  promised: readonly Value[],
  found: readonly Value[],
  judge: Judge,
  path: string,
  shown: string,
): Difference[] {
  const identity = identities.find((key) => namesAll(promised, key) && namesAll(found, key));
  const left = [...promised];
  const right = [...found];
  const pairs: [Value, Value][] = [];
  const pair = (matches: (one: Value, other: Value) => boolean) => {
    for (const one of [...left]) {
      const other = right.find((each) => matches(one, each));
      if (other === undefined) continue;
      left.splice(left.indexOf(one), 1);
      right.splice(right.indexOf(other), 1);
      pairs.push([one, other]);
    }
  };
  if (identity) pair((one, other) => same(nameOf(one, identity), nameOf(other, identity)));
  else pair(same);
  // Changed members: each with the one that differs least, so that what is named is what changed.
  const pairable = !identity || left.length === right.length;
  while (pairable && left.length > 0 && right.length > 0) pairs.push(likest(left, right, judge, path));
  const within = pairs.flatMap(([one, other]) => {
    const name = identity ? `[${String(nameOf(one, identity))}]` : '';
    return differences(one, other, judge, path, shown + name);
  });
  const moved =
    within.length + left.length + right.length === 0 &&
    sequences.test(path) &&
    !sameOrder(pairs, promised, found)
      ? [{ path: `${shown} (order)`, promised, found }]
      : [];
  const keepsMember = judge(`${path}[]`);
  const lost = left.map((one) => ({ path: shown, promised: one, found: undefined }));
  const more = right.map((other) => ({ path: shown, promised: undefined, found: other }));
  return [
    ...within,
    ...moved,
    ...[...lost, ...more].filter((each) => !keepsMember?.(each.promised, each.found)),
  ];
}

/** Takes the two members of two lists that differ least out of them. */
function likest(left: Value[], right: Value[], judge: Judge, path: string): [Value, Value] {
  let best: { readonly one: number; readonly other: number; readonly count: number } | undefined;
  for (const [one, promised] of left.entries()) {
    for (const [other, found] of right.entries()) {
      const count = differences(promised, found, judge, path).length;
      if (!best || count < best.count) best = { one, other, count };
      if (count === 0) break;
    }
  }
  return [left.splice(best?.one ?? 0, 1)[0] as Value, right.splice(best?.other ?? 0, 1)[0] as Value];
}

function sameOrder(pairs: [Value, Value][], promised: readonly Value[], found: readonly Value[]): boolean {
  const positions = pairs
    .map(([one, other]) => [promised.indexOf(one), found.indexOf(other)] as const)
    .sort(([a], [b]) => a - b)
    .map(([, position]) => position);
  return positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? -1));
}

function namesAll(values: readonly Value[], key: string): boolean {
  return values.every(isMap) && new Set(values.map((each) => nameOf(each, key))).size === values.length
    ? values.every((each) => nameOf(each, key) !== undefined)
    : false;
}

const nameOf = (value: Value, key: string) => (isMap(value) ? value[key] : undefined);

const joined = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function keysOf(left: ValueMap, right: ValueMap): string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])];
}

/**
 * Whether two values are the same to AWS.
 * @param path of a list, whose order may say something
 */
export function same(left: Value | undefined, right: Value | undefined, path = ''): boolean {
  return canonical(left, path) === canonical(right, path);
}

function canonical(value: Value | undefined, key = ''): string {
  const open = opened(value);
  if (Array.isArray(open)) {
    const members = open.map((each) => canonical(each));
    if (!sequences.test(key)) members.sort();
    return members.length === 1 ? String(members[0]) : `[${members.join()}]`;
  }
  if (isMap(open)) {
    const entries = Object.entries(open).filter(([, each]) => each !== undefined && each !== null);
    return `{${entries
      .map(([name, each]) => `${name}:${canonical(each, name)}`)
      .sort()
      .join()}}`;
  }
  const number = numeric(open as Value | undefined);
  return JSON.stringify(number === undefined ? String(open ?? '') : String(number));
}

/**
 * A value as what it says: JSON inside text, such as a build's steps or the settings of a function, is opened, and a
 * list of keys with their values is a map.
 */
function opened(value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return asMap(value) ?? value;
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function asMap(members: readonly Value[]): ValueMap | undefined {
  const entries = members.flatMap((each): [string, Value][] => {
    const { Key, Name = Key, Value: value, ...others } = map(each);
    return typeof Name === 'string' && value !== undefined && Object.keys(others).length === 0
      ? [[Name, value]]
      : [];
  });
  const distinct = new Set(entries.map(([name]) => name)).size;
  return members.length > 0 && distinct === members.length ? Object.fromEntries(entries) : undefined;
}
