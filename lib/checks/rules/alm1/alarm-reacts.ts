import { alarmOf } from '../../model/alarms.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, list, numeric, text, tokensIn, type Value, type ValueMap } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

const hour = 3600;
const day = 24 * hour;

/** What the number means decides which side of the threshold is the bad one, and how much is too much. */
interface Meaning {
  readonly metric: RegExp;
  readonly bad: 'above' | 'below';
  readonly highest?: number;
  readonly lowest?: number;
  readonly statistics: readonly string[];
  /** Longest time until somebody hears of it, in seconds. */
  readonly within: number;
}

const meanings: readonly Meaning[] = [
  {
    metric: /(Expiry|Expires|SupportDays|DaysLeft|RemainingDays)$/,
    bad: 'below',
    lowest: 7,
    statistics: ['Minimum', 'Average'],
    within: day,
  },
  { metric: /Age(Days)?$/, bad: 'above', highest: 14, statistics: ['Maximum', 'Average'], within: day },
  {
    metric: /UnHealthyHostCount/,
    bad: 'above',
    highest: 2,
    statistics: ['Minimum', 'Average', 'Maximum'],
    within: hour,
  },
  { metric: /Heartbeat$/, bad: 'below', lowest: 1, statistics: ['Sum', 'SampleCount'], within: hour },
  { metric: /[45]XX/, bad: 'above', highest: 100, statistics: ['Sum', 'Average'], within: hour },
  // What must not happen at all.
  {
    metric:
      /(Errors?|Throttles|Failed\w*|Failures?|Undecided|Overdue|Exceptions|Unexpected\w*|Rejected\w*|Denied\w*)$/,
    bad: 'above',
    highest: 5,
    statistics: ['Sum', 'Maximum', 'SampleCount'],
    within: day,
  },
];

/** An alarm that asks too much, too late or the wrong way round stays silent. */
export const alarmReacts = defineRule({
  invariant: 'ALM1',
  finding: 'AlarmReacts',
  en: 'Alarms react to what they watch, in time',
  ja: 'アラームは監視対象の異常に適時反応する',
  appliesTo: ['AWS::CloudWatch::Alarm'],
  judge(alarm, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    if (graph.promises.isBeside(alarm)) return skip('tells of something besides what was promised');
    const properties = alarmOf(alarm.properties);
    const made = judgeMetric(properties, graph);
    if (made) return made;
    // A name made of parts ends in the part that says what it counts.
    const metric = display(text(properties.MetricName) ?? '').replace(/\$\{[^}]*\}/g, '');
    const meaning = meanings.find((each) => each.metric.test(metric));
    if (!meaning) return judgeSilence(properties, graph);
    return [
      judgeThreshold(properties, metric, meaning),
      judgeTime(properties, meaning),
      judgeStatistic(properties, meaning),
      judgeSilence(properties, graph),
    ];
  },
});

/** Dimensions under which AWS itself reports, and the namespaces it does so in. */
const reported: readonly {
  readonly dimension: RegExp;
  readonly namespace: string;
  readonly metrics: RegExp;
}[] = [
  {
    dimension: /^FunctionName$/,
    namespace: 'AWS/Lambda',
    metrics:
      /^(Errors|Throttles|Invocations|Duration|DeadLetterErrors|DestinationDeliveryFailures|IteratorAge|AsyncEvent\w+|ConcurrentExecutions|ProvisionedConcurrency\w+|RecursiveInvocationsDropped)$/,
  },
  {
    dimension: /^(LoadBalancer|TargetGroup)$/,
    namespace: 'AWS/ApplicationELB',
    metrics:
      /^(HTTPCode_\w+|UnHealthyHostCount|HealthyHostCount|\w*RequestCount\w*|TargetResponseTime|\w*ConnectionCount|\w*ErrorCount|\w+Hosts?|ConsumedLCUs|ProcessedBytes|\w+Count)$/,
  },
  {
    dimension: /^BackupVaultName$/,
    namespace: 'AWS/Backup',
    metrics: /^NumberOf(Backup|Copy|Restore|Recovery)\w+$/,
  },
  { dimension: /^CertificateArn$/, namespace: 'AWS/CertificateManager', metrics: /^DaysToExpiry$/ },
  { dimension: /^DBClusterIdentifier$/, namespace: 'AWS/RDS', metrics: /^\w+$/ },
];

/** An alarm on a number that nobody reports never changes. */
function judgeMetric(properties: ValueMap, graph: EnvironmentGraph): Verdict | undefined {
  const namespace = text(properties.Namespace) ?? '';
  const metric = text(properties.MetricName) ?? '';
  const names = list(properties.Dimensions).map((each) => text(at(each, 'Name')) ?? '');
  const known = reported.find(
    ({ dimension, namespace: own }) => names.some((name) => dimension.test(name)) || own === namespace,
  );
  if (known) {
    if (known.namespace !== namespace)
      return fail(`looks into ${namespace}, where nobody reports a ${names.join(' and a ')}`);
    if (!known.metrics.test(metric)) return fail(`${namespace} has no metric ${metric}`);
    const strange = list(properties.Dimensions).filter(
      (each) => known.dimension.test(text(at(each, 'Name')) ?? '') && !isHere(at(each, 'Value'), graph),
    );
    return strange.length > 0
      ? fail(
          `watches ${strange.map((each) => display(at(each, 'Value') ?? '?')).join(', ')}, which is not in these templates`,
        )
      : undefined;
  }
  if (!madeByFilter(namespace, graph)) return undefined;
  const counting = graph
    .ofType('AWS::Logs::MetricFilter')
    .filter((filter) => graph.target(filter.properties.LogGroupName, 'AWS::Logs::LogGroup'))
    .flatMap((filter) => list(filter.properties.MetricTransformations))
    .filter(
      (each) => text(at(each, 'MetricNamespace')) === namespace && numeric(at(each, 'MetricValue')) !== 0,
    );
  return counting.some((each) => text(at(each, 'MetricName')) === metric)
    ? undefined
    : fail('no metric filter on a log of these templates makes the metric that it looks at');
}

