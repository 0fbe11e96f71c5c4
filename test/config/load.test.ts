import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { UserError } from '../../lib/cli/user-error.ts';
import { loadShop } from '../../lib/config/load.ts';
import { versionsSchema } from '../../lib/config/versions.ts';
import { customPlatform, smallShop } from '../support/shops.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function problemsOf(file: string): Promise<readonly string[]> {
  try {
    await loadShop(file);
    return [];
  } catch (error) {
    // Each file has a name of its own; the folder's is chosen by the system.
    if (error instanceof UserError) return error.problems.map((problem) => problem.replace(`${folder}/`, ''));
    throw error;
  }
}

const shop = JSON.stringify(smallShop());
const library = JSON.stringify(join(packageRoot, 'lib', 'config', 'index.ts'));
const secret = `sk_${'live'}_abcdefghijklmnop`;

describe('a config file', () => {
  it.each([
    ['shop.config.ts', `import { defineShop } from ${library};\nexport default defineShop(${shop});`],
    ['packaged.mts', `import { defineShop } from 'secure-shop';\nexport default defineShop(${shop});`],
    ['plain.js', `export default ${shop}`],
    ['plain.mjs', `export default ${shop}`],
    ['common.cjs', `module.exports = ${shop}`],
    ['data.json', shop],
    [
      'compiled.cjs',
      `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = ${shop}`,
    ],
    [
      'reads-beside.cjs',
      `module.exports = require('node:path').basename(__filename) === 'reads-beside.cjs' && ${shop}`,
    ],
    ['meta.ts', `export default import.meta.filename.startsWith(import.meta.dirname) && ${shop}`],
    ['awaited.ts', `export default await Promise.resolve(${shop})`],
    ['typed.ts', `const shop: object = ${shop}; enum Tier { Big }\nexport default { ...shop } as unknown;`],
  ])('is read from %s', async (name, content) => {
    expect((await loadShop(write(name, content))).name).toBe('hana-candles');
  });

  it('may import files beside it, packages, and what it finds through import.meta.url', async () => {
    write('parts/people.ts', "export const people = [{ name: 'ken', email: 'ken@example.jp' }];");
    write('parts/account.txt', '222233334444');
    write('node_modules/zone-names/package.json', '{ "name": "zone-names", "exports": "./zone.mjs" }');
    write('node_modules/zone-names/zone.mjs', "export default 'example.jp';");
    const file = write(
      'parts/shop.ts',
      `import { readFileSync } from 'node:fs';
       import { parse } from ${JSON.stringify(join(packageRoot, 'node_modules/yaml/dist/index.js'))};
       import zone from 'zone-names';
       import { people } from './people.ts';
       const shop = parse(${JSON.stringify(shop)});
       shop.environments.production.account = readFileSync(new URL('./account.txt', import.meta.url), 'utf8');
       shop.environments.production.admin.people = people;
       shop.environments.production.hostedZone.name = zone;
       export default shop;`,
    );
    const { production } = (await loadShop(file)).environments;
    expect(production?.account).toBe('222233334444');
    expect(production?.admin.people).toEqual([{ name: 'ken', email: 'ken@example.jp' }]);
  });

  it('is read anew each time', async () => {
    const file = write('changing.ts', `export default ${shop}`);
    await loadShop(file);
    write('changing.ts', `export default ${shop.replace('hana-candles', 'hana-soaps')}`);
    expect((await loadShop(file)).name).toBe('hana-soaps');
  });

  it.each([
    ['empty.ts', '', 'empty.ts: exports nothing; write `export default defineShop({ ... })`'],
    [
      'named.ts',
      'export const shop = {};',
      'named.ts: exports shop, but has no default export; write `export default defineShop({ ... })`',
    ],
    [
      'undefined.ts',
      'export default undefined;',
      'default export: found nothing; write an object: { name: …, payment: …, environments: … }',
    ],
    [
      'function.ts',
      'export default () => ({});',
      'default export: found a function; write an object: { name: …, payment: …, environments: … }',
    ],
    [
      'unfinished.ts',
      'export default {\n  name: ',
      'unfinished.ts:2:9: does not parse: Unexpected end of file',
    ],
    [
      'secret-in-typo.ts',
      `export default { key: a ${secret} }`,
      'secret-in-typo.ts:1:25: does not parse: Expected "}" but found "(not shown: looks like a secret)"',
    ],
    [
      'comma.json',
      '{ "name": "hana", }',
      'comma.json:1:17: does not parse: JSON does not support trailing commas',
    ],
    ['no-import.ts', "import './nowhere.ts';", 'no-import.ts:1:8: Could not resolve "./nowhere.ts"'],
    ['no-package.ts', "import 'no-such-package';", 'no-package.ts:1:8: Could not resolve "no-such-package"'],
    [
      'throws.ts',
      'throw new TypeError("no such thing\\n    at somewhere"); export default {};',
      'throws.ts: the file stopped with an error: TypeError: no such thing',
    ],
    [
      'throws-secret.ts',
      `throw new Error("bad key ${secret}")`,
      'throws-secret.ts: the file stopped with an error: Error: bad key (not shown: looks like a secret)',
    ],
    [
      'throws-anything.ts',
      'throw { toString() { throw 1; } };',
      'throws-anything.ts: the file stopped with an error: no message',
    ],
    [
      'ends.ts',
      `process.exit(0); export default ${shop}`,
      'ends.ts: the file stopped with an error: it ended, or waits for what never comes, before it exported a shop',
    ],
    [
      'waits.ts',
      `await new Promise(() => {}); export default ${shop}`,
      'waits.ts: the file stopped with an error: it ended, or waits for what never comes, before it exported a shop',
    ],
    [
      'fails-later.ts',
      `setTimeout(() => { throw new Error('late'); }); await new Promise(() => {}); export default ${shop}`,
      'fails-later.ts: the file stopped with an error: Error: late',
    ],
    [
      'rejects-unheard.ts',
      `Promise.reject(new Error('late')); setInterval(() => {}, 1000); await new Promise(() => {}); export default ${shop}`,
      'rejects-unheard.ts: the file stopped with an error: Error: late',
    ],
    [
      'breaks-built-ins.ts',
      `Object.keys = () => { throw new Error('no'); }; export default ${shop}`,
      'breaks-built-ins.ts: the file stopped with an error: Error: no',
    ],
    [
      'no-message.ts',
      'throw new Error();',
      'no-message.ts: the file stopped with an error: Error: no message',
    ],
    [
      'unused.ts',
      `import { people } from './gone.ts'; export default ${shop}`,
      'unused.ts:1:24: Could not resolve "./gone.ts"',
    ],
    [
      'misspelt.ts',
      `import { defineShp } from 'secure-shop'; export default defineShp(${shop})`,
      'misspelt.ts:1:10: "defineShp" is nothing the library offers to a config file; import defineShop',
    ],
    [
      'twice.ts',
      'export default {\n  environments: { production: {}, production: {} },\n  name: "a",\n  name: "b",\n};',
      'twice.ts:2:35: "production" is written twice in one object; remove one',
      'twice.ts:4:3: "name" is written twice in one object; remove one',
    ],
    [
      'twice.json',
      '{ "name": "a", "name": "b" }',
      'twice.json:1:16: "name" is written twice in one object; remove one',
    ],
    [
      'shop',
      '',
      'shop: found a file without an ending; write a file ending in .ts, .mts, .js, .mjs, .cjs, .json',
    ],
    [
      'shop.yaml',
      'name: hana',
      'shop.yaml: found a ".yaml" file; write a file ending in .ts, .mts, .js, .mjs, .cjs, .json',
    ],
  ])('that cannot be used says so without a stack trace: %s', async (name, content, ...problems) => {
    expect(await problemsOf(write(name, content))).toEqual(problems);
  });

  it.each([
    ['left-open.ts', `setInterval(() => {}, 1000);\nexport default ${shop}`],
    ['no-process.ts', `globalThis.process = undefined;\nexport default ${shop}`],
    ['every-object.ts', `Object.prototype.tier = 'x'; JSON.stringify = undefined;\nexport default ${shop}`],
  ])('does its worst in a thread of its own: %s', async (name, content) => {
    expect((await loadShop(write(name, content))).name).toBe('hana-candles');
    expect(({} as { readonly tier?: unknown }).tier).toBeUndefined();
  });

  it('leaves the standard output to the command that reads it', async () => {
    const file = write('talks.ts', `console.log('hello'); export default {};`);
    const code = `import { loadShop } from './lib/config/load.ts'; await loadShop(${JSON.stringify(file)}).catch(() => {});`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
      cwd: packageRoot,
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await once(child, 'close');
    expect([child.exitCode, output]).toEqual([0, '']);
  });

  it('that does not exist, or is a folder, says so', async () => {
    const here = process.cwd();
    expect(await problemsOf('nowhere.ts')).toEqual([
      `nowhere.ts: there is no such file; write its path relative to ${here}`,
    ]);
    expect(await problemsOf('with\0nul.ts')).toHaveLength(1);
    expect(await problemsOf('examples')).toEqual(['examples: found a folder; write the path of a file']);
  });

  it('names a build context that is missing or cannot be built', async () => {
    const withContext = (buildContext: string) =>
      JSON.stringify({ ...smallShop(), platform: { ...customPlatform(), buildContext } });
    mkdirSync(join(folder, 'bare'), { recursive: true });
    expect(await problemsOf(write('missing.json', withContext('./nowhere')))).toEqual([
      'platform.buildContext: found "./nowhere", but there is no such folder beside the config file',
    ]);
    expect(await problemsOf(write('bare.json', withContext('./bare')))).toEqual([
      'platform.buildContext: found "./bare", which holds no Dockerfile and no versions.json; write the folder that does, as examples/custom-shop',
    ]);
    write('bare/Dockerfile', 'FROM scratch');
    write('bare/versions.json', '{ "images": ');
    expect(await problemsOf(write('broken.json', withContext('./bare')))).toEqual([
      'platform.buildContext: found "./bare", whose versions.json cannot be read as JSON; write it as examples/custom-shop/versions.json',
    ]);
    const images = { node: { repository: 'node', tag: '22' }, NODE_IMAGE: { repository: 'node', tag: '22' } };
    write('bare/versions.json', JSON.stringify({ images, packages: {} }));
    expect(await problemsOf(write('wrong.json', withContext('./bare')))).toEqual([
      'platform.buildContext: found "./bare", whose versions.json is wrong at images.node: write the build argument in capitals',
      'platform.buildContext: found "./bare", whose versions.json is wrong at images.NODE_IMAGE.repository: write the full repository',
    ]);
  });
});

