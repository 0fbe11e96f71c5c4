import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { refusedEdits } from '../review/deploys/edits.ts';
import { admin } from './constraints/admin.ts';
import { cloudformation } from './constraints/cloudformation.ts';
import { credentials } from './constraints/credentials.ts';
import { data } from './constraints/data.ts';
import { failure } from './constraints/failure.ts';
import { keys } from './constraints/keys.ts';
import { network } from './constraints/network.ts';
import { patching } from './constraints/patching.ts';
import { perimeter } from './constraints/perimeter.ts';
import { recovery } from './constraints/recovery.ts';
import { storefront } from './constraints/storefront.ts';
import { vault } from './constraints/vault.ts';
import type { DeployedEnvironment } from './environment.ts';
import { synthesizedEnvironments } from './synthesized.ts';

const constraintsOf = {
  cloudformation,
  failure,
  keys,
  vault,
  network,
  data,
  recovery,
  credentials,
  perimeter,
  storefront,
  admin,
  patching,
};

let environments: DeployedEnvironment[];
beforeAll(async () => {
  environments = await synthesizedEnvironments();
});

describe.each(Object.entries(constraintsOf))('what AWS demands of %s', (_, constraints) => {
  describe.each(constraints)('$id: $says', ({ violations, breakIn }) => {
    it('in every example', () => {
      const found = environments.flatMap((environment) =>
        violations(environment).map((violation) => `${environment.name}: ${violation}`),
      );
      expect(found).toEqual([]);
    });

    it('and a template that is broken on purpose is caught', () => {
      const caught = environments.some((environment) => {
        const copy = structuredClone(environment);
        return breakIn(copy) && violations(copy).length > 0;
      });
      expect(caught).toBe(true);
    });
  });
});

const marked = [
  ...readFileSync('docs/deploy-notes.md', 'utf8').matchAll(
    /^\| ([a-z0-9-]+) \|.*\| (test|plan|deploy) \|$/gm,
  ),
];

describe('docs/deploy-notes.md', () => {
  it('says "test" exactly where a test of that name exists', () => {
    const tested = Object.values(constraintsOf)
      .flat()
      .map(({ id }) => id);
    const claimed = marked.filter(([, , shown]) => shown === 'test').map(([, id]) => id);
    expect(claimed.toSorted()).toEqual(tested.toSorted());
  });

  it('says "plan" exactly where a plan is shown to tell it', () => {
    const planned = new Set(refusedEdits.map(({ id }) => id));
    const claimed = marked.filter(([, , shown]) => shown === 'plan').map(([, id]) => id);
    expect(claimed.toSorted()).toEqual([...planned].toSorted());
  });
});
