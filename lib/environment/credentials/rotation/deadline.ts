/** For connecting to a server, TLS and login included. */
export const connectMilliseconds = 5000;
/** For one statement and its answer. */
export const statementMilliseconds = 10_000;
/** For a goodbye that the server answers; later the socket is torn down. */
export const closeMilliseconds = 500;

/** The moment by which a step must have ended: a little before the function itself is cut off without a word. */
export class Deadline {
  private readonly endsAt: number;

  constructor(milliseconds: number) {
    // Of the machine, not of the day: the clock may be set meanwhile.
    this.endsAt = performance.now() + milliseconds;
  }

  get remaining(): number {
    return Math.max(0, Math.floor(this.endsAt - performance.now()));
  }

  get passed(): boolean {
    return this.remaining === 0;
  }

  /** The time one call may take: what is left, and never more than `most`. At least 1 ms, as 0 means "for ever" to many clients. */
  atMost(most: number): number {
    return Math.max(1, Math.min(most, this.remaining));
  }

  /** A shorter deadline that never outlasts this one. */
  within(milliseconds: number): Deadline {
    return new Deadline(this.atMost(milliseconds));
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits for `work`, but no longer than `milliseconds`; `late` decides what is thrown then. */
export async function inTime<T>(work: Promise<T>, milliseconds: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
    inBackground(work);
  }
}

/** Work that goes on beside other work: its failure counts when it is awaited, and not if it never is. */
export function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}
