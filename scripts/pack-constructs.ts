import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { managedPoliciesFile } from '../lib/checks/model/access/managed-policies.ts';
import { policyTemplatesFile } from '../lib/checks/model/serverless/role-policies.ts';
import { packageRoot } from '../lib/cli/package-root.ts';

/**
 * `npm run pack:constructs [-- --pack-destination FOLDER]`: what `lib/index.ts` exports as a package of its own, for apps that want
 * a construct or the checks and not the commands. From the same compiled files; only what they import is depended on.
 */
const described = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

const sources = readdirSync(join(packageRoot, 'dist/lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js'))
  .map((file) => readFileSync(join(packageRoot, 'dist/lib', file), 'utf8'));

const imported = new Set(found(/^(?:import|export)\b[^;]*?'((?:@[\w-]+\/)?[a-z][\w-]*)(?:\/[^']*)?';$/gm));
const functions = found(/new HardenedFunction\([^{]*\{\s*name: '([\w-]+)'/g);

const folder = mkdtempSync(join(tmpdir(), 'secure-shop-constructs-'));
try {
  const brought = [
    'dist/lib',
    ...functions.map((name) => `dist/lambda/${name}`),
    ...[managedPoliciesFile, policyTemplatesFile].map((file) => file.slice(packageRoot.length + 1)),
    'LICENSE',
    'CHANGELOG.md',
  ];
  for (const path of brought) {
    cpSync(join(packageRoot, path), join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(constructsPackage(), null, 2));
  execFileSync('npm', ['pack', folder, ...process.argv.slice(2)], { stdio: ['ignore', 'inherit', 'ignore'] });
} finally {
  rmSync(folder, { recursive: true });
}

function found(pattern: RegExp): string[] {
  return sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name = '']) => name));
}

function constructsPackage() {
  const { version, license, type, engines, exports, keywords, dependencies, peerDependencies } = described;
  return {
    name: 'secure-shop-constructs',
    version,
    description: 'The rotated credential and the checks of Secure Shop, for CDK apps of your own',
    private: true,
    keywords,
    license,
    type,
    engines,
    exports,
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => imported.has(name))),
    // The first that takes an acknowledgement of a pack's finding: ids with two colons. `npm run peers` tries it.
    peerDependencies: { ...peerDependencies, 'aws-cdk-lib': '^2.269.0' },
  };
}
