import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { aws, type Row, throws } from '../bad-day.ts';

const threat = (id: string) =>
  JSON.stringify({
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    detail: { id, type: 'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B', severity: 8 },
  });

/** As SQS hands messages out: not all at once, and those that nobody deletes again after a while. */
function queueOf(bodies: readonly string[]) {
  let calls = 0;
  const waiting = new Map(
    bodies.map((body, index) => [String(index), { body, visibleAt: index + 1 }] as const),
  );
  return {
    ReceiveMessage() {
      calls++;
      const next = [...waiting].find(([, { visibleAt }]) => visibleAt <= calls);
      if (!next) return {};
      const [handle, { body }] = next;
      waiting.set(handle, { body, visibleAt: calls + 4 });
      const MD5OfBody = createHash('md5').update(body).digest('hex');
      return { Messages: [{ MessageId: handle, ReceiptHandle: handle, Body: body, MD5OfBody }] };
    },
    DeleteMessageBatch({ Entries }: { Entries: readonly { Id: string; ReceiptHandle: string }[] }) {
      for (const { ReceiptHandle } of Entries) waiting.delete(ReceiptHandle);
      return { Successful: Entries.map(({ Id }) => ({ Id })) };
    },
  };
}

const mails = () => aws.inputsOf('Publish').map(({ Message }) => String(Message));
const mailsOfLast = () => mails().filter((mail) => mail.includes('last-one'));

export const noticesRows: Readonly<Record<string, Row>> = {
  'finding-teller': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        queueUrl: `${aws.url}/`,
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
        memory: '/secure-shop/shop/production/told-findings',
        language: 'en',
        timeZone: 'Asia/Tokyo',
        environment: 'shop-production',
      }),
    }),
    event: () => ({}),
    answers() {
      const queue = queueOf([threat('first-one'), threat('last-one')]);
      let memory: unknown;
      return {
        ReceiveMessage: queue.ReceiveMessage,
        DeleteMessageBatch: (input) => queue.DeleteMessageBatch(input as never),
        GetParameter: () =>
          memory === undefined ? { __type: 'ParameterNotFound' } : { Parameter: { Value: memory } },
        PutParameter({ Value }) {
          memory = Value;
          return {};
        },
        Publish: () =>
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
      };
    },
    right: () => expect(mailsOfLast()).toHaveLength(1),
    // Whoever is cut off between the mail and the memory tells again; nobody stays silent.
    again: () => expect([1, 2]).toContain(mailsOfLast().length),
    // Two at the very same moment have each a part of the queue.
    once: () => expect(mailsOfLast()).toHaveLength(1),
    givesUp: throws,
  },
};
