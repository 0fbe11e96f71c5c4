export interface EmbeddedMetrics {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number>>;
  readonly time: Date;
}

/**
 * A log line that CloudWatch turns into metrics, so that measuring takes no permission.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsLine({ namespace, dimensions, values, time }: EmbeddedMetrics): string {
  return JSON.stringify({
    _aws: {
      Timestamp: time.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.keys(values).map((Name) => ({ Name })),
        },
      ],
    },
    ...dimensions,
    ...values,
  });
}

/** Past the console, which would wrap the line in a record CloudWatch reads no metrics from. */
export function writeMetrics(metrics: EmbeddedMetrics): void {
  process.stdout.write(`${metricsLine(metrics)}\n`);
}
