import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { everyPage } from '../../lambda/every-page.ts';

const day = 86_400_000;

export interface Wanted {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum' | 'Average' | 'Minimum';
}

export interface Measured {
  readonly value: number;
  /** Start of the day that it is of. */
  readonly time: Date;
}

/**
 * Values of each day, the newest first.
 *
 * @param days that are looked back
 */
export async function measured<Name extends string>(
  client: CloudWatchClient,
  wanted: Readonly<Record<Name, Wanted>>,
  days: number,
  now: Date,
): Promise<Readonly<Record<Name, readonly Measured[]>>> {
  const names = Object.keys(wanted) as Name[];
  const MetricDataQueries = names.map((name, index): MetricDataQuery => {
    const { namespace, metric, dimensions, statistic } = wanted[name];
    return {
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: metric,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 86_400,
        Stat: statistic,
      },
    };
  });
  const results = await everyPage(
    paginateGetMetricData(
      { client },
      { StartTime: new Date(now.getTime() - days * day), EndTime: now, MetricDataQueries },
    ),
    ({ MetricDataResults }) => MetricDataResults,
  );
  const entries = names.map((name, index) => [
    name,
    results
      .filter(({ Id }) => Id === `m${index}`)
      .flatMap(({ Timestamps = [], Values = [] }) =>
        Timestamps.map((time, at) => ({ time, value: Values[at] ?? 0 })),
      )
      .sort((one, other) => other.time.getTime() - one.time.getTime()),
  ]);
  return Object.fromEntries(entries) as Record<Name, Measured[]>;
}

export function sum(values: readonly Measured[]): number {
  return values.reduce((total, { value }) => total + value, 0);
}
