import { vi } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { secureShopProgram } from '../../../lib/program.ts';

class Exited extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export interface Ran {
  /** Exit code that the process would end with. */
  readonly code: number;
  readonly said: string;
}

/** Calls the command line as the program does, with what it writes caught. */
export async function called(words: readonly string[]): Promise<Ran> {
  const said: string[] = [];
  const keep = (text: unknown) => {
    said.push(String(text));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep),
    vi.spyOn(console, 'log').mockImplementation(keep),
    vi.spyOn(console, 'error').mockImplementation(keep),
  ];
  const code = process.exitCode;
  try {
    const program = secureShopProgram((exit) => {
      throw new Exited(exit);
    });
    await program.parseAsync([...words], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), said: said.join('\n') };
  } catch (error) {
    if (error instanceof Exited) return { code: error.code, said: said.join('\n') };
    if (error instanceof UserError) return { code: 2, said: [...said, ...error.problems].join('\n') };
    throw error;
  } finally {
    process.exitCode = code;
    for (const spy of spies) spy.mockRestore();
  }
}
