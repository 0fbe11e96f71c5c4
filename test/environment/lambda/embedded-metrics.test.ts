import { expect, it } from 'vitest';
import { metricsLine } from '../../../lib/environment/lambda/embedded-metrics.ts';

it('tells CloudWatch what the line measures, and of what', () => {
  const time = new Date('2026-11-22T00:00:00Z');
  const line = metricsLine({
    namespace: 'Shop',
    dimensions: { Pipeline: 'one' },
    values: { Age: 3, Hosts: 2 },
    time,
  });
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: time.getTime(),
      CloudWatchMetrics: [
        { Namespace: 'Shop', Dimensions: [['Pipeline']], Metrics: [{ Name: 'Age' }, { Name: 'Hosts' }] },
      ],
    },
    Pipeline: 'one',
    Age: 3,
    Hosts: 2,
  });
});
