import { describe, expect, it } from 'vitest';
import { rolloutOf } from '../../../lib/environment/patching/rollout.ts';

const deployment = (
  taskDefinition: string,
  status: string,
  rolloutState: string,
  rolloutStateReason?: string,
) => ({
  taskDefinition,
  status,
  rolloutState: rolloutState as 'COMPLETED' | 'FAILED' | 'IN_PROGRESS',
  ...(rolloutStateReason === undefined ? {} : { rolloutStateReason }),
});

describe('a rolling update', () => {
  it('is under way while the old tasks still serve', () => {
    const deployments = [
      deployment('new', 'PRIMARY', 'IN_PROGRESS'),
      deployment('old', 'ACTIVE', 'COMPLETED'),
    ];
    expect(rolloutOf({ deployments }, 'new')).toEqual({ state: 'under way' });
  });

  it('is under way again when the credentials were refreshed in its middle', () => {
    const deployments = [
      deployment('new', 'ACTIVE', 'COMPLETED'),
      deployment('new', 'PRIMARY', 'IN_PROGRESS'),
    ];
    expect(rolloutOf({ deployments }, 'new')).toEqual({ state: 'under way' });
  });

  it('is completed when ECS says so', () => {
    expect(rolloutOf({ deployments: [deployment('new', 'PRIMARY', 'COMPLETED')] }, 'new')).toEqual({
      state: 'completed',
    });
  });

  it('is rolled back when an alarm fired, with the reason', () => {
    const deployments = [
      deployment('old', 'PRIMARY', 'IN_PROGRESS', 'ECS deployment rolling back'),
      deployment('new', 'INACTIVE', 'FAILED', 'Alarm detected: 5xx'),
    ];
    expect(rolloutOf({ deployments }, 'new')).toEqual({
      state: 'rolled back',
      reason: 'Alarm detected: 5xx',
    });
  });

  it('is rolled back when a deploy put the old image back in its middle', () => {
    expect(rolloutOf({ deployments: [deployment('old', 'PRIMARY', 'COMPLETED')] }, 'new')).toEqual({
      state: 'rolled back',
      reason: 'another deployment took its place',
    });
  });

  it('has failed when there is nothing to go back to', () => {
    expect(rolloutOf({ deployments: [deployment('new', 'PRIMARY', 'FAILED')] }, 'new')).toEqual({
      state: 'rolled back',
      reason: 'ECS gave no reason',
    });
  });
});
