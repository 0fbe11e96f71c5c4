import type { Resource } from '../../model/templates.ts';
import { at, list } from '../../model/values.ts';
import { type Context, defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** A rotation that fails, or stops half-way, is heard: otherwise the old credential stays and nobody knows. */
export const rotationWatched = defineRule({
  invariant: 'SEC2',
  finding: 'RotationWatched',
  en: 'A failed rotation raises an alarm',
  ja: '失敗したローテーションが通知される',
  appliesTo: ['AWS::SecretsManager::RotationSchedule', 'AWS::SecretsManager::Secret', 'AWS::Events::Rule'],
  judge(resource, context) {
    if (!context.declared) return skip('not part of a declared shop');
    if (resource.type === 'AWS::Events::Rule') return judgeRule(resource, context);
    if (resource.type === 'AWS::SecretsManager::Secret')
      return context.graph.referring(resource, 'AWS::SecretsManager::RotationSchedule', 'SecretId').length > 0
        ? judgeSecret(resource, context)
        : skip('does not rotate');
    return judgeSecret(
      context.graph.target(resource.properties.SecretId, 'AWS::SecretsManager::Secret'),
      context,
    );
  },
});

/** A rule that tells a person of rotations tells of those that failed. */
function judgeRule({ properties }: Resource, { graph }: Context): Verdict {
  const pattern = properties.EventPattern;
  const detail = at(pattern, 'detail');
  const tells = list(properties.Targets).some((target) => graph.target(at(target, 'Arn'), 'AWS::SNS::Topic'));
  const about = at(detail, 'additionalEventData', 'SecretId') !== undefined;
  if (!tells || !about) return skip('tells nobody of a rotation');
  return list(at(detail, 'eventName')).includes('RotationFailed')
    ? pass('tells of rotations that failed')
    : fail('tells of rotations, and not of those that failed (RotationFailed)');
}

/** Who hears of an event and does something; a log or a queue tells nobody. */
const hearing = ['AWS::SNS::Topic', 'AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine'];

function judgeSecret(secret: Resource | undefined, { graph }: Context): Verdict {
  const events = graph.ofType('AWS::Events::Rule').filter((rule) => {
    const detail = at(rule.properties, 'EventPattern', 'detail');
    // A pattern may name the secrets it is about; one that does not is about all.
    const named = list(at(detail, 'additionalEventData', 'SecretId'));
    return (
      list(at(detail, 'eventName')).includes('RotationFailed') &&
      rule.properties.State !== 'DISABLED' &&
      list(rule.properties.Targets).some(
        (target) => graph.target(at(target, 'Arn'), ...hearing) !== undefined,
      ) &&
      (named.length === 0 ||
        named.some((each) => graph.target(each, 'AWS::SecretsManager::Secret') === secret))
    );
  });
  return events.length > 0
    ? pass(`${events[0]?.logicalId} hears RotationFailed`)
    : fail('nothing reports that its rotation failed');
}
