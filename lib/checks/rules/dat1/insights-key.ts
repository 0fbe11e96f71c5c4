import { isTrue } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Performance Insights and exports hold queries with customers' values in them: the cluster's own key, or none. */
export const insightsKey = defineRule({
  invariant: 'DAT1',
  finding: 'InsightsKey',
  en: 'Performance data of a database is encrypted with a customer-managed key',
  ja: 'データベースの性能データもカスタマー管理キーで暗号化される',
  appliesTo: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  judge(database, { declared }) {
    const { properties } = database;
    const on = isTrue(properties.EnablePerformanceInsights) || isTrue(properties.PerformanceInsightsEnabled);
    if (!on) return skip('keeps no performance data');
    if (
      properties.PerformanceInsightsKMSKeyId !== undefined ||
      properties.PerformanceInsightsKmsKeyId !== undefined
    )
      return pass('has a key of its own');
    return declared
      ? fail('performance data is encrypted with a key of AWS')
      : skip('is encrypted with a key of AWS');
  },
});
