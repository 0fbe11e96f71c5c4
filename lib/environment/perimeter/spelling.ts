/**
 * How one path can be written, and which spellings the shop accepts.
 *
 * Servers undo percent-encoding, doubled slashes, dot segments and more before they look a path up, each in its own
 * way. Guessing all of them is a race; so a path must come in its plain spelling, the one that browsers, crawlers
 * and payment providers send, and is compared only then.
 *
 * The patterns keep to what AWS WAF and load balancers both understand: no flags, no look-around, and at most 200
 * characters (AWS WAF quota for one pattern). They work on bytes.
 */

const hexDigit = '[\\dA-Fa-f]';
/** A percent-encoded UTF-8 continuation byte. */
const continuation = `%[89AaBb]${hexDigit}`;

/**
 * A path in plain spelling: no white space, control character or backslash, and a percent-encoding only where a
 * client needs one: for punctuation outside RFC 3986's unreserved set, and for UTF-8 sequences.
 * Letters, digits, `-`, `.`, `_`, `/` and `\` have no business being encoded.
 */
export const plainPath =
  '^/(?:[^\\x00-\\x20%\\\\\\x7f]|%(?:2[\\dA-Ca-c]|3[A-Fa-f]|40|5[BbDdEe]|60|7[B-Eb-e]' +
  `|(?:[CcDd]${hexDigit}|[Ee]${hexDigit}${continuation}|[Ff][0-4](?:${continuation}){2})${continuation}))*$`;

/**
 * What a plain path still must not hold: `.` and `..` segments, a segment that begins with `;` (servers that know
 * path parameters drop it), a host at its beginning (`//host/admin`, which URL parsers read as `/admin`), a second
 * layer of encoding, UTF-8 longer than needed (`%C0%AF` for a slash), and the two letters that become ASCII when a
 * program ignores case: the Kelvin sign (k) and the long s; and letters as HTML entities (`&#119;`).
 */
export const deceptivePath =
  `/\\.{1,2}(?:[/;%?#]|$)|/;|/%3[Bb]|^//+[^/]*[.:@][^/]*/|%25(?:${hexDigit}{2}|[Uu])|%[Cc][01]|%[Ee]0%[89]|%[Ff]0%8` +
  '|&#|(?:%[Ee]2%84%|\\xe2\\x84)(?:[Aa]{2}|\\xaa)|(?:%[Cc]5%|\\xc5)(?:[Bb][Ff]|\\xbf)';

/**
 * Letters that a reader takes for ASCII, beside real ones, and invisible characters: Cyrillic, zero-width characters,
 * soft hyphens. No server known reads them as ASCII, but no word mixes them with it either.
 * Greek stays (products are measured in μm), and so does the Turkish dotless i, a letter like any other.
 */
const imitation = '%[Dd][0-5]%..|[\\xd0-\\xd5].|%[Ee]2%80%8[B-f]|\\xe2\\x80[\\x8b-\\x8f]|%[Cc]2%[Aa][Dd]';
// Two letters may be the hexadecimal digits of an encoded byte; three, or one behind a slash, are letters.
export const imitatedPath = `(?:/[A-z]?|[A-z]{2})[A-z](?:${imitation})|(?:${imitation})[A-z]`;

/**
 * Request headers through which some frameworks let a client replace the path or its prefix after the edge has
 * looked at it (CVE-2018-14773 and others). No browser sends them. A listener refuses these by name, with priorities in
 * the order of this list: a new name goes to its end.
 */
export const pathReplacingHeaders = [
  'x-original-url',
  'x-rewrite-url',
  'x-original-uri',
  'x-override-url',
  'x-forwarded-prefix',
  'x-forwarded-path',
  'x-forwarded-uri',
  'x-original-path',
] as const;

/** The same and their kin, by name: `X-Proxy-Path`, `X-HTTP-URL-Override`. */
export const pathReplacingName =
  '(?i)^x[-_](?:.*[-_])?(?:original|rewrit|overrid|forwarded|proxy|request|replaced|unencoded|script|real|http)(?:.*[-_])?(?:ur[il]|path|prefix)(?:[-_]override|\\d)?$';

/** @returns a pattern for the text in whatever case, such as `[aA][bB]` for "ab" */
export function caseless(text: string): string {
  return [...text]
    .map((character) =>
      /[a-z]/i.test(character)
        ? `[${character.toLowerCase()}${character.toUpperCase()}]`
        : escapeForPattern(character),
    )
    .join('');
}

export function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** AWS WAF's quota for one pattern: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const maxPatternLength = 200;

/** @returns as few patterns as hold all alternatives, each within the quota unless a single one exceeds it */
export function patternsOf(
  alternatives: readonly string[],
  patternOf: (group: readonly string[]) => string,
): string[] {
  const groups: string[][] = [];
  for (const alternative of alternatives) {
    const group = groups.at(-1);
    if (group && patternOf([...group, alternative]).length <= maxPatternLength) group.push(alternative);
    else groups.push([alternative]);
  }
  return groups.map(patternOf);
}
