/** How long a teardown may go on, and how it waits. */
export interface Time {
  /** Milliseconds until the function is stopped. */
  readonly left: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** What it takes to answer CloudFormation, before the function is stopped. Milliseconds. */
const toAnswer = 20_000;

/**
 * @param what is not done yet, as the end of a sentence
 * @throws Error when the time is over; whoever deletes the stack reads it
 */
export function goOn(time: Time, what: string): void {
  if (time.left() < toAnswer) throw new Error(`${what}; give the same "cdk destroy" again`);
}
