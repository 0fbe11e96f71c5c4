export const patchMetricNamespace = 'SecureShop/Patching';
export const pipelineDimension = 'Pipeline';

/**
 * A log line that CloudWatch turns into metrics, so that measuring takes no permission.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function patchMetrics(
  values: Readonly<Record<string, number>>,
  pipeline: string,
  timestamp: number,
): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: patchMetricNamespace,
          Dimensions: [[pipelineDimension]],
          Metrics: Object.keys(values).map((Name) => ({ Name })),
        },
      ],
    },
    [pipelineDimension]: pipeline,
    ...values,
  });
}
