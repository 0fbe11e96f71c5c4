import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type Answer, look, ready } from '../account/check.ts';
import { designed, type Operated, type Question } from './question.ts';

const hours = 24;

/** What the web ACLs refused in the last day. */
export const blocked: Question = {
  id: 'blocked',
  title: 'Blocked requests',
  source: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html',
  async ask(operated) {
    const lists = designed(operated, 'AWS::WAFv2::WebACL').map(({ region, properties }) => {
      const { MetricName: name } = (properties.VisibilityConfig ?? {}) as { MetricName?: unknown };
      return { name: String(name), region, edge: properties.Scope === 'CLOUDFRONT' };
    });
    return Promise.all(lists.map((list) => askList(operated, list)));
  },
};

async function askList(
  { aws, now }: Operated,
  { name, region, edge }: { readonly name: string; readonly region: string; readonly edge: boolean },
): Promise<Answer> {
  const query = (id: string, MetricName: string) => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/WAFV2',
        MetricName,
        Dimensions: [
          { Name: 'WebACL', Value: name },
          { Name: 'Rule', Value: 'ALL' },
          // Those of CloudFront carry none.
          ...(edge ? [] : [{ Name: 'Region', Value: region }]),
        ],
      },
      Period: hours * 3600,
      Stat: 'Sum',
    },
  });
  // Two sums are one page.
  const { MetricDataResults: results = [] } = await aws.metrics(region).send(
    new GetMetricDataCommand({
      StartTime: new Date(now.getTime() - hours * 3_600_000),
      EndTime: now,
      MetricDataQueries: [query('blocked', 'BlockedRequests'), query('allowed', 'AllowedRequests')],
      NextToken: undefined,
    }),
  );
  const sum = (id: string) =>
    (results.find(({ Id }) => Id === id)?.Values ?? []).reduce((total, value) => total + value, 0);
  const all = sum('blocked') + sum('allowed');
  if (all === 0) {
    return look(name, `saw no request in ${hours} hours`, [
      'Nobody came, or requests go another way: docs/runbooks/shop-down.md',
    ]);
  }
  return ready(name, `blocked ${sum('blocked')} of ${all} requests in ${hours} hours`);
}
