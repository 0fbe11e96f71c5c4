import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validations } from 'aws-cdk-lib';
import { acknowledgedAt } from '../../declarations/keys.ts';
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
  return trace
    .flatMap((frame) => locationOf(frame) ?? [])
    .filter(
      ({ file }) =>
        !helpers.some((folder) => file.startsWith(folder)) && !file.includes(`${sep}node_modules${sep}`),
    );
}

function locationOf(frame: unknown): SourceLocation | undefined {
  const [, written, line, column = '1'] = (typeof frame === 'string' && position.exec(frame)) || [];
  if (!written || !line) return undefined;
  const file = written.startsWith('file:') ? fileURLToPath(written) : written;
  return { file, line: Number(line), column: Number(column) };
}

/** Where the acknowledgements of a construct were written, by the ids of their findings, as its metadata tells it. */
export function acknowledgedPlaces(
  entries: readonly { readonly type: string; readonly data?: unknown; readonly trace?: unknown }[],
): ReadonlyMap<string, SourceLocation> {
  const places = new Map<string, SourceLocation>();
  for (const { type, data, trace } of entries) {
    if (type !== acknowledgedAt && type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
    for (const [id, line] of Object.entries((data ?? {}) as Record<string, unknown>)) {
      const place = type === acknowledgedAt ? locationOf(line) : sourceLocations(trace)[0];
      if (place) places.set(id, place);
    }
  }
  return places;
}