describe('the build context of the custom example', () => {
  const context = join(packageRoot, 'examples', 'custom-shop');

  it('names its base image in the way the patch pipeline reads', async () => {
    const versions = JSON.parse(readFileSync(join(context, 'versions.json'), 'utf8'));
    expect(Object.keys(versionsSchema.parse(versions).images)).toEqual(['NODE_IMAGE']);
  });

  it('declares the writable folders, the port and the user of its config', async () => {
    const { platform } = await loadShop(join(packageRoot, 'examples', 'custom-high-availability.ts'));
    const dockerfile = readFileSync(join(context, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain(`VOLUME ${JSON.stringify(platform.writableFolders).replace(',', ', ')}`);
    expect(dockerfile).toContain(`EXPOSE ${platform.port}`);
    expect(dockerfile).toContain(`USER ${platform.userId}:${platform.userId}`);
  });

  it('holds a server that answers the health path', async () => {
    const server = spawn(process.execPath, [join(context, 'server.mjs')], {
      env: { PORT: '0' },
      stdio: 'pipe',
    });
    try {
      const [line] = await once(server.stdout, 'data');
      const address = `http://127.0.0.1:${String(line).trim()}`;
      expect((await fetch(`${address}/health`)).status).toBe(200);
      expect((await fetch(`${address}/`)).status).toBe(404);
    } finally {
      server.kill();
    }
  });
});

describe('the examples', () => {
  it.each([
    ['shop.config.ts', 'woocommerce', ['standard']],
    ['examples/woocommerce-starter.ts', 'woocommerce', ['starter']],
    ['examples/eccube-standard.ts', 'ec-cube', ['standard', 'starter']],
    ['examples/custom-high-availability.ts', 'custom', ['high-availability']],
    ['examples/disposable-staging.ts', 'custom', ['starter']],
  ])('%s is a valid shop', async (file, preset, tiers) => {
    const shop = await loadShop(join(packageRoot, file));
    expect(shop.platform.preset).toBe(preset);
    expect(Object.values(shop.environments).map(({ tier }) => tier)).toEqual(tiers);
  });
});
