import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenAges } from '../lib/review/report/age.ts';
import { readAssembly } from '../lib/review/templates/assembly.ts';
import { smallShop } from './support/shops.ts';

/** An app as somebody else writes it, in plain JavaScript, with nothing of this repository but the package. */
const app = `
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RotatedCredential } from 'secure-shop';

const app = new App({ outdir: 'out' });
const stack = new Stack(app, 'Theirs', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a'] });
const key = new kms.Key(stack, 'Key');
new RotatedCredential(stack, 'Login', {
  database: { engine: 'mariadb', host: 'db.example', port: 3307, name: 'app' },
  adminSecret: new secretsmanager.Secret(stack, 'Admin'),
  baseName: 'app',
  readers: [new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') })],
  encryptionKey: key,
  vpc,
  every: Duration.days(7),
  windowStartHour: 17,
  window: Duration.hours(2),
  alarmTopic: new sns.Topic(stack, 'Alarms'),
  logs: { key, retentionDays: 365 },
});
app.synth();
`;

/** What a TypeScript app sees of the package; each misuse must be an error where it stands. */
const typed = `
import { Duration } from 'aws-cdk-lib';
import { defineShop, RotatedCredential, type RotatedCredentialProps } from 'secure-shop';

// @ts-expect-error a shop has environments
export default defineShop({ name: 'mine' });
export const every: RotatedCredentialProps['every'] = Duration.days(7);
// @ts-expect-error not an engine
export const engine: RotatedCredentialProps['database']['engine'] = 'oracle';
// @ts-expect-error the database is missing
export const incomplete: RotatedCredentialProps = { every };
export class Mine extends RotatedCredential {}
`;

/** What `npm` and `npx` do in the commands of a page, but for what asks the registry or a person. */
const substitutes = `
  link() { mkdir -p node_modules; ln -s "$ROOT"/node_modules/* "$ROOT"/node_modules/.bin node_modules/ 2>/dev/null || true; }
  npm() { case $1 in
    ci) link;;
    install) for each; do case $each in *.tgz)
      mkdir -p node_modules/secure-shop; tar -xzf "$each" -C node_modules/secure-shop --strip-components=1
      command npm pkg set "dependencies.secure-shop=file:$each";; esac; done; link
      rm -rf node_modules/.bin; mkdir node_modules/.bin
      ln -s ../secure-shop/bin/secure-shop.mjs node_modules/.bin/secure-shop
      chmod +x node_modules/secure-shop/bin/secure-shop.mjs; ln -s ../aws-cdk/bin/cdk node_modules/.bin/cdk;;
    *) command npm "$@";; esac; }
  npx() { if [ "\${!#}" = init ]; then command npx "$@" $ANSWERS; else command npx "$@"; fi; }`;

/** As `npm install` puts a tarball into a folder, but with the dependencies that lie here already. */
function install(tarball: string, folder: string): void {
  const unpacked = join(folder, 'node_modules', 'unpacked');
  mkdirSync(unpacked, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
  const { name, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(unpacked, 'package.json'), 'utf8'),
  );
  rmSync(join(folder, 'node_modules', name), { recursive: true, force: true });
  renameSync(unpacked, join(folder, 'node_modules', name));
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(folder, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(resolve('node_modules', dependency), link);
  }
}

/** What a shop that has the package installed accepts, without a line of which the package tells since when it stands. */
function unsigned(shop: string): string[] {
  const installed = join(realpathSync(shop), 'node_modules', 'secure-shop');
  const ages: WrittenAges = JSON.parse(readFileSync(join(installed, 'dist', 'ages.json'), 'utf8'));
  const { acknowledgements } = readAssembly(join(shop, 'cdk.out'));
  const ours = acknowledgements.filter(({ id }) => !id.startsWith('CloudFormation-Validate::'));
  expect(ours.length).toBeGreaterThan(10);
  return ours
    .filter(({ source }) => !source || !ages[relative(installed, source.file)]?.[source.line])
    .map(({ id }) => id);
}

