import { matchesEvent } from '../../model/event-patterns.ts';
import type { Resource } from '../../model/templates.ts';
import { at, display, isTrue, list, text } from '../../model/values.ts';
import { whereToReportAbsence } from '../absence.ts';
import { type Context, defineRule, type Finding, fail, pass, type Verdict } from '../rule.ts';

const services: readonly { readonly types: readonly string[]; readonly name: string }[] = [
  { types: ['AWS::GuardDuty::Detector'], name: 'GuardDuty' },
  { types: ['AWS::AccessAnalyzer::Analyzer'], name: 'IAM Access Analyzer' },
];

/** Somebody watches: threat detection and access analysis are on. */
export const detection = defineRule({
  invariant: 'ALM1',
  finding: 'Detection',
  en: 'Threat detection and access analysis are on',
  ja: '脅威検知とアクセス分析が有効である',
  appliesTo: services.flatMap((service) => service.types),
  judge(resource, { graph, declared }) {
    const others = graph.ofType(resource.type).filter((each) => each !== resource);
    if (
      resource.type !== 'AWS::GuardDuty::Detector' &&
      declared &&
      looksElsewhere(resource) &&
      others.every(looksElsewhere)
    )
      return fail(`looks for ${text(resource.properties.Type)}, not for what is open to others`);
    if (resource.type !== 'AWS::GuardDuty::Detector')
      return list(resource.properties.ArchiveRules).length > 0 && declared
        ? fail('puts findings away before anybody reads them (ArchiveRules)')
        : pass('is on');
    const off = list(resource.properties.Features).filter(
      (feature) => text(at(feature, 'Status')) === 'DISABLED',
    );
    return [
      isTrue(resource.properties.Enable) ? pass('is on') : fail('Enable is not true'),
      ...(declared ? missingFeatures(resource, graph) : []),
      ...off.map((feature) =>
        fail(`${display(at(feature, 'Name') ?? 'a feature without a name')} is switched off`),
      ),
      ...(declared ? [told(graph)] : []),
    ];
  },
  judgeAll(context) {
    return context.declared ? services.flatMap((service) => absence(service, context)) : [];
  },
});

/** An analyzer for access that nobody uses, or for access within the account. */
const looksElsewhere = ({ properties }: Resource) => /UNUSED|INTERNAL/.test(text(properties.Type) ?? '');

/** What watches each kind of resource; without it the detector does not look there. */
const features: readonly { readonly name: string; readonly type: string }[] = [
  { name: 'S3_DATA_EVENTS', type: 'AWS::S3::Bucket' },
  { name: 'RDS_LOGIN_EVENTS', type: 'AWS::RDS::DBCluster' },
  { name: 'LAMBDA_NETWORK_LOGS', type: 'AWS::Lambda::Function' },
  { name: 'RUNTIME_MONITORING', type: 'AWS::ECS::Service' },
];

function missingFeatures(detector: Resource, graph: Context['graph']): Verdict[] {
  const written = list(detector.properties.Features);
  const named = written.map((feature) => text(at(feature, 'Name')));
  const verdicts = features
    .filter(({ name, type }) => graph.ofType(type).length > 0 && !named.includes(name))
    .map(({ name }) => fail(`${name} is not switched on`));
  const agents = written
    .flatMap((feature) => list(at(feature, 'AdditionalConfiguration')))
    .filter((each) => text(at(each, 'Status')) !== 'ENABLED');
  if (agents.length > 0)
    verdicts.push(fail(`${display(at(agents[0], 'Name') ?? 'a feature without a name')} is switched off`));
  if (named.includes('RUNTIME_MONITORING') && graph.ofType('AWS::ECS::Service').length > 0) {
    const managed = written.some((feature) =>
      list(at(feature, 'AdditionalConfiguration')).some(
        (each) => text(at(each, 'Name')) === 'ECS_FARGATE_AGENT_MANAGEMENT',
      ),
    );
    if (!managed)
      verdicts.push(fail('ECS_FARGATE_AGENT_MANAGEMENT is not switched on: no task is looked into'));
  }
  const frequency = text(detector.properties.FindingPublishingFrequency) ?? 'SIX_HOURS';
  if (!['FIFTEEN_MINUTES', 'ONE_HOUR'].includes(frequency))
    verdicts.push(fail(`FindingPublishingFrequency is ${frequency}; expected FIFTEEN_MINUTES or ONE_HOUR`));
  return verdicts;
}

/** An account may have the service already, which the environment then declares as existing. */
function absence(service: (typeof services)[number], context: Context): Finding[] {
  if (context.graph.ofType(...service.types).length > 0) return [];
  const where = whereToReportAbsence(context.graph);
  const existing = context.graph.declaration?.existing;
  if (Array.isArray(existing) && existing.some((each) => text(each) === service.types[0])) return [];
  return where ? [{ resource: where, ...fail(`${service.name} is nowhere in the environment`) }] : [];
}

/** High findings, which begin at severity 7, are passed on, and not only the critical ones. */
function told(graph: Context['graph']): Verdict {
  const heard = graph.ofType('AWS::Events::Rule').some(({ properties }) => {
    const finding = { source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: { severity: 7 } };
    return properties.EventPattern !== undefined && matchesEvent(properties.EventPattern, finding, graph);
  });
  return heard ? pass('its findings are passed on') : fail('no rule passes its high findings on');
}
