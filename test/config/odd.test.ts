import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/cli/user-error.ts';
import { parseShop } from '../../lib/config/index.ts';
import { arbitraryShop, smallShop } from '../support/shops.ts';

/** @returns the problems of a shop, none when it is valid; anything but a UserError fails the test */
function problemsOf(input: unknown): readonly string[] {
  try {
    const shop = parseShop(input);
    expect(Object.keys(shop.environments).length).toBeGreaterThan(0);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    return error.problems;
  }
}

/** fast-check prints a counterexample with `toStringMethod`, as this cannot be read. */
const thrower = () =>
  Object.defineProperty({ [fc.toStringMethod]: () => 'thrower' }, 'name', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });

/** Values that break naive code, besides fast-check's own. */
const nastyValue = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withSparseArray: true }),
    fc.anything({ withNullPrototype: true, withTypedArray: true, withObjectString: true }),
    fc.constantFrom(
      Number.NaN,
      -0,
      Infinity,
      1e21,
      '',
      ' ',
      '/',
      '\0',
      '__proto__',
      'constructor',
      '10.0.0.0/8',
    ),
    fc.constantFrom(
      Symbol('s'),
      () => 1,
      class {},
      new Proxy([], {}),
      Promise.resolve(1),
      /x/,
      new Error('x'),
    ),
    fc.constant(null).map(thrower),
    fc.constant(null).map(() => {
      const cycle: unknown[] = [];
      cycle.push(cycle);
      return cycle;
    }),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

type Container = Record<PropertyKey, unknown>;

/** Every object and list inside a shop. */
function containers(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containers)];
}

interface Mutation {
  readonly where: number;
  readonly which: number;
  readonly kind: 'delete' | 'replace' | 'add' | 'rename' | 'duplicate';
  readonly key: string;
  readonly value: unknown;
}

const mutation = (): fc.Arbitrary<Mutation> =>
  fc.record({
    where: fc.nat(),
    which: fc.nat(),
    kind: fc.constantFrom('delete', 'replace', 'add', 'rename', 'duplicate'),
    key: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'waf', 'preset', 'environment'),
      fc.string({ maxLength: 12 }),
    ),
    value: nastyValue(),
  });

function apply(all: readonly Container[], { where, which, kind, key, value }: Mutation): void {
  const container = all[where % all.length];
  const keys = Object.keys(container ?? {});
  const chosen = keys[which % Math.max(keys.length, 1)];
  if (container === undefined) return;
  const define = (name: string, value: unknown) =>
    Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
  if (kind === 'add' || chosen === undefined) {
    // A list's length takes no other value.
    if (!Array.isArray(container) || key !== 'length') define(key, value);
  } else if (kind === 'replace') define(chosen, value);
  else if (kind === 'duplicate') define(`${chosen}2`, container[chosen]);
  else {
    const moved = container[chosen];
    delete container[chosen];
    if (kind === 'rename') define(`${chosen.slice(1)}x`, moved);
  }
}

describe('a config file, however odd', () => {
  it('gives a shop or names its problems, whatever value it exports', () => {
    fc.assert(
      fc.property(nastyValue(), (value) => {
        expect(problemsOf(value).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('gives a shop or names its problems, whatever was changed in a valid one', () => {
    fc.assert(
      fc.property(
        arbitraryShop(),
        fc.array(mutation(), { minLength: 1, maxLength: 4 }),
        (shop, mutations) => {
          const changed: unknown = structuredClone(shop);
          // Found before anything odd is put in, which could not be walked.
          const all = containers(changed);
          for (const one of mutations) apply(all, one);
          for (const problem of problemsOf(changed)) {
            // A problem is one line a terminal prints as it stands.
            expect(problem).toMatch(/^[^\p{Cc}]+$/u);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is accepted when every setting is valid', () => {
    fc.assert(
      fc.property(arbitraryShop(), (shop) => {
        expect(problemsOf(shop)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not change the prototype of anything', () => {
    const shop = smallShop();
    const polluted = JSON.parse(
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": 1}}}',
    );
    problemsOf({ ...shop, environments: { production: { ...shop.environments.production, waf: polluted } } });
    expect('polluted' in {}).toBe(false);
  });
});
