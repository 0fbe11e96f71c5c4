import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../lib/cli/package-root.ts';
import { commandPageFiles, commandsPage } from '../lib/cli/reference.ts';
import { loadShop } from '../lib/config/load.ts';
import { pages, renewTables } from '../lib/config/reference.ts';
import { secureShopProgram } from '../lib/program.ts';
import { type Estimate, estimate } from '../lib/review/cost/estimate.ts';
import { environmentsOf } from '../lib/review/cost/priced-environment.ts';
import { costPages, pricedExamples, renewCostTables } from '../lib/review/cost/reference.ts';
import { readAssembly } from '../lib/review/templates/assembly.ts';
import { withSynthesizedShop } from '../lib/synthesize.ts';
import { rulePageFiles, rulePages } from './rule-pages.ts';

// Writes the tables of settings into the documentation, after a change of lib/config/schema.ts.
for (const { file, language } of pages) renew(file, (page) => renewTables(page, language));

// Writes what the examples cost, after a change of the templates or of a price.
const estimates: Estimate[] = [];
for (const file of pricedExamples) {
  const stacks = await withSynthesizedShop(await loadShop(join(packageRoot, file)), (_, folder) => [
    ...readAssembly(folder).stacks,
  ]);
  const [production] = environmentsOf(stacks);
  if (production) estimates.push(estimate(production));
}
for (const { file, language } of costPages) renew(file, (page) => renewCostTables(page, language, estimates));

function renew(file: string, change: (page: string) => string): void {
  const path = join(packageRoot, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

// Writes a section for each rule of our own pack, after a change of lib/checks.
for (const { file, language } of rulePageFiles) writeFileSync(join(packageRoot, file), rulePages(language));

// Writes the commands, after a change of their definitions.
for (const { file, language } of commandPageFiles) {
  writeFileSync(join(packageRoot, file), commandsPage(secureShopProgram(process.exit), language));
}
