import { numeric, text, type ValueMap } from '../../model/values.ts';
import type { Keeps } from './differences.ts';
import { fewer, free, ranked } from './orders.ts';

/**
 * An alarm in one of its spellings: of whole numbers, more than none is at least one, and where nobody says how many of
 * the periods count, all do.
 */
export function spelledAlarm(alarm: ValueMap): ValueMap {
  const threshold = numeric(alarm.Threshold);
  const counts = ['Sum', 'SampleCount'].includes(text(alarm.Statistic) ?? '') && Number.isInteger(threshold);
  const inclusive = counts ? { GreaterThanThreshold: above, LessThanOrEqualToThreshold: below } : {};
  const operator = text(alarm.ComparisonOperator) as keyof typeof inclusive;
  return {
    ...alarm,
    DatapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
    ...(Object.hasOwn(inclusive, operator) && {
      ComparisonOperator: inclusive[operator],
      Threshold: (threshold ?? 0) + 1,
    }),
  };
}

const above = 'GreaterThanOrEqualToThreshold';
const below = 'LessThanThreshold';

/** Of less than a minute most metrics tell nothing. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Resolution_definition */
const atLeastAMinute: Keeps = (promised, found) => fewer(promised, found) && (numeric(found) ?? 0) >= 60;

/** What a change of an alarm means depends on the side on which it is silent. */
export function alarmJudge(promised: ValueMap): (path: string) => Keeps | undefined {
  const operator = text(promised.ComparisonOperator) ?? '';
  const earlier: Keeps = (before, after) => {
    const [one, other] = [numeric(before), numeric(after)];
    if (one === undefined || other === undefined) return false;
    return operator.startsWith('Less') ? other >= one : other <= one && other >= 0;
  };
  const adds = ['Sum', 'SampleCount'].includes(text(promised.Statistic) ?? '');
  // Half the time counts half as much.
  const once = (numeric(promised.Threshold) ?? 2) <= 1;
  return (path) => {
    switch (path) {
      case 'Threshold':
        return earlier;
      case 'Period':
        return adds && !once ? undefined : atLeastAMinute;
      case 'EvaluationPeriods':
      case 'DatapointsToAlarm':
        return fewer;
      case 'TreatMissingData':
        return ranked('notBreaching', 'breaching');
      case 'AlarmActions[]':
        return (before) => before === undefined;
      case 'OKActions':
      case 'OKActions[]':
      case 'InsufficientDataActions':
      case 'InsufficientDataActions[]':
        return free;
      case 'WarmUpConfiguration.WarmUpPeriodDurationInMinutes':
        return fewer;
      default:
        return undefined;
    }
  };
}
