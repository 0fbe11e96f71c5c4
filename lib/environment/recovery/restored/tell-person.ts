import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

/** Tells whoever gets the alarms of the environment what a restore test brought back. */
export function personBehind(
  sns: SNSClient,
  { environment, topicArn }: { readonly environment: string; readonly topicArn: string },
): (message: string) => Promise<void> {
  return async (Message) => {
    await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: `Restore test of ${environment}`.slice(0, 99),
        Message,
      }),
    );
  };
}
