import { type Deployment, DescribeServicesCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { refreshShop } from '../../../lib/environment/credentials/refresh.ts';

const shop = { cluster: 'shop', service: 'web' };
const began = new Date('2026-01-01T00:00:00Z');
const before: Deployment = { id: 'before', status: 'PRIMARY', rolloutState: 'COMPLETED', createdAt: began };
const ours: Deployment = {
  id: 'ours',
  status: 'PRIMARY',
  rolloutState: 'IN_PROGRESS',
  createdAt: new Date(began.getTime() + 1000),
};
const later = new Date(began.getTime() + 2000);

function failure(name: string): Error {
  return Object.assign(new Error('what ECS says'), { name });
}

/** ECS that answers each look with the next of these, and then with the last of them for ever. */
function ecs(looks: readonly (Deployment[] | Error)[], start: Error | Deployment = ours) {
  let look = 0;
  const send = async (command: object) => {
    if (command instanceof DescribeServicesCommand) {
      const answer = looks[Math.min(look++, looks.length - 1)];
      if (answer instanceof Error) throw answer;
      return { services: answer === undefined ? [] : [{ status: 'ACTIVE', deployments: answer }] };
    }
    if (start instanceof Error) throw start;
    return { service: { deployments: [start, { ...before, status: 'ACTIVE' }] } };
  };
  return { send } as unknown as Pick<ECSClient, 'send'>;
}

const refresh = (client: Pick<ECSClient, 'send'>, milliseconds = 60_000) =>
  refreshShop(client, shop, { milliseconds, interval: 1 });

describe('the refresh of the shop after a rotation', () => {
  it('waits until the new tasks serve', async () => {
    const done = { ...ours, rolloutState: 'COMPLETED' as const };
    await expect(refresh(ecs([[ours], [ours], [done]]))).resolves.toBe('refreshed');
  });

  it('goes on waiting while ECS is throttled or still shows what was before', async () => {
    const done = { ...ours, rolloutState: 'COMPLETED' as const };
    const looks = [
      [before],
      failure('ThrottlingException'),
      [ours, before],
      failure('ServerException'),
      [done],
    ];
    await expect(refresh(ecs(looks))).resolves.toBe('refreshed');
  });

  it('has nothing to wait for when the service is scaled to nothing', async () => {
    const none = { ...ours, desiredCount: 0, runningCount: 0, rolloutState: 'COMPLETED' as const };
    await expect(refresh(ecs([[none]]))).resolves.toBe('refreshed');
  });

  it('leaves it to a newer deployment, which reads the secret anew too', async () => {
    const newer: Deployment = { ...ours, id: 'newer', createdAt: later };
    await expect(refresh(ecs([[newer, { ...ours, status: 'ACTIVE' }]]))).resolves.toBe('superseded');
    await expect(refresh(ecs([[newer]]))).resolves.toBe('superseded');
  });

  const back: Deployment = {
    ...ours,
    id: 'back',
    createdAt: later,
    rolloutStateReason: 'ECS deployment circuit breaker: rolling back to deploymentId before.',
  };
  it.each([
    ['failed', [[{ ...ours, rolloutState: 'FAILED' as const }]], /failed and was rolled back/],
    ['was rolled back by the circuit breaker', [[back, { ...ours, status: 'ACTIVE' }]], /was rolled back/],
    ['is stuck', [[ours]], /did not end in time$/],
    [
      'cannot be seen',
      [failure('ThrottlingException')],
      /did not end in time; ECS does not answer \(Throttl/,
    ],
  ] as const)('ends badly, and names the service, when the deployment %s', async (_, looks, told) => {
    const client = ecs(looks as readonly (Deployment[] | Error)[]);
    await expect(refresh(client, 5)).rejects.toThrow(told);
    await expect(refresh(client, 5)).rejects.toThrow('service web in cluster shop');
  });

  it.each(['ServiceNotFoundException', 'ClusterNotFoundException', 'AccessDeniedException'])(
    'ends badly when it cannot start: %s',
    async (name) => {
      const told = `service web in cluster shop did not start: ${name}`;
      await expect(refresh(ecs([[ours]], failure(name)))).rejects.toThrow(told);
    },
  );

  it('waits for a deployment that began after the credential changed, and starts none besides', async () => {
    const done = { ...ours, rolloutState: 'COMPLETED' as const };
    const client = ecs([[ours], [ours], [done]], failure('started once more'));
    const time = { milliseconds: 60_000, interval: 1 };
    await expect(refreshShop(client, shop, time, began)).resolves.toBe('refreshed');
    await expect(refreshShop(ecs([[done]], failure('started once more')), shop, time, began)).resolves.toBe(
      'refreshed',
    );
    // Of the moment before, or failed: those tasks may have read the credential before it changed.
    await expect(refreshShop(ecs([[before], [done]]), shop, time, began)).resolves.toBe('refreshed');
    const failed = { ...ours, rolloutState: 'FAILED' as const };
    await expect(refreshShop(ecs([[failed]], failure('a start')), shop, time, began)).rejects.toThrow(
      'a start',
    );
    await expect(refreshShop(ecs([[before]], failure('a start')), shop, time, began)).rejects.toThrow(
      'a start',
    );
  });

  it('ends badly when the service is deleted meanwhile', async () => {
    await expect(refresh(ecs([]))).rejects.toThrow('service web in cluster shop found the service gone');
  });
});
