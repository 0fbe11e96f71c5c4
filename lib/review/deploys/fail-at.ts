import { UserError } from '../../cli/user-error.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { Deployment } from './model/deployment.ts';

export interface FailurePlace {
  readonly stack: StackTemplate;
  readonly resource?: string;
}

/**
 * The place that a user names: a stack by its name or the end of it (`storefront`), a resource by its logical id or
 * the end of its construct path (`Shop/Service`).
 *
 * @throws UserError when no stack or resource, or several, are called so
 */
export function placeIn(deployment: Deployment, written: string): FailurePlace {
  const [stackName = '', ...rest] = written.split('/');
  const name = rest.join('/');
  const stack = only(
    deployment.stacks.filter(
      (each) => each.name === stackName || each.name.endsWith(`-${stackName.toLowerCase()}`),
    ),
    (each) => each.name === stackName,
    `--fail-at: no stack is called "${stackName}"; write one of ${deployment.stacks.map((each) => each.name).join(', ')}`,
    (all) =>
      `--fail-at: "${stackName}" may be ${all.map((each) => each.name).join(' or ')}; write the whole name`,
  );
  if (name === '') return { stack };
  const resources = deployment.resourcesOf(stack);
  const path = (resource: (typeof resources)[number]) =>
    String(resource.declaration.Metadata?.['aws:cdk:path'] ?? '').replace(/\/Resource$/, '');
  const resource = only(
    resources.filter((each) => each.id === name || path(each).endsWith(`/${name}`)),
    (each) => each.id === name,
    `--fail-at: ${stack.name} has no resource "${name}"; write a logical id, such as ${resources[0]?.id}`,
    (all) => `--fail-at: "${name}" may be ${all.map(({ id }) => id).join(' or ')}; write the logical id`,
  );
  return { stack, resource: resource.id };
}

function only<T>(
  found: readonly T[],
  isExact: (each: T) => boolean,
  none: string,
  several: (all: readonly T[]) => string,
): T {
  const [first, ...more] = found.filter(isExact).length > 0 ? found.filter(isExact) : found;
  if (first === undefined) throw new UserError([none]);
  if (more.length > 0) throw new UserError([several(found)]);
  return first;
}
