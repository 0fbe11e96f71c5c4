import { destroy } from './clean-up.ts';
import { failAndRepeat, firstDeploy, plan, preflight } from './deploys.ts';
import type { Ground } from './ground.ts';
import { nothingLeft } from './left.ts';
import { edge, image, refresh, rotate, vpn } from './operations.ts';
import { restore } from './restore.ts';

/** Minutes that the plan names: both deploys together, and the removal. */
export interface Times {
  readonly deploy: number;
  readonly removal: number;
}

export interface RehearsalStep {
  readonly id: string;
  readonly title: string;
  readonly does: string;
  /** What is seen to hold when it went well. */
  readonly proves: string;
  readonly undone: string;
  /** Usual minutes. */
  readonly minutes: (times: Times) => number;
  /** Whether the environment stands meanwhile, and costs. */
  readonly stands: boolean;
  /** Restore tests that AWS charges for, each by itself. @default none */
  readonly restores?: number;
  /** Whether nothing after it makes sense when it fails. @default false */
  readonly leads?: boolean;
  /** @returns what was seen. @throws StepFailed when that is not what it must be */
  readonly run: (ground: Ground) => Promise<string>;
}

const nothing = 'nothing to undo: it only reads';
const withEnvironment = 'goes with the environment';

/** In their order. Each can be repeated from its beginning, wherever it was interrupted. */
export const steps: readonly RehearsalStep[] = [
  {
    id: 'preflight',
    title: 'Preflight',
    does: 'asks whether the account is ready',
    proves: 'quotas, zone, services and names are as the deploy needs them',
    undone: nothing,
    minutes: () => 1,
    stands: false,
    leads: true,
    run: preflight,
  },
  {
    id: 'plan',
    title: 'Plan',
    does: 'plans the first deploy from what AWS says is there',
    proves: 'nothing that is known refuses it',
    undone: nothing,
    minutes: () => 1,
    stands: false,
    leads: true,
    run: plan,
  },
  {
    id: 'deploy',
    title: 'First deploy',
    does: 'prepares regions, deploys, makes the VPN, deploys again, issues a certificate',
    proves: 'every stack becomes complete',
    undone: 'step "Destroy"; prepared regions stay prepared',
    minutes: ({ deploy }) => deploy,
    stands: true,
    leads: true,
    run: firstDeploy,
  },
  {
    id: 'edge',
    title: 'Requests',
    does: "sends customers' and attackers' requests through the Internet",
    proves: 'the edge answers each as "secure-shop try" says',
    undone: nothing,
    minutes: () => 2,
    stands: true,
    run: edge,
  },
  {
    id: 'vpn',
    title: 'VPN',
    does: 'opens the VPN, connects with the certificate, shuts the VPN',
    proves: 'endpoint, authority, register and connection handler let the right person in',
    undone: 'the VPN is shut again',
    minutes: () => 20,
    stands: true,
    run: vpn,
  },
  {
    id: 'rotate',
    title: 'Rotation',
    does: 'rotates every secret that rotates',
    proves: 'each of the four steps works against the real database and services',
    undone: withEnvironment,
    minutes: () => 10,
    stands: true,
    run: rotate,
  },
  {
    id: 'refresh',
    title: 'Refresh',
    does: 'replaces the tasks of the shop',
    proves: 'tasks start with the rotated secrets and become healthy',
    undone: withEnvironment,
    minutes: () => 5,
    stands: true,
    run: refresh,
  },
  {
    id: 'image',
    title: 'Image',
    does: 'runs the pipeline, then brings the image of before back',
    proves: 'an image is built, scanned, rolled out, and can be rolled back',
    undone: 'the image of before runs again',
    minutes: () => 40,
    stands: true,
    run: image,
  },
  {
    id: 'restore',
    title: 'Restore',
    does: 'backs the database up and restores it beside itself',
    proves: 'a backup can be restored',
    undone: 'AWS Backup deletes what it restored; the plan of the test is deleted',
    minutes: () => 120,
    stands: true,
    restores: 1,
    run: restore,
  },
  {
    id: 'fail',
    title: 'Failed deploy',
    does: 'deploys with a resource that must fail, then without it',
    proves: 'a deploy that failed half-way is rolled back, and can simply be repeated',
    undone: 'rolled back by CloudFormation',
    minutes: () => 10,
    stands: true,
    run: failAndRepeat,
  },
];

/** Whatever happened before. */
export const cleanUp: readonly RehearsalStep[] = [
  {
    id: 'destroy',
    title: 'Destroy',
    does: 'deletes every stack and the certificate of the VPN',
    proves: 'the environment goes whole',
    undone: 'nothing to undo',
    minutes: ({ removal }) => removal,
    stands: true,
    run: destroy,
  },
  {
    id: 'left',
    title: 'Nothing left',
    does: 'lists by tag and by name in every region in use',
    proves: 'nothing is left that costs or is in the way',
    undone: nothing,
    minutes: () => 5,
    stands: false,
    run: nothingLeft,
  },
];
