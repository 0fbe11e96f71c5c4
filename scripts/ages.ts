import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../lib/cli/package-root.ts';
import { blame, type WrittenAges, writtenAgesFile } from '../lib/review/report/age.ts';

// Writes down, when the package is packed, who accepted a finding and when: an installed package has no history.
const environment = join(packageRoot, 'lib', 'environment');
const ages: Record<string, WrittenAges[string]> = {};
for (const name of readdirSync(environment, { recursive: true, encoding: 'utf8' })) {
  const file = join(environment, name);
  if (!name.endsWith('.ts') || !readFileSync(file, 'utf8').includes('declarations/acknowledge.ts')) continue;
  ages[relative(packageRoot, file)] = Object.fromEntries(blame(file) ?? []);
}
mkdirSync(dirname(writtenAgesFile), { recursive: true });
writeFileSync(writtenAgesFile, JSON.stringify(ages));
