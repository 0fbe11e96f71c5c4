import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { planDeploy } from '../../../lib/review/deploys/plan.ts';
import { launch } from '../../../lib/review/launch/launch.ts';
import { DeployFailed, type Tools } from '../../../lib/review/launch/tools.ts';
import { operatedOf } from '../../../lib/review/status/operated.ts';
import { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { shareKeyPairs } from '../../environment/admin/support/key-pairs.ts';
import { deployVpn, newOperator, type Operator } from '../../environment/admin/support/shop.ts';
import { program } from '../../support/programs.ts';
import {
  type Answers,
  awsError,
  production,
  readyAnswers,
  recordedAws,
  shop,
  stacks,
} from '../preflight/recorded.ts';
import { listedStacks } from '../status/operated.ts';

const moto = program('moto_server');
const gone = { message: 'gone', $metadata: {} };
/** The admin stack's, once it is deployed. */
const portal: Answers = {
  ListStackResourcesCommand: {
    StackResourceSummaries: [
      { ResourceType: 'AWS::SNS::Topic', PhysicalResourceId: 'arn:topic' },
      { ResourceType: 'AWS::WorkSpacesWeb::Portal', PhysicalResourceId: 'arn:portal' },
    ],
  },
  GetResourceCommand: (input) =>
    input.Identifier === 'arn:portal'
      ? { ResourceDescription: { Properties: '{"PortalEndpoint":"1234.workspaces-web.com"}' } }
      : (readyAnswers.GetResourceCommand as (input: object) => object)(input),
};

/** The plans of a launch: of the first deploy, of the one that opens the VPN, and of one that changes nothing. */
const plans = {
  first: once(() => planDeploy(undefined, new Deployment(stacks))),
  opens: once(() => planDeploy(new Deployment(stacks.slice(0, -1)), new Deployment(stacks))),
  same: once(() => planDeploy(new Deployment(stacks), new Deployment(stacks))),
};

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The account of a stand-in, and everything that was done in it. */
class World {
  bootstrapped = false;
  deployed = false;
  mailsConfirmed = false;
  certificateArn: string | undefined;
  readonly done: string[] = [];
  readonly said: string[] = [];
  /** Actions that are left before somebody pulls the plug. */
  left = Number.POSITIVE_INFINITY;
  answers: (question: string) => boolean = () => true;
  more: Answers = {};
  deployFails = false;
  /** People come in by the secure browser alone. */
  byBrowser = false;

  readonly operator: Operator;
  readonly loopback: LoopbackAws;

  constructor(operator: Operator, loopback: LoopbackAws) {
    this.operator = operator;
    this.loopback = loopback;
  }

  private acts(what: string): void {
    if (this.left <= 0) throw new Error('the plug was pulled');
    this.left -= 1;
    this.done.push(what);
  }

  get environment() {
    const { admin } = production;
    const vpn = { ...admin.vpn, certificateArn: this.certificateArn };
    const { people } = this.operator.environment.admin;
    const secureBrowser = this.byBrowser ? admin.secureBrowser : undefined;
    return { ...production, admin: { ...admin, people, vpn, secureBrowser } };
  }

  private get aws() {
    return recordedAws({
      ...readyAnswers,
      GetParameterCommand: ({ Name }) => {
        const isThere = String(Name).startsWith('/cdk-bootstrap') ? this.bootstrapped : this.deployed;
        const Value = String(Name).startsWith('/cdk-bootstrap') ? '28' : `sha256:${'ab'.repeat(32)}`;
        return isThere ? { Parameter: { Value } } : new ParameterNotFound(gone);
      },
      ListStacksCommand: (input, region) =>
        this.deployed ? listedStacks(1, 'CREATE_COMPLETE')(input, region) : { StackSummaries: [] },
      ListStackResourcesCommand: {
        StackResourceSummaries: [{ ResourceType: 'AWS::SNS::Topic', PhysicalResourceId: 'arn:topic' }],
      },
      ListSubscriptionsByTopicCommand: () => ({
        Subscriptions: production.alarms.emails.map((Endpoint) => ({
          Endpoint,
          SubscriptionArn: this.mailsConfirmed ? 'arn:aws:sns:1' : 'PendingConfirmation',
        })),
      }),
      ListAnalyzersCommand: () => ({ analyzers: this.deployed ? [{}] : [] }),
      ListDetectorsCommand: () => ({ DetectorIds: this.deployed ? ['one'] : [] }),
      ...this.more,
    });
  }

  get tools(): Tools {
    const dns = {
      nameServers: async () => ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'],
      issuers: async () => [],
    };
    return {
      deployer: {
        bootstrap: async (places) => {
          this.acts(`bootstrap ${places.length}`);
          this.bootstrapped = true;
        },
        deploy: async (_, environment, tell) => {
          this.acts(`deploy ${environment}`);
          tell({ kind: 'stack', name: stacks[0]?.name ?? '', number: 1, of: stacks.length });
          if (this.deployFails) {
            tell({ kind: 'failed', says: 'shop/Database: quota' });
            throw new DeployFailed('The stack shop did not become complete');
          }
          this.deployed = true;
          if (this.certificateArn) await deployVpn(this.loopback, this.operator);
        },
        destroy: async () => {
          throw new Error('a led deploy destroys nothing');
        },
      },
      read: async (use) => {
        const { environment } = this;
        const account = { shop, environment, stacks, aws: this.aws, dns, now: new Date('2026-11-29') };
        return use({ operated: operatedOf(account, async () => {}), assembly: 'cdk.out' });
      },
      plan: async () => {
        if (!this.deployed) return plans.first();
        // The VPN's stack changes once the certificate is known.
        const open = this.certificateArn !== undefined && this.loopback.endpoints.size === 0;
        return open ? plans.opens() : plans.same();
      },
      vpn: () => ({
        ...this.operator,
        environment: { ...this.operator.environment, admin: this.environment.admin },
      }),
      confirm: async (question) => {
        this.acts(`asked ${question}`);
        if (question.startsWith('Clicked')) this.mailsConfirmed = this.answers(question);
        if (question.startsWith('Is it in the config') && this.answers(question)) this.writeConfig();
        return this.answers(question);
      },
      say: (line) => {
        this.said.push(line);
      },
      pause: async () => {
        this.acts('waited');
      },
    };
  }

  private writeConfig(): void {
    this.certificateArn = /certificateArn: '([^']+)'/.exec(this.operator.said.join('\n'))?.[1];
  }

  get deploys(): number {
    return this.done.filter((each) => each.startsWith('deploy ')).length;
  }
}

