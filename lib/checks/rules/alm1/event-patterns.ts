import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, isMap, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/**
 * What the services the shop listens to call their events:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html
 */
const detailTypes: Readonly<Record<string, RegExp>> = {
  'aws.access-analyzer': /^(Access Analyzer Finding|Unused Access Finding[\w ]*)$/,
  'aws.backup':
    /^(Backup|Copy|Restore|Report) Job State Change$|^(Recovery Point|Backup Vault|Backup Plan) State Change$/,
  'aws.codepipeline': /^CodePipeline (Pipeline|Stage|Action) Execution State Change$/,
  'aws.ecs':
    /^ECS (Task State Change|Deployment State Change|Service Action|Container Instance State Change)$/,
  'aws.guardduty': /^GuardDuty (Finding|Malware Protection[\w ]*)$|^Malware Protection/,
  'aws.health': /^AWS Health Event$/,
  'aws.inspector2': /^Inspector2 (Finding|Scan|Coverage)$/,
  'aws.secretsmanager': /^AWS (Service Event|API Call) via CloudTrail$/,
  'aws.securityhub': /^Security Hub |^Findings (Imported|-)/,
};

/** A pattern that matches no event is an alarm that nobody hears. */
export const eventPatterns = defineRule({
  invariant: 'ALM1',
  finding: 'EventPatterns',
  en: 'Event rules match events that exist',
  ja: 'イベントルールのパターンは実在するイベントに一致する',
  appliesTo: ['AWS::Events::Rule'],
  judge({ properties }, { declared, graph }) {
    const pattern = properties.EventPattern;
    if (!declared || pattern === undefined)
      return skip(declared ? 'runs by the clock' : 'not part of a declared shop');
    const sources = list(at(pattern, 'source')).flatMap((source) => text(source) ?? []);
    const types = list(at(pattern, 'detail-type')).flatMap((type) => text(type) ?? []);
    return [
      isSatisfiable(pattern) ? pass('can match') : fail('lists no value for a key: nothing matches'),
      ...sources.map((source): Verdict => {
        const known = detailTypes[source];
        return !known || types.some((type) => known.test(type))
          ? pass(`hears ${source}`)
          : fail(`${source} sends no event called ${types.map(display).join(', ') || 'nothing'}`);
      }),
      ...types.flatMap((type) => misplaced(type, sources, pattern)),
      ...sources.flatMap((source) => unheard(source, graph)),
      ...(sources.includes('aws.guardduty') ? [severity(pattern)] : []),
      ...subjects.flatMap((subject) => judgeSubject(subject, pattern, graph)),
    ];
  },
});

/** Calls that CloudTrail records, and events that other services send, come under the name of their service. */
function misplaced(type: string, sources: readonly string[], pattern: Value): Verdict[] {
  const owner = Object.entries(detailTypes).find(
    ([source, known]) => known.test(type) && !type.endsWith('via CloudTrail') && source.startsWith('aws.'),
  )?.[0];
  if (owner && sources.length > 0 && !sources.includes(owner))
    return [fail(`${type} comes from ${owner}, not from ${sources.join(', ')}`)];
  const named = list(at(pattern, 'detail', 'eventSource')).flatMap((each) => text(each) ?? []);
  const other = named.filter(
    (each) => sources.length > 0 && !sources.includes(`aws.${each.replace(/\.amazonaws\.com$/, '')}`),
  );
  if (other.length > 0) return [fail(`${other.join(', ')} does not send as ${sources.join(', ')}`)];
  const events = list(at(pattern, 'detail', 'eventName')).flatMap((each) => text(each) ?? []);
  const rotation = type === 'AWS Service Event via CloudTrail' && sources.includes('aws.secretsmanager');
  const unknown = events.filter((each) => !rotationEvents.includes(each));
  return rotation && unknown.length > 0 ? [fail(`Secrets Manager sends no ${unknown.join(', ')}`)] : [];
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieve-ct-entries.html */
const rotationEvents = [
  'RotationStarted',
  'RotationSucceeded',
  'RotationFailed',
  'RotationAbandoned',
  'TestRotationStarted',
  'TestRotationSucceeded',
  'TestRotationFailed',
  'StartSecretVersionDelete',
  'CancelSecretVersionDelete',
  'EndSecretVersionDelete',
];

/** What only some resource of the account says is not said without it. */
const speakers: Readonly<Record<string, string>> = {
  'aws.guardduty': 'AWS::GuardDuty::Detector',
  'aws.access-analyzer': 'AWS::AccessAnalyzer::Analyzer',
};

function unheard(source: string, graph: EnvironmentGraph): Verdict[] {
  const type = speakers[source];
  if (type === undefined || graph.ofType(type).length > 0) return [];
  const existing = graph.declaration?.existing;
  return Array.isArray(existing) && existing.includes(type)
    ? []
    : [fail(`listens to ${source}, which is not there`)];
}

function isSatisfiable(pattern: Value): boolean {
  if (Array.isArray(pattern)) return pattern.length > 0;
  return !isMap(pattern) || Object.values(pattern).every((each) => each !== undefined && isSatisfiable(each));
}

/** Where patterns name what they are about, and its type. */
const subjects: readonly { readonly path: readonly string[]; readonly type: string }[] = [
  { path: ['pipeline'], type: 'AWS::CodePipeline::Pipeline' },
  { path: ['clusterArn'], type: 'AWS::ECS::Cluster' },
  { path: ['additionalEventData', 'SecretId'], type: 'AWS::SecretsManager::Secret' },
  {
    path: ['resources', 'details', 'awsEcrContainerImage', 'repositoryName'],
    type: 'AWS::ECR::Repository',
  },
];

function judgeSubject(
  { path, type }: (typeof subjects)[number],
  pattern: Value,
  graph: EnvironmentGraph,
): Verdict[] {
  const strange = list(at(pattern, 'detail', ...path)).filter(
    (each) => typeof each === 'string' && graph.target(each, type) === undefined,
  );
  return strange.length > 0
    ? [fail(`is about ${strange.map(display).join(', ')}, which these templates do not make`)]
    : [];
}

/** High findings begin at 7: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
function severity(pattern: Value): Verdict {
  const asked = list(at(pattern, 'detail', 'severity'));
  const numbers = asked.map((each) => ({
    operator: text(at(each, 'numeric', 0)) ?? '=',
    value: numeric(at(each, 'numeric', 1)) ?? numeric(each),
  }));
  const high = numbers.some(
    ({ operator, value }) =>
      value !== undefined && (operator === '>=' ? value <= 7 : operator === '>' && value < 7),
  );
  return asked.length === 0 || high || numbers.length > 3
    ? pass('hears high findings')
    : fail('does not hear every high finding (severity 7 and more)');
}