describe('the package', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-scratch-'));
  const installed = join(scratch, 'node_modules', 'secure-shop');

  let tarball = '';

  beforeAll(() => {
    execFileSync('npm', ['pack', '--pack-destination', scratch], { stdio: 'ignore' });
    tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '';
    install(join(scratch, tarball), scratch);
    writeFileSync(join(scratch, 'tsconfig.json'), '{ "extends": "./nowhere.json" }');
    writeFileSync(join(scratch, 'app.mjs'), app);
    writeFileSync(join(scratch, 'typed.mts'), typed);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('gives a rotated credential, its function included, to an app of its own', () => {
    execFileSync(process.execPath, ['app.mjs'], { cwd: scratch, stdio: 'pipe' });
    const template = JSON.parse(readFileSync(join(scratch, 'out', 'Theirs.template.json'), 'utf8'));
    const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
    expect(types).toContain('AWS::SecretsManager::RotationSchedule');
    expect(types).toContain('AWS::SecretsManager::ResourcePolicy');
    const assets = readdirSync(join(scratch, 'out')).filter((name) => name.startsWith('asset.'));
    expect(assets.some((asset) => existsSync(join(scratch, 'out', asset, 'index.mjs')))).toBe(true);
  });

  it('gives the constructs and the checks alone, without the commands and what only they need', () => {
    const apart = join(scratch, 'apart');
    mkdirSync(apart);
    const packing = [
      'node_modules/tsx/dist/cli.mjs',
      'scripts/pack-constructs.ts',
      '--pack-destination',
      apart,
    ];
    execFileSync(process.execPath, packing, { stdio: 'ignore' });
    const [small = ''] = readdirSync(apart);
    install(join(apart, small), apart);
    expect(readdirSync(join(apart, 'node_modules')).sort()).toEqual([
      'aws-cdk-lib',
      'constructs',
      'fastest-levenshtein',
      'secure-shop-constructs',
      'zod',
    ]);
    const checked = app
      .replace("'secure-shop'", "'secure-shop-constructs'")
      .replace('import { RotatedCredential', 'import { RotatedCredential, SecureShopChecks')
      .replace('import { App,', 'import { App, Validations,')
      .replace('app.synth()', 'Validations.of(app).addPlugins(new SecureShopChecks());\napp.synth()');
    writeFileSync(join(apart, 'app.mjs'), checked);
    // The secret of the database's administrator has neither a key nor a schedule.
    const { stderr } = spawnSync(process.execPath, ['app.mjs'], { cwd: apart, encoding: 'utf8' });
    expect(stderr).toContain('SecureShop::SecureShop-SEC1[RotationSchedule]');
    expect(existsSync(join(apart, 'out', 'Theirs.template.json'))).toBe(true);
  });

  it('compiles in a TypeScript app of its own, and refuses what is wrong there', () => {
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--types',
      '',
    ];
    const compiled = spawnSync(process.execPath, [tsc, ...options, 'typed.mts'], {
      cwd: scratch,
      encoding: 'utf8',
    });
    expect(compiled.stdout).toBe('');
    expect(compiled.status).toBe(0);
  });

  /** Writes the config of a shop, and runs a command on it. */
  function secureShop(config: string, ...command: string[]) {
    const shop = `import { defineShop } from 'secure-shop';\nexport default defineShop(${JSON.stringify(smallShop())});`;
    writeFileSync(join(scratch, config), shop);
    const words = [join(installed, 'bin', 'secure-shop.mjs'), ...command, '-c', config];
    return spawnSync(process.execPath, words, { cwd: scratch, encoding: 'utf8' });
  }

  it('reads a shop.config.mjs too', () => {
    const { stderr, status } = secureShop('shop.config.mjs', 'vpn', 'list', '-e', 'elsewhere');
    expect(stderr).toMatch(/no environment "elsewhere".*production/);
    expect(status).toBe(2);
  });

  it('rehearses requests to the shop of a shop.config.ts', () => {
    const { stdout, stderr, status } = secureShop('shop.config.ts', 'try', '/wp-admin');
    expect(stderr).toBe('');
    expect(stdout).toContain('block 403');
    expect(status).toBe(0);
  });

  it('tells who accepted a finding, though it has no history', () => {
    const ages: WrittenAges = JSON.parse(readFileSync(join(installed, 'dist', 'ages.json'), 'utf8'));
    const file = 'lib/environment/vault/buckets.ts';
    const lines = readFileSync(join(installed, file), 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('acknowledge(')) + 1;
    expect(ages[file]?.[line]).toMatchObject({ since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  });

  describe('docs/own-a-shop.md', () => {
    const page = readFileSync('docs/own-a-shop.md', 'utf8');
    /** The commands below a heading. */
    const commandsBelow = (heading: string) =>
      page.slice(page.indexOf(heading)).match(/```\n([\s\S]*?)```/)?.[1] ?? '';
    const answers =
      '--name hana-candles --preset woocommerce --payment stripe --account 111122223333 --domain shop.example.jp ' +
      '--hosted-zone-name example.jp --hosted-zone-id Z0123456789ABCDEFGHIJ --alarm-emails owner@example.jp ' +
      '--admin-name hana --admin-email hana@example.jp';
    /** What the page types, but for what asks the registry or a person. */
    const shell = (cwd: string, env: NodeJS.ProcessEnv, ...commands: string[]) =>
      execFileSync('bash', ['-euc', [substitutes, ...commands].join('\n')], {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          npm_config_offline: 'true',
          CDK_DISABLE_VERSION_CHECK: '1',
          GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig'),
          ROOT: process.cwd(),
          ANSWERS: answers,
          ...env,
        },
      });
    beforeAll(() => {
      writeFileSync(
        join(scratch, 'gitconfig'),
        '[user]\nname = Hana\nemail = hana@example.jp\n[safe]\ndirectory = *\n[init]\ndefaultBranch = main\n',
      );
    });

    it('leads to a shop in a clone, and keeps it through an upgrade', () => {
      const upstream = join(scratch, 'upstream');
      shell(scratch, {}, `git clone -q --shared "$ROOT" upstream`);
      shell(scratch, { SECURE_SHOP: upstream }, commandsBelow('## A: a clone'));
      shell(
        upstream,
        {},
        'echo "// of the newer version" >> shop.config.ts; echo newer >> CHANGELOG.md',
        'git commit -qam Newer; git tag v99.0.0',
      );
      const mine = join(scratch, 'my-shop');
      const config = readFileSync(join(mine, 'shop.config.ts'), 'utf8');
      expect(config).toContain("from './lib/config/index.ts'");
      shell(mine, { VERSION: 'v99.0.0' }, commandsBelow('id="upgrade-a-clone"'));
      expect(readFileSync(join(mine, 'shop.config.ts'), 'utf8')).toBe(config);
      expect(readFileSync(join(mine, 'CHANGELOG.md'), 'utf8')).toMatch(/newer\n$/);
      expect(shell(mine, {}, 'git status --porcelain')).toBe('');
      expect(shell(mine, {}, 'git describe --tags')).toContain('v99.0.0');
    });

    it('leads to a shop in a repository of its own, and upgrades that', () => {
      const own = join(scratch, 'own');
      mkdirSync(own);
      shell(own, { SECURE_SHOP: scratch }, commandsBelow('## B: a repository'));
      const mine = join(own, 'my-shop');
      expect(readFileSync(join(mine, 'shop.config.ts'), 'utf8')).toContain("from 'secure-shop'");
      expect(shell(mine, {}, 'npx cdk list')).toContain('production/Storefront');
      expect(unsigned(mine)).toEqual([]);
      const newer = join(own, 'secure-shop-99.0.0.tgz');
      shell(
        own,
        { OLD: join(scratch, tarball), NEW: newer },
        'tar -xzf "$OLD"; sed -i \'s/"version": "[^"]*"/"version": "99.0.0"/\' package/package.json; tar -czf "$NEW" package',
      );
      const shown = shell(mine, { TARBALL: newer }, commandsBelow('id="upgrade-a-repository"'));
      expect(shown).toMatch(/99\.0\.0\n$/);
      const described = readFileSync(join(mine, 'node_modules/secure-shop/CHANGELOG.md'), 'utf8');
      expect(described).toMatch(/^## \d/m);
    });

    it('types the same in Japanese, and versions that this package has', () => {
      const blocks = (file: string) => readFileSync(file, 'utf8').match(/```\n[\s\S]*?```/g);
      expect(blocks('docs/own-a-shop.ja.md')).toEqual(blocks('docs/own-a-shop.md'));
      const { version, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
      for (const name of ['aws-cdk-lib', 'constructs', 'aws-cdk']) {
        expect(page).toContain(`${name}@${devDependencies[name]}`);
      }
      expect(new Set(page.match(/(?<=vendor\/)secure-shop-[\d.]+(?=\.tgz)/g))).toEqual(
        new Set([`secure-shop-${version}`]),
      );
    });
  });

  it('carries types, and no test or example', () => {
    expect(
      existsSync(join(installed, 'dist', 'lib', 'environment', 'credentials', 'rotated-credential.d.ts')),
    ).toBe(true);
    expect(existsSync(join(installed, 'test'))).toBe(false);
  });
});
