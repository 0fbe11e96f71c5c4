import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { parseShop } from '../../../lib/config/index.ts';
import { tierNames } from '../../../lib/config/schema/environment.ts';
import { costCommand } from '../../../lib/review/cost/command.ts';
import { byPurpose, changesBetween, type Estimate, estimate } from '../../../lib/review/cost/estimate.ts';
import { freeTypes } from '../../../lib/review/cost/free-types.ts';
import { pricedRegions, prices, sources } from '../../../lib/review/cost/price-table.ts';
import { environmentsOf, PricedEnvironment } from '../../../lib/review/cost/priced-environment.ts';
import { costPages, pricedExamples, renewCostTables } from '../../../lib/review/cost/reference.ts';
import { resourceCosts } from '../../../lib/review/cost/resource-costs.ts';
import { describeEstimate } from '../../../lib/review/cost/show.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { smallShop } from '../../support/shops.ts';
import { allExampleFiles, type ExampleFile, exampleAssembly } from '../../support/synthesize.ts';

const stacksOf = new Map<ExampleFile, readonly StackTemplate[]>();

/** New ones each time, so that a test may change them; the templates are read once. */
function environments(file: ExampleFile): PricedEnvironment[] {
  const stacks = stacksOf.get(file) ?? readAssembly(exampleAssembly(file)).stacks;
  stacksOf.set(file, stacks);
  return environmentsOf(stacks);
}

function production(file: ExampleFile): PricedEnvironment {
  const [first] = environments(file);
  if (!first) throw new Error(`${file} has no environment`);
  return first;
}

let estimates: Estimate[];
beforeAll(() => {
  estimates = pricedExamples.map((file) => estimate(production(file)));
});

/** Another template of the same shop, with one property of every resource of a type changed. */
function changed(
  environment: PricedEnvironment,
  type: string,
  properties: Record<string, unknown>,
): PricedEnvironment {
  const resources = environment.resources.map((resource) =>
    resource.type === type
      ? { ...resource, properties: { ...resource.properties, ...properties } }
      : resource,
  );
  return Object.defineProperties(new PricedEnvironment(environment.name, []), {
    region: { value: environment.region },
    resources: { value: resources },
  });
}

const month = 730;

/** By hand, in Tokyo, from the tables of sizes in the stacks and the prices of docs/cost.md; USD a month. */
const byHand = {
  starter: {
    tasks: month * (0.5 * 0.04045 + 1 * 0.00442),
    database: month * 0.025 + 20 * 0.138,
    nat: month * (0.062 + 0.005) + 10 * 0.062,
    endpoint: month * 0.014,
    'load balancer': month * 0.0243 + 30 * 0.008,
    vpn: 20 * (0.15 + 0.05),
    'web ACLs': 2 * 5 + 28 + 0.9 * 0.8 + 0.165 * 0.6,
    keys: 7,
    secrets: 5 * 0.4,
    'alarms and insights': 40 * 0.1 + 90 * 0.07,
    logs: 4.25 * 0.76 + 1.35 * 0.5 + 0.4,
    GuardDuty: 0.3 * 4.72 + 2 * 1.18 + 0.5 * 2,
    // Of the instance, what changed: 2 % a day.
    'backups and copies':
      (5 * 1.7 + 5 * 12) * 0.095 + 10.5 * 0.06 * 2 + 5 * 1.7 * 0.095 + (5 * 0.6 + 0.5) * 0.09,
    media: 10 * 0.36,
    patching: 6 * 0.1 + 100 * 0.00425 + 100 * 0.002 + 60 * 0.01,
    zone: 0.5,
    'between zones': 120 * 0.01,
  },
  standard: {
    tasks: 2 * month * (1 * 0.04045 + 2 * 0.00442),
    database: 2 * month * 0.5 * 0.15 + 5 * 0.12 + 0.4,
    nat: 2 * month * (0.062 + 0.005) + 10 * 0.062,
    endpoint: 2 * month * 0.014,
    'load balancer': month * 0.0243 + 30 * 0.008,
    vpn: 30 * (0.15 + 0.05),
    'web ACLs': 2 * 5 + 23 + 0.9 * 0.6 + 0.165 * 0.6,
    keys: 7,
    secrets: 5 * 0.4,
    'alarms and insights': 40 * 0.1 + 120 * 0.07,
    logs: 5.25 * 0.76 + 1.35 * 0.5 + 0.5,
    GuardDuty: 0.3 * 4.72 + 2.5 * 1.18 + 2 * 2,
    'backups and copies': 75 * 0.023 + 10.5 * 0.06 * 2 + 5 * 35 * 0.025 + (5 * 30 + 0.5) * 0.09,
    media: 10 * 0.36,
    patching: 6 * 0.1 + 100 * 0.00425 + 100 * 0.002 + 60 * 0.01,
    zone: 0.5,
    'between zones': 120 * 0.01,
  },
  'high-availability': {
    tasks: 3 * month * (2 * 0.04045 + 4 * 0.00442),
    database: 3 * month * 1 * 0.15 + 5 * 0.12 + 0.4,
    nat: 3 * month * (0.062 + 0.005) + 10 * 0.062,
    endpoint: 3 * month * 0.014,
    'load balancer': month * 0.0243 + 30 * 0.008,
    vpn: 40 * (2 * 0.15 + 0.05),
    'web ACLs': 2 * 5 + 25 + 0.9 * 0.8 + 0.165 * 0.6,
    'bot control': 10 + 0.9 * 1,
    'account takeover': 10,
    keys: 7,
    secrets: 5 * 0.4,
    'alarms and insights': 40 * 0.1 + 150 * 0.07,
    logs: 6.25 * 0.76 + 1.35 * 0.5 + 0.9,
    GuardDuty: 0.3 * 4.72 + 3 * 1.18 + 6 * 2,
    'backups and copies': 75 * 0.023 + 10.5 * 0.06 * 2 + 5 * 35 * 0.025 + (5 * 30 + 0.5) * 0.09,
    media: 10 * 0.025,
    patching: 10 + 6 * 0.1 + 100 * 0.00425 + 100 * 0.002 + 60 * 0.01,
    zone: 0.5,
    'between zones': 120 * 0.01,
  },
};

