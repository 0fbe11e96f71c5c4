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

/**
 * A handler that always answers CloudFormation: without an answer a deploy hangs for an hour.
 * An error's message becomes the reason shown to whoever deploys; it must hold no secret.
 */
export function customResourceHandler(
  action: CustomResourceAction,
): (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    try {
      const { physicalResourceId, data } = await action(event, context);
      await answer(event, { Status: 'SUCCESS', PhysicalResourceId: physicalResourceId, Data: data });
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown error';
      console.error(JSON.stringify({ customResource: event.LogicalResourceId, failed: reason }));
      await answer(event, {
        Status: 'FAILED',
        Reason: `${reason} (log: ${context.logGroupName} ${context.logStreamName})`,
        PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.RequestId,
      });
    }
  };
}

async function answer(
  event: CloudFormationCustomResourceEvent,
  body: Record<string, unknown>,
): Promise<void> {
  const response = await fetch(event.ResponseURL, {
    method: 'PUT',
    // CloudFormation's presigned URL was signed without a content type.
    headers: { 'content-type': '' },
    body: JSON.stringify({
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      ...body,
    }),
  });
  if (!response.ok) throw new Error(`CloudFormation refused the answer: HTTP ${response.status}`);
}
