import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { packageRoot } from '../lib/cli/package-root.ts';

// Draws the pictures of the READMEs from a review of the example shop, as Chromium and a terminal show it:
// `npm run pictures`, after a change of the page's looks. Needs Chromium, and for Japanese a font (fonts-ipafont-gothic).

const pictures = join(packageRoot, 'docs', 'pictures');
const locales = { en: 'en_GB.UTF-8', ja: 'ja_JP.UTF-8' } as const;
type Language = keyof typeof locales;

const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-pictures-'));
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const language of Object.keys(locales) as Language[]) await draw(browser, language);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function draw(browser: Browser, language: Language): Promise<void> {
  const out = join(scratch, language);
  // What it says on the way, too, as a terminal shows both.
  const command = [
    '-c',
    'exec "$@" 2>&1',
    'sh',
    process.execPath,
    'bin/secure-shop.mjs',
    'review',
    '--out',
    out,
  ];
  const said = execFileSync('sh', command, {
    cwd: packageRoot,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: locales[language] },
  }).replaceAll(`${out}/`, 'reports/');
  const context = await browser.newContext({
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    viewport: { width: 1200, height: 860 },
  });
  const page = await context.newPage();
  const file = (name: string) => join(pictures, `${name}.${language}.png`);

  await page.goto(pathToFileURL(join(out, 'index.html')).href);
  await page.screenshot({ path: file('report') });
  await page
    .locator('#architecture svg')
    .first()
    .screenshot({ path: file('architecture') });

  // A page of its own: what the report forbids its own page holds for whatever is written over it.
  const shell = await context.newPage();
  const font = language === 'ja' ? 'IPAGothic' : 'DejaVu Sans Mono';
  const style = `margin:0;padding:20px;width:1160px;white-space:pre-wrap;background:#1b1f27;color:#e6e6e6;font:15px/1.4 ${font},monospace`;
  await shell.setContent(`<pre style="${style}"></pre>`);
  const terminal = shell.locator('pre');
  await terminal.evaluate((element, text) => {
    element.textContent = text;
  }, `$ npm run review\n${said.trimEnd()}`);
  await terminal.screenshot({ path: file('terminal') });
  await context.close();
}
