const maximumDepth = 20;
const maximumValues = 20_000;
const maximumEntries = 1000;
const maximumText = 10_000;

/**
 * Copies what a config file exports into plain lists, objects without prototype, and simple values, so that
 * nothing the file does (getters that throw, proxies, cycles, names such as `__proto__`) reaches the checks.
 * What has no place in a config becomes a symbol whose description names it.
 */
export function toPlainData(input: unknown): unknown {
  let values = 0;

  function copy(value: unknown, ancestors: readonly object[]): unknown {
    values += 1;
    if (values > maximumValues) return Symbol('more than a shop can need');
    if (typeof value === 'string' && value.length > maximumText) {
      return Symbol(`a text of ${value.length} characters`);
    }
    if (typeof value === 'symbol') return Symbol('a symbol');
    if (typeof value === 'function') return Symbol('a function');
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return Symbol('a value that contains itself');
    if (ancestors.length >= maximumDepth)
      return Symbol(`a value nested more than ${maximumDepth} levels deep`);
    try {
      return Array.isArray(value) ? copyList(value, ancestors) : copyObject(value, ancestors);
    } catch {
      return Symbol('a value that cannot be read');
    }
  }

  function copyList(list: readonly unknown[], ancestors: readonly object[]): unknown {
    const { length } = list;
    if (!(length <= maximumEntries)) return Symbol(`a list of ${String(length)} entries`);
    return Array.from({ length }, (_, index) => copyEntry(list, index, ancestors));
  }

  function copyObject(object: object, ancestors: readonly object[]): unknown {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return Symbol(kindOf(object));
    const keys = Reflect.ownKeys(object);
    if (keys.length > maximumEntries) return Symbol(`an object of ${keys.length} settings`);
    const copied: Record<string, unknown> = Object.create(null);
    for (const key of keys)
      copied[typeof key === 'symbol' ? '(symbol)' : key] = copyEntry(object, key, ancestors);
    return copied;
  }

  function copyEntry(parent: object, key: PropertyKey, ancestors: readonly object[]): unknown {
    let value: unknown;
    try {
      value = Reflect.get(parent, key);
    } catch {
      return Symbol('a value that throws when it is read');
    }
    return copy(value, [...ancestors, parent]);
  }

  return copy(input, []);
}

function kindOf(object: object): string {
  if (object instanceof Promise) return 'a promise';
  const name: unknown = Object.getPrototypeOf(object)?.constructor?.name;
  return typeof name === 'string' && /^[A-Z]\w{0,40}$/.test(name) && name !== 'Object'
    ? `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
    : 'an object with a prototype of its own';
}

/** Plain data in a form that can be posted to another thread: symbols cannot, errors can, and plain data has none. */
export function forPosting(plain: unknown): unknown {
  return mapPlain(plain, (value) => (typeof value === 'symbol' ? new Error(value.description) : value));
}

/** The plain data that `forPosting` prepared. */
export function asPosted(message: unknown): unknown {
  return mapPlain(message, (value) => (value instanceof Error ? Symbol(value.message) : value));
}

function mapPlain(value: unknown, replace: (leaf: unknown) => unknown): unknown {
  const replaced = replace(value);
  if (replaced !== value || typeof value !== 'object' || value === null) return replaced;
  if (Array.isArray(value)) return value.map((entry: unknown) => mapPlain(entry, replace));
  const mapped: Record<string, unknown> = Object.create(null);
  for (const [name, entry] of Object.entries(value)) mapped[name] = mapPlain(entry, replace);
  return mapped;
}
