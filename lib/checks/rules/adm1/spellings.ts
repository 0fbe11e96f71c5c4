export interface Spellings {
  /** They hide nothing: who compares the path as it is written sees it. */
  readonly plain: readonly string[];
  readonly deceptive: readonly string[];
}

/**
 * Ways to write a path that some server reads as the same path. Each web ACL and each public listener must refuse
 * every one of them:
 * https://cheatsheetseries.owasp.org/cheatsheets/Path_Traversal_Cheat_Sheet.html, RFC 3986 section 6.2.2
 */
export function spellingsOf(path: string): Spellings {
  const body = path.slice(1);
  const first = body.charAt(0);
  const code = first.charCodeAt(0).toString(16);
  const cased = [...path].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join('');
  const plain = [path, `${path}/`, `${path}/index.php`, `${path}?x=1`];
  const deceptive = [
    path.toUpperCase(),
    cased,
    `/${path}`,
    `//${path}//`,
    `/.${path}`,
    `/x/..${path}`,
    `/%2e${path}`,
    `/x/%2e%2e${path}`,
    `/%${code}${body.slice(1)}`,
    `/%25${code}${body.slice(1)}`,
    `/%2f${body}`,
    `/%252f${body}`,
    `${path}%2f`,
    `${path};a=b`,
    `${path}%00`,
    path.replaceAll('/', '/./'),
    // What only a lenient reader takes for the path: overlong letters, backslashes, an absolute target, %u escapes.
    `/%c0%ae${path}`,
    `/%e0%80%ae${path}`,
    `/x/..%5c${body}`,
    `/;${path}`,
    `${path}%20`,
    `${path}%09`,
    `/%u00${code}${body.slice(1)}`,
    `//host.example${path}`,
    // PHP takes what follows the script for its argument, and frameworks route by it.
    `/index.php${path}`,
  ];
  return { plain, deceptive };
}

/**
 * Headers by which some frameworks and proxies take another path than the one that was asked for:
 * https://portswigger.net/research/practical-web-cache-poisoning#unkeyed-input
 */
export const pathHeaders = [
  'x-original-url',
  'x-rewrite-url',
  'x-original-uri',
  'x-override-url',
  'x-forwarded-prefix',
  'x-forwarded-path',
  'x-forwarded-uri',
  'x-original-path',
];
