import { declarationKeys } from '../../../declarations/keys.ts';
import { isForeignAccount } from '../../model/access/restrictions.ts';
import { scheduleDays } from '../../model/schedules.ts';
import type { Resource } from '../../model/templates.ts';
import {
  asWritten,
  at,
  display,
  hasUnknown,
  numeric,
  text,
  tokensIn,
  type ValueMap,
} from '../../model/values.ts';
import { roleOf, whyIdle } from '../functions.ts';
import { type Context, defineRule, type Finding, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

const longestDays = 30;

/** A secret changes at least every 30 days. */
export const rotationSchedule = defineRule({
  invariant: 'SEC1',
  finding: 'RotationSchedule',
  en: 'Every secret rotates at least every 30 days',
  ja: '各シークレットは30日以内にローテーションする',
  appliesTo: ['AWS::SecretsManager::Secret'],
  judge(secret, { graph }) {
    const schedules = graph.referring(secret, 'AWS::SecretsManager::RotationSchedule', 'SecretId');
    if (schedules.length === 0) {
      const exempt = text(secret.metadata[declarationKeys.noRotation]);
      return exempt ? pass(`does not rotate, as declared: ${exempt}`) : fail('has no rotation schedule');
    }
    return schedules.map(({ properties }) => judgeSchedule(properties));
  },
});

/** The schedule itself says who rotates and how often. */
export const rotationInterval = defineRule({
  invariant: 'SEC1',
  finding: 'RotationInterval',
  en: 'Every rotation schedule names a function and at most 30 days',
  ja: '各ローテーションスケジュールは関数と30日以内の間隔を指定する',
  appliesTo: ['AWS::SecretsManager::RotationSchedule'],
  judge(schedule, { graph }) {
    const secret = graph.target(schedule.properties.SecretId);
    const rotator = graph.canonicalArn(text(schedule.properties.RotationLambdaARN) ?? '');
    return [
      isForeignAccount(rotator, graph.account)
        ? fail(`${rotator} of another account rotates it, and so reads it`)
        : pass('is rotated in its own account'),
      judgeSchedule(schedule.properties),
      secret || !hasUnknown(schedule.properties.SecretId)
        ? pass('names its secret')
        : unsure('its secret is not in these templates'),
    ];
  },
});

function judgeSchedule(properties: ValueMap): Verdict {
  if (properties.RotationLambdaARN === undefined && properties.HostedRotationLambda === undefined) {
    return fail('the schedule names no function that rotates');
  }
  const days = intervalDays(properties);
  if (days === undefined) return unsure('the interval is known only after deployment');
  return days <= longestDays
    ? pass(`rotates every ${round(days)} days`)
    : fail(`rotates every ${round(days)} days; expected ${longestDays} or fewer`);
}

function round(days: number): string {
  return Number.isFinite(days) ? asWritten(Math.round(days * 10) / 10) : 'unknown number of';
}

function intervalDays(properties: ValueMap): number | undefined {
  const after = at(properties, 'RotationRules', 'AutomaticallyAfterDays');
  const expression = at(properties, 'RotationRules', 'ScheduleExpression');
  if (hasUnknown(after) || hasUnknown(expression)) return undefined;
  if (expression !== undefined) return scheduleDays(display(expression));
  return numeric(after) ?? Number.POSITIVE_INFINITY;
}

/** Rotation that cannot reach its function does not happen. */
export const rotationPermission = defineRule({
  invariant: 'SEC1',
  finding: 'RotationPermission',
  en: 'Secrets Manager may call the rotation function',
  ja: 'Secrets Managerがローテーション関数を呼び出せる',
  appliesTo: ['AWS::SecretsManager::RotationSchedule'],
  judge({ properties }, { graph, access, declared }) {
    const rotation = graph.target(properties.RotationLambdaARN, 'AWS::Lambda::Function');
    if (!rotation)
      return declared
        ? fail(
            `${display(properties.RotationLambdaARN ?? 'nothing')} rotates it, which these templates do not make`,
          )
        : skip('the function is not in these templates');
    const secret = graph.target(properties.SecretId, 'AWS::SecretsManager::Secret');
    const allowed = graph
      .referring(rotation, 'AWS::Lambda::Permission', 'FunctionName')
      .some(({ properties: permission }) => {
        const about = graph.target(permission.SourceArn, 'AWS::SecretsManager::Secret');
        return (
          permission.Principal === 'secretsmanager.amazonaws.com' &&
          /^lambda:(InvokeFunction|\*)$/.test(text(permission.Action) ?? '') &&
          (permission.SourceArn === undefined || about === secret || (about === undefined && !declared))
        );
      });
    if (!allowed) return fail(`Secrets Manager may not call ${rotation.logicalId}`);
    return [pass('Secrets Manager may call it'), ...judgeFunction(rotation, secret, access, graph)];
  },
  judgeAll({ graph, access, declared }) {
    if (!declared) return [];
    // The same, said of the function that cannot do what its schedules ask of it.
    return graph.ofType('AWS::SecretsManager::RotationSchedule').flatMap(({ properties }): Finding[] => {
      const rotation = graph.target(properties.RotationLambdaARN, 'AWS::Lambda::Function');
      const secret = graph.target(properties.SecretId, 'AWS::SecretsManager::Secret');
      return rotation
        ? judgeFunction(rotation, secret, access, graph).map((verdict) => ({
            resource: rotation,
            ...verdict,
          }))
        : [];
    });
  },
});

function judgeFunction(
  rotation: Resource,
  secret: Resource | undefined,
  access: Context['access'],
  graph: Context['graph'],
): Verdict[] {
  const verdicts: Verdict[] = [];
  const idle = whyIdle(rotation);
  if (graph.declaration !== undefined && idle) verdicts.push(fail(`${rotation.logicalId} ${idle}`));
  const role = roleOf(rotation, graph);
  if (!role || !secret) return verdicts;
  const lacking = [
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecretVersionStage',
  ].filter((action) => !access.may(role, action, secret));
  if (lacking.length > 0)
    verdicts.push(fail(`${rotation.logicalId} may not ${lacking.join(', ')}: the rotation stops half-way`));
  // A login of two users is set up by the administrator, whose secret the value names.
  const template = text(at(secret.properties, 'GenerateSecretString', 'SecretStringTemplate')) ?? '';
  const administrator = tokensIn(template)
    .map((token) => graph.get(token.stack, token.logicalId))
    .find((each) => each?.type === 'AWS::SecretsManager::Secret');
  if (administrator && !access.may(role, 'secretsmanager:GetSecretValue', administrator))
    verdicts.push(fail(`${rotation.logicalId} may not read ${administrator.logicalId}, which it needs`));
  return verdicts;
}
