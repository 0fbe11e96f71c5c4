import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createShopApp } from '../../../lib/app.ts';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import type { Environment } from '../../../lib/config/index.ts';
import { loadShop } from '../../../lib/config/load.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { planDeploy } from '../../../lib/review/deploys/plan.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import {
  comparable,
  hasRelease,
  isKept,
  pack,
  type ReleasedShop,
  readRelease,
  releasedVersions,
  unpack,
} from '../../../scripts/released-templates.ts';
import { allExampleFiles, type ExampleFile } from '../../support/example-files.ts';
import { exampleAssembly } from '../../support/synthesize.ts';

const changelog = readFileSync('CHANGELOG.md', 'utf8');
const upgrade = readFileSync('docs/upgrade.md', 'utf8');
const kept = releasedVersions(changelog).filter(isKept);

const today = (file: ExampleFile) => readAssembly(exampleAssembly(file)).stacks;

/** What would stop the upgrade of one example, or lose its data: `constraint stack resource: says`. */
function stopping(from: readonly StackTemplate[], to: readonly StackTemplate[]): string[] {
  const deployment = (stacks: readonly StackTemplate[]) => new Deployment(stacks.map(comparable));
  return planDeploy(deployment(from), deployment(to)).stacks.flatMap(({ findings }) =>
    findings
      .filter(({ effect }) => effect === 'refused' || effect === 'lost')
      .map(({ constraint, stack, resource = '', says }) => `${constraint} ${stack} ${resource}: ${says}`),
  );
}

/** The changelog since a version, or docs/upgrade.md, names in backticks what stops an upgrade, and says the way. */
function isInNotes(found: string, version: string): boolean {
  const since = changelog.split(new RegExp(`^## .*\\b${version.replaceAll('.', '\\.')}\\b`, 'm'))[0] ?? '';
  const [constraint = ''] = found.split(' ');
  const page = upgrade.split(/^## /m).find((section) => section.startsWith(`From ${version}`)) ?? '';
  return [since, page].some((notes) => notes.includes(`\`${constraint}\``));
}

describe('every released version', () => {
  it('has its templates in test/review/deploys/releases ("npm run release:templates" writes them)', () => {
    expect(kept.filter((version) => !hasRelease(version))).toEqual([]);
  });

  const upgrades = kept.filter(hasRelease).flatMap((version) =>
    readRelease(version)
      .filter((shop): shop is ReleasedShop & { file: ExampleFile } =>
        allExampleFiles.some((file) => file === shop.file),
      )
      .map((shop) => [version, shop.file, shop.stacks] as const),
  );
  it.runIf(upgrades.length > 0).each(upgrades)('upgrades from %s: %s', (version, file, stacks) => {
    expect(stopping(stacks, today(file)).filter((found) => !isInNotes(found, version))).toEqual([]);
  });
});

describe('another kind of database', () => {
  const file = 'examples/woocommerce-starter.ts';
  const kept = readRelease('0.2.0').find((shop) => shop.file === file)?.stacks ?? [];
  const kindFindings = (to: readonly StackTemplate[]) =>
    stopping(kept, to).filter((found) => found.startsWith('database-kind'));

  it('is refused for an environment that has one, and the way to keep it is named', () => {
    const found = kindFindings(today(file));
    expect(found).toEqual([expect.stringMatching(/^database-kind \S+-data .*: is an empty database/)]);
  });

  it('is refused by nobody, where the old kind is written, and after that where the data was moved', async () => {
    const shop = await loadShop(join(packageRoot, file));
    const withDatabase = (database: Environment['database']) => {
      const environments = Object.fromEntries(
        Object.entries(shop.environments).map(([name, environment]) => [name, { ...environment, database }]),
      );
      const outdir = mkdtempSync(join(tmpdir(), 'upgrade-'));
      createShopApp({ ...shop, environments }, { outdir, sources: false }).synth();
      return readAssembly(outdir).stacks;
    };
    const as = withDatabase({ kind: 'aurora', standby: false });
    expect(stopping(kept, as)).toEqual([]);
    const moved = withDatabase({ kind: 'instance', standby: false, movedFrom: 'aurora' });
    expect(stopping(as, moved)).toEqual([]);
    expect(stopping(moved, withDatabase({ kind: 'aurora', standby: false }))).toEqual([
      expect.stringMatching(/^database-kind /),
    ]);
  });
});

describe('kept templates', () => {
  const file = 'examples/woocommerce-starter.ts';

  it('are what was synthesized, and small', () => {
    const packed = pack([{ file, stacks: today(file) }]);
    expect(packed.length).toBeLessThan(200_000);
    const [shop] = unpack(packed);
    const plan = planDeploy(new Deployment(shop?.stacks ?? []), new Deployment(today(file).map(comparable)));
    expect(plan.stacks.map(({ action }) => action)).toEqual(plan.stacks.map(() => 'unchanged'));
  });

  it('do not differ because code of a function does', () => {
    const written = today(file).find((stack) => /[0-9a-f]{64}/.test(JSON.stringify(stack.template)));
    const text = JSON.stringify(written);
    const hash = 'a'.repeat(64);
    expect(text).toContain('S3Key');
    const other = JSON.parse(text.replace(/[0-9a-f]{64}/g, hash)) as StackTemplate;
    expect(comparable(other)).toEqual(comparable(written as StackTemplate));
  });

  it('show an upgrade that AWS would refuse', () => {
    const before = today(file);
    const after = before.map((stack) =>
      stack.name.endsWith('-vault') ? { ...stack, template: { ...stack.template, Outputs: {} } } : stack,
    );
    expect(stopping(before, after).join()).toContain('export-in-use');
  });
});

it('a heading with a date is a release, one without is none', () => {
  const written = '## Unreleased\n\n## 0.3.0 - 2027-01-02\n\n## [0.2.0] (2026-11-28)\n\n## 0.1.0\n';
  expect(releasedVersions(written)).toEqual(['0.3.0', '0.2.0']);
  expect(['0.1.9', '0.2.0', '0.10.0'].map(isKept)).toEqual([false, true, true]);
});
