import { setTimeout as pause } from 'node:timers/promises';
import {
  type Deployment,
  DescribeServicesCommand,
  type ECSClient,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';

export interface ShopToRefresh {
  readonly cluster: string;
  readonly service: string;
}

/**
 * Replaces the tasks of the shop, so that each reads the new credential, and waits until the new ones serve.
 *
 * Events come twice, late, and several at once: a deployment that began after the credential changed reads it as well,
 * and is waited for instead.
 *
 * @param changedAt when the credential changed, by AWS's clock
 * @throws Error when the deployment fails, is rolled back, or does not end in time
 */
export async function refreshShop(
  client: Pick<ECSClient, 'send'>,
  { cluster, service }: ShopToRefresh,
  time: { readonly milliseconds: number; readonly interval: number },
  changedAt?: Date,
): Promise<'refreshed' | 'superseded'> {
  const end = performance.now() + time.milliseconds;
  const about = `the refresh of service ${service} in cluster ${cluster}`;
  const since = changedAt && (await deploymentSince(client, cluster, service, changedAt));
  const ours =
    since ??
    (await startDeployment(client, cluster, service).catch((thrown) => {
      throw new Error(`${about} did not start: ${nameOf(thrown)}`);
    }));
  let unanswered = '';
  while (true) {
    try {
      const outcome = outcomeOf(await deploymentsOf(client, cluster, service), ours);
      if (outcome !== undefined) return outcome;
      unanswered = '';
    } catch (thrown) {
      if (thrown instanceof Failed) throw new Error(`${about} ${thrown.message}`);
      // Throttled, or not reached: the deployment goes on all the same.
      unanswered = `; ECS does not answer (${nameOf(thrown)})`;
    }
    if (performance.now() + time.interval > end) throw new Error(`${about} did not end in time${unanswered}`);
    await pause(time.interval);
  }
}

/** There is nothing to wait for any more. */
class Failed extends Error {}

/** @returns undefined when there is none, or ECS does not say: one refresh too many does no harm */
async function deploymentSince(
  client: Pick<ECSClient, 'send'>,
  cluster: string,
  service: string,
  changedAt: Date,
): Promise<Deployment | undefined> {
  const deployments = await deploymentsOf(client, cluster, service).catch(() => []);
  return deployments.find(
    ({ status, rolloutState, createdAt: began }) =>
      status === 'PRIMARY' && rolloutState !== 'FAILED' && began !== undefined && began > changedAt,
  );
}

async function startDeployment(
  client: Pick<ECSClient, 'send'>,
  cluster: string,
  service: string,
): Promise<Deployment> {
  const started = await client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  const ours = started.service?.deployments?.find(({ status }) => status === 'PRIMARY');
  if (ours?.id === undefined) throw new Error('ECS named no deployment');
  return ours;
}

async function deploymentsOf(
  client: Pick<ECSClient, 'send'>,
  cluster: string,
  service: string,
): Promise<Deployment[]> {
  const found = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [described] = found.services ?? [];
  if (described === undefined || described.status === 'INACTIVE') {
    throw new Failed('found the service gone');
  }
  return described.deployments ?? [];
}

/** @returns what became of our deployment; undefined while it goes on */
function outcomeOf(
  deployments: readonly Deployment[],
  ours: Deployment,
): 'refreshed' | 'superseded' | undefined {
  const deployment = deployments.find(({ id }) => id === ours.id);
  if (deployment?.rolloutState === 'COMPLETED') return 'refreshed';
  if (deployment?.rolloutState === 'FAILED') throw new Failed('failed and was rolled back');
  if (deployment?.status === 'PRIMARY') return undefined;
  // A newer deployment took over. If it is a roll-back of ours, the tasks of before read the secret anew as well, but
  // something is wrong; if somebody deployed, its tasks read the secret anew too.
  const newer = deployments.find(({ status }) => status === 'PRIMARY');
  if (newer?.rolloutStateReason?.includes('rolling back')) throw new Failed('was rolled back');
  // ECS may show for a moment what was before ours began.
  if (deployment === undefined && createdAt(newer) <= createdAt(ours)) return undefined;
  return 'superseded';
}

function createdAt(deployment: Deployment | undefined): number {
  return deployment?.createdAt?.getTime() ?? 0;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.name !== 'Error' ? thrown.name : String(thrown);
}
