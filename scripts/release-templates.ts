import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createShopApp } from '../lib/app.ts';
import { packageRoot } from '../lib/cli/package-root.ts';
import { loadShop } from '../lib/config/load.ts';
import { readAssembly } from '../lib/review/templates/assembly.ts';
import { allExampleFiles } from '../test/support/example-files.ts';
import { type ReleasedShop, releasedVersions, writeRelease } from './released-templates.ts';

// Keeps the templates of the version that is being released; CONTRIBUTING.md says when.
const changelog = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8');
const version = process.argv[2] ?? releasedVersions(changelog)[0];
if (version === undefined || !releasedVersions(changelog).includes(version)) {
  process.stderr.write(
    `CHANGELOG.md has no dated heading for ${version ?? 'any version'}; write "## 0.2.0 - 2026-11-28" first\n`,
  );
  process.exit(2);
}
const shops: ReleasedShop[] = [];
for (const file of allExampleFiles) {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-release-'));
  try {
    createShopApp(await loadShop(file), { outdir: folder, sources: false }).synth();
    shops.push({ file, stacks: readAssembly(folder).stacks });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const { file, bytes } = writeRelease(version, shops);
process.stdout.write(`${file}: ${shops.length} shops, ${Math.ceil(bytes / 1024)} KB\n`);
