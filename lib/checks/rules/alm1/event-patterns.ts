import { matchesEvent } from '../../model/event-patterns.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, display, isMap, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/**
 * What the services the shop listens to call their events:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html
 */
const detailTypes: Readonly<Record<string, RegExp>> = {
  'aws.access-analyzer': /^(Access Analyzer Finding|(Unused|Internal) Access Finding[\w ]*)$/,
  'aws.backup':
    /^(Backup|Copy|Restore|Report) Job State Change$|^(Recovery Point|Backup Vault|Backup Plan|Region Setting) State Change$/,
  'aws.codepipeline': /^CodePipeline (Pipeline|Stage|Action) Execution State Change$/,
  'aws.ecs':
    /^ECS (Task State Change|Deployment State Change|Service Action|Container Instance State Change)$/,
  'aws.config':
    /^Config (Rules Compliance|Configuration Item|Rules Re-evaluation|Configuration Snapshot|Configuration History)/,
  'aws.guardduty': /^GuardDuty (Finding|Malware Protection[\w ]*)$|^Malware Protection/,
  'aws.health': /^AWS Health (Abuse )?Event$/,
  'aws.inspector2': /^Inspector2 (Finding|Scan|Coverage)$/,
  'aws.macie': /^Macie (Finding|SensitiveData)/,
  'aws.secretsmanager': /^(?!)/,
  'aws.securityhub': /^Security Hub |^Findings (Imported|-)/,
};

/** CloudTrail records the calls of every service under the name of that service. */
const recorded = /^AWS (API Call|Service Event|Console Action) via CloudTrail$/;

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
    const named = list(at(pattern, 'detail-type'));
    const types = named.flatMap((type) => text(type) ?? []);
    return [
      isSatisfiable(pattern) ? pass('can match') : fail('lists no value for a key: nothing matches'),
      ...sources.map((source): Verdict => {
        const known = detailTypes[source];
        // A pattern that names no type hears all; which ones an operator such as a prefix means, is not known here.
        const any = types.length === 0 || types.length < named.length;
        return !known || any || types.some((type) => recorded.test(type) || known.test(type))
          ? pass(`hears ${source}`)
          : fail(`${source} sends no event called ${types.map(display).join(', ')}`);
      }),
      ...types.flatMap((type) => misplaced(type, sources, pattern)),
      ...strangeRotation(types, sources, pattern),
      ...sources.flatMap((source) => unheard(source, graph)),
      ...(sources.includes('aws.guardduty') ? [severity(pattern, graph)] : []),
      ...subjects.flatMap((subject) => judgeSubject(subject, pattern, graph)),
    ];
  },
});

/** Calls that CloudTrail records, and events that other services send, come under the name of their service. */
function misplaced(type: string, sources: readonly string[], pattern: Value): Verdict[] {
  const owner = Object.entries(detailTypes).find(
    ([source, known]) => known.test(type) && source.startsWith('aws.'),
  )?.[0];
  if (owner && sources.length > 0 && !sources.includes(owner))
    return [fail(`${type} comes from ${owner}, not from ${sources.join(', ')}`)];
  const named = list(at(pattern, 'detail', 'eventSource')).flatMap((each) => text(each) ?? []);
  const other = named.filter(
    (each) => sources.length > 0 && !sources.includes(`aws.${each.replace(/\.amazonaws\.com$/, '')}`),
  );
  return other.length > 0 ? [fail(`${other.join(', ')} does not send as ${sources.join(', ')}`)] : [];
}

/** What a rotation does is a service event; calls, which have other names, are recorded besides. */
function strangeRotation(types: readonly string[], sources: readonly string[], pattern: Value): Verdict[] {
  if (types.some((type) => type !== 'AWS Service Event via CloudTrail') || types.length === 0) return [];
  if (sources.some((source) => source !== 'aws.secretsmanager') || sources.length === 0) return [];
  const events = list(at(pattern, 'detail', 'eventName')).flatMap((each) => text(each) ?? []);
  const unknown = events.filter((each) => !rotationEvents.includes(each));
  return unknown.length > 0 ? [fail(`Secrets Manager sends no ${unknown.join(', ')}`)] : [];
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
function severity(pattern: Value, graph: EnvironmentGraph): Verdict {
  const asked = list(at(pattern, 'detail', 'severity'));
  const numbers = asked.map((each) => ({
    operator: text(at(each, 'numeric', 0)) ?? '=',
    value: numeric(at(each, 'numeric', 1)) ?? numeric(each),
  }));
  const high = numbers.some(
    ({ operator, value }) =>
      value !== undefined && (operator === '>=' ? value <= 7 : operator === '>' && value < 7),
  );
  const finding = { source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: { severity: 7 } };
  const elsewhere = graph
    .ofType('AWS::Events::Rule')
    .some(({ properties }) => matchesEvent(properties.EventPattern, finding, graph));
  return asked.length === 0 || high || numbers.length > 3 || elsewhere
    ? pass('hears high findings')
    : fail('does not hear every high finding (severity 7 and more)');
}
