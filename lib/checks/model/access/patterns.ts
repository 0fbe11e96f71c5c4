/** `*` of a policy: any text. */
export const anyText = Symbol('any text');
/** `?` of a policy: any character. */
export const anyCharacter = Symbol('any character');
/** What whoever asks may choose, such as the name of an object. */
export const freeText = Symbol('free text');

/** A part that only a deploy knows: one character of it, or any number. */
export interface Hole {
  /** Holes of one id hold the same, whatever that is. */
  readonly id: string;
  /** How many pieces belong to the hole that begins here; 0 within one. */
  readonly span: number;
  readonly many: boolean;
  /** Characters it may hold; all when undefined. */
  readonly characters?: RegExp;
  /**
   * `name`: made by CloudFormation or AWS, so that two of them never agree. `place`: a region or account that nobody
   * told. `open`: anything.
   */
  readonly sort: 'name' | 'place' | 'open';
}

export type Piece = string | typeof anyText | typeof anyCharacter | typeof freeText | Hole;

/** How much of a text a pattern covers; `part` is as good as all for whoever may choose the rest. */
export type Coverage = 'all' | 'part' | 'unknown' | 'none';

interface Freedom {
  readonly holes: boolean;
  readonly places: boolean;
  readonly free: boolean;
}

/** For permissions: a region or account that nobody told is taken to be the one that the pattern means. */
export function coverage(pattern: readonly Piece[], text: readonly Piece[]): Coverage {
  if (!matches(pattern, text, { holes: true, places: true, free: true })) return 'none';
  if (matches(pattern, text, { holes: false, places: true, free: false })) return 'all';
  return matches(pattern, text, { holes: false, places: true, free: true }) ? 'part' : 'unknown';
}

/** For refusals: whether a pattern surely covers everything that a text, itself perhaps a pattern, may stand for. */
export function coversAll(pattern: readonly Piece[], text: readonly Piece[]): boolean {
  return matches(pattern, text, { holes: false, places: false, free: false });
}

/** Whether a pattern, for some value of what is open, covers everything that a text may stand for. */
export function mayBecome(pattern: readonly Piece[], text: readonly Piece[]): boolean {
  return matches(pattern, text, { holes: true, places: true, free: false });
}

/** Whether a pattern and a text have something in common whatever is open. */
export function surelyMeets(pattern: readonly Piece[], text: readonly Piece[]): boolean {
  return matches(pattern, text, { holes: false, places: true, free: true });
}

/** Whether a pattern and a text, itself perhaps a pattern, can have something in common. */
export function mayMeet(pattern: readonly Piece[], text: readonly Piece[]): boolean {
  return matches(pattern, text, { holes: true, places: true, free: true });
}

/**
 * Whether the languages of two sequences meet, where what is not free stands for itself only: with no freedom, whether
 * the pattern covers every reading of the text.
 */
function matches(pattern: readonly Piece[], text: readonly Piece[], freedom: Freedom): boolean {
  let start = 0;
  while (typeof pattern[start] === 'string' && pattern[start] === text[start]) start++;
  const width = text.length + 1;
  const failed = new Set<number>();
  const meet = (i: number, j: number): boolean => {
    if (i === pattern.length && j === text.length) return true;
    const key = i * width + j;
    if (failed.has(key)) return false;
    const found = step(i, j);
    if (!found) failed.add(key);
    return found;
  };
  const step = (i: number, j: number): boolean => {
    const left = pattern[i];
    const right = text[j];
    if (typeof left === 'string' && typeof right === 'string') return left === right && meet(i + 1, j + 1);
    if (isHole(left) && isHole(right) && left.span > 0 && left.id === right.id) {
      if (meet(i + left.span, j + right.span)) return true;
    }
    if (left === anyText) return meet(i + 1, j) || (right !== undefined && meet(i, j + 1));
    if (left === anyCharacter && isOneCharacter(right)) return meet(i + 1, j + 1);
    // What may be chosen of a text that is itself a pattern.
    if (right === anyCharacter && freedom.free && isOneCharacter(left)) return meet(i + 1, j + 1);
    if (stretches(right, freedom) && (meet(i, j + 1) || (absorbs(right, left) && meet(i + 1, j))))
      return true;
    if (stretches(left, freedom) && (meet(i + 1, j) || (absorbs(left, right) && meet(i, j + 1)))) return true;
    if (isHole(right) && !right.many && isFree(right, freedom) && absorbs(right, left))
      return meet(i + 1, j + 1);
    if (isHole(left) && !left.many && isFree(left, freedom) && absorbs(left, right))
      return meet(i + 1, j + 1);
    return false;
  };
  return meet(start, start);
}

function isHole(piece: Piece | undefined): piece is Hole {
  return typeof piece === 'object';
}

function isFree(piece: Hole, freedom: Freedom): boolean {
  return piece.sort === 'place' ? freedom.places : freedom.holes;
}

function isOneCharacter(piece: Piece | undefined): boolean {
  return typeof piece === 'string' || piece === anyCharacter || (isHole(piece) && !piece.many);
}

/** Whether a piece may stand for text of any length. */
function stretches(piece: Piece | undefined, freedom: Freedom): piece is Piece {
  if (piece === freeText || piece === anyText) return freedom.free;
  return isHole(piece) && piece.many && isFree(piece, freedom);
}

function absorbs(hole: Piece, other: Piece | undefined): boolean {
  if (other === undefined) return false;
  if (!isHole(hole)) return true;
  if (isHole(other)) return !(hole.sort === 'name' && other.sort === 'name');
  return typeof other !== 'string' || hole.characters === undefined || hole.characters.test(other);
}

/** A pattern without its first `*` or `?` and what follows, and the whole as an expression where there is any. */
interface Glob {
  readonly begins: string;
  readonly whole: RegExp | undefined;
}

const globs = { exact: new Map<string, Glob>(), ignoringCase: new Map<string, Glob>() };

function globOf(pattern: string, ignoreCase: boolean): Glob {
  const known = ignoreCase ? globs.ignoringCase : globs.exact;
  let glob = known.get(pattern);
  if (!glob) {
    const wild = pattern.search(/[*?]/);
    const source = pattern
      .replace(/\*+/g, '*')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    const begins = wild < 0 ? pattern : pattern.slice(0, wild);
    glob = {
      begins: ignoreCase ? begins.toLowerCase() : begins,
      whole: wild < 0 ? undefined : new RegExp(`^${source}$`, ignoreCase ? 'is' : 's'),
    };
    known.set(pattern, glob);
  }
  return glob;
}

/** Whether a policy pattern with `*` and `?` covers a text without open parts, such as the name of an action. */
export function globMatches(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  const { begins, whole } = globOf(pattern, ignoreCase);
  const text = ignoreCase ? value.toLowerCase() : value;
  return whole === undefined ? text === begins : text.startsWith(begins) && whole.test(value);
}
