import { expect } from 'vitest';
import { type Answers, BadAws, type Input } from './bad-aws.ts';

/** The clock of AWS. */
export const awsTime = new Date('2026-11-24T12:00:00Z');
export const seconds = (hours: number) => (awsTime.getTime() + hours * 3_600_000) / 1000;
export const aws = new BadAws(() => awsTime);

export interface Seen {
  /** What the handler returned, each time. */
  readonly results: readonly unknown[];
  /** Lines on its standard output that are metrics. */
  readonly metrics: readonly Input[];
}

/** What a function does, how AWS answers it, and how to tell that it was done. */
export interface Row {
  readonly environment?: () => Readonly<Record<string, string>>;
  readonly event: () => unknown;
  /** AWS with a state of its own; lists are answered in pages, and what matters stands on the last. */
  readonly answers: () => Answers;
  /** That the work was done and told, whatever happened on the way. */
  readonly right: (seen: Seen) => void;
  /** That nothing was done twice by two events at once and one later. */
  readonly once: (seen: Seen) => void;
  /** That the work is done after a run that was cut off; it may have been told, or asked for, twice. @default right */
  readonly again?: (seen: Seen) => void;
  /** When AWS never answers, or refuses one of the calls. */
  readonly givesUp: (failed: unknown, seen: Seen) => void;
  /** Milliseconds of a function that asks until its time is over. @default 46,000 */
  readonly patience?: number;
  /** Of what is called by CloudFormation. */
  readonly resource?: {
    readonly properties: Input;
    /** AWS when nothing of it is there. */
    readonly absent: Answers;
  };
}

export const request = (properties: Input, type = 'Create') => ({
  RequestType: type,
  ResponseURL: `${aws.url}/answer`,
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Resource',
  PhysicalResourceId: 'physical',
  ResourceProperties: { ServiceToken: 'arn', ...properties },
});

export const succeeded = () => expect(aws.told.map(({ Status }) => Status)).toContain('SUCCESS');
export const allSucceeded = () =>
  expect(aws.told.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);

/** CloudFormation is told, and Lambda sees no error that it would send on with the address in it. */
export function tells(failed: unknown): void {
  expect(failed).toBeUndefined();
  expect(aws.told).toMatchObject([{ Status: 'FAILED' }]);
}

export const throws = (failed: unknown) => expect(failed).toBeInstanceOf(Error);
