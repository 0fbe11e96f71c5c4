import { parseRequest, type RequestInput, type WireRequest } from '../../model/requests/request.ts';
import type { Resource } from '../../model/templates.ts';
import { at, isMap, text, type Value } from '../../model/values.ts';
import { pathHeaders, spellingsOf } from './spellings.ts';

/** A request for an admin path, and how it is called in a finding. */
export interface Attempt {
  readonly name: string;
  readonly request: WireRequest;
  /** Whether the path is hidden from who reads it as it is written. */
  readonly deceptive: boolean;
}

const exampleHost = 'shop.example';

/** Each admin path in all its spellings, by every method, under every name, and where some software looks for a path. */
export function attemptsAt(
  adminPaths: readonly string[],
  publicPaths: readonly string[],
  hosts: readonly string[],
): Attempt[] {
  const [host = exampleHost, ...otherHosts] = hosts;
  // CloudFront serves the name that it gave the distribution, too.
  const otherNames = [...otherHosts, 'd111111abcdef8.cloudfront.net'];
  return adminPaths.flatMap((path) => [
    ...spelled(path, publicPaths, host),
    ...['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'].map((method) =>
      attempt(`${method} ${path}`, { url: path, method }, host),
    ),
    ...otherNames.map((name) => attempt(`https://${name}${path}`, { url: path }, name)),
    ...pathHeaders.map((header) =>
      attempt(`/ with ${header}: ${path}`, { url: '/', headers: { [header]: path } }, host),
    ),
    // WordPress takes the path below its API from the query, too.
    ...(path.startsWith('/wp-json/')
      ? [`/?rest_route=${path.slice('/wp-json'.length)}`].map((url) => attempt(url, { url }, host))
      : []),
    attempt(`${path} with other headers`, { url: `${path}?page=2`, headers: ordinaryHeaders(host) }, host),
  ]);
}

function spelled(path: string, publicPaths: readonly string[], host: string): Attempt[] {
  const { plain, deceptive } = spellingsOf(path);
  // What the shop itself needs below an admin path is open on purpose.
  const isAdmin = (url: string) => !publicPaths.includes(url);
  return [
    ...plain.filter(isAdmin).map((url) => attempt(url, { url }, host)),
    ...deceptive.filter(isAdmin).map((url) => attempt(url, { url }, host, true)),
  ];
}

function ordinaryHeaders(host: string): Record<string, string> {
  return {
    accept: '*/*',
    cookie: 'a=b',
    referer: `https://${host}/`,
    'user-agent': 'curl/8.7',
    'x-forwarded-for': '10.0.0.1',
  };
}

function attempt(name: string, input: RequestInput, host: string, deceptive = false): Attempt {
  return { name, request: parseRequest(input, host), deceptive };
}

/** Whatever else a rule of the ACL looks at is tried as well: an exception for those who know a word is a way in. */
export function attemptsPast(
  acl: Resource,
  path: string,
  [host = exampleHost]: readonly string[],
): Attempt[] {
  return fieldsIn(acl.properties.Rules).flatMap(({ field, value }): Attempt[] => {
    // The admin host is let through behind the edge, where nobody from the Internet can ask for it.
    if (field === 'host') return [];
    const input = field === '?' ? { url: `${path}?${value}` } : { url: path, headers: { [field]: value } };
    return [attempt(`${path} with ${field} ${value}`, input, host)];
  });
}

interface ComparedField {
  /** Name of a header, or "?" for the query. */
  readonly field: string;
  /** A text that the statement would match. */
  readonly value: string;
}

/** Headers and query texts that statements compare. */
function fieldsIn(value: Value | undefined): ComparedField[] {
  if (Array.isArray(value)) return value.flatMap((each: Value) => fieldsIn(each));
  if (!isMap(value)) return [];
  return [...comparedBy(value), ...Object.values(value).flatMap((inner) => fieldsIn(inner))];
}

function comparedBy(statement: Value): ComparedField[] {
  const header = text(at(statement, 'FieldToMatch', 'SingleHeader', 'Name'))?.toLowerCase();
  const argument = text(at(statement, 'FieldToMatch', 'SingleQueryArgument', 'Name'));
  const written = text(at(statement, 'SearchString')) ?? literalOf(text(at(statement, 'RegexString')) ?? '');
  if (header !== undefined) return [{ field: header, value: written }];
  if (argument !== undefined) return [{ field: '?', value: `${argument}=${written}` }];
  return at(statement, 'FieldToMatch', 'QueryString') === undefined ? [] : [{ field: '?', value: written }];
}

/** A text that a simple pattern matches: without its anchors and what may be left out. */
function literalOf(pattern: string): string {
  return pattern
    .replace(/^\^|\$$|\(\?i\)/g, '')
    .replace(/\(\?:[^()]*\)\?/g, '')
    .replace(/\\(.)/g, '$1');
}
