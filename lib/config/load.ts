import { type Stats, statSync } from 'node:fs';
import { dirname, extname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import { UserError } from '../cli/user-error.ts';
import { parseShop, type Shop } from './index.ts';
import { redact } from './secrets.ts';

const extensions = ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'];
const whatToExport = 'write `export default defineShop({ ... })`';

/**
 * Loads and checks the file that describes the shop.
 *
 * @param file relative to the working folder. @default `shop.config.ts`
 * @throws UserError with every problem of the file
 */
export async function loadShop(file = 'shop.config.ts'): Promise<Shop> {
  const path = resolve(file);
  checkFile(path, file || '.');
  const exported = exportedShop(file, await importFile(path, file));
  return parseShop(exported, { folder: dirname(path) });
}

function checkFile(path: string, shown: string): void {
  const file = statOf(path);
  if (file === undefined) {
    throw new UserError([`${shown}: there is no such file; write its path relative to ${process.cwd()}`]);
  }
  if (!file.isFile()) throw new UserError([`${shown}: found a folder; write the path of a file`]);
  if (!extensions.includes(extname(path))) {
    throw new UserError([
      `${shown}: found a "${extname(path)}" file; write a file ending in ${extensions.join(', ')}`,
    ]);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A name that no file can have, or a folder that may not be entered.
    return undefined;
  }
}

async function importFile(path: string, shown: string): Promise<Readonly<Record<string, unknown>>> {
  const code = await bundle(path, shown);
  try {
    // A module of its own for each load: what ran once would be remembered under a file's name.
    return await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  } catch (error) {
    throw new UserError([`${shown}: the file stopped with an error: ${messageOf(error)}`]);
  }
}

/** Compiles the file and what it imports from its own folders to one module. */
async function bundle(path: string, shown: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      absWorkingDir: dirname(path),
      // CommonJS that the file imports calls require() for Node's own modules.
      banner: {
        js: `import { createRequire as createRequireForConfig } from 'node:module'; const require = createRequireForConfig(${JSON.stringify(path)});`,
      },
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
      tsconfigRaw: {},
      plugins: [withoutLibrary, packagesFromTheirFolder],
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    const { errors } = error as BuildFailure;
    if (!Array.isArray(errors)) throw new UserError([`${shown}: cannot be read: ${messageOf(error)}`]);
    throw new UserError(errors.map((message) => `${place(message, path, shown)}: ${complaint(message)}`));
  }
}

function place({ location }: Message, path: string, shown: string): string {
  if (location === null) return shown;
  const file = resolve(dirname(path), location.file);
  const name = file === path ? shown : relative(process.cwd(), file);
  return `${name}:${location.line}:${location.column + 1}`;
}

function complaint({ text }: Message): string {
  return text.startsWith('Could not resolve') ? redact(text) : `does not parse: ${redact(text)}`;
}

/** `defineShop` only types the file for the editor: loading the library a second time for it would be slow. */
const withoutLibrary: Plugin = {
  name: 'without-library',
  setup({ onResolve, onLoad }) {
    const library = fileURLToPath(new URL('./index.ts', import.meta.url));
    onResolve({ filter: /(^secure-shop|index(\.[jt]s)?|\/config\/?)$/ }, ({ path, resolveDir, kind }) => {
      const isLibrary = path === 'secure-shop' || resolve(resolveDir, path).startsWith(library.slice(0, -9));
      return isLibrary && kind !== 'entry-point' ? { path: 'defineShop', namespace: 'library' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'library' }, () => ({
      contents: 'export const defineShop = (shop) => shop;',
    }));
  },
};

/** A module without a file of its own can import packages only by their full address. */
const packagesFromTheirFolder: Plugin = {
  name: 'packages-from-their-folder',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind === 'entry-point' || pluginData === packagesFromTheirFolder) return undefined;
      const resolved = await builder.resolve(path, {
        kind,
        resolveDir,
        importer,
        pluginData: packagesFromTheirFolder,
      });
      if (resolved.errors.length > 0 || resolved.external) return resolved;
      const address = kind === 'require-call' ? resolved.path : pathToFileURL(resolved.path).href;
      return { path: address, external: true };
    });
  },
};

function exportedShop(shown: string, exported: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(exported);
  if (names.length === 0) throw new UserError([`${shown}: exports nothing; ${whatToExport}`]);
  if (!names.includes('default')) {
    throw new UserError([
      `${shown}: exports ${names.join(', ')}, but has no default export; ${whatToExport}`,
    ]);
  }
  return exported.default;
}

/** One line of what was thrown, whatever it is; never a stack trace, never what looks like a secret. */
function messageOf(thrown: unknown): string {
  try {
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const line = redact(text.split('\n')[0] ?? '').slice(0, 300);
    return line === '' ? 'no message' : line;
  } catch {
    return 'no message';
  }
}
