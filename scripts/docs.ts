import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../lib/cli/package-root.ts';
import { pages, renewTables } from '../lib/config/reference.ts';

// Writes the tables of settings into the documentation, after a change of lib/config/schema.ts.
for (const { file, language } of pages) {
  const path = join(packageRoot, file);
  writeFileSync(path, renewTables(readFileSync(path, 'utf8'), language));
}
