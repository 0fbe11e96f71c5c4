import { createHash } from 'node:crypto';
import { UserError } from '../../cli/user-error.ts';
import { writeNewFile } from '../../cli/written-files.ts';
import { isObject } from '../templates/template-file.ts';
import { parseJson, readText } from '../templates/template-text.ts';
import type { Answered } from './check.ts';
import type { Counts } from './show.ts';

export const format = 'secure-shop-status-1';

/** What a reviewer keeps of one look at an environment. */
export interface Evidence {
  readonly format: typeof format;
  /** Of secure-shop. */
  readonly version: string;
  readonly shop: string;
  readonly environment: string;
  readonly account: string;
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly ended: string;
  readonly config: { readonly file: string; readonly sha256: string };
  /** What runs beside what was reviewed: SHA-256 of each template, its keys sorted. */
  readonly templates: readonly TemplateHashes[];
  readonly counts: Counts;
  readonly answers: readonly Answered[];
}

interface TemplateHashes {
  readonly stack: string;
  readonly region: string;
  readonly status: string;
  readonly reviewed: string | null;
  /** Null: it could not be read, or is not deployed. */
  readonly deployed: string | null;
}

/**
 * Writes it with the SHA-256 of itself, so that a later change shows.
 *
 * @throws UserError when the file exists: evidence is not written over
 */
export function writeEvidence(
  evidence: Evidence | ({ readonly format: string } & Readonly<Record<string, unknown>>),
  file: string,
): void {
  const text = `${JSON.stringify({ evidence, sha256: sha256(canonical(evidence)) }, null, 2)}\n`;
  writeNewFile('--evidence', file, text);
}

/**
 * Reads what `--evidence` wrote.
 *
 * @throws UserError when it is anything else, or was changed since
 */
export function readEvidence(file: string): Evidence {
  const parsed = parseJson(file, readText(file));
  const evidence = isObject(parsed) ? parsed.evidence : undefined;
  if (!isObject(parsed) || !isObject(evidence) || evidence.format !== format) {
    throw new UserError([`${file}: is nothing that "secure-shop status --evidence" wrote`]);
  }
  if (parsed.sha256 !== sha256(canonical(evidence))) {
    throw new UserError([`${file}: was changed after it was written: its SHA-256 does not fit`]);
  }
  // The hash vouches for its shape.
  return evidence as unknown as Evidence;
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** JSON with sorted keys: the same content has the same hash, in whatever order it was written. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
