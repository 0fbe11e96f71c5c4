import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationValidatePlugin, type IPolicyValidationContext } from 'aws-cdk-lib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createShopApp } from '../lib/app.ts';
import { addPacks } from '../lib/checks/packs/index.ts';
import { isOpen } from '../lib/checks/recorder/row.ts';
import { parseShop } from '../lib/config/index.ts';
import { arbitraryShop } from './support/shops.ts';
import { allExampleFiles, exampleAssembly } from './support/synthesize.ts';

it("holds nothing that AWS's own validator calls an error, in any example", () => {
  const stackTemplates = allExampleFiles
    .flatMap((file) => templatesBelow(exampleAssembly(file)))
    .map((templatePath) => ({ templatePath }));
  expect(stackTemplates.length).toBeGreaterThan(40);
  // The plugin reads the templates alone; constructs, account and region it is not asked for.
  const context = { stackTemplates } as unknown as IPolicyValidationContext;
  const { violations } = new CloudFormationValidatePlugin().validate(context);
  const errors = violations.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  expect(errors.map(({ ruleName, description }) => `${ruleName}: ${description}`)).toEqual([]);
});

it('looks nothing up in an account, in any example', () => {
  for (const file of allExampleFiles) {
    const text = readFileSync(join(exampleAssembly(file), 'manifest.json'), 'utf8');
    expect((JSON.parse(text) as { missing?: unknown }).missing, file).toBeUndefined();
  }
});

it('is clean in all five packs for any valid config (sampled)', () => {
  fc.assert(
    fc.property(arbitraryShop(), (input) => {
      const outdir = mkdtempSync(join(tmpdir(), 'secure-shop-any-'));
      try {
        const app = createShopApp(parseShop(input), { outdir });
        const recorder = addPacks(app);
        app.synth();
        expect(recorder.rows.filter(isOpen)).toEqual([]);
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    }),
    // A failure names its seed; making it smaller would synthesize the shop a hundred times.
    { numRuns: Number(process.env.SAMPLED_SHOPS ?? 3), endOnFailure: true },
  );
});

function templatesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}
