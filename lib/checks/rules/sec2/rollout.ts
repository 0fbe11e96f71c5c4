import { at, isTrue, list, numeric } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A restart after a rotation replaces tasks one by one, and goes back when the new ones do not come up. */
export const rollout = defineRule({
  invariant: 'SEC2',
  finding: 'Rollout',
  en: 'A restart keeps tasks running and is rolled back when it fails',
  ja: '再起動中もタスクは稼働し続け、失敗時はロールバックされる',
  appliesTo: ['AWS::ECS::Service'],
  judge({ properties }, { declared }) {
    if (!declared) return skip('not part of a declared shop');
    const config = properties.DeploymentConfiguration;
    const least = numeric(at(config, 'MinimumHealthyPercent'));
    const alarms = at(config, 'Alarms');
    const breaker = at(config, 'DeploymentCircuitBreaker');
    const most = numeric(at(config, 'MaximumPercent')) ?? 200;
    return [
      most > (least ?? 100)
        ? pass('has room for a task beside the one that it replaces')
        : fail(`MaximumPercent is ${most}, MinimumHealthyPercent ${least ?? 100}: no task can be replaced`),
      least === undefined || least >= 50
        ? pass('keeps half of the tasks or more')
        : fail(`MinimumHealthyPercent is ${least}: a restart stops the tasks that serve`),
      isTrue(at(breaker, 'Enable')) && isTrue(at(breaker, 'Rollback'))
        ? pass('goes back when new tasks do not come up')
        : fail('a restart that fails is not rolled back (DeploymentCircuitBreaker)'),
      isTrue(at(alarms, 'Enable')) &&
      isTrue(at(alarms, 'Rollback')) &&
      list(at(alarms, 'AlarmNames')).length > 0
        ? pass('goes back when the shop answers with errors')
        : fail(
            'a restart after which the shop answers with errors is not rolled back (DeploymentConfiguration.Alarms)',
          ),
    ];
  },
});
