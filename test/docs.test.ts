import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ICloudAssemblySource, StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';
import { expect, it } from 'vitest';
import { exampleAssembly, exampleFiles, synthesizedExample } from './support/synthesize.ts';

const documents = ['README.md', 'README.ja.md', ...filesBelow('docs')].filter((file) => file.endsWith('.md'));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
}

/** npm asks no registry. */
const offline = { ...process.env, npm_config_offline: 'true', npm_config_registry: 'http://127.0.0.1:9' };

/** The stacks that a command which somebody is told to type names, by that command. */
function namedStacks(): Map<string, string[]> {
  const commands = new Map<string, string[]>();
  const messages = filesBelow('lib').filter((file) => file.endsWith('.ts'));
  for (const file of [...documents, ...messages]) {
    for (const [, verb = '', rest = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:npx (?:--no-install )?|run ")cdk (deploy|destroy|diff|list|watch)\b([^`\n#;]*)/g,
    )) {
      const words = rest
        .replaceAll(/["',\]]/g, '')
        .replaceAll(/\$ENVIRONMENT|\$\{environment\.name\}|<environment>|<環境>|\{\d?\}/g, 'production')
        .trim();
      const patterns = words.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
      commands.set(`${file}: cdk ${verb} ${words}`, patterns);
    }
  }
  return commands;
}

/** The ids of the stacks that the CDK finds by patterns, or none. */
async function stacksBy(assembly: ICloudAssemblySource, patterns: string[]): Promise<string[]> {
  const stacks = { strategy: StackSelectionStrategy.PATTERN_MATCH, patterns };
  const found = await toolkit.list(assembly, { stacks });
  // Each with the stack's name in brackets.
  return found.flatMap(({ id }) => id.split(' ')[0] || []);
}

const toolkit = new Toolkit({
  ioHost: {
    notify: () => Promise.resolve(),
    requestResponse: ({ defaultResponse }) => Promise.resolve(defaultResponse),
  },
});

it('every cdk command in the documents names stacks that the CDK finds', async () => {
  const assembly = await toolkit.fromAssemblyDirectory(exampleAssembly('examples/eccube-standard.ts'));
  const commands = namedStacks();
  expect(commands.size).toBeGreaterThan(5);
  const bare = [...commands].filter(([, patterns]) => patterns.length === 0).map(([command]) => command);
  expect(bare).toEqual([]);
  const patterns = [...new Set([...commands.values()].flat())];
  const single = patterns.filter((pattern) => !pattern.includes('*'));
  expect(await stacksBy(assembly, single)).toEqual(expect.arrayContaining(single));
  for (const pattern of patterns.filter((each) => each.includes('*'))) {
    expect([pattern, (await stacksBy(assembly, [pattern])).length > 5]).toEqual([pattern, true]);
  }
  expect(await stacksBy(assembly, ['Production/*'])).toEqual([]);
});

it('npx runs this package or nothing: outside of it, a bare npx runs what somebody registered under the name', () => {
  const sources = [
    ...documents,
    ...filesBelow('lib').filter((file) => file.endsWith('.ts')),
    'CONTRIBUTING.md',
  ];
  const bare = sources.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /(?:npx|npm exec)(?! --no-install secure-shop) [^`\n]*secure-shop|npm install (?:\S+ )*secure-shop\b/g,
      ),
    ].map(([command]) => `${file}: ${command}`),
  );
  expect(bare).toEqual([]);
  const { stdout } = spawnSync('npx', ['--no-install', 'secure-shop', '--help'], {
    encoding: 'utf8',
    env: offline,
  });
  expect(stdout).toContain('Usage: secure-shop');
  const stranger = mkdtempSync(join(tmpdir(), 'secure-shop-stranger-'));
  try {
    writeFileSync(join(stranger, 'package.json'), '{}');
    const refused = spawnSync('npx', ['--no-install', 'secure-shop', 'vpn', 'list'], {
      cwd: stranger,
      encoding: 'utf8',
      env: offline,
    });
    expect(refused.status).not.toBe(0);
    expect(refused.stdout).toBe('');
  } finally {
    rmSync(stranger, { recursive: true });
  }
});

it('takes once a week all of what the tests take a sample of', () => {
  const sections = readFileSync('CONTRIBUTING.md', 'utf8').split(/^## /m);
  const section = sections.find((each) => each.startsWith('What the tests take a sample of')) ?? '';
  const switches = [...section.matchAll(/`([A-Z_]+)=\S+ npx vitest|`(npm run [^`]+)`/g)].map(
    ([, variable, command]) => (variable ? `${variable}:` : (command ?? '')),
  );
  const weekly = readFileSync('.github/workflows/weekly.yml', 'utf8');
  expect(switches.length).toBeGreaterThan(4);
  expect(switches.filter((each) => !weekly.includes(each))).toEqual([]);
});

it('nobody publishes the package by mistake, under a name that is not ours', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({
    name: 'secure-shop',
    private: true,
  });
});

it('the package names no address of a repository or for bugs, which nobody could answer for, and the page says so', () => {
  const { keywords, ...described } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(keywords.length).toBeGreaterThan(5);
  expect(['repository', 'homepage', 'bugs'].filter((field) => field in described)).toEqual([]);
  for (const page of ['docs/own-a-shop.md', 'docs/own-a-shop.ja.md'])
    expect(readFileSync(page, 'utf8')).toContain('`repository`');
});

it('the Japanese README lists the commands of the English one', () => {
  const commandsIn = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/^npx --no-install secure-shop [^#\n]*/gm)].map(([line]) =>
      line.trim(),
    );
  expect(commandsIn('README.ja.md')).toEqual(commandsIn('README.md'));
  expect(commandsIn('README.md').length).toBeGreaterThan(4);
});

it('docs/leaving.md names everything that outlives a production stack, and nothing else', () => {
  const kept = new Set<string>();
  for (const file of exampleFiles) {
    for (const { templates } of synthesizedExample(file)) {
      for (const [stack, template] of Object.entries(templates)) {
        for (const { Type, DeletionPolicy = 'Delete' } of Object.values(template.toJSON().Resources) as {
          Type: string;
          DeletionPolicy?: string;
        }[]) {
          if (DeletionPolicy !== 'Delete') kept.add(`${stack} ${Type}`);
        }
      }
    }
  }
  const table = readFileSync('docs/leaving.md', 'utf8').matchAll(/^ +\| ([A-Z][\w, ]+) \| (`AWS::[^|]+)\|/gm);
  const named = [...table].flatMap(([, stacks = '', types = '']) =>
    stacks
      .split(', ')
      .flatMap((stack) => [...types.matchAll(/AWS::[\w:]+/g)].map(([type]) => `${stack} ${type}`)),
  );
  expect([...new Set(named)].sort()).toEqual([...kept].sort());
});
