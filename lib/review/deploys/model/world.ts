import { remembered } from '../../../checks/model/remembered.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { failedCreation } from '../statuses.ts';
import { type Claim, claimsOf } from './claims.ts';
import type { DeployedResource, Deployment } from './deployment.ts';

/** As far as a deploy cares. `failed`: its creation was rolled back, and the CDK deletes it before it tries again. */
export type StackState = 'deployed' | 'failed';

export interface StackInWorld {
  readonly stack: StackTemplate;
  readonly deployment: Deployment;
  readonly state: StackState;
}

/** One thing that exists in AWS. */
export interface Existing {
  readonly resource: DeployedResource;
  readonly claims: readonly Claim[];
  /** False for what its stack has let go of, and that stays. */
  readonly owned: boolean;
}

/** The stacks and resources that exist at one moment of a deploy. Copied before it is changed. */
export class World {
  private readonly stacks: Map<string, StackInWorld>;
  private readonly resources: Map<string, Existing>;
  private readonly left: Existing[];
  /** How often a resource was replaced: what refers to it speaks of the newest. */
  private readonly generations: Map<string, number>;

  private constructor(from?: World) {
    this.stacks = new Map(from?.stacks);
    this.resources = new Map(from?.resources);
    this.left = [...(from?.left ?? [])];
    this.generations = new Map(from?.generations);
  }

  static empty(): World {
    return new World();
  }

  /** Everything that a deployment's templates say, in place. */
  static of(deployment: Deployment, stacks: readonly StackTemplate[] = deployment.stacks): World {
    const world = new World();
    for (const stack of stacks) {
      const failed = failedCreation.test(stack.status ?? '');
      // What is left of a stack that was rolled back, its template does not tell.
      if (!failed) for (const resource of deployment.resourcesOf(stack)) world.put(resource);
      world.setStack(stack, deployment, failed ? 'failed' : 'deployed');
    }
    return world;
  }

  copy(): World {
    return new World(this);
  }

  stack(stack: StackTemplate): StackInWorld | undefined {
    return this.stacks.get(stackKey(stack));
  }

  allStacks(): StackInWorld[] {
    return [...this.stacks.values()];
  }

  setStack(stack: StackTemplate, deployment: Deployment, state: StackState): void {
    this.stacks.set(stackKey(stack), { stack, deployment, state });
  }

  forgetStack(stack: StackTemplate): void {
    this.stacks.delete(stackKey(stack));
  }

  existing(resource: DeployedResource): Existing | undefined {
    return this.resources.get(resourceKey(resource));
  }

  ownedBy(stack: StackTemplate): Existing[] {
    return [...this.resources.values()].filter(
      ({ resource }) => stackKey(resource.stack) === stackKey(stack),
    );
  }

  all(): Existing[] {
    return [...this.resources.values(), ...this.left];
  }

  /** What stays after its stack let it go. */
  leftOver(): readonly Existing[] {
    return this.left;
  }

  /** Claims of a resource as they are now, when some of what they refer to has been replaced. */
  claimsNow(resource: DeployedResource): Claim[] {
    return claimsOf(resource).map((claim) => ({ ...claim, key: this.withGenerations(claim.key) }));
  }

  put(resource: DeployedResource): void {
    const existing = { resource, claims: this.claimsNow(resource), owned: true };
    this.resources.set(resourceKey(resource), existing);
  }

  /** The resource is gone. */
  remove(resource: DeployedResource): void {
    this.resources.delete(resourceKey(resource));
  }

  /** The resource stays, and no stack knows of it any more. */
  leave(existing: Existing): void {
    const key = resourceKey(existing.resource);
    if (this.resources.get(key) === existing) this.resources.delete(key);
    this.left.push({ ...existing, owned: false });
  }

  /** From now on references mean a new resource. */
  replace({ stack, id }: DeployedResource): void {
    const key = generationKey(stack.name, id);
    this.generations.set(key, (this.generations.get(key) ?? 0) + 1);
  }

  private withGenerations(key: string): string {
    if (this.generations.size === 0) return key;
    return key.replace(/\uE000([^\uE001]*)\uE001([^\uE001]*)\uE001/g, (token, stack: string, id: string) => {
      const generation = this.generations.get(generationKey(stack, id));
      return generation ? `${token}#${generation} ` : token;
    });
  }
}

const keys = new WeakMap<StackTemplate, string>();

export function stackKey(stack: StackTemplate): string {
  return remembered(keys, stack, () => JSON.stringify([stack.account, stack.region, stack.name]));
}

export function resourceKey({ stack, id }: DeployedResource): string {
  return `${stackKey(stack)} ${id}`;
}

function generationKey(stack: string, id: string): string {
  return `${stack} ${id}`.toLowerCase();
}
