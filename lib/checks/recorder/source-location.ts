import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceLocation } from './row.ts';

const helpers = ['../', '../../declarations/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** `name (/shop/stack.ts:34:12)`; a frame without a function name reaches us as `/shop/stack.ts:34 (:)`. */
const position = /((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+)(?::(\d+))?/;

/**
 * Reads the stack traces that CDK keeps in construct metadata: innermost call first, libraries already folded
 * away. Frames of the checks and of the helpers that write acknowledgements say nothing about the shop.
 */
export function sourceLocations(trace: unknown): SourceLocation[] {
  if (!Array.isArray(trace)) return [];
  const locations: SourceLocation[] = [];
  for (const frame of trace) {
    const [, written, line, column = '1'] = (typeof frame === 'string' && position.exec(frame)) || [];
    if (!written || !line) continue;
    const file = written.startsWith('file:') ? fileURLToPath(written) : written;
    if (helpers.some((folder) => file.startsWith(folder)) || file.includes(`${sep}node_modules${sep}`))
      continue;
    locations.push({ file, line: Number(line), column: Number(column) });
  }
  return locations;
}
