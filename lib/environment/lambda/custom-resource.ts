import { setTimeout as pause } from 'node:timers/promises';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

/** What a custom resource became: its lasting id, and the attributes `Fn::GetAtt` reads. */
export interface CustomResourceResult {
  readonly physicalResourceId: string;
  readonly data?: Readonly<Record<string, string>>;
}

export type CustomResourceAction = (
  event: CloudFormationCustomResourceEvent,
  context: Context,
) => Promise<CustomResourceResult>;

const answerTries = 5;
const answerTryMilliseconds = 5_000;
/** The answer is at most 4,096 bytes long. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const longestReason = 800;

/** What is left for the answer when the action takes too long: every try, and the pauses between them. */
export const answerMilliseconds = 35_000;

/**
 * A handler that always answers CloudFormation: without an answer a deploy hangs for an hour, so also when the action
 * does not end in time. The answer stands apart from the work: one that does not arrive is sent again, and never turns
 * a success into a failure.
 *
 * An error's message becomes the reason shown to whoever deploys; it must hold no secret.
 *
 * @param backoff pause before the second try, in milliseconds; doubled before each further one
 */
export function customResourceHandler(
  action: CustomResourceAction,
  backoff = 500,
): (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    await answer(event, await outcomeOf(action, event, context), backoff);
  };
}

type Outcome = Readonly<Record<string, unknown>>;

async function outcomeOf(
  action: CustomResourceAction,
  event: CloudFormationCustomResourceEvent,
  context: Context,
): Promise<Outcome> {
  const late = new AbortController();
  try {
    const { physicalResourceId, data } = await Promise.race([
      action(event, context),
      lateness(context.getRemainingTimeInMillis() - answerMilliseconds, late.signal),
    ]);
    return { Status: 'SUCCESS', PhysicalResourceId: physicalResourceId, Data: data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    console.error(JSON.stringify({ customResource: event.LogicalResourceId, failed: reason }));
    return {
      Status: 'FAILED',
      Reason: `${reason.slice(0, longestReason)} (log: ${context.logGroupName} ${context.logStreamName})`,
      PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.RequestId,
    };
  } finally {
    late.abort();
  }
}

async function lateness(milliseconds: number, signal: AbortSignal): Promise<never> {
  await pause(Math.max(0, milliseconds), undefined, { signal });
  throw new Error('the function did not end in time');
}

async function answer(
  event: CloudFormationCustomResourceEvent,
  outcome: Outcome,
  backoff: number,
): Promise<void> {
  const body = JSON.stringify({
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...outcome,
  });
  for (let tried = 0; tried < answerTries; tried++) {
    if (tried > 0) await pause(backoff * 2 ** (tried - 1));
    const problem = await put(event.ResponseURL, body);
    if (problem === '') return;
    console.error(JSON.stringify({ customResource: event.LogicalResourceId, answer: problem }));
  }
  // No error: Lambda would send the whole event as a dead letter, and with it the address that takes the answer. Whoever
  // deploys sees the time of the resource run out.
}

/** @returns what went wrong; never the address, which is a secret of the deploy */
async function put(url: string, body: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      // CloudFormation's presigned URL was signed without a content type.
      headers: { 'content-type': '' },
      body,
      signal: AbortSignal.timeout(answerTryMilliseconds),
    });
    await response.arrayBuffer();
    return response.ok ? '' : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown error';
  }
}
