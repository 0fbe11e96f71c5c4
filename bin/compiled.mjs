import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';

/**
 * Runs a TypeScript program of this package, which Node 20 cannot by itself. It is compiled with all that it imports
 * from lib/ to a few modules: a hook that compiles one file at a time is asked about every import of every file,
 * and that alone takes a third of a synthesis.
 *
 * @param {URL} program
 */
export async function runCompiled(program) {
  const folder = temporaryFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Only a process that leaves by itself takes its folder away.
  process.on('SIGINT', () => process.exit(130));
  await build({
    entryPoints: { program: fileURLToPath(program) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What a command imports only when it needs it stays apart.
    splitting: true,
    format: 'esm',
    platform: 'node',
    // Node's own rules, for packages that offer bundlers something else.
    conditions: [],
    // Not that of the project in which this package is installed.
    tsconfigRaw: {},
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [packagesFromTheirFolder, addressesOfSources],
  });
  // Traces and reports name lines of the sources.
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(folder, 'program.mjs')).href);
}

function temporaryFolder() {
  try {
    return mkdtempSync(join(tmpdir(), 'secure-shop-run-'));
  } catch ({ message }) {
    console.error(`${tmpdir()}: nothing can be written there (${message}); set TMPDIR to a folder that can`);
    process.exit(2);
  }
}

/** A module outside this package can import packages only by their full address. */
const packagesFromTheirFolder = {
  name: 'packages-from-their-folder',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: import.meta.resolve(path), external: true },
    );
  },
};

/** `import.meta.url` still says where the source lies. */
const addressesOfSources = {
  name: 'addresses-of-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('import.meta.url')) return undefined;
      const { code } = await transform(source, {
        loader: 'ts',
        sourcefile: path,
        sourcemap: 'inline',
        define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
      });
      return { contents: code };
    });
  },
};
