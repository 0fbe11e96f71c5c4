import { at, list, map, text, type Value, type ValueMap } from '../values.ts';
import type { WireRequest } from './request.ts';

/** What a statement compares: the values of a part of the request, or what AWS WAF answers without looking. */
export type Component =
  | { readonly values: readonly string[] }
  /** Whether the request counts as a match because the part is larger than AWS WAF looks at. */
  | { readonly oversize: 'yes' | 'no' }
  /** The modelled request does not tell. */
  | 'unknown';

/** How many bytes of a body reach a web ACL of the resource. */
export interface InspectionLimits {
  readonly body: number;
}

const kilobytes: Readonly<Record<string, number>> = { KB_16: 16, KB_32: 32, KB_48: 48, KB_64: 64 };

/** https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html */
export function inspectionLimits(acl: ValueMap): InspectionLimits {
  if (acl.Scope !== 'CLOUDFRONT') return { body: 8 * 1024 };
  const chosen = text(at(acl.AssociationConfig, 'RequestBody', 'CLOUDFRONT', 'DefaultSizeInspectionLimit'));
  return { body: (kilobytes[chosen ?? ''] ?? 16) * 1024 };
}

/** A part that the request lacks has no values. */
export function componentOf(field: ValueMap, request: WireRequest, limits: InspectionLimits): Component {
  const [type = '', options] = Object.entries(field)[0] ?? [];
  switch (type) {
    case 'UriPath':
      return { values: [request.path] };
    case 'QueryString':
      return { values: request.query === undefined ? [] : [request.query] };
    case 'Method':
      return { values: [request.method] };
    case 'SingleHeader': {
      const value = request.headers.get(nameIn(options));
      return { values: value === undefined ? [] : [value] };
    }
    case 'Headers':
      return { values: chosen([...request.headers], map(options), 'Headers') };
    case 'Cookies':
      return { values: chosen(cookiesOf(request), map(options), 'Cookies') };
    case 'SingleQueryArgument':
      return {
        values: argumentsOf(request).flatMap(([name, value]) =>
          name.toLowerCase() === nameIn(options) ? [value] : [],
        ),
      };
    case 'AllQueryArguments':
      return { values: argumentsOf(request).map(([, value]) => value) };
    case 'Body':
      return bodyOf(request, text(map(options).OversizeHandling), limits);
    case 'JsonBody':
      return jsonOf(request, map(options), limits);
    default:
      return 'unknown';
  }
}

/** Arguments of the query in their order, as they are written. */
export function argumentsOf({ query = '' }: WireRequest): (readonly [name: string, value: string])[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s);
      return [name, value] as const;
    });
}

export function cookiesOf({ headers }: WireRequest): (readonly [name: string, value: string])[] {
  return (headers.get('cookie') ?? '')
    .split(/;\s*/)
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s);
      return [name, value] as const;
    });
}

/** Of the first 8 KB and 200 of them, which is what AWS WAF sees; the modelled request has no more. */
function chosen(
  pairs: readonly (readonly [string, string])[],
  options: ValueMap,
  kind: 'Headers' | 'Cookies',
): string[] {
  const pattern = map(options.MatchPattern);
  const names = (written: Value | undefined) => list(written).map((name) => text(name)?.toLowerCase());
  const included = pattern[`Included${kind}`];
  const excluded = pattern[`Excluded${kind}`];
  const inspected = pairs.filter(([name]) =>
    included === undefined
      ? !names(excluded).includes(name.toLowerCase())
      : names(included).includes(name.toLowerCase()),
  );
  const scope = text(options.MatchScope);
  return [
    ...(scope === 'VALUE' ? [] : inspected.map(([name]) => name)),
    ...(scope === 'KEY' ? [] : inspected.map(([, value]) => value)),
  ];
}

function bodyOf(
  { body }: WireRequest,
  handling: string | undefined,
  { body: limit }: InspectionLimits,
): Component {
  if (body === undefined) return 'unknown';
  if (body === '') return { values: [] };
  if (body.length > limit && handling === 'MATCH') return { oversize: 'yes' };
  if (body.length > limit && handling === 'NO_MATCH') return { oversize: 'no' };
  return { values: [body.slice(0, limit)] };
}

/** Keys and values of the whole document; of chosen paths within it the model says nothing. */
function jsonOf(request: WireRequest, options: ValueMap, limits: InspectionLimits): Component {
  const body = bodyOf(request, text(options.OversizeHandling), limits);
  if (body === 'unknown' || 'oversize' in body) return body;
  if (map(options.MatchPattern).All === undefined) return 'unknown';
  const [written] = body.values;
  if (written === undefined) return body;
  try {
    const scope = text(options.MatchScope);
    const leaves = [...leavesOf(JSON.parse(Buffer.from(written, 'latin1').toString('utf8')))];
    return {
      values: leaves
        .filter(({ kind }) => scope === 'ALL' || scope === kind)
        .map(({ bytes }) => Buffer.from(bytes, 'utf8').toString('latin1')),
    };
  } catch {
    const fallback = text(options.InvalidFallbackBehavior);
    if (fallback === 'EVALUATE_AS_STRING') return body;
    return fallback === 'MATCH' || fallback === 'NO_MATCH'
      ? { oversize: fallback === 'MATCH' ? 'yes' : 'no' }
      : 'unknown';
  }
}

function* leavesOf(value: unknown): Iterable<{ readonly kind: 'KEY' | 'VALUE'; readonly bytes: string }> {
  if (typeof value !== 'object' || value === null) {
    yield { kind: 'VALUE', bytes: String(value) };
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield { kind: 'KEY', bytes: key };
    yield* leavesOf(inner);
  }
}

function nameIn(options: Value | undefined): string {
  return (text(map(options).Name) ?? '').toLowerCase();
}