/** Issue of November 2026: what a maker can pay, with 20 hours a month in the VPN. */
const affordable = [
  ['starter', 'examples/woocommerce-starter.ts', 220],
  ['standard', 'examples/eccube-standard.ts', 420],
] as const;

describe('what a small shop can pay', () => {
  it.each(affordable)('%s, as in %s, costs at most %i USD in Tokyo', (_, example, most) => {
    const { total } = estimate(production(example), { vpnHours: 20 });
    expect(total).toBeLessThan(most);
  });

  it.each(tierNames.map((tier, index) => ({ tier, index })))(
    'the budget of $tier is its estimate and a third more',
    ({ tier, index }) => {
      const shop = smallShop();
      const environment = { ...shop.environments.production, tier };
      const { budget } = parseShop({ ...shop, environments: { production: environment } }).environments
        .production ?? { budget: { monthly: 0 } };
      const estimated = estimates[index]?.total ?? 0;
      expect(budget.monthly / estimated).toBeGreaterThan(1.25);
      expect(budget.monthly / estimated).toBeLessThan(1.45);
    },
  );
});

describe('what the tiers cost', () => {
  it.each(Object.entries(byHand).map(([tier, lines], index) => ({ tier, lines, index })))(
    '$tier is within 10 % of the sum by hand',
    ({ lines, index }) => {
      const sum = Object.values(lines).reduce((total, usd) => total + usd, 0);
      expect(estimates[index]?.total).toBeGreaterThan(sum * 0.9);
      expect(estimates[index]?.total).toBeLessThan(sum * 1.1);
    },
  );

  /** Lines of the estimate that one line by hand stands for: errors of two lines must not make up for each other. */
  const mainLines = {
    tasks: /^tasks: /,
    database: /^database: /,
    nat: /^NAT gateway/,
    endpoint: /^interface endpoint/,
    'load balancer': /^load balancer/,
    vpn: /^VPN: /,
    'web ACLs': /^web ACLs/,
  };
  it.each(Object.entries(byHand).map(([tier, lines], index) => ({ tier, lines, index })))(
    'and so is each main line of $tier',
    ({ lines, index }) => {
      for (const [group, fits] of Object.entries(mainLines)) {
        const sum = (estimates[index]?.lines ?? [])
          .filter(({ what }) => fits.test(what.en))
          .reduce((total, { usd = 0 }) => total + usd, 0);
        const hand = lines[group as keyof typeof mainLines];
        expect(
          Math.abs(sum - hand) / hand,
          `${group}: ${sum.toFixed(2)}, by hand ${hand.toFixed(2)}`,
        ).toBeLessThan(0.1);
      }
    },
  );

  it('the purposes add up to the total', () => {
    for (const { lines, total } of estimates) {
      const sum = byPurpose(lines).reduce((all, { usd }) => all + usd, 0);
      expect(sum).toBeCloseTo(total, 6);
    }
  });

  it('no line with a cost lacks the place and the day its price was read', () => {
    for (const line of estimates.flatMap(({ lines }) => lines)) {
      if (line.usd === undefined) expect(line.unitPrice).toBeUndefined();
      else if (line.usd > 0) {
        expect(line.unitPrice?.date).toMatch(/^20\d\d-\d\d-\d\d$/);
        expect(sources[line.unitPrice?.read ?? 'general'].url).toMatch(/^https:/);
      }
    }
  });

  it.each(allExampleFiles)('every kind of resource of %s is priced or free', (file) => {
    for (const environment of environments(file)) expect(estimate(environment).unknownTypes).toEqual([]);
  });

  it('names a kind of resource that it does not know', () => {
    const unknown = changed(production('examples/woocommerce-starter.ts'), 'AWS::EC2::VPC', {});
    Object.defineProperty(unknown, 'resources', {
      value: [...unknown.resources, { ...unknown.resources[0], type: 'AWS::Redshift::Cluster' }],
    });
    expect(estimate(unknown).unknownTypes).toEqual(['AWS::Redshift::Cluster']);
    expect(describeEstimate(estimate(unknown)).join('\n')).toContain('AWS::Redshift::Cluster');
  });

  it.each([
    [
      'AWS::WAFv2::WebACL',
      { Rules: [null, { Statement: { ManagedRuleGroupStatement: { Name: 'Theirs' } } }] },
    ],
    ['AWS::WAFv2::WebACL', { Rules: 'x' }],
    ['AWS::ECS::Cluster', { ClusterSettings: [null] }],
    ['AWS::CloudWatch::Alarm', { Metrics: [null, 1] }],
    ['AWS::GuardDuty::Detector', { Features: [null] }],
    ['AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [null, { CopyActions: [null] }] } }],
    ['AWS::RDS::DBCluster', { ServerlessV2ScalingConfiguration: null }],
  ])('prices what somebody wrote who is not the CDK: %s %j', (type, properties) => {
    const written = changed(production('examples/woocommerce-starter.ts'), type, properties);
    expect(estimate(written).total).toBeGreaterThan(0);
  });

  it('no kind of resource is both priced and free', () => {
    expect(Object.keys(resourceCosts).filter((type) => Object.hasOwn(freeTypes, type))).toEqual([]);
  });
});

describe('what the bill follows', () => {
  const starter = () => production('examples/woocommerce-starter.ts');
  const costOf = (environment: PricedEnvironment, what: string, given = {}) =>
    estimate(environment, given)
      .lines.filter((line) => line.what.en === what)
      .reduce((sum, { usd = 0 }) => sum + usd, 0);

  it.each([
    ['AWS::EC2::VPCEndpoint', { SubnetIds: ['a', 'b', 'c'] }, 'interface endpoint', 3],
    ['AWS::RDS::DBInstance', { MultiAZ: true }, 'database: instance', 2],
    ['AWS::ECS::TaskDefinition', { Cpu: '1024' }, 'tasks: vCPU', 2],
    ['AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 3 }, 'tasks: vCPU', 3],
    ['AWS::Logs::LogGroup', { RetentionInDays: 800 }, 'logs kept', 2],
  ])('%s %j', (type, properties, what, times) => {
    expect(costOf(changed(starter(), type, properties), what)).toBeCloseTo(
      costOf(starter(), what) * times,
      1,
    );
  });

  it.each([
    ['vpnHours', 800, 'VPN: connections'],
    ['pageViews', 300_000, 'web ACLs: requests'],
    ['databaseGb', 50, 'copies: database'],
    ['builds', 40, 'builds'],
  ])('%s, when it is given', (name, value, what) => {
    expect(costOf(starter(), what, { [name]: value })).toBeGreaterThan(costOf(starter(), what) * 5);
  });

  it('x86 tasks cost what x86 costs', () => {
    const x86 = changed(starter(), 'AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'X86_64' },
    });
    expect(costOf(x86, 'tasks: vCPU')).toBeCloseTo(month * 0.5 * 0.05056, 2);
  });

  it('what an account has for nothing is taken off, and paid beyond it', () => {
    expect(costOf(starter(), 'CloudFront: data', { gbOut: 1000 })).toBe(0);
    expect(costOf(starter(), 'CloudFront: data', { gbOut: 1100 })).toBeCloseTo(100 * 0.114, 6);
  });

  it('a disposable environment pays for no copies', () => {
    expect(costOf(production('examples/disposable-staging.ts'), 'copies: transfer')).toBe(0);
    expect(costOf(starter(), 'copies: transfer')).toBeGreaterThan(0.2);
  });

  it('another tier changes the size, and the largest change stands first', () => {
    const [small, , large] = estimates;
    const [first] = changesBetween(small?.lines ?? [], large?.lines ?? []);
    expect(first?.what.en).toBe('database: capacity');
    expect(changesBetween(small?.lines ?? [], small?.lines ?? [])).toEqual([]);
  });
});

describe('the price table', () => {
  it('knows Tokyo and N. Virginia, and of Osaka what copies need', () => {
    expect(pricedRegions).toEqual(['ap-northeast-1', 'us-east-1']);
    for (const id of ['kms.key', 'aurora.backup', 'backup.files'] as const) {
      expect(prices[id].regions['ap-northeast-3']).toBeDefined();
    }
  });

  it('has a page for every price, and a source and a day for each number', () => {
    for (const { page, unit, regions } of Object.values(prices)) {
      expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/$/);
      expect(unit).not.toBe('');
      for (const { usd, read: source, date } of Object.values(regions)) {
        expect(usd).toBeGreaterThan(0);
        expect(Object.keys(sources)).toContain(source);
        expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      }
    }
  });

  it('every price is one that some resource pays', () => {
    const code = ['resource', 'database', 'web-acl', 'log', 'guardduty', 'watcher', 'backup']
      .map((name) => readFileSync(join(packageRoot, `lib/review/cost/${name}-costs.ts`), 'utf8'))
      .join('');
    const unused = Object.keys(prices).filter((id) => !code.includes(`'${id}'`));
    expect(unused).toEqual([]);
  });
});

