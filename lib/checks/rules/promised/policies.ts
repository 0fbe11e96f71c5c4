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
        const sorted = texts(values)
          .map(/IpAddress/.test(operator) ? block : String)
          .sort();
        return [`${operatorOf(operator, key, sorted)} ${key.toLowerCase()}`, JSON.stringify(sorted)];
      }),
    ),
  );
}

/** One address is the block of it. */
const block = (address: string) => address.replace(/^([\d.]+)\/32$|^([\da-f:]+)\/128$/i, '$1$2');

/**
 * `ArnEquals` is `ArnLike`, without a wildcard `StringLike` is `StringEquals`, and of the one value of a key any is that
 * one; a key without a value meets neither, unless the operator is a negation.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function operatorOf(operator: string, key: string, values: readonly string[]): string {
  const single = severalValues.test(key)
    ? operator
    : operator.replace(/^ForAnyValue:(?!.*(?:Not|IfExists))/, '');
  const arn = single.replace(/Arn(Not)?Equals/, 'Arn$1Like');
  return values.some((value) => /[*?]/.test(value)) ? arn : arn.replace(/String(Not)?Like/, 'String$1Equals');
}

/** Keys of a request that have several values. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const severalValues = /(?:aliases|attributes|calledvia|keys|list|operations|paths|recipients|types)$/i;

/** Where a policy stands. */
export interface Place {
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Whether anybody whom the policy is about is promised to be allowed an action: what nobody does may be denied. */
  readonly isUsed: (action: string) => boolean;
  /** Whether it is about people alone: they may be let in less often, and do less. */
  readonly letsPeopleIn: boolean;
}

/**
 * Whether a policy says what was promised, or less: nothing more is allowed, nothing that was denied is not. Whatever
 * runs by itself is let in still, but for conditions that every honest caller meets.
 */
export const samePolicy =
  (place: Place): Keeps =>
  (promised, found) => {
    const [before, after] = [atomsOf(promised), atomsOf(found)];
    if (!before || !after || before.size === 0) return false;
    const lost = [...before.values()].filter(({ key }) => !after.has(key));
    const gained = [...after.values()].filter(({ key }) => !before.has(key));
    const isAllowedHere = usedActions([promised]);
    const letsServicesIn = [...before.values()].some(
      ({ effect, principal }) => effect === 'Allow' && principal.startsWith('Service '),
    );
    const unexplained = gained.filter((atom) => {
      const replaced = lost.findIndex((each) => isNarrowed(each, atom, place) || isWidenedDenial(each, atom));
      if (replaced !== -1) lost.splice(replaced, 1);
      if (atom.effect !== 'Deny') return replaced === -1;
      return (
        (place.isUsed(atom.action) || isAllowedHere(atom.action)) &&
        !deniesOnlyUnsafe(atom) &&
        !deniesOnlyStrangers(atom, place, letsServicesIn)
      );
    });
    const missed = lost.filter(({ effect }) => !place.letsPeopleIn || effect !== 'Allow');
    return missed.length === 0 && unexplained.length === 0;
  };

/** The same with more conditions, which every caller inside the account and over TLS meets. */
function isNarrowed(before: Atom, after: Atom, place: Place): boolean {
  if (before.effect !== after.effect || before.effect !== 'Allow') return false;
  const same = (['version', 'principal', 'action', 'resource'] as const).every(
    (part) => before[part] === after[part],
  );
  const kept = [...before.conditions].every(([key, values]) => {
    const now = after.conditions.get(key);
    return now === values || (place.letsPeopleIn && now !== undefined && isTighter(key, values, now));
  });
  const more = [...after.conditions].filter(([key]) => !before.conditions.has(key));
  return (
    same &&
    kept &&
    (place.letsPeopleIn || more.every(([key, values]) => isMetAnyway(key, values, before, place)))
  );
}

/** Whether a condition on the same key is met less often: by fewer values, or for a shorter time. */
function isTighter(key: string, before: string, after: string): boolean {
  const [was, is] = [before, after].map((values) => JSON.parse(values) as string[]);
  if (!was || !is) return false;
  const [operator = ''] = key.split(' ');
  if (/^(?:String|Arn)(?:Equals|Like)$|^(?:IpAddress|Bool)$/.test(operator))
    return is.length > 0 && is.every((value) => was.includes(value));
  const [from, to] = [was, is].map(([value = '', ...others]) =>
    others.length > 0 ? Number.NaN : /^\d+$/.test(value) ? Number(value) : Date.parse(value),
  );
  if (from === undefined || to === undefined) return false;
  if (/^(?:Date|Numeric)LessThan(?:Equals)?$/.test(operator)) return to <= from;
  return /^(?:Date|Numeric)GreaterThan(?:Equals)?$/.test(operator) && to >= from;
}

