import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { inLanguage } from '../../../cli/output.ts';
import { UserError } from '../../../cli/user-error.ts';

/**
 * Reads a passphrase from where no other process sees it: a file, standard input, or the terminal without echo.
 * Never from an argument, which every user of the machine can list.
 */
export async function readPassphrase(source: { file: string } | 'terminal'): Promise<string> {
  return source === 'terminal' ? askTwice() : fromFile(source.file);
}

async function fromFile(file: string): Promise<string> {
  const content =
    file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(unreadable(file));
  // An editor ends the line; that is no part of the passphrase.
  return content.replace(/\r?\n$/, '');
}

function unreadable(file: string): (error: unknown) => never {
  return (error) => {
    throw new UserError([
      `cannot read the passphrase from ${file}: ${error instanceof Error && 'code' in error ? error.code : 'unknown error'}`,
    ]);
  };
}

async function askTwice(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UserError([
      '--passphrase asks on the terminal, but there is none: use --passphrase-file FILE, or "--passphrase-file -" for standard input',
    ]);
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Ctrl-C and Ctrl-D close it.
  const closed = new AbortController();
  const { signal } = closed;
  let isCtrlC = false;
  terminal.once('SIGINT', () => {
    isCtrlC = true;
    terminal.close();
  });
  terminal.once('close', () => closed.abort());
  try {
    process.stderr.write(inLanguage('Passphrase for the private key: '));
    const first = await terminal.question('', { signal });
    process.stderr.write('\n');
    process.stderr.write(inLanguage('Once more: '));
    const second = await terminal.question('', { signal });
    process.stderr.write('\n');
    if (first !== second) throw new UserError(['the two passphrases differ: try again']);
    return first;
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write('\n');
    throw new UserError(['no passphrase was given, and nothing was issued'], isCtrlC ? 130 : 2);
  } finally {
    terminal.close();
  }
}
