import { vi } from 'vitest';
import { exitOnUserError } from '../../../lib/cli/user-error.ts';
import { secureShopProgram } from '../../../lib/program.ts';

class Exited extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

interface Ran {
  /** Exit code that the process would end with. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Both outputs. */
  readonly said: string;
}

/** Calls the command line as the program does, with what it writes caught. */
export async function called(words: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const said: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out.push(String(text));
      return said.push(String(text)) > 0;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  ];
  const before = process.exitCode;
  const ended = (code: number): Ran => ({ code, out: out.join(''), said: said.join('') });
  try {
    process.exitCode = 0;
    await exitOnUserError(async () => {
      const program = secureShopProgram((exit) => {
        throw new Exited(exit);
      });
      await program.parseAsync([...words], { from: 'user' });
    });
    return ended(Number(process.exitCode));
  } catch (error) {
    if (error instanceof Exited) return ended(error.code);
    throw error;
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