/**
 * What AWS sends along with every request of those whom a statement is about: of the account itself, in its region, by
 * its services. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function isMetAnyway(
  key: string,
  values: string,
  { principal, action }: Atom,
  { account, region }: Place,
): boolean {
  const says = (expected: string | undefined) =>
    expected !== undefined && values === JSON.stringify([expected]);
  const [kind, name = ''] = principal.split(' ');
  switch (key) {
    case overTls:
      return values === '["true"]';
    case 'StringEquals aws:resourceaccount':
      return principal === '' && says(account);
    case 'StringEquals aws:principalaccount':
      return (principal === '' || kind === 'AWS') && says(account);
    case 'StringEquals aws:requestedregion':
      return principal === '' && !globalServices.test(action) && says(region);
    case 'StringEquals aws:sourceaccount':
      return kind === 'Service' && namesItsAccount.test(name) && says(account);
    default:
      return false;
  }
}

/** Services with one address for all regions, which is in one. */
const globalServices =
  /^(?:not |\*|iam:|sts:|cloudfront:|route53:|organizations:|wafv2:|shield:|budgets:|ce:)/;

/** Services whose documentation has roles of theirs trust them for this account only. */
const namesItsAccount =
  /^(?:backup|codebuild|codepipeline|ecs-tasks|events|monitoring\.rds|pipes|scheduler|ssm|vpc-flow-logs)\.amazonaws\.com$/;

/** A denial of requests without TLS that takes newer versions for old as well. */
function isWidenedDenial(before: Atom, after: Atom): boolean {
  const [one, other] = [before, after].map(({ conditions }) => new Map(conditions));
  const versions = [one, other].map((conditions) => oldestTls(conditions?.get(belowTls)));
  one?.delete(belowTls);
  other?.delete(belowTls);
  const [from, to] = versions;
  return (
    before.effect === 'Deny' &&
    (['version', 'effect', 'principal', 'action', 'resource'] as const).every(
      (part) => before[part] === after[part],
    ) &&
    from !== undefined &&
    to !== undefined &&
    from <= to &&
    JSON.stringify([...(one ?? [])].sort()) === JSON.stringify([...(other ?? [])].sort())
  );
}

function oldestTls(values: string | undefined): number | undefined {
  const version = Number(/^\["(1\.[23])"\]$/.exec(values ?? '')?.[1]);
  return Number.isNaN(version) ? undefined : version;
}

/**
 * A denial of whoever is of another account. Without a word on AWS's own services it would be one of theirs as well:
 * they are of none. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
function deniesOnlyStrangers({ conditions }: Atom, { account }: Place, letsServicesIn: boolean): boolean {
  const isOfOthers = ['aws:principalaccount', 'kms:calleraccount'].some(
    (key) => conditions.get(`StringNotEquals ${key}`) === JSON.stringify([account]),
  );
  // Every request says whether it is a service's.
  const sparesServices = ['Bool', 'BoolIfExists'].some(
    (operator) => conditions.get(`${operator} aws:principalisawsservice`) === '["false"]',
  );
  return isOfOthers && (sparesServices || !letsServicesIn);
}

const overTls = 'Bool aws:securetransport';
const belowTls = 'NumericLessThan s3:tlsversion';

/** A denial of requests without TLS, or with an old one. */
function deniesOnlyUnsafe({ conditions }: Atom): boolean {
  return [...conditions].some(
    ([key, values]) =>
      (key === overTls && values === '["false"]') || (key === belowTls && oldestTls(values) !== undefined),
  );
}

/** The actions that some documents allow, as a question. */
export function usedActions(documents: readonly (Value | undefined)[]): (action: string) => boolean {
  return usedBy(documents.flatMap((document) => [...(atomsOf(document)?.keys() ?? [])]));
}

/** The same of atoms by their keys. */
export function usedBy(keys: readonly string[]): (action: string) => boolean {
  const used = new Set<string>();
  for (const key of keys) {
    const [, effect, , action] = JSON.parse(key) as string[];
    if (effect === 'Allow' && action !== undefined) used.add(action);
  }
  return (action) =>
    action.startsWith('not ') || [...used].some((each) => mayMeet(pieces(each), pieces(action)));
}

const pieces = (pattern: string): Piece[] =>
  [...pattern].map((each) => (each === '*' ? anyText : each === '?' ? anyCharacter : each));
