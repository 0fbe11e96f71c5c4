import { at, list, text, type Value } from '../values.ts';
import { parseRequest, type WireRequest } from './request.ts';

export interface Sample {
  /** In words, such as `POST /cart`. */
  readonly name: string;
  readonly request: WireRequest;
}

/**
 * Declared example requests: each a path, or `{ url, method, body }`.
 *
 * @param method of those that name none
 */
export function sampleRequests(declared: Value | undefined, method: string, host?: string): Sample[] {
  return list(declared).flatMap((each) => {
    const url = text(each) ?? text(at(each, 'url'));
    if (url === undefined) return [];
    const input = { url, method: text(at(each, 'method')) ?? method, body: text(at(each, 'body')) ?? '' };
    const shown = input.body === '' ? '' : ` with ${input.body.slice(0, 40)}`;
    return [{ name: `${input.method} ${url}${shown}`, request: parseRequest(input, host) }];
  });
}
