import { closeSync, openSync, rmSync } from 'node:fs';

/** What keeps evidence from being written, asked before the work of which it is the end; undefined when nothing does. */
export function problemWithEvidence(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    closeSync(openSync(file, 'wx'));
    rmSync(file);
    return undefined;
  } catch (error) {
    return evidenceProblem(file, error);
  }
}

/** Why evidence could not be written. */
export function evidenceProblem(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EEXIST'
    ? `--evidence: ${file} exists already; evidence is not written over, name another file`
    : `--evidence: ${file} cannot be written (${code})`;
}
