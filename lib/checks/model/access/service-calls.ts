import { hasUnknown } from '../values.ts';
import type { Principal } from './principals.ts';

/**
 * Calls of a service that a principal's policies speak of, by name: for what no table lists. A pattern stands for one
 * call that it covers.
 *
 * @param service as a trust policy names it, `pods.eks.amazonaws.com`; its calls begin with a part of that
 */
export function callsOf(principal: Principal, service: string): readonly string[] {
  const labels = service.replace(/\.amazonaws\.com.*$/, '').split('.');
  const isOf = (prefix: string) =>
    labels.some(
      (label) => label === prefix || label.startsWith(`${prefix}-`) || prefix.startsWith(`${label}-`),
    );
  const written = [
    ...principal.statements,
    ...(principal.boundary?.options.flatMap((option) => option ?? []) ?? []),
  ].flatMap(({ actions }) => actions);
  const named = written.flatMap((pattern) => {
    const [prefix = '', name = ''] = pattern.toLowerCase().split(':');
    if (hasUnknown(pattern) || !isOf(prefix) || name === '*') return [];
    return [`${prefix}:${name.replace(/\*/g, 'anything').replace(/\?/g, 'x')}`];
  });
  const whole = written.flatMap((pattern) => {
    const [prefix = ''] = pattern.toLowerCase().split(':');
    return isOf(prefix) ? [prefix] : [];
  });
  return [
    ...new Set([...named, ...[...labels, ...whole].map((prefix) => `${prefix}:updateanything`)]),
  ].filter((call) => !harmless.test(call));
}

/** What reads, ends, marks, merely uses, or reports how something went hands nothing over, and changes nothing that runs. */
const harmless =
  /:(get|batchget|list|describe|search|view|query|lookup|check|verify|validate|preview|scan|tag|untag|delete|remove|stop|cancel|disable|invoke|send|publish|put\w*result)/;

/** What makes something new changes nothing that has a role already. */
export const makes = /:(create|register|request)/;
