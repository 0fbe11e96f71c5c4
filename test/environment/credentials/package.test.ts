import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenAges } from '../../../lib/review/report/age.ts';
import { smallShop } from '../../support/shops.ts';

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

describe('the package', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-scratch-'));
  const installed = join(scratch, 'node_modules', 'secure-shop');

  beforeAll(() => {
    execFileSync('npm', ['pack', '--pack-destination', scratch], { stdio: 'ignore' });
    const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '';
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(scratch, tarball), '-C', installed, '--strip-components=1']);
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
      const link = join(scratch, 'node_modules', dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(resolve('node_modules', dependency), link);
    }
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

  it.each(['shop.config.ts', 'shop.config.mjs'])('rehearses requests to the shop of a %s', (config) => {
    const shop = `import { defineShop } from 'secure-shop';\nexport default defineShop(${JSON.stringify(smallShop())});`;
    writeFileSync(join(scratch, config), shop);
    const program = join(installed, 'bin', 'secure-shop.mjs');
    const rehearsal = [program, 'try', '/wp-admin', '-c', config];
    const { stdout, stderr, status } = spawnSync(process.execPath, rehearsal, {
      cwd: scratch,
      encoding: 'utf8',
    });
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

  it('carries types, and no test or example', () => {
    expect(
      existsSync(join(installed, 'dist', 'lib', 'environment', 'credentials', 'rotated-credential.d.ts')),
    ).toBe(true);
    expect(existsSync(join(installed, 'test'))).toBe(false);
  });
});
