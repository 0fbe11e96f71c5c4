import type { StackTemplate } from '../templates/template-tree.ts';
import type { DeployedResource } from './model/deployment.ts';

/**
 * What a deploy does to its owner. `refused`: AWS stops it. `lost`: data goes, or the shop goes on without it.
 * `interrupted`: somebody notices. `left`: something stays behind that costs or is in the way.
 */
export type Effect = 'refused' | 'lost' | 'interrupted' | 'left';

export interface Finding {
  readonly effect: Effect;
  /** Which constraint of AWS, as in docs/plan.md. */
  readonly constraint: string;
  readonly environment: string;
  readonly stack: string;
  readonly resource?: string;
  readonly type?: string;
  /** Construct path of the resource. */
  readonly path?: string;
  readonly says: string;
  /** What to do instead, or about it. */
  readonly way: string;
  /** Commands that lift what stands in the way. */
  readonly commands?: readonly string[];
  /** Where AWS says so. */
  readonly source: string;
}

type Words = Pick<Finding, 'effect' | 'constraint' | 'says' | 'way' | 'commands' | 'source'>;

export function findingOfStack({ name, environment }: StackTemplate, words: Words): Finding {
  return { ...words, stack: name, environment };
}

export function findingOf({ stack, id, type, declaration }: DeployedResource, words: Words): Finding {
  const path = declaration.Metadata?.['aws:cdk:path'];
  return {
    ...findingOfStack(stack, words),
    resource: id,
    type,
    ...(typeof path === 'string' && { path }),
  };
}
