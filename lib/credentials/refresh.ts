import { setTimeout as pause } from 'node:timers/promises';
import { DescribeServicesCommand, type ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';

export interface ShopToRefresh {
  readonly cluster: string;
  readonly service: string;
}

/**
 * Replaces the tasks of the shop, so that each reads the new credential, and waits until the new ones serve.
 *
 * @throws Error when the deployment fails, is rolled back, or does not end in time
 */
export async function refreshShop(
  client: Pick<ECSClient, 'send'>,
  { cluster, service }: ShopToRefresh,
  time: { readonly milliseconds: number; readonly interval: number },
): Promise<'refreshed' | 'superseded'> {
  const end = Date.now() + time.milliseconds;
  const started = await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  const ours = started.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  if (ours === undefined) throw new Error(`ECS started no deployment of service ${service}`);
  while (true) {
    const found = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
    const deployments = found.services?.[0]?.deployments ?? [];
    const deployment = deployments.find(({ id }) => id === ours);
    if (deployment?.rolloutState === 'COMPLETED') return 'refreshed';
    if (deployment?.rolloutState === 'FAILED') {
      throw new Error(`the refresh of service ${service} failed and was rolled back`);
    }
    if (deployment?.status !== 'PRIMARY') {
      // A newer deployment took over. If it is a roll-back of ours, the tasks of before read the secret anew as well,
      // but something is wrong; if somebody deployed, its tasks read the secret anew too.
      const newer = deployments.find(({ status }) => status === 'PRIMARY');
      if (newer?.rolloutStateReason?.includes('rolling back')) {
        throw new Error(`the refresh of service ${service} was rolled back`);
      }
      return 'superseded';
    }
    if (Date.now() + time.interval > end) {
      throw new Error(`the refresh of service ${service} did not end in time`);
    }
    await pause(time.interval);
  }
}
