import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, type RunOptions, rehearse } from '../../../lib/review/acceptance/run.ts';
import { StateFile } from '../../../lib/review/acceptance/state.ts';
import { cleanUp, steps } from '../../../lib/review/acceptance/steps.ts';
import type { Finding } from '../../../lib/review/deploys/finding.ts';
import { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { shareKeyPairs } from '../../environment/admin/support/key-pairs.ts';
import { newOperator } from '../../environment/admin/support/shop.ts';
import { program } from '../../support/programs.ts';
import { awsError } from '../preflight/recorded.ts';
import { secret, secretNames } from '../status/operated.ts';
import { World } from './world.ts';

const moto = program('moto_server');
const price = { times: { deploy: 110, removal: 100 }, perHour: 3, perRestore: 1.5 };
const usual = { price, maxCost: 100, keep: false, clean: false };

describe.skipIf(moto.missing)(`the acceptance run (needs moto: ${moto.install})`, () => {
  let loopback: LoopbackAws;
  let folder: string;
  let runs = 0;
  beforeAll(async () => {
    await shareKeyPairs();
    loopback = await LoopbackAws.start(moto.path ?? '');
  });
  beforeEach(() => {
    loopback.endpoints.clear();
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-acceptance-'));
    return () => rmSync(folder, { recursive: true });
  });
  afterAll(() => loopback.stop());

  const world = async () => new World(await newOperator(), loopback);
  /** A process of its own, over the state file that the one before left. */
  const process = (shopWorld: World, options: Partial<RunOptions> = {}): Promise<Outcome> => {
    const file = StateFile.open(join(folder, 'state.json'), 'hana production', new Date());
    if (file.isNew) runs += 1;
    if (options.clean) {
      file.state.standsSince ??= '2026-11-29T03:00:00.000Z';
      if (shopWorld.certificate !== undefined) file.state.certificateArn = shopWorld.certificate;
    }
    file.state.notes.folder ??= mkdtempSync(join(folder, `run-${runs}-`));
    const ground = shopWorld.ground(file);
    return rehearse(ground, { ...usual, interrupted: () => shopWorld.interrupted, ...options });
  };
  const statuses = ({ rows }: Outcome) => Object.fromEntries(rows.map(({ id, status }) => [id, status]));
  const nothingStands = (shopWorld: World) =>
    expect([shopWorld.deployed, shopWorld.certificate, shopWorld.restorePlan, shopWorld.doorOpen]).toEqual([
      false,
      undefined,
      undefined,
      false,
    ]);

  it('runs every step, takes everything away, and says what it took', async () => {
    const shopWorld = await world();
    const outcome = await process(shopWorld);
    expect(outcome.result, shopWorld.said.join('\n')).toBe('passed');
    expect(outcome.rows.map(({ id, status }) => `${id} ${status}`)).toEqual(
      [...steps, ...cleanUp].map(({ id }) => `${id} done`),
    );
    nothingStands(shopWorld);
    expect(shopWorld.rotated).toHaveLength(secretNames.length);
    expect(shopWorld.done).toContain(
      'restore into {"dbSubnetGroupName":"subnets-1","vpcSecurityGroupIds":"[\\"sg-restored\\"]"}',
    );
    expect(shopWorld.done).toContain('connected with rehearsal.ovpn');
    const says = (id: string) => outcome.rows.find((row) => row.id === id)?.says;
    expect(says('image')).toMatch(/^sha256:cdcd.* was rolled out, and sha256:abab.* brought back$/);
    expect(says('left')).toContain('keys cost nothing');
    // Two deploys, one to go back, two around the failure, and the removal, of an hour each; and one restore.
    expect(outcome.usd).toBeCloseTo(6 * 3 + 1.5);
  });

  /** What is broken, the step that must see it, and what it says. */
  const failures: readonly [string, (shopWorld: World) => void, RegExp][] = [
    [
      'preflight',
      ({ more }) =>
        Object.assign(more, {
          ListResourcesCommand: ({ TypeName }: { TypeName: string }) => ({
            ResourceDescriptions: TypeName === 'AWS::EC2::VPC' ? [{}, {}, {}, {}, {}] : [],
          }),
        }),
      /VPCs in \S+: needs 1/,
    ],
    ['deploy', (each) => Object.assign(each, { broken: 'deploy' }), /did not come through/],
    ['edge', (each) => Object.assign(each, { broken: 'edge' }), /answered 200, not 403/],
    ['vpn', (each) => Object.assign(each, { broken: 'vpn' }), /no connection/],
    [
      'rotate',
      ({ more }) =>
        Object.assign(more, { RotateSecretCommand: awsError('InvalidRequestException', 'not now') }),
      /cannot be rotated now: not now/,
    ],
    [
      'refresh',
      ({ more }) => Object.assign(more, { UpdateServiceCommand: awsError('ServiceNotActiveException') }),
      /did not start: ServiceNotActive/,
    ],
    [
      'image',
      ({ more }) =>
        Object.assign(more, { GetPipelineExecutionCommand: { pipelineExecution: { status: 'Failed' } } }),
      /pipeline ended: Failed/,
    ],
    [
      'restore',
      ({ more }) =>
        Object.assign(more, {
          ListRestoreJobsCommand: { RestoreJobs: [{ Status: 'FAILED', StatusMessage: 'no subnet' }] },
        }),
      /the restore is FAILED: no subnet/,
    ],
    ['fail', (each) => Object.assign(each, { broken: 'harmless failure' }), /had to fail came through/],
  ];

  it.each(failures)(
    'a failure of "%s" is seen and told, and everything is taken away all the same',
    async (id, breaks, says) => {
      const shopWorld = await world();
      breaks(shopWorld);
      const outcome = await process(shopWorld);
      expect(outcome.result).toBe('failed');
      expect(outcome.rows.find((row) => row.id === id)).toMatchObject({
        status: 'failed',
        says: expect.stringMatching(says),
      });
      nothingStands(shopWorld);
      const leads = steps.find((step) => step.id === id)?.leads;
      const after = steps.slice(steps.findIndex((step) => step.id === id) + 1);
      for (const each of after) expect(statuses(outcome)[each.id]).toBe(leads ? 'left out' : 'done');
    },
  );

  it('a plan that AWS would refuse begins nothing', async () => {
    const shopWorld = await world();
    const file = StateFile.open(join(folder, 'state.json'), 'hana production', new Date());
    file.state.notes.folder = folder;
    const ground = shopWorld.ground(file);
    const planned = await ground.launch.plan({} as never);
    const [first] = planned.stacks;
    const finding = { effect: 'refused', says: 'is no name' } as Finding;
    const plan = async () => ({ stacks: first ? [{ ...first, findings: [finding] }] : [] });
    const outcome = await rehearse(
      { ...ground, launch: { ...ground.launch, plan } },
      { ...usual, interrupted: () => false },
    );
    expect(statuses(outcome)).toMatchObject({ plan: 'failed', deploy: 'left out', destroy: 'left out' });
    expect(shopWorld.done).toEqual([]);
    expect(outcome.usd).toBe(0);
  });

  it('goes on where it stood, whatever action the process died at, and takes everything away', async () => {
    const whole = await world();
    await process(whole);
    rmSync(join(folder, 'state.json'));
    // Once in each run of the same action: one request is as good as the next.
    const actions = whole.done.filter((each) => !each.startsWith('restore into'));
    const moments = actions.flatMap((each, index) => (each === actions[index - 1] ? [] : [index]));
    expect(moments.length).toBeGreaterThan(7);
    for (const alive of moments) {
      loopback.endpoints.clear();
      const shopWorld = await world();
      const died = new Promise<'died'>((resolve) => {
        shopWorld.killed = () => resolve('died');
      });
      shopWorld.left = alive;
      expect(await Promise.race([process(shopWorld), died]), `${alive} actions`).toBe('died');
      shopWorld.left = Number.POSITIVE_INFINITY;
      const outcome = await process(shopWorld);
      expect(outcome.result, `${alive} actions: ${shopWorld.said.slice(-5).join('\n')}`).toBe('passed');
      nothingStands(shopWorld);
      // Nothing that was done is done again, but for the step in which it died.
      expect(shopWorld.count('deploy')).toBeLessThanOrEqual(whole.count('deploy') + 1);
      rmSync(join(folder, 'state.json'));
    }
  });

  it('--clean takes away what a process left that died, also without its state', async () => {
    for (const loses of [false, true]) {
      loopback.endpoints.clear();
      const shopWorld = await world();
      const died = new Promise<'died'>((resolve) => {
        shopWorld.killed = () => resolve('died');
      });
      shopWorld.left = 6;
      await Promise.race([process(shopWorld), died]);
      expect(shopWorld.deployed).toBe(true);
      shopWorld.left = Number.POSITIVE_INFINITY;
      const path = join(folder, 'state.json');
      if (loses) rmSync(path);
      const outcome = await process(shopWorld, { clean: true });
      expect(outcome.result, shopWorld.said.join('\n')).toBe('passed');
      nothingStands(shopWorld);
      rmSync(path);
    }
  });

  it('Ctrl-C ends it at the next wait or step, and takes everything away', async () => {
    for (const at of [1, 2, 3, 6]) {
      loopback.endpoints.clear();
      const shopWorld = await world();
      shopWorld.interruptAt = at;
      const outcome = await process(shopWorld);
      expect(outcome.result, `at ${at}`).toBe('interrupted');
      expect(Object.values(statuses(outcome)).filter((status) => status === 'failed')).toEqual([]);
      nothingStands(shopWorld);
      rmSync(join(folder, 'state.json'));
    }
  });

  it('says that something is left when it does not go, and goes on with --clean', async () => {
    const shopWorld = await world();
    shopWorld.broken = 'destroy';
    expect((await process(shopWorld)).result).toBe('left');
    expect(shopWorld.deployed).toBe(true);
    shopWorld.broken = undefined;
    expect((await process(shopWorld, { clean: true })).result).toBe('passed');
    nothingStands(shopWorld);
  });

  it('finds what stays behind, by tag, by name, and a key that is not going', async () => {
    for (const [more, says] of [
      [
        { GetResourcesCommand: { ResourceTagMappingList: [{ ResourceARN: 'arn:aws:ec2:x:1:vpc/vpc-9' }] } },
        /vpc-9/,
      ],
      [
        { DescribeParametersCommand: { Parameters: [{ Name: '/secure-shop/x' }] } },
        /parameter \/secure-shop\/x/,
      ],
      [{ ListSecretsCommand: { SecretList: [secret(secretNames[0] ?? '')] } }, /secret /],
      [{ DescribeKeyCommand: { KeyMetadata: { KeyState: 'Enabled' } } }, /arn:aws:kms/],
      [{ DeleteCertificateCommand: {} }, /arn:aws:acm/],
    ] as const) {
      loopback.endpoints.clear();
      const shopWorld = await world();
      Object.assign(shopWorld, { deployed: true, certificate: 'arn:aws:acm:x:1:certificate/1' });
      Object.assign(shopWorld.more, more);
      const outcome = await process(shopWorld, { clean: true });
      expect(outcome.result).toBe('left');
      expect(outcome.rows.find(({ id }) => id === 'left')?.says).toMatch(says);
      rmSync(join(folder, 'state.json'));
    }
  });

  it('stops before the limit is passed, and keeps enough of it to take everything away', async () => {
    const shopWorld = await world();
    const outcome = await process(shopWorld, { maxCost: 14 });
    expect(outcome.result).toBe('failed');
    expect(statuses(outcome)).toMatchObject({ deploy: 'done', restore: 'left out', destroy: 'done' });
    expect(outcome.rows.find(({ id }) => id === 'restore')?.says).toContain('the limit of 14.00 USD');
    expect(outcome.usd).toBeLessThan(14);
    nothingStands(shopWorld);
  });

  it('--keep leaves the environment at the first failure; the next run goes on there', async () => {
    const shopWorld = await world();
    shopWorld.broken = 'vpn';
    const kept = await process(shopWorld, { keep: true });
    expect(kept.result).toBe('kept');
    expect(statuses(kept)).toMatchObject({ edge: 'done', vpn: 'failed', rotate: 'left out' });
    expect(shopWorld.deployed).toBe(true);
    shopWorld.broken = undefined;
    const before = shopWorld.count('deploy');
    expect((await process(shopWorld)).result).toBe('passed');
    expect(shopWorld.count('deploy')).toBe(before + 2);
  });
});
