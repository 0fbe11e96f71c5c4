import { isTrue, text } from '../../model/values.ts';
import { anchor } from '../log1/anchor.ts';
import { type Context, defineRule, type Finding, fail, pass } from '../rule.ts';

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
  judge(resource) {
    if (resource.type !== 'AWS::GuardDuty::Detector') return pass('is on');
    return isTrue(resource.properties.Enable) ? pass('is on') : fail('Enable is not true');
  },
  judgeAll(context) {
    return context.declared ? services.flatMap((service) => absence(service, context)) : [];
  },
});

/** An account may have the service already, which the configuration then says by a custom resource or an import. */
function absence(service: (typeof services)[number], context: Context): Finding[] {
  if (context.graph.ofType(...service.types).length > 0) return [];
  const where = anchor(context.graph);
  const existing = context.graph.declaration?.existing;
  if (Array.isArray(existing) && existing.some((each) => text(each) === service.types[0])) return [];
  return where ? [{ resource: where, ...fail(`${service.name} is nowhere in the environment`) }] : [];
}
