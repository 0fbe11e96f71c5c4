import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import type { Finding } from './finding.ts';
import { mailOf, type Reader } from './mail.ts';
import { readTold, remember, type Told, untold, writeTold } from './memory.ts';
import { readFindings } from './read-finding.ts';

export interface TellSettings extends Reader {
  readonly queueUrl: string;
  readonly topicArn: string;
  /** Parameter that holds what was told. Nobody has to make it. */
  readonly memory: string;
}

export interface TellTools {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly now: () => Date;
  /** Keeps what could not be read, for whoever looks into it. */
  readonly log: (line: string) => void;
}

/** In one mail; what is left waits for the next run. */
const mostEvents = 500;

/**
 * Tells a person in one mail of everything that waits in the queue and was not told before.
 *
 * The mail goes out first, then it is remembered, then the queue is emptied: whoever is killed in between tells twice.
 * A memory that cannot be read or written keeps no finding back, and is an error in the end, which rings an alarm.
 *
 * @throws Error when something failed; what was not told stays in the queue, and goes to the dead letters in the end
 */
export async function tellFindings(settings: TellSettings, tools: TellTools): Promise<void> {
  const messages = await receiveAll(settings, tools);
  if (messages.length === 0) return;
  const troubles: Error[] = [];
  const told = await recall(settings, tools).catch((error: unknown): Told => {
    troubles.push(new Error(`what was told before cannot be read: ${sayingOf(error)}`));
    return new Map();
  });
  const now = tools.now();
  const findings = untold(
    messages.flatMap(({ Body }) => readAndKeep(Body ?? '', tools)),
    told,
    now,
  );
  if (findings.length > 0) {
    const { subject, message } = mailOf(findings, settings);
    await tools.sns.send(
      new PublishCommand({ TopicArn: settings.topicArn, Subject: subject, Message: message }),
    );
    await tools.ssm
      .send(
        new PutParameterCommand({
          Name: settings.memory,
          Description: 'Marks of the findings that a person was told of',
          Type: 'String',
          Value: writeTold(remember(told, findings, now)),
          Overwrite: true,
        }),
      )
      .catch((error: unknown) =>
        troubles.push(new Error(`what was told cannot be remembered: ${sayingOf(error)}`)),
      );
  }
  await remove(messages, settings, tools);
  if (troubles.length > 0) throw new Error(troubles.map(({ message }) => message).join('; '));
}

/** Far below what a line of a log takes, in characters. */
const mostKept = 50_000;

/** A finding that its own service would show cannot be found there when nobody can say which it is. */
function readAndKeep(body: string, { log }: TellTools): Finding[] {
  const findings = readFindings(body);
  const unread = findings.filter(({ family }) => family === 'garbled').map(({ id }) => id);
  if (unread.length > 0) log(JSON.stringify({ unread, event: body.slice(0, mostKept) }));
  return findings;
}

async function receiveAll({ queueUrl }: TellSettings, { sqs }: TellTools): Promise<Message[]> {
  const messages: Message[] = [];
  while (messages.length < mostEvents) {
    const { Messages = [] } = await sqs.send(
      // A moment of waiting asks all servers of the queue; without it some of the messages are left out.
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    if (Messages.length === 0) break;
    messages.push(...Messages);
  }
  return messages;
}

async function recall({ memory }: TellSettings, { ssm }: TellTools): Promise<Told> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: memory }));
    return readTold(Parameter?.Value ?? '');
  } catch (error) {
    if (error instanceof ParameterNotFound) return new Map();
    throw error;
  }
}

async function remove(
  messages: readonly Message[],
  { queueUrl }: TellSettings,
  { sqs }: TellTools,
): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0)
      throw new Error(`${Failed.length} told findings stay in the queue: ${Failed[0]?.Code}`);
  }
}

function sayingOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
