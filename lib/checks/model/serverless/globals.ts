import { isMap } from '../values.ts';
import { isIntrinsic } from './template-parts.ts';

/**
 * What all resources of a kind share, and what one says itself: maps are merged, lists joined, the rest is its own.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(shared: unknown, own: unknown): unknown {
  if (shared === undefined) return own;
  if (own === undefined) return shared;
  if (Array.isArray(shared) && Array.isArray(own)) return [...shared, ...own];
  if (!isMap(shared) || !isMap(own) || isIntrinsic(shared) || isIntrinsic(own)) return own;
  const names = [...new Set([...Object.keys(shared), ...Object.keys(own)])];
  return Object.fromEntries(names.map((name) => [name, withGlobals(shared[name], own[name])]));
}
