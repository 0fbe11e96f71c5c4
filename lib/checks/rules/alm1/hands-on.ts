import type { Resource } from '../../model/templates.ts';
import { at, isFalse, list, text, type Value } from '../../model/values.ts';
import { roleOf } from '../functions.ts';
import type { Context } from '../rule.ts';
import { clockedFunctions } from './clocked-functions.ts';

/** Whether a rule hands events on to somebody who acts on them. A queue does nothing: whoever reads it does. */
export function acts(rule: Resource, context: Context): boolean {
  return (
    hands(rule, context).some(({ type }) => type !== 'AWS::SQS::Queue') ||
    readersBehind(rule, context).length > 0
  );
}

/** Whether a rule starts code at once. */
export function runs(rule: Resource, context: Context): boolean {
  return hands(rule, context).some(({ type }) => /^AWS::(Lambda|StepFunctions)::/.test(type));
}

/** Whether a rule hands events on to a person: to a topic, or to a function that publishes to one. */
export function tells(rule: Resource, context: Context): boolean {
  const handedTo = hands(rule, context);
  const topics = context.graph.ofType('AWS::SNS::Topic');
  const functions = [
    ...handedTo.filter(({ type }) => type === 'AWS::Lambda::Function'),
    ...readersBehind(rule, context),
  ];
  return (
    handedTo.some(({ type }) => type === 'AWS::SNS::Topic') ||
    functions.some((code) => topics.some((topic) => may(code, 'sns:Publish', topic, context)))
  );
}

function hands({ properties }: Resource, { graph }: Context): Resource[] {
  if (
    properties.EventPattern === undefined ||
    properties.State === 'DISABLED' ||
    !isDefaultBus(properties.EventBusName)
  )
    return [];
  return list(properties.Targets).flatMap(
    (target) =>
      graph.target(
        at(target, 'Arn'),
        'AWS::SNS::Topic',
        'AWS::Lambda::Function',
        'AWS::SQS::Queue',
        'AWS::StepFunctions::StateMachine',
      ) ?? [],
  );
}

/** Functions that get what a rule puts into queues: from Lambda, or by looking there by the clock. */
function readersBehind(rule: Resource, context: Context): Resource[] {
  const { graph } = context;
  return hands(rule, context)
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .flatMap((queue) => {
      const fed = graph
        .referring(queue, 'AWS::Lambda::EventSourceMapping', 'EventSourceArn')
        .filter(({ properties }) => !isFalse(properties.Enabled))
        .flatMap(({ properties }) => graph.target(properties.FunctionName, 'AWS::Lambda::Function') ?? []);
      const looking = clockedFunctions(graph).map(({ code }) => code);
      return [...fed, ...looking].filter((code) => may(code, 'sqs:ReceiveMessage', queue, context));
    });
}

function may(code: Resource, action: string, resource: Resource, { graph, access }: Context): boolean {
  const role = roleOf(code, graph);
  return role !== undefined && access.may(role, action, resource);
}

/** Events of AWS services come to the default bus, and to no other. */
export function isDefaultBus(bus: Value | undefined): boolean {
  return bus === undefined || /(^|\/)default$/.test(text(bus) ?? '');
}
