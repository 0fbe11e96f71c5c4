import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { SmokeAnswer } from './smoke-check.ts';

const answers = z.array(
  z.object({
    address: z.string(),
    page: z.string(),
    required: z.boolean(),
    status: z.number(),
    detail: z.string(),
  }),
);

/** Has the function inside the VPC ask the tasks at these addresses. @throws Error when the function itself fails */
export async function invokeSmokeCheck(
  lambda: LambdaClient,
  functionArn: string,
  addresses: readonly string[],
): Promise<SmokeAnswer[]> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionArn, Payload: JSON.stringify({ addresses }) }),
  );
  const text = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError !== undefined) throw new Error(`the function that asks the shop failed: ${text}`);
  return answers.parse(JSON.parse(text));
}
