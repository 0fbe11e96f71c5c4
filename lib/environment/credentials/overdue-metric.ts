/** What the watch measures and the alarm reads. By itself, so that a CDK app loads no client of Secrets Manager. */
export const overdueMetric = { namespace: 'SecureShop/Rotation', metricName: 'Overdue' } as const;