describe.skipIf(moto.missing)(`the deploy that is led by the hand (needs moto: ${moto.install})`, () => {
  let loopback: LoopbackAws;
  let folder: string;
  const here = process.cwd();
  beforeAll(async () => {
    await shareKeyPairs();
    loopback = await LoopbackAws.start(moto.path ?? '');
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-launch-'));
  });
  afterEach(() => loopback.endpoints.clear());
  afterAll(async () => {
    vi.restoreAllMocks();
    await loopback.stop();
    process.chdir(here);
    rmSync(folder, { recursive: true });
  });
  const world = async () => new World(await newOperator(), loopback);
  const profileOf = ({ operator }: World) =>
    join(
      folder,
      `${operator.shop.name}-${operator.environment.name}-${operator.environment.admin.people[0]?.name}.ovpn`,
    );

  it('goes from an empty account to the first certificate', async () => {
    const shopWorld = await world();
    process.chdir(folder);
    expect(await launch(shopWorld.tools), shopWorld.said.join('\n')).toBe(0);
    expect(shopWorld.done.filter((each) => !each.startsWith('asked'))).toEqual([
      'bootstrap 3',
      'deploy production',
      'deploy production',
    ]);
    expect(existsSync(profileOf(shopWorld))).toBe(true);
    const said = shopWorld.said.join('\n');
    expect(said).toMatch(/1 of \d+: .*, about \d+ minutes? \.\.\./);
    expect(said).toContain('Done. How it fares: npx --no-install secure-shop status');
    const before = shopWorld.done.length;
    expect(await launch(shopWorld.tools)).toBe(0);
    expect(shopWorld.done.slice(before)).toEqual([]);
  });

  it('goes on where it stood, wherever it was interrupted', async () => {
    for (let plug = 0; plug < 9; plug += 1) {
      loopback.endpoints.clear();
      const shopWorld = await world();
      process.chdir(folder);
      shopWorld.left = plug;
      await expect(launch(shopWorld.tools), `plug ${plug}`).rejects.toThrow('the plug was pulled');
      shopWorld.left = Number.POSITIVE_INFINITY;
      expect(await launch(shopWorld.tools)).toBe(0);
      expect(shopWorld.deploys, `plug ${plug}`).toBe(2);
      expect(shopWorld.done.filter((each) => each.startsWith('bootstrap'))).toHaveLength(1);
      expect(existsSync(profileOf(shopWorld)), `plug ${plug}`).toBe(true);
    }
  });

  it('makes no VPN for people who come in by the secure browser', async () => {
    const shopWorld = await world();
    shopWorld.byBrowser = true;
    shopWorld.more = portal;
    expect(shopWorld.environment.admin.secureBrowser).toBeDefined();
    expect(await launch(shopWorld.tools), shopWorld.said.join('\n')).toBe(0);
    expect(shopWorld.deploys).toBe(1);
    const said = shopWorld.said.join('\n');
    for (const part of ['https://1234.workspaces-web.com', 'docs/secure-browser.md', 'No VPN is needed'])
      expect(said).toContain(part);
    for (const { email } of shopWorld.environment.admin.people) expect(said).toContain(email);
    expect(said).not.toMatch(/The VPN has its certificate|admin door/);
    expect(existsSync(profileOf(shopWorld))).toBe(false);
  });

  it('leads to both ways in where the config has both, and says what comes by the VPN', async () => {
    const shopWorld = await world();
    process.chdir(folder);
    expect(await launch(shopWorld.tools), shopWorld.said.join('\n')).toBe(0);
    expect(shopWorld.said.join('\n')).not.toContain('secure browser');
    shopWorld.byBrowser = true;
    shopWorld.more = {
      ...portal,
      GetResourceCommand: (input, region) =>
        input.Identifier === 'arn:portal'
          ? awsError('AccessDeniedException')
          : (portal.GetResourceCommand as (input: object, region: string) => object)(input, region),
    };
    expect(await launch(shopWorld.tools), shopWorld.said.join('\n')).toBe(0);
    const said = shopWorld.said.join('\n');
    expect(said).toContain('8/8  People come in by the secure browser');
    expect(said).toContain('may not see arn:portal');
    expect(said).toContain('Whoever comes by VPN instead can save what the screens show');
    expect(existsSync(profileOf(shopWorld))).toBe(true);
  });

  it('stops before anything is touched when the account is not ready, and says what to do', async () => {
    const shopWorld = await world();
    shopWorld.more = {
      ListServiceQuotasCommand: {
        Quotas: [{ QuotaName: 'Concurrent executions', QuotaCode: 'L', Value: 10 }],
      },
    };
    expect(await launch(shopWorld.tools)).toBe(1);
    expect(shopWorld.done).toEqual([]);
    expect(shopWorld.said.join('\n')).toContain('request-service-quota-increase');
  });

  it('does nothing that nobody agreed to', async () => {
    for (const [question, done] of [
      ['Prepare', []],
      ['Deploy?', ['bootstrap 3']],
    ] as const) {
      const shopWorld = await world();
      shopWorld.answers = (asked) => !asked.startsWith(question);
      expect(await launch(shopWorld.tools)).toBe(0);
      expect(shopWorld.done.filter((each) => !each.startsWith('asked'))).toEqual(done);
      expect(shopWorld.said.at(-1)).toContain('it goes on from here');
    }
  });

  it('tells what failed, and begins there again', async () => {
    const shopWorld = await world();
    shopWorld.deployFails = true;
    expect(await launch(shopWorld.tools)).toBe(1);
    expect(shopWorld.said.join('\n')).toMatch(/FAILED {2}shop\/Database: quota[\s\S]*failed-deploy\.md/);
    shopWorld.deployFails = false;
    shopWorld.answers = (asked) => !asked.startsWith('Is it in the config');
    expect(await launch(shopWorld.tools)).toBe(0);
    expect(shopWorld.operator.said.join('\n')).toContain("certificateArn: 'arn:aws:acm:");
  });

  it('waits for a deploy that was left alone, and not for ever', async () => {
    const shopWorld = await world();
    shopWorld.more = { ListStacksCommand: listedStacks(1, 'CREATE_IN_PROGRESS') };
    expect(await launch(shopWorld.tools)).toBe(1);
    expect(shopWorld.done.filter((each) => each === 'waited').length).toBe(240);
    expect(shopWorld.deploys).toBe(0);
  });

  it('deploys nothing that AWS would refuse', async () => {
    const shopWorld = await world();
    shopWorld.bootstrapped = true;
    const { tools } = shopWorld;
    const planned = await tools.plan(operatedOf({} as never));
    const refused = {
      effect: 'refused',
      constraint: 'x',
      stack: 'x',
      says: 'is no name',
      way: 'w',
      source: 's',
    } as const;
    const plan = {
      stacks: planned.stacks.map((each, index) =>
        index === 0 ? { ...each, findings: [refused as never] } : each,
      ),
    };
    expect(await launch({ ...tools, plan: async () => plan })).toBe(1);
    expect(shopWorld.deploys).toBe(0);
  });
});
