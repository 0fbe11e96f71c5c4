import { arnOf } from '../../model/access/resource-arns.ts';
import { nameProperty } from '../../model/resource-types.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { asWritten, at, display, list, tokensIn, type Value } from '../../model/values.ts';
import { defineRule, fail, pass } from '../rule.ts';
import { isDefaultBus } from './hands-on.ts';

/** A rule or schedule that is switched off, or leads nowhere, is a control that does not run. */
export const eventsEnabled = defineRule({
  invariant: 'ALM1',
  finding: 'EventsEnabled',
  en: 'Every event rule and schedule is enabled and has a target',
  ja: '全てのイベントルールとスケジュールが有効で宛先を持つ',
  appliesTo: ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'],
  judge(resource, { declared, graph }) {
    const { properties, type } = resource;
    if (properties.State === 'DISABLED')
      return declared ? fail('State is DISABLED') : pass('is switched off on purpose');
    const targets = type === 'AWS::Events::Rule' ? list(properties.Targets) : list(at(properties, 'Target'));
    if (targets.length === 0) return fail('has no target');
    const unknown = targets
      .map((target) => at(target, 'Arn'))
      .filter((value) => declared && !leadsToTemplates(value, graph));
    const tasks = targets.map((target) => at(target, 'EcsParameters')).filter((each) => each !== undefined);
    const strange = tasks.filter(
      (each) => graph.target(at(each, 'TaskDefinitionArn'), 'AWS::ECS::TaskDefinition') === undefined,
    );
    if (declared && strange.length > 0)
      return fail(
        `starts ${display(at(strange[0], 'TaskDefinitionArn') ?? 'a task')}, which these templates do not define`,
      );
    if (declared && tasks.some((each) => JSON.stringify(each).includes('"AssignPublicIp":"ENABLED"')))
      return fail('starts tasks with public addresses');
    const uncalled = targets
      .map((target) => graph.target(at(target, 'Arn'), 'AWS::Lambda::Function'))
      .filter((code) => declared && type === 'AWS::Events::Rule' && code && !mayCall(resource, code, graph));
    if (uncalled.length > 0)
      return fail(
        `may not call ${uncalled.map((code) => code?.logicalId).join(', ')}: no permission lets events.amazonaws.com`,
      );
    if (
      declared &&
      type === 'AWS::Events::Rule' &&
      !isDefaultBus(properties.EventBusName) &&
      isOfAws(properties.EventPattern)
    )
      return fail(
        'listens to another bus than the default one, on which AWS sends its events (EventBusName)',
      );
    const constant = targets.filter(
      (target) =>
        at(target, 'Input') !== undefined && graph.target(at(target, 'Arn'), 'AWS::Lambda::Function'),
    );
    if (declared && properties.EventPattern !== undefined && constant.length > 0)
      return fail('hands its function a constant in place of the event (Input)');
    const isAlarm = declared && type === 'AWS::Events::Rule' && properties.EventPattern !== undefined;
    const kinds = targets.map((target) => {
      const value = at(target, 'Arn');
      return graph.target(typeof value === 'string' ? graph.canonicalArn(value) : value)?.type;
    });
    if (isAlarm && isFailure(properties.EventPattern) && !kinds.includes('AWS::SNS::Topic'))
      return fail('tells no person of a failure: none of its targets is a topic');
    if (isAlarm && unknown.length === 0 && kinds.every((kind) => kind === 'AWS::Logs::LogGroup'))
      return fail('writes what happened to a log and tells nobody');
    return unknown.length > 0
      ? fail(
          `leads to ${unknown.map((value) => display(value ?? 'nothing')).join(', ')}, which these templates do not make`,
        )
      : pass('is enabled');
  },
});

/** Events of the shop's own applications may come on a bus of their own. */
function isOfAws(pattern: Value | undefined): boolean {
  const sources = list(at(pattern, 'source'));
  return sources.length === 0 || sources.some((each) => typeof each !== 'string' || each.startsWith('aws.'));
}

function mayCall(rule: Resource, code: Resource, graph: EnvironmentGraph): boolean {
  return graph
    .referring(code, 'AWS::Lambda::Permission', 'FunctionName')
    .some(
      ({ properties }) =>
        properties.Principal === 'events.amazonaws.com' &&
        (properties.SourceArn === undefined || graph.target(properties.SourceArn, rule.type) === rule),
    );
}

/** Whether a pattern is about failures and nothing else. */
function isFailure(pattern: Value | undefined): boolean {
  const detail = at(pattern, 'detail');
  const said = [...list(at(detail, 'state')), ...list(at(detail, 'eventName'))];
  return said.length > 0 && said.every((each) => /fail|stop|cancel|abandon/i.test(asWritten(each)));
}

/** A scheduler's target may be a call of AWS, which is then about something in its input. */
function leadsToTemplates(value: Value | undefined, graph: EnvironmentGraph): boolean {
  if (typeof value !== 'string') return false;
  return (
    graph.target(graph.canonicalArn(value)) !== undefined ||
    tokensIn(value).length > 0 ||
    graph.ofType(...Object.keys(nameProperty)).some((each) => arnOf(each, graph) === value) ||
    /^arn:[^:]*:scheduler:::aws-sdk:/.test(value)
  );
}
