import type { RegisterTaskDefinitionCommandInput, Service, TaskDefinition } from '@aws-sdk/client-ecs';

export type Rollout =
  | { readonly state: 'under way' }
  | { readonly state: 'completed' }
  /** ECS has brought the previous revision back by itself, or was told to. */
  | { readonly state: 'rolled back'; readonly reason: string };

/** Where the rolling update to `taskDefinition` stands: the circuit breaker and the alarms report through it. */
export function rolloutOf(service: Service, taskDefinition: string): Rollout {
  const deployments = service.deployments ?? [];
  const primary = deployments.find(({ status }) => status === 'PRIMARY');

  // After a rollback the primary deployment is the previous revision, and ours may be gone from the list. A refresh
  // in the middle makes another deployment of our revision: what counts is the one under way.
  if (primary !== undefined && primary.taskDefinition !== taskDefinition) {
    const ours = deployments.find((deployment) => deployment.taskDefinition === taskDefinition);
    const reason = ours?.rolloutStateReason ?? primary.rolloutStateReason;
    return { state: 'rolled back', reason: reason ?? 'another deployment took its place' };
  }
  if (primary?.rolloutState === 'FAILED') {
    return { state: 'rolled back', reason: primary.rolloutStateReason ?? 'ECS gave no reason' };
  }
  return primary?.rolloutState === 'COMPLETED' ? { state: 'completed' } : { state: 'under way' };
}

/** Whether no deployment is under way, so that what the service runs is what it will go on running. */
export function isSettled({ deployments = [] }: Service): boolean {
  return deployments.every(
    ({ status, rolloutState }) => status !== 'PRIMARY' || rolloutState !== 'IN_PROGRESS',
  );
}

/** The revision the service runs, or is on its way to. */
export function primaryRevision({ deployments = [], taskDefinition }: Service): string | undefined {
  return deployments.find(({ status }) => status === 'PRIMARY')?.taskDefinition ?? taskDefinition;
}

/**
 * The running task definition with nothing but the image changed, ready to be registered as a new revision.
 *
 * @throws Error when the container runs an image of another repository: then it is not the pipeline's to change
 */
export function withImage(
  running: TaskDefinition,
  container: string,
  repositoryUri: string,
  digest: string,
): RegisterTaskDefinitionCommandInput {
  const { family, containerDefinitions = [] } = running;
  const shop = containerDefinitions.find(({ name }) => name === container);
  if (family === undefined || shop?.image === undefined) {
    throw new Error(`the running task definition has no container named "${container}"`);
  }
  if (!shop.image.startsWith(`${repositoryUri}@`)) {
    throw new Error(
      `the container "${container}" runs ${shop.image}, which is not an image of ${repositoryUri}`,
    );
  }
  const {
    // What the registry of task definitions fills in by itself.
    taskDefinitionArn: _arn,
    revision: _revision,
    status: _status,
    requiresAttributes: _requires,
    compatibilities: _compatibilities,
    registeredAt: _registeredAt,
    registeredBy: _registeredBy,
    deregisteredAt: _deregisteredAt,
    ...definition
  } = running;
  return {
    ...definition,
    family,
    containerDefinitions: containerDefinitions.map((each) =>
      each === shop ? { ...each, image: `${repositoryUri}@${digest}` } : each,
    ),
  };
}

/** The digest a task definition's container runs, when it is addressed by one. */
export function digestOf(taskDefinition: TaskDefinition, container: string): string | undefined {
  return taskDefinition.containerDefinitions?.find(({ name }) => name === container)?.image?.split('@')[1];
}

/**
 * The revision that somebody gave the service between the look that showed it as `seen` and the update that answered.
 *
 * @param ours revisions that the update itself went between
 * @returns the newest of them; undefined when there is none
 */
export function intruderOf(
  { deployments = [] }: Service,
  seen: Service,
  ours: readonly string[],
): string | undefined {
  const known = (seen.deployments ?? []).flatMap(({ id, taskDefinition }) => id ?? taskDefinition ?? []);
  const others = deployments.filter(
    ({ id, taskDefinition, status }) =>
      taskDefinition !== undefined &&
      status !== 'INACTIVE' &&
      !ours.includes(taskDefinition) &&
      !known.includes(id ?? taskDefinition),
  );
  return others.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))[0]
    ?.taskDefinition;
}
