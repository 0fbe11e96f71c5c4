import { UserError } from '../../../cli/user-error.ts';

/** `browser` is the secure browser; `check` is the pipeline's own look at a new image, from inside the VPC. */
export const origins = ['internet', 'vpn', 'browser', 'check'] as const;
export type Origin = (typeof origins)[number];

/** A request as its user writes it. */
export interface RequestInput {
  /** Scheme, host and request target; the target is taken as it is written. */
  readonly url: string;
  /** @default GET */
  readonly method?: string | undefined;
  /** @default none but Host */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default none for GET, HEAD and OPTIONS; with any other method it is not known */
  readonly body?: string | undefined;
  /** Where it comes from. @default internet */
  readonly from?: Origin | undefined;
}

/** A request as it goes over the wire. Everything is a byte string: one character a byte. */
export interface WireRequest {
  readonly scheme: 'http' | 'https';
  /** The host the client connects to, in lower case. */
  readonly host: string;
  readonly port: number;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The request target up to the first "?". */
  readonly path: string;
  /** After the first "?"; undefined without one. */
  readonly query: string | undefined;
  /** Undefined when nobody said what it holds: a statement about it may match, or not. */
  readonly body: string | undefined;
  readonly from: Origin;
}

/**
 * Takes a URL apart without normalizing it: `new URL()` would undo the very spellings that are to be judged.
 *
 * @param defaultHost for a URL that is only a request target, such as "/cart"
 * @throws UserError when it is neither that nor an http or https URL
 */
export function parseRequest(input: RequestInput, defaultHost = 'localhost'): WireRequest {
  const url = input.url.startsWith('/') ? `https://${defaultHost}${input.url}` : input.url;
  const match = /^(https?):\/\/([^/?#\\]*)(.*)$/is.exec(url);
  if (!match) {
    throw new UserError([
      `"${input.url}" is not a URL to try: write scheme, host and path, such as "https://shop.example.jp/cart"`,
    ]);
  }
  const scheme = match[1]?.toLowerCase() === 'http' ? 'http' : 'https';
  const authority = (match[2] ?? '').replace(/^.*@/, '').toLowerCase();
  const [, host = authority, writtenPort] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(authority) ?? [];
  const port = writtenPort === undefined ? (scheme === 'https' ? 443 : 80) : Number(writtenPort);

  const written = match[3] ?? '';
  // A client must send something: RFC 9112 makes an empty path "/".
  const target = written === '' || written.startsWith('?') ? `/${written}` : written;
  const headers = new Map<string, string>([['host', bytesOf(authority)]]);
  for (const [name, value] of Object.entries(input.headers ?? {}))
    headers.set(name.toLowerCase(), bytesOf(value));
  const method = input.method ?? 'GET';
  return {
    scheme,
    host,
    port,
    method,
    headers,
    ...parseTarget(target),
    body: bodyOf(method, input.body),
    from: input.from ?? 'internet',
  };
}

function bodyOf(method: string, written: string | undefined): string | undefined {
  if (written !== undefined) return bytesOf(written);
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? '' : undefined;
}

/** @param target of the request line, as it is written */
export function parseTarget(target: string): Pick<WireRequest, 'path' | 'query'> {
  const bytes = bytesOf(target);
  const question = bytes.indexOf('?');
  return question < 0
    ? { path: bytes, query: undefined }
    : { path: bytes.slice(0, question), query: bytes.slice(question + 1) };
}

/** Host header without its port. */
export function hostHeader(request: WireRequest): string {
  return (request.headers.get('host') ?? '').replace(/:\d*$/, '').toLowerCase();
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