it.each(costPages)('$file is up to date; `npm run docs` renews it', ({ file, language }) => {
  const page = readFileSync(join(packageRoot, file), 'utf8');
  expect(page).toBe(renewCostTables(page, language, estimates));
});

describe('secure-shop cost', () => {
  const assembly = () => exampleAssembly('examples/eccube-standard.ts');
  async function run(...args: string[]): Promise<string> {
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    try {
      await costCommand().parseAsync(args, { from: 'user' });
    } finally {
      write.mockRestore();
    }
    return written.join('');
  }
  const problemsOf = (...args: string[]) =>
    run(...args).then(
      () => [],
      (error) => (error as { problems?: string[] }).problems ?? [String(error)],
    );

  it('prices each environment in lines of 80 columns', async () => {
    const text = await run('--assembly', assembly());
    expect(text).toMatch(/^production \(ap-northeast-1\): about \d/m);
    expect(text).toMatch(/^staging \(ap-northeast-1\): about \d/m);
    const long = text.split('\n').filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });

  it('prints JSON with a source for every priced line', async () => {
    const { environments: found } = JSON.parse(
      await run('--assembly', assembly(), '-e', 'staging', '--json'),
    );
    expect(found.map(({ environment }: Estimate) => environment)).toEqual(['staging']);
    for (const { usd, source } of found[0].lines) if (usd > 0) expect(source).toMatch(/^https:.* \(20\d\d-/);
  });

  it('says what the next deploy changes', async () => {
    const args = ['--assembly', assembly(), '-e', 'production'];
    expect(await run(...args, '--from', assembly())).toMatch(/the next deploy: .*\(\+0\.00\)/);
    expect(await run(...args, '--from', 'nothing')).toMatch(/the next deploy: 0 -> \d/);
  });

  it('refuses every number that is none, all at once', async () => {
    expect(
      await problemsOf(
        '--assembly',
        assembly(),
        '--orders',
        'many',
        '--tasks',
        '0',
        '--gb-out',
        '-1',
        '--builds',
        '',
      ),
    ).toEqual([
      '--orders: found "many"; write a number of at least 0, such as 1',
      '--gb-out: found "-1"; write a number of at least 0, such as 1',
      '--tasks: found "0"; write a number of at least 1, such as 1',
      '--builds: found ""; write a number of at least 0, such as 1',
    ]);
  });

  it('says so when prices of a region are not known', () => {
    const osaka = production('examples/woocommerce-starter.ts');
    Object.defineProperty(osaka, 'region', { value: 'eu-west-1' });
    expect(() => estimate(osaka)).toThrow(
      /prices in eu-west-1 are not known; the price table has ap-northeast-1, us-east-1/,
    );
  });

  it.each([
    [['--assembly', 'nowhere'], /nowhere: no such folder/],
    [['-e', 'nobody'], /no environment "nobody" in/],
    [['--from', 'nowhere'], /--from nowhere: no such folder/],
    [['--from', ''], /--from: write the folder/],
  ])('%j is refused in words', async (args, problem) => {
    const [first] = await problemsOf(
      ...(args[0] === '--assembly' ? [] : ['--assembly', assembly()]),
      ...args,
    );
    expect(first).toMatch(problem);
  });
});
