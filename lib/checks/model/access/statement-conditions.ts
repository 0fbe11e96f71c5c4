import type { EnvironmentGraph } from '../templates.ts';
import { hasUnknown, map, type ValueMap } from '../values.ts';
import { coversAll, mayMeet, type Piece } from './patterns.ts';
import { texts } from './policies.ts';
import { piecesOf } from './resource-arns.ts';

/**
 * What a key of the request context holds: one value (text of the template, perhaps with references), one of several
 * or of those that a pattern means, nothing at all, what the caller chooses, the time of day, or what only a deploy knows.
 */
export type ContextValue =
  | { readonly kind: 'known'; readonly value: string }
  | { readonly kind: 'among'; readonly values: readonly string[]; readonly as: 'pattern' | 'text' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'chosen' }
  | { readonly kind: 'time' }
  | { readonly kind: 'open' };

/** Values by key in lower case. */
export type RequestContext = (key: string) => ContextValue;

/**
 * Whether a condition holds: for every request, for some that the caller can make, for none, or depending on what only
 * a deploy knows.
 */
export type Holds = 'always' | 'sometimes' | 'unknown' | 'never';

const weakestLast: readonly Holds[] = ['never', 'unknown', 'sometimes', 'always'];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html */
export function conditionsHold(
  conditions: ValueMap,
  context: RequestContext,
  graph: EnvironmentGraph,
): Holds {
  const clauses = Object.entries(conditions).flatMap(([operator, keys]): readonly Holds[] =>
    // What a macro or a deploy writes here still is a condition.
    hasUnknown(keys)
      ? ['unknown']
      : Object.entries(map(keys)).map(([key, written]) =>
          clauseHolds(operator, context(key.toLowerCase()), texts(written), graph),
        ),
  );
  return weakestLast.find((each) => clauses.includes(each)) ?? 'always';
}

interface Operator {
  readonly set: 'ForAnyValue' | 'ForAllValues' | undefined;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly compare: Comparison | undefined;
}

type Comparison = 'equals' | 'equalsIgnoringCase' | 'like' | 'arn' | 'bool';

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: 'equals',
  StringEqualsIgnoreCase: 'equalsIgnoringCase',
  StringLike: 'like',
  ArnEquals: 'arn',
  ArnLike: 'arn',
  Bool: 'bool',
};

/** Names are taken in any case: AWS does so too. */
function operatorOf(written: string): Operator {
  const [, set, rest = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/i.exec(written) ?? [];
  const ifExists = /IfExists$/i.test(rest);
  const name = rest.replace(/IfExists$/i, '');
  const negated = /^(String|Arn|Numeric|Date)Not|^NotIpAddress$/i.test(name);
  const positive = name.replace(/Not/i, '').toLowerCase();
  const compare = Object.entries(comparisons).find(([each]) => each.toLowerCase() === positive)?.[1];
  const quantifier = set?.toLowerCase();
  return {
    set:
      quantifier === 'forallvalues'
        ? 'ForAllValues'
        : quantifier === 'foranyvalue'
          ? 'ForAnyValue'
          : undefined,
    negated,
    ifExists,
    compare,
  };
}

function clauseHolds(
  written: string,
  actual: ContextValue,
  values: readonly string[],
  graph: EnvironmentGraph,
): Holds {
  if (hasUnknown(written)) return 'unknown';
  if (/^Null$/i.test(written)) return nullHolds(actual, values);
  const operator = operatorOf(written);
  switch (actual.kind) {
    case 'absent':
      if (operator.set === 'ForAnyValue') return operator.ifExists ? 'unknown' : 'never';
      return operator.negated || operator.ifExists || operator.set === 'ForAllValues' ? 'always' : 'never';
    case 'known':
      return comparesTo(actual.value, operator, values, graph);
    case 'among':
      return amongHolds(actual, operator, values, graph);
    case 'chosen':
      return chosenHolds(operator, values);
    case 'time':
      return timeHolds(written, values);
    case 'open': {
      // A key that is not there meets some operators even where no value would.
      const meetsAbsence = operator.negated || operator.ifExists || operator.set === 'ForAllValues';
      return values.length === 0 && !meetsAbsence ? 'never' : 'unknown';
    }
  }
}

/** `Null: true` asks for a key to be missing. */
function nullHolds(actual: ContextValue, values: readonly string[]): Holds {
  if (values.some(hasUnknown)) return 'unknown';
  const asks = values.map((value) => value.toLowerCase());
  if (actual.kind === 'chosen') return 'sometimes';
  if (actual.kind === 'open') return 'unknown';
  return asks.includes(actual.kind === 'absent' ? 'true' : 'false') ? 'always' : 'never';
}

function chosenHolds(operator: Operator, values: readonly string[]): Holds {
  const matchesAll = operator.compare === 'like' && values.includes('*');
  if (matchesAll && !operator.negated && (operator.ifExists || operator.set === 'ForAllValues'))
    return 'always';
  return 'sometimes';
}

/** Nobody calls before this was written. A review says the same on every day after. */
const earliest = Date.parse('2026-01-01T00:00:00Z');

/** The caller picks when to call, from now on: what ended before never holds, and what began before always. */
function timeHolds(operator: string, values: readonly string[]): Holds {
  const [, kind, orEquals] =
    /^(?:For\w+:)?(?:Date|Numeric)(LessThan|GreaterThan)(Equals)?(?:IfExists)?$/i.exec(operator) ?? [];
  const times = values.map((value) => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value)));
  if (kind === undefined || times.length === 0 || times.some(Number.isNaN)) return 'sometimes';
  if (/^Less/i.test(kind)) {
    const isOver = times.every((time) => (orEquals ? time < earliest : time <= earliest));
    return isOver ? 'never' : 'sometimes';
  }
  return times.some((time) => (orEquals ? time <= earliest : time < earliest)) ? 'always' : 'sometimes';
}

