import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { digestSettings } from '../../../notices/digest-settings.ts';
import { aws, type Row, seconds, throws } from '../bad-day.ts';

const threat = (id: string) =>
  JSON.stringify({
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    detail: { id, type: 'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B', severity: 8 },
  });

/** As SQS hands messages out: one at a time, and those that nobody deletes again when the next event comes. */
function queueOf(bodies: readonly string[]) {
  const waiting = new Map(bodies.map((body, index) => [String(index), body]));
  const inFlight = new Set<string>();
  let event = aws.killed;
  return {
    ReceiveMessage() {
      if (event !== aws.killed) inFlight.clear();
      event = aws.killed;
      const next = [...waiting].find(([handle]) => !inFlight.has(handle));
      if (!next) return {};
      const [handle, Body] = next;
      inFlight.add(handle);
      const MD5OfBody = createHash('md5').update(Body).digest('hex');
      return { Messages: [{ MessageId: handle, ReceiptHandle: handle, Body, MD5OfBody }] };
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
  'weekly-digest': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        ...digestSettings,
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
      }),
    }),
    event: () => ({}),
    answers: () => ({
      ListDetectors: ({ nextToken }) =>
        nextToken === undefined ? { nextToken: 'more' } : { detectorIds: ['detector'] },
      GetDetector: () => ({ status: 'ENABLED' }),
      ListFindings: (input) =>
        input.nextToken === undefined ? { nextToken: 'more' } : { findingIds: ['one', 'two'] },
      'AccessAnalyzer:ListFindings': ({ nextToken }) =>
        nextToken === undefined ? { nextToken: 'more' } : { findings: [{ id: 'one' }] },
      'Inspector2:ListFindings': ({ nextToken }) =>
        nextToken === undefined ? { nextToken: 'more' } : { findings: [{ findingArn: 'one' }] },
      ListAnalyzers: ({ nextToken }) =>
        nextToken === undefined
          ? { nextToken: 'more' }
          : { analyzers: [{ arn: 'analyzer', type: 'ACCOUNT', status: 'ACTIVE' }] },
      BatchGetAccountStatus: () => ({ accounts: [{ state: { status: 'ENABLED' } }] }),
      GetMacieSession: () => ({ status: 'ENABLED' }),
      GetFindingStatistics: () => ({ countsByGroup: [{ groupKey: 'High', count: 2 }] }),
      DescribeConfigurationRecorderStatus: () => ({ ConfigurationRecordersStatus: [{ recording: true }] }),
      GetEnabledStandards: ({ NextToken }) =>
        NextToken === undefined ? { NextToken: 'more' } : { StandardsSubscriptions: [{}, {}] },
      ListCopyJobs: ({ nextToken }) =>
        nextToken === undefined ? { NextToken: 'more' } : { CopyJobs: [{ State: 'COMPLETED' }] },
      GetFindings: ({ NextToken }) =>
        NextToken === undefined ? { NextToken: 'more' } : { Findings: [{ Id: 'one' }] },
      GetMetricData: ({ NextToken }) =>
        NextToken === undefined
          ? { NextToken: 'more' }
          : { MetricDataResults: [{ Id: 'm0', Timestamps: [seconds(-24)], Values: [7] }] },
      ListCertificates: ({ NextToken }) =>
        NextToken === undefined
          ? { NextToken: 'more' }
          : { CertificateSummaryList: [{ DomainName: 'shop.example.jp', NotAfter: seconds(48) }] },
      DescribeSecret: () => ({ RotationEnabled: true, LastRotatedDate: seconds(-50) }),
      FilterLogEvents: ({ nextToken }) =>
        nextToken === undefined
          ? { nextToken: 'more' }
          : {
              events: [
                {
                  message: JSON.stringify({
                    'connection-attempt-status': 'successful',
                    'common-name': 'hana',
                  }),
                },
              ],
            },
      Publish: () =>
        '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    }),
    right() {
      const [mail = '', ...others] = mails();
      expect(others).toEqual([]);
      expect(mail).not.toContain('could not be read');
      for (const said of [
        'hana: 1 times',
        'shop.example.jp ends on 2026-11-26',
        ': 2 days ago',
        'GuardDuty: 2',
        'IAM Access Analyzer: 1',
        'in the second account 1 copies made',
      ])
        expect(mail).toContain(said);
    },
    // Two weeks' mails are better than none.
    again: () => expect(mails().at(-1)).toContain('hana: 1 times'),
    once: () => expect(mails()).toHaveLength(3),
    // What one source refuses is told beside what the others say.
    givesUp(failed) {
      if (failed !== undefined) return throws(failed);
      expect(mails().at(-1)).toContain('could not be read');
    },
  },
};
