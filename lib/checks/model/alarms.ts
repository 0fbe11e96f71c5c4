import { at, isFalse, isMap, list, map, type Value, type ValueMap } from './values.ts';

/**
 * The properties of an alarm, with the metric where an alarm on a single one has it. A metric written as the only one
 * of a list (`Metrics` with one `MetricStat`) is the same alarm.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
export function alarmOf(properties: Value | undefined): ValueMap {
  const alarm = map(properties);
  const queries = list(alarm.Metrics);
  const only = queries.length === 1 ? queries[0] : undefined;
  const stat = at(only, 'MetricStat');
  if (!isMap(stat) || isFalse(at(only, 'ReturnData'))) return alarm;
  const { Metrics: _, ...rest } = alarm;
  const metric = map(stat.Metric);
  const isSimple = /^(?:Sum|Minimum|Maximum|Average|SampleCount)$/.test(String(stat.Stat));
  return {
    ...rest,
    Namespace: metric.Namespace,
    MetricName: metric.MetricName,
    Dimensions: metric.Dimensions ?? [],
    Period: stat.Period,
    [isSimple ? 'Statistic' : 'ExtendedStatistic']: stat.Stat,
  };
}
