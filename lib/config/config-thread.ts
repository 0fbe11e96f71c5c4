import { parentPort, workerData } from 'node:worker_threads';
import { forPosting, toPlainData } from './plain-data.ts';
import { messageOf } from './problem.ts';

/** What the thread posts: what the file exports, or the error that stopped it. */
export type ConfigMessage =
  | { readonly names: readonly string[]; readonly shop: unknown }
  | { readonly failure: string };

/*
 * Runs a config file, compiled to one module, in a thread of its own: whatever the file does there (end the process,
 * change built-in objects, fail later), the command that reads it goes on and can say so.
 */
const { address } = workerData as { readonly address: string };
let message: ConfigMessage;
try {
  const exported: Readonly<Record<string, unknown>> = await import(address);
  message = { names: Object.keys(exported), shop: forPosting(toPlainData(defaultOf(exported))) };
} catch (error) {
  message = { failure: messageOf(error) };
}
parentPort?.postMessage(message);

/** CommonJS that was compiled from a module carries its default export as a property. */
function defaultOf(exported: Readonly<Record<string, unknown>>): unknown {
  const written = exported.default as
    | { readonly __esModule?: unknown; readonly default?: unknown }
    | undefined;
  return written?.__esModule === true ? written.default : written;
}
