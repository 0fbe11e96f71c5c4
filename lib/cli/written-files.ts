import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refusalOf } from './refusals.ts';
import { UserError } from './user-error.ts';

/**
 * What keeps a new file from being written, asked before the work of which it is the end.
 *
 * @param file where an option names none, nothing does
 */
export function problemWithNewFile(option: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const code = codeOf(() => {
    closeSync(openSync(file, 'wx'));
    rmSync(file);
  });
  return code && newFileProblem(option, file, code);
}

/** The same of a file that may stand there and be written over. */
export function problemWithFile(option: string, file: string): string | undefined {
  const code = codeThatRefuses(file);
  return code && fileProblem(option, file, code);
}

/** The error code with which the file system refuses a file that may stand there; undefined when it does not. */
export function codeThatRefuses(file: string): string | undefined {
  return codeOf(() => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory() || file === '') throw failure('EISDIR');
    // A device or a pipe is written to as it stands.
    if (found && !found.isFile()) accessSync(file, constants.W_OK);
    else probe(dirname(resolve(file)));
  });
}

/**
 * What keeps files from being written into a folder, which is made when it is not there.
 *
 * @param names of the files
 */
export function problemWithFolder(
  option: string,
  folder: string,
  names: readonly string[],
): string | undefined {
  const code = codeOf(() => {
    if (folder === '') throw failure('ENOENT');
    probe(nearest(resolve(folder)));
  });
  if (code !== undefined) return folderProblem(option, folder, code);
  const taken = names.filter((name) => isFolder(join(folder, name)));
  return taken.length > 0
    ? `${option}: in ${folder}, ${taken.join(', ')} would be written and is a folder`
    : undefined;
}

/**
 * Writes a file whole or not at all, and over no other.
 *
 * @throws UserError when it cannot be written
 */
export function writeNewFile(option: string, file: string, text: string): void {
  const code = codeOf(() => {
    const opened = openSync(file, 'wx');
    try {
      writeFileSync(opened, text);
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    } finally {
      closeSync(opened);
    }
  });
  if (code !== undefined) throw new UserError([newFileProblem(option, file, code)]);
}

/**
 * Writes a file whole or not at all, over what stands there.
 *
 * @throws UserError when it cannot be written
 */
export function writeFile(option: string, file: string, text: string): void {
  const code = codeOf(() => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && !found.isFile()) writeFileSync(file, text);
    else replaceAll([[file, text]]);
  });
  if (code !== undefined) throw new UserError([fileProblem(option, file, code)]);
}

/**
 * Writes all files of a folder, or none: what stood there before stays until every one is on the disk.
 *
 * @param texts by name
 * @throws UserError when one cannot be written
 */
export function writeFolder(option: string, folder: string, texts: Readonly<Record<string, string>>): void {
  const made = codeOf(() => {
    const first = mkdirSync(folder, { recursive: true });
    try {
      replaceAll(Object.entries(texts).map(([name, text]) => [join(folder, name), text]));
    } catch (error) {
      if (first !== undefined) rmSync(first, { recursive: true, force: true });
      throw error;
    }
  });
  if (made !== undefined) throw new UserError([folderProblem(option, folder, made)]);
}

function replaceAll(files: readonly (readonly [file: string, text: string])[]): void {
  const draftOf = (file: string) => `${file}.new`;
  if (files.some(([file]) => isFolder(file))) throw failure('EISDIR');
  try {
    for (const [file, text] of files) writeFileSync(draftOf(file), text);
    for (const [file] of files) renameSync(draftOf(file), file);
  } catch (error) {
    for (const [file] of files) rmSync(draftOf(file), { force: true });
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function probe(folder: string): void {
  rmdirSync(mkdtempSync(join(folder, '.secure-shop-')));
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function codeOf(action: () => void): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  }
}

function newFileProblem(option: string, file: string, code: string): string {
  return code === 'EEXIST'
    ? `${option}: ${file} exists and is not overwritten; name another file`
    : fileProblem(option, file, code);
}

function fileProblem(option: string, file: string, code: string): string {
  return `${option}: ${file || '""'} cannot be written (${refusalOf(code)}); name another file`;
}

function folderProblem(option: string, folder: string, code: string): string {
  return `${option}: nothing can be written into ${folder || '""'} (${refusalOf(code)}); name another folder`;
}
