import { progress } from './output.ts';
import { refusalOf } from './refusals.ts';

/**
 * Goes on in silence when the reader goes away, as after `| head`: what was begun is not left half done. So it does when the
 * disk of whoever keeps the output is full, but that is told, and the exit code is 2.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    let isTold = false;
    stream.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || isTold) return;
      isTold = true;
      if (stream === process.stdout) progress(`the output cannot be written (${refusalOf(code) || message})`);
      process.once('exit', (before) => {
        process.exitCode = before === 0 ? 2 : before;
      });
    });
  }
}
