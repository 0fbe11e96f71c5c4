import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { translate } from '../../lib/config/reference.ja.ts';
import { pages, renewTables, sections } from '../../lib/config/reference.ts';

describe('the reference of the config file', () => {
  it.each(pages)('$file is up to date; `npm run docs` renews it', ({ file, language }) => {
    const page = readFileSync(join(packageRoot, file), 'utf8');
    expect(page).toBe(renewTables(page, language));
  });

  it('describes every setting', () => {
    const undescribed = sections().flatMap(({ path, settings }) =>
      settings.filter(({ description }) => description === '').map(({ name }) => `${path}.${name}`),
    );
    expect(undescribed).toEqual([]);
  });

  it('has a translation of every text in lib/config/reference.ja.ts', () => {
    const texts = sections().flatMap(({ description, settings }) => [
      description,
      ...settings.flatMap(({ description, value, section }) => [
        description,
        section === undefined ? value.replace(/^list: /, '') : '',
      ]),
    ]);
    expect(texts.filter((text) => text !== '' && translate(text) === undefined)).toEqual([]);
  });

  it('links each object to a section that exists', () => {
    const page = readFileSync(join(packageRoot, 'docs', 'configuration.md'), 'utf8');
    const anchors = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(10);
    expect(anchors).toEqual(expect.arrayContaining(links));
  });
});