/** A reference, or the name or ARN under which a resource of the templates goes or refers to something. */
function isHere(value: Value | undefined, graph: EnvironmentGraph): boolean {
  if (typeof value !== 'string') return false;
  return (
    tokensIn(value).length > 0 ||
    graph.resources.some(
      ({ type, properties }) =>
        type !== 'AWS::CloudWatch::Alarm' && Object.values(properties).some((each) => each === value),
    )
  );
}

function judgeThreshold(properties: ValueMap, metric: string, meaning: Meaning): Verdict {
  const threshold = numeric(properties.Threshold);
  const operator = text(properties.ComparisonOperator) ?? '';
  const side = operator.startsWith('Greater') ? 'above' : operator.startsWith('Less') ? 'below' : 'neither';
  if (side !== meaning.bad)
    return fail(`ComparisonOperator is ${operator || 'not set'}: it is silent when ${metric} is bad`);
  if (threshold === undefined) return fail('Threshold is not set');
  if (meaning.highest !== undefined && threshold > meaning.highest)
    return fail(`Threshold is ${threshold}; expected ${meaning.highest} or less of ${metric}`);
  if (meaning.lowest !== undefined && threshold < meaning.lowest)
    return fail(`Threshold is ${threshold}; expected ${meaning.lowest} or more of ${metric}`);
  return pass(`reacts to ${metric} ${meaning.bad} ${threshold}`);
}

function judgeTime(properties: ValueMap, meaning: Meaning): Verdict {
  const [period, periods] = [numeric(properties.Period), numeric(properties.EvaluationPeriods)];
  if (period === undefined || periods === undefined || periods < 1 || period < 1)
    return fail('Period or EvaluationPeriods is not set');
  const immediate = text(properties.Namespace)?.startsWith('AWS/Lambda') ? hour : meaning.within;
  const needed = numeric(properties.DatapointsToAlarm) ?? periods;
  if (needed < 1 || needed > periods)
    return fail(`DatapointsToAlarm is ${needed} of ${periods}: it never happens`);
  return period * periods <= immediate
    ? pass(`reacts within ${(period * periods) / 60} minutes`)
    : fail(
        `reacts after ${Math.round((period * periods) / 60)} minutes; expected ${immediate / 60} or fewer`,
      );
}

function judgeStatistic(properties: ValueMap, { statistics }: Meaning): Verdict {
  const statistic = text(properties.Statistic) ?? text(properties.ExtendedStatistic) ?? 'none';
  return statistics.includes(statistic)
    ? pass(`looks at the ${statistic.toLowerCase()}`)
    : fail(`Statistic is ${statistic}; expected ${statistics.join(' or ')}`);
}

/**
 * A function that measures at intervals and has died reports nothing: of what it publishes at least one alarm takes
 * silence for a failure, and alarms on one metric agree.
 */
function judgeSilence(properties: ValueMap, graph: EnvironmentGraph): Verdict {
  const namespace = text(properties.Namespace) ?? '';
  const silent = (each: ValueMap) => text(each.TreatMissingData) === 'breaching';
  if (madeByFilter(namespace, graph) && text(properties.ComparisonOperator)?.startsWith('Less')) {
    return silent(properties)
      ? pass('what must come at intervals is missed')
      : fail('TreatMissingData is not breaching: a log that falls silent is no number below the threshold');
  }
  if (namespace === '' || namespace.startsWith('AWS/') || madeByFilter(namespace, graph))
    return pass('has no interval at which something must come');
  const siblings = graph
    .ofType('AWS::CloudWatch::Alarm')
    .map((alarm) => alarmOf(alarm.properties))
    .filter((each) => text(each.Namespace) === namespace);
  if (!siblings.some(silent)) return fail(`no alarm on ${namespace} takes missing data for a failure`);
  const same = siblings.filter((each) => text(each.MetricName) === text(properties.MetricName));
  return same.some(silent) && !silent(properties)
    ? fail(
        `TreatMissingData is ${text(properties.TreatMissingData) ?? 'not set'}, unlike other alarms on this metric`,
      )
    : pass('what must come at intervals is missed');
}

function madeByFilter(namespace: string, graph: EnvironmentGraph): boolean {
  return graph
    .ofType('AWS::Logs::MetricFilter')
    .some(({ properties }) =>
      list(properties.MetricTransformations).some((each) => text(at(each, 'MetricNamespace')) === namespace),
    );
}
