import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../lib/cli/package-root.ts';

/**
 * `npm run peers`: installs both packages beside the oldest CDK that their package.json allows, from the registry, and uses them.
 * The newest one is what the tests run with. Needs the tarballs' code in dist/ (`npm run prepack`).
 */
const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-peers-'));

const constructs = `
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { SecureShopChecks } from 'secure-shop-constructs';

const app = new App({ outdir: 'out' });
Validations.of(app).addPlugins(new SecureShopChecks());
const secret = new secretsmanager.Secret(new Stack(app, 'Theirs'), 'Secret');
for (const finding of ['SEC1[RotationSchedule]', 'SEC1[SecretKey]']) {
  Validations.of(secret).acknowledge({ id: 'SecureShop::SecureShop-' + finding, reason: 'to see that it is heard' });
}
app.synth();
`;

try {
  pack(['pack', '--ignore-scripts'], 'secure-shop');
  runIn('secure-shop', ['node_modules/secure-shop/bin/secure-shop.mjs', 'review', '-c', shopConfig()]);
  pack(['exec', '--', 'tsx', 'scripts/pack-constructs.ts'], 'secure-shop-constructs');
  writeFileSync(join(scratch, 'secure-shop-constructs', 'app.mjs'), constructs);
  runIn('secure-shop-constructs', ['app.mjs']);
} finally {
  rmSync(scratch, { recursive: true });
}

/** A folder of the package's name with the package and its peers, each the oldest in its range. */
function pack(command: readonly string[], name: string): void {
  const folder = join(scratch, name);
  execFileSync('mkdir', [folder]);
  execFileSync('npm', [...command, '--pack-destination', folder], { cwd: packageRoot, stdio: 'ignore' });
  const [tarball = ''] = readdirSync(folder);
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  const { peerDependencies } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  const oldest = Object.entries<string>(peerDependencies).map(([peer, range]) => `${peer}@${range.slice(1)}`);
  console.log(`${name} with ${oldest.join(' and ')}`);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`, ...oldest], {
    cwd: folder,
    stdio: 'inherit',
  });
}

function runIn(name: string, program: readonly string[]): void {
  execFileSync(process.execPath, program, { cwd: join(scratch, name), stdio: 'inherit' });
}

function shopConfig(): string {
  const file = join(scratch, 'secure-shop', 'shop.config.ts');
  const example = readFileSync(join(packageRoot, 'shop.config.ts'), 'utf8');
  writeFileSync(file, example.replace('./lib/config/index.ts', 'secure-shop'));
  return file;
}
