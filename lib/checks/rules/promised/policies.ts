import { anyCharacter, anyText, mayMeet, type Piece } from '../../model/access/patterns.ts';
import { texts } from '../../model/access/policies.ts';
import { isMap, list, map, type Value, type ValueMap } from '../../model/values.ts';
import type { Keeps } from './differences.ts';

/** One action by one principal on one resource: what a statement says about many, once for each. */
interface Atom {
  /** In whose language it is written: the older knows no variables. */
  readonly version: string;
  readonly effect: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: ReadonlyMap<string, string>;
  readonly key: string;
}

/** Statements of more would be no policy: 10 KB is the most that any policy may have. */
const mostAtoms = 20_000;

/**
 * What a policy document says, whichever way its statements are split, merged, named, ordered and spelled. Undefined
 * when there is too much of it. Texts have their references resolved and their ARNs spelled one way.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function atomsOf(document: Value | undefined): ReadonlyMap<string, Atom> | undefined {
  const atoms = new Map<string, Atom>();
  const { Version: version, Statement: statements } = map(parsed(document));
  for (const statement of list(statements)) {
    for (const atom of atomsIn(map(statement), String(version))) {
      if (atoms.size > mostAtoms) return undefined;
      atoms.set(atom.key, atom);
    }
  }
  return atoms;
}

function parsed(document: Value | undefined): Value | undefined {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

function* atomsIn(statement: ValueMap, version: string): Generator<Atom> {
  const effect = String(statement.Effect);
  const conditions = conditionsOf(statement.Condition);
  for (const principal of parts(statement, 'Principal', principalsIn, '')) {
    for (const action of parts(statement, 'Action', (value) => texts(value).map(lower), '')) {
      for (const resource of parts(statement, 'Resource', texts, '*')) {
        const key = JSON.stringify([version, effect, principal, action, resource, [...conditions].sort()]);
        yield { version, effect, principal, action, resource, conditions, key };
      }
    }
  }
}

/** Members of an element, one by one; of its negation (`NotAction`) all together: they mean something only as a whole. */
function parts(
  statement: ValueMap,
  element: 'Principal' | 'Action' | 'Resource',
  read: (value: Value | undefined) => readonly string[],
  without: string,
): readonly string[] {
  const negated = statement[`Not${element}`];
  if (negated !== undefined) return [`not ${[...read(negated)].sort().join()}`];
  return statement[element] === undefined ? [without] : read(statement[element]);
}

const lower = (text: string) => text.toLowerCase();

/** `*` and `AWS: *` are the same, and so are an account and its root. */
function principalsIn(written: Value | undefined): string[] {
  const kinds = isMap(written) ? written : { AWS: written };
  return Object.entries(kinds).flatMap(([kind, values]) =>
    texts(values).map((value) => `${kind} ${value.replace(/^arn:aws[\w-]*:iam::(\d{12}):root$/, '$1')}`),
  );
}

/** Each condition of a statement by its operator and key, with the values that meet it. */
function conditionsOf(written: Value | undefined): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(map(written)).flatMap(([operator, keys]) =>
      Object.entries(map(keys)).map(([key, values]): [string, string] => {
        const sorted = texts(values).sort();
        return [`${operatorOf(operator, sorted)} ${key.toLowerCase()}`, JSON.stringify(sorted)];
      }),
    ),
  );
}

/** `ArnEquals` is `ArnLike`, and without a wildcard `StringLike` is `StringEquals`. */
function operatorOf(operator: string, values: readonly string[]): string {
  const arn = operator.replace(/Arn(Not)?Equals/, 'Arn$1Like');
  return values.some((value) => /[*?]/.test(value)) ? arn : arn.replace(/String(Not)?Like/, 'String$1Equals');
}

/**
 * Whether a policy says what was promised, or less: nothing more is allowed, nothing that was denied is not. Whoever
 * was to be let in still is, but for conditions that every honest caller meets.
 * @param isUsed whether anybody is promised to be allowed an action: what nobody does may be denied
 */
export const samePolicy =
  (isUsed: (action: string) => boolean): Keeps =>
  (promised, found) => {
    const [before, after] = [atomsOf(promised), atomsOf(found)];
    if (!before || !after || before.size === 0) return false;
    const lost = [...before.values()].filter(({ key }) => !after.has(key));
    const gained = [...after.values()].filter(({ key }) => !before.has(key));
    const isAllowedHere = usedActions([promised]);
    const unexplained = gained.filter((atom) => {
      if (atom.effect === 'Deny')
        return (isUsed(atom.action) || isAllowedHere(atom.action)) && !deniesOnlyUnsafe(atom);
      const wider = lost.findIndex((each) => isNarrowed(each, atom));
      if (wider !== -1) lost.splice(wider, 1);
      return wider === -1;
    });
    return lost.length === 0 && unexplained.length === 0;
  };

/** The same with one more condition, which every caller inside the account and over TLS meets. */
function isNarrowed(before: Atom, after: Atom): boolean {
  if (before.effect !== after.effect || before.effect !== 'Allow') return false;
  const same = (['version', 'principal', 'action', 'resource'] as const).every(
    (part) => before[part] === after[part],
  );
  const kept = [...before.conditions].every(([key, values]) => after.conditions.get(key) === values);
  const more = [...after.conditions].filter(([key]) => !before.conditions.has(key));
  return same && kept && more.every(([key, values]) => key === overTls && values === '["true"]');
}

const overTls = 'Bool aws:securetransport';

/** A denial of requests without TLS, or with an old one. */
function deniesOnlyUnsafe({ conditions }: Atom): boolean {
  return [...conditions].some(
    ([key, values]) =>
      (key === overTls && values === '["false"]') ||
      (key === 'NumericLessThan s3:tlsversion' && ['["1.2"]', '["1.3"]'].includes(values)),
  );
}

/** The actions that some documents allow, as a question. */
export function usedActions(documents: readonly (Value | undefined)[]): (action: string) => boolean {
  const used = new Set<string>();
  for (const document of documents) {
    for (const { effect, action } of atomsOf(document)?.values() ?? [])
      if (effect === 'Allow') used.add(action);
  }
  return (action) =>
    action.startsWith('not ') || [...used].some((each) => mayMeet(pieces(each), pieces(action)));
}

const pieces = (pattern: string): Piece[] =>
  [...pattern].map((each) => (each === '*' ? anyText : each === '?' ? anyCharacter : each));
