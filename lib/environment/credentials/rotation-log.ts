import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { loggedIn } from '../lambda/logged-line.ts';
import { warningPattern } from './rotation-warnings.ts';

export interface LogClients {
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
}

/** A line of the rotation function's log. */
export interface StepReport {
  readonly secret: string;
  readonly token: string;
  readonly step: string;
  /** `done`, `failed` or `warning`. */
  readonly outcome: string;
  readonly message: string;
}

/** @returns undefined without the right to ask */
export async function logGroupOf(
  lambda: LogClients['lambda'],
  functionArn: string | undefined,
): Promise<string | undefined> {
  if (functionArn === undefined) return undefined;
  try {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
    return found.LoggingConfig?.LogGroup ?? `/aws/lambda/${found.FunctionName}`;
  } catch {
    return undefined;
  }
}

/**
 * What the function left as it was when it rotated this secret the last time.
 *
 * @returns undefined without the right to read its log
 */
export async function lastWarnings(
  { lambda, logs }: LogClients,
  secret: { readonly arn: string; readonly functionArn: string | undefined; readonly since: Date },
): Promise<readonly string[] | undefined> {
  const logGroupName = await logGroupOf(lambda, secret.functionArn);
  if (logGroupName === undefined) return undefined;
  const told = new Map<string, string[]>();
  let nextToken: string | undefined;
  try {
    do {
      const page = await logs.send(
        new FilterLogEventsCommand({
          logGroupName,
          startTime: secret.since.getTime(),
          filterPattern: warningPattern,
          nextToken,
        }),
      );
      for (const { message = '' } of page.events ?? []) {
        for (const report of reportIn(message)) {
          if (report.secret !== secret.arn || report.outcome !== 'warning') continue;
          told.set(report.token, [...(told.get(report.token) ?? []), report.message]);
        }
      }
      nextToken = page.nextToken || undefined;
    } while (nextToken !== undefined);
  } catch {
    return undefined;
  }
  // Events come in the order of time: the last token is that of the last rotation. A step that is repeated says it again.
  return [...new Set([...told.values()].at(-1) ?? [])];
}

export function reportIn(line: string): StepReport[] {
  const report = loggedIn(line);
  if (typeof report?.token !== 'string' || typeof report.step !== 'string') return [];
  const text = (key: string) => String(report[key] ?? '');
  return [
    {
      secret: text('secret'),
      token: report.token,
      step: report.step,
      outcome: text('outcome'),
      message: text('message'),
    },
  ];
}
