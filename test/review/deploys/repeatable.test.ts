import { describe, expect, it } from 'vitest';
import { rehearseFailures } from '../../../lib/review/deploys/failure.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { World } from '../../../lib/review/deploys/model/world.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { exampleAssembly } from '../../support/synthesize.ts';

/** Every tier, platform and engine, with a VPN and without, and one that may be deleted. */
const environments = [
  ['examples/woocommerce-starter.ts', 'production', 5],
  ['examples/eccube-standard.ts', 'production', 1],
  ['examples/custom-high-availability.ts', 'production', 5],
  ['examples/disposable-staging.ts', 'staging', 1],
] as const;

describe('a first deploy that fails at any resource is repeated with the same command', () => {
  // The small and the large shop have the resources of the middle one: each fifth of theirs is enough.
  it.each(environments)('%s, %s', (file, environment, every) => {
    const stacks = readAssembly(exampleAssembly(file)).stacks.filter(
      (each) => each.environment === environment,
    );
    expect(stacks.length).toBeGreaterThan(5);
    const rehearsals = rehearseFailures(
      World.empty(),
      new Deployment(stacks),
      (_, index) => index % every === 0,
    );
    expect(rehearsals.length).toBeGreaterThan(50);
    const stopped = rehearsals.flatMap(({ stack, failing, again }) =>
      again.map(({ says }) => `${stack.name}/${failing}: ${says}`),
    );
    expect(stopped).toEqual([]);
    // What the rollback leaves, a person may delete at leisure: with these commands.
    for (const { commands = [], resource } of rehearsals.flatMap(({ left }) => left))
      expect(commands.at(-1), resource).toContain('aws ');
    // A command is copied as it is: what AWS has named, an earlier one of them asks for.
    expect(
      rehearsals
        .flatMap(({ left }) => left)
        .flatMap(({ commands = [] }) => commands)
        .join(),
    ).not.toMatch(/<\w/);
  });
});