/** What holds for every choice holds, what holds for none does not; between them the caller picks. */
function amongHolds(
  { values: choices, as }: Extract<ContextValue, { kind: 'among' }>,
  operator: Operator,
  values: readonly string[],
  graph: EnvironmentGraph,
): Holds {
  const compare = operator.compare === 'arn' ? 'like' : operator.compare;
  if (compare === undefined) return 'sometimes';
  const found = choices.map((choice): Holds => {
    const answers = values.map((value) => equals(compare, value, choice, graph, as));
    const met = answers.includes('always') ? 'always' : answers.includes('unknown') ? 'sometimes' : 'never';
    if (!operator.negated || met === 'sometimes') return met;
    return met === 'always' ? 'never' : 'always';
  });
  const [first = 'sometimes'] = found;
  return found.every((each) => each === first) ? first : 'sometimes';
}

function comparesTo(
  actual: string,
  operator: Operator,
  values: readonly string[],
  graph: EnvironmentGraph,
): Holds {
  const { compare } = operator;
  if (compare === undefined) return 'unknown';
  const answers = values.map((value) => equals(compare, value, actual, graph));
  const met = answers.includes('always') ? 'always' : answers.includes('unknown') ? 'unknown' : 'never';
  if (!operator.negated || met === 'unknown') return met;
  return met === 'always' ? 'never' : 'always';
}

function equals(
  compare: Comparison,
  value: string,
  actual: string,
  graph: EnvironmentGraph,
  actualAs: 'pattern' | 'text' = 'text',
): 'always' | 'unknown' | 'never' {
  const ignoresCase = compare === 'equalsIgnoringCase' || compare === 'bool';
  const read = (text: string, as: 'pattern' | 'text') => {
    const pieces = piecesOf(text, graph, as);
    return ignoresCase
      ? pieces.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : piece))
      : pieces;
  };
  if (compare === 'arn') return arnsMatch(value, actual, read);
  const pattern = read(value, compare === 'like' ? 'pattern' : 'text');
  const text = read(actual, actualAs);
  if (!mayMeet(pattern, text)) return 'never';
  return coversAll(pattern, text) ? 'always' : 'unknown';
}

/**
 * The six parts of an ARN are compared one by one, so that no `*` reaches over a colon:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function arnsMatch(
  value: string,
  actual: string,
  read: (text: string, as: 'pattern' | 'text') => readonly Piece[],
): 'always' | 'unknown' | 'never' {
  const [pattern, text] = [read(value, 'pattern'), read(actual, 'text')];
  if (!mayMeet(pattern, text)) return 'never';
  const [wanted, given] = [partsOf(pattern), partsOf(text)];
  const surely =
    wanted.length === given.length && wanted.every((part, index) => coversAll(part, given[index] ?? []));
  return surely ? 'always' : 'unknown';
}

function partsOf(arn: readonly Piece[]): (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of arn) {
    if (piece === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}
