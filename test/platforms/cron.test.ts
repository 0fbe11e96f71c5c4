import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { resolvePlatform } from '../../lib/config/platform.ts';

const { clockLine } = resolvePlatform({
  preset: 'woocommerce',
  architecture: 'arm64',
  adminPaths: [],
  openFunctions: [],
  loginPaths: [],
  checkoutPaths: [],
  uploadPaths: [],
  noticePaths: [],
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The clock of WordPress, with a script in the place of PHP, until `said` matches what it says. */
async function clockWith(php: string, said: RegExp): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-cron-'));
  folders.push(folder);
  writeFileSync(join(folder, 'php'), `#!/bin/sh\n${php}\n`);
  chmodSync(join(folder, 'php'), 0o755);
  const clock = spawn('sh', [join(packageRoot, 'platforms', 'woocommerce', 'cron.sh')], {
    cwd: folder,
    detached: true,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      SHOP_ROOT: folder,
      SHOP_CRON_SECONDS: '0.05',
      SHOP_CRON_LIMIT: '0.5',
      FOLDER: folder,
    },
  });
  try {
    return await new Promise((resolve, reject) => {
      let output = '';
      const late = setTimeout(() => reject(new Error(`the clock only said:\n${output}`)), 60_000);
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        if (!said.test(output)) return;
        clearTimeout(late);
        resolve(output);
      };
      clock.stdout.on('data', hear);
      clock.stderr.on('data', hear);
    });
  } finally {
    if (clock.pid !== undefined) process.kill(-clock.pid, 'SIGKILL');
  }
}

it('a task that hangs is stopped and told, and the next ones have their turn', async () => {
  const hangsOnce =
    'if [ -e "$FOLDER/hung" ]; then echo next; else touch "$FOLDER/hung"; exec sleep 1000; fi';
  expect(await clockWith(hangsOnce, /next/)).toContain('did not end in 0.5 seconds and were stopped');
});

it('a round that ended well is told by the line an alarm counts, and one that did not is not', async () => {
  const said = await clockWith(
    '[ -e "$FOLDER/failed" ] || { touch "$FOLDER/failed"; exit 255; }',
    new RegExp(`^${clockLine}$`, 'm'),
  );
  expect(said.split('\n').slice(0, 2)).toEqual([
    'the scheduled tasks of the shop failed, tried again in a minute',
    clockLine,
  ]);
});

it('a task that fails is told, and the clock goes on', async () => {
  const failsOnce = 'if [ -e "$FOLDER/failed" ]; then echo next; else touch "$FOLDER/failed"; exit 255; fi';
  expect(await clockWith(failsOnce, /next/)).toContain('tried again in a minute');
});
