import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../../cli/user-error.ts';

/** Where Chromium and Chrome are usually installed. */
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @throws UserError when there is none */
export function browserOnThisMachine(named?: string): string {
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new UserError([`--browser: found no file "${named}"; write where Chromium or Chrome is installed`]);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...usual].find(
    (file) => existsSync(file),
  );
  if (found !== undefined) return found;
  throw new UserError(['found no Chromium or Chrome here; install one, or write --browser FILE']);
}
