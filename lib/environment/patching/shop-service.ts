import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  type Service,
} from '@aws-sdk/client-ecs';
import { digestOf, isSettled, primaryRevision } from './rollout.ts';

export interface ShopServiceNames {
  readonly cluster: string;
  readonly service: string;
}

/** @returns undefined when there is no such service, or it is being deleted */
export async function findService(settings: ShopServiceNames, ecs: ECSClient): Promise<Service | undefined> {
  const found = await lookForService(settings, ecs);
  return typeof found === 'string' ? undefined : found;
}

/** The service, or which of the two ECS does not find. */
export async function lookForService(
  { cluster, service }: ShopServiceNames,
  ecs: ECSClient,
): Promise<Service | 'no cluster' | 'no service'> {
  try {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services?.find(({ status }) => status === 'ACTIVE') ?? 'no service';
  } catch (error) {
    if (error instanceof Error && error.name === 'ClusterNotFoundException') return 'no cluster';
    throw error;
  }
}

/**
 * The digest that the service runs and will go on running.
 *
 * @returns undefined while a deployment is under way, or without a service
 */
export async function settledDigest(
  names: ShopServiceNames & { readonly container: string },
  ecs: ECSClient,
): Promise<string | undefined> {
  const service = await findService(names, ecs);
  if (service === undefined || !isSettled(service)) return undefined;
  const { taskDefinition } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primaryRevision(service) }),
  );
  return taskDefinition && digestOf(taskDefinition, names.container);
}
