import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { Review } from '../review.ts';
import { pageData } from './data.ts';

/**
 * `index.html`: the report as one file that needs no network and no server.
 *
 * Its content-security-policy names the one script and the one style sheet it carries by their hashes, so that text
 * out of a template could not run or load anything even if it became markup.
 */
export function reportPage(review: Review): string {
  const script = clientScript();
  const style = readFileSync(new URL('page.css', import.meta.url), 'utf8');
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Security review</title>
<style>${style}</style>
</head>
<body>
<noscript>This report needs JavaScript, which runs inside this file only. The same rows are in rows.json and findings.csv beside it.<br>このレポートの表示には JavaScript が必要です（このファイルの中だけで動きます）。同じ内容は rows.json と findings.csv にあります。</noscript>
<script type="application/json" id="data">${embedded(pageData(review))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in, nor begin a comment in it. */
function embedded(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** The same for every report that a process writes: making it starts a process of its own. */
let script: string | undefined;

function clientScript(): string {
  script ??= bundledClient();
  return script;
}

function bundledClient(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('client/main.js', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    // Not that of the project in which this package is installed.
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  // A closing tag inside a string literal would end the script.
  return (outputFiles[0]?.text ?? '').trim().replaceAll('</script', '<\\/script');
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
