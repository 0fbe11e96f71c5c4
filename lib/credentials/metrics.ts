/** What the watch measures and the alarm reads. */
export const overdueMetric = { namespace: 'SecureShop/Rotation', metricName: 'Overdue' } as const;
