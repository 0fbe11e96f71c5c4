import { BackupClient } from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { RDSClient } from '@aws-sdk/client-rds';
import { SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { correctedTime } from '../../cli/corrected-time.ts';
import { databasesTrusting } from '../credentials/rotation/databases.ts';
import { Deadline } from '../credentials/rotation/deadline.ts';
import { generatePassword } from '../credentials/rotation/password.ts';
import { writeMetrics } from '../lambda/embedded-metrics.ts';
import {
  askAfterFileSystems,
  checkFileSystems,
  type FileSystemTools,
} from './restored/check-file-systems.ts';
import { checkRestores, missRestores, type RestoreTools } from './restored/check-restores.ts';
import { contents } from './restored/contents.ts';
import { restoreMetrics, rowDimensions } from './restored/metrics.ts';
import { personBehind } from './restored/tell-person.ts';

const settings = z.object({
  environment: z.string(),
  planArn: z.string(),
  database: z.string(),
  contents,
  /** Of the media, where they are on one. */
  fileSystem: z.string().optional(),
  keyArn: z.string(),
  group: z.string(),
  resources: z.array(z.string()),
  windowHours: z.number(),
  topicArn: z.string(),
});

/** Of the day after the test, when there must have been one. */
const event = z.object({ mustHaveBeen: z.boolean().optional() });

const backup = new BackupClient();
const cloudWatch = new CloudWatchClient();
const rds = new RDSClient();
const sns = new SNSClient();

/** Less than the function's timeout, so that it is not cut off while it says what it found. */
const patience = 8 * 60_000;
/** Two tests that failed are passed over. */
const daysBefore = 100;
const day = 86_400_000;
/** EFS measures every quarter of an hour: https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html */
const measuredWithin = day / 24;

const now = () => correctedTime([backup, rds]);

export async function handler(input: unknown): Promise<void> {
  const { mustHaveBeen } = event.parse(input ?? {});
  const read = settings.parse(JSON.parse(process.env.SETTINGS ?? ''));
  const tools = toolsFor(read);
  const { fileSystem } = read;
  const files = fileSystem && { ...read, fileSystem };
  const done = await Promise.allSettled(
    mustHaveBeen
      ? [missRestores(read, tools), files && askAfterFileSystems(files, tools)]
      : [checkRestores(read, tools, new Deadline(patience)), files && checkFileSystems(files, tools)],
  );
  const reasons = done.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
  if (reasons.length > 0) throw new Error(reasons.join('; '));
}

function toolsFor({ environment, topicArn }: z.infer<typeof settings>): RestoreTools & FileSystemTools {
  return {
    backup,
    rds,
    connect: databasesTrusting(process.env.DATABASE_CA).connect,
    newPassword: generatePassword,
    now,
    interval: 15_000,
    async rowsBefore(tables) {
      const known = await Promise.all(
        tables.map(async (table) => [table, await rowsOf(environment, table)] as const),
      );
      return Object.fromEntries(
        known.flatMap(([table, rows]) => (rows === undefined ? [] : [[table, rows]])),
      );
    },
    measure(minutes, rows = {}) {
      const { namespace } = restoreMetrics;
      const time = now();
      writeMetrics({
        namespace,
        dimensions: { Environment: environment },
        values: { [restoreMetrics.minutes]: minutes },
        time,
      });
      for (const [table, count] of Object.entries(rows))
        writeMetrics({
          namespace,
          dimensions: rowDimensions(environment, table),
          values: { [restoreMetrics.rows]: count },
          time,
        });
    },
    bytesIn: (fileSystem) =>
      newestOf(
        'AWS/EFS',
        'StorageBytes',
        { FileSystemId: fileSystem, StorageClass: 'Total' },
        { within: measuredWithin, period: 300 },
      ),
    tell: personBehind(sns, { environment, topicArn }),
  };
}

function rowsOf(environment: string, table: string): Promise<number | undefined> {
  return newestOf(restoreMetrics.namespace, restoreMetrics.rows, rowDimensions(environment, table), {
    within: daysBefore * day,
    period: 86_400,
  });
}

/** The newest value of a metric, in the milliseconds before now. */
async function newestOf(
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  { within, period }: { readonly within: number; readonly period: number },
): Promise<number | undefined> {
  const until = now();
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(until.getTime() - within),
      EndTime: until,
      Period: period,
      Statistics: ['Maximum'],
    }),
  );
  const newest = Datapoints.toSorted((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0];
  return newest?.Maximum;
}
