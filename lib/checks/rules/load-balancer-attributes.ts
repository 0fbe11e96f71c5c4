import { at, list, type Value } from '../model/values.ts';

/** One of a load balancer's attributes, which are a list of keys and values. */
export function attribute(attributes: Value | undefined, key: string): Value | undefined {
  return at(
    list(attributes).find((each) => at(each, 'Key') === key),
    'Value',
  );
}
