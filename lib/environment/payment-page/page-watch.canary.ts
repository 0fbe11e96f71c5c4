import { readFile } from 'node:fs/promises';
import { synthetics } from '@aws/synthetics-playwright';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { watchedPageFile, watchNamespace } from './names.ts';
import { type WatchCounts, type WatchedPage, watchPage } from './page-watch.ts';

const cloudWatch = new CloudWatchClient({});

/** Run by CloudWatch Synthetics. */
export async function handler(): Promise<void> {
  const text = await readFile(new URL(watchedPageFile, import.meta.url), 'utf8');
  const browser = await synthetics.launch();
  try {
    await watchPage(browser, JSON.parse(text) as WatchedPage, count);
  } finally {
    await synthetics.close();
  }
}

async function count(counts: WatchCounts): Promise<void> {
  const Dimensions = [{ Name: 'Watch', Value: process.env.WATCH_NAME }];
  await cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: watchNamespace,
      MetricData: Object.entries(counts).map(([MetricName, Value]) => ({ MetricName, Value, Dimensions })),
    }),
  );
}
