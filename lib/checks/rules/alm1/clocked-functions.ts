import { scheduleDays } from '../../model/schedules.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';

/** Functions that run at least once a day, and what starts them. */
export function clockedFunctions(graph: EnvironmentGraph): { rule: Resource; code: Resource }[] {
  return graph.ofType('AWS::Events::Rule', 'AWS::Scheduler::Schedule').flatMap((rule) => {
    const { State, ScheduleExpression, Targets, Target } = rule.properties;
    if (State === 'DISABLED' || scheduleDays(text(ScheduleExpression) ?? '') > 1) return [];
    return [...list(Targets), ...list(Target)].flatMap((target) => {
      const code = graph.target(at(target, 'Arn'), 'AWS::Lambda::Function');
      return code ? [{ rule, code }] : [];
    });
  });
}
