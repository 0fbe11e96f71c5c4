import { setTimeout as pause } from 'node:timers/promises';

export interface Patience {
  readonly milliseconds: number;
  /** Between two questions, in milliseconds. */
  readonly interval: number;
}

/**
 * Asks until there is an answer. A question that fails is asked again as well: AWS throttles, a role's rights take
 * their time to arrive, and what was made a moment ago is not shown everywhere yet.
 *
 * @param ask its `undefined` means "not yet"
 * @returns undefined when the time is over, and then the last error
 */
export async function askUntil<T>(
  ask: () => Promise<T | undefined>,
  { milliseconds, interval }: Patience,
): Promise<{ readonly answer: T | undefined; readonly lastError: string | undefined }> {
  // Of the machine, not of the day: the clock may be set meanwhile.
  const end = performance.now() + milliseconds;
  while (true) {
    let lastError: string | undefined;
    try {
      const answer = await ask();
      if (answer !== undefined) return { answer, lastError };
    } catch (error) {
      lastError = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    if (performance.now() + interval > end) return { answer: undefined, lastError };
    await pause(interval);
  }
}
