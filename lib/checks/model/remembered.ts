/** A `Map` or `WeakMap` of what was found so far; what is found is never undefined. */
interface Known<Key, Found> {
  get(key: Key): Found | undefined;
  set(key: Key, found: Found): unknown;
}

/** What is known of a key, found out the first time somebody asks. */
export function remembered<Key, Found>(known: Known<Key, Found>, key: Key, find: () => Found): Found {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  return found;
}
