import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../lib/checks/recorder/row.ts';
import { reportPage } from '../../../lib/review/report/page/page.ts';
import type { EnvironmentProof } from '../../../lib/review/report/proof.ts';
import { requirementStatuses } from '../../../lib/review/report/requirements.ts';
import type { Review } from '../../../lib/review/report/review.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { program } from '../../support/programs.ts';
import { temporaryFolder, write } from './files.ts';
import {
  acknowledgedRow,
  evidenceOf,
  hostile,
  planned,
  resourceOf,
  reviewOf,
  rowOf,
  ruleOf,
} from './reviews.ts';

const { path: executablePath, missing, install } = program('chromium');

const net1 = ruleOf({
  pack: 'SecureShop',
  id: 'SecureShop-NET1[PublicSubnet]',
  info: 'No subnet gives out public addresses',
  infoJa: 'パブリックアドレスを配るサブネットがない',
});
const dat2 = ruleOf({
  pack: 'SecureShop',
  id: 'SecureShop-DAT2[UndeclaredReader]',
  info: 'Readers are declared',
});

const stack = (environment: string): StackTemplate => ({
  environment,
  name: `shop-${environment}`,
  template: { Resources: { A: { Type: 'AWS::S3::Bucket' } } },
  file: 'a.json',
  region: 'ap-northeast-1',
});

const proof = (environment: string): EnvironmentProof => ({
  environment,
  nodes: [
    { name: `${environment}/Front/LoadBalancer`, kind: 'load-balancer' },
    { name: `${environment}/Shop/Service`, kind: 'task' },
  ],
  paths: [
    {
      from: 'Internet',
      to: `${environment}/Front/LoadBalancer`,
      ports: '443',
      via: [`${environment}/Edge/Distribution`, `${environment}/Edge/Origin`],
      decided: true,
    },
    {
      from: `${environment}/Front/LoadBalancer`,
      to: `${environment}/Shop/Service`,
      ports: '8080',
      via: [`${environment}/Group`],
      decided: true,
    },
  ],
  access: [
    {
      principal: `${environment}/Shop/TaskRole`,
      target: { name: 'shop/ShopSecret', type: 'AWS::KMS::Key' },
      action: 'secretsmanager:GetSecretValue',
      how: 'direct',
      declared: true,
      decided: true,
    },
    {
      principal: `${environment}/Stranger`,
      target: { name: 'shop/ShopSecret', type: 'AWS::KMS::Key' },
      action: 'secretsmanager:GetSecretValue',
      how: 'via a role',
      declared: false,
      decided: true,
    },
  ],
});

function rowsOf(environment: string, each: number): Row[] {
  const at = (n: number) =>
    resourceOf({
      environment,
      stack: `shop-${environment}`,
      logicalId: `R${n}`,
      path: `${environment}/R${n}`,
    });
  return [
    ...Array.from({ length: each }, (_, n) =>
      rowOf(n % 50 === 1 ? 'non-compliant' : 'compliant', { resource: at(n) }),
    ),
    rowOf('compliant', { rule: net1, resource: at(0), reason: 'MapPublicIpOnLaunch is false' }),
    rowOf('non-compliant', { rule: dat2, resource: at(1), reason: 'a stranger can read it' }),
    rowOf('undecided', { rule: dat2, resource: at(2), reason: 'the policy is known at the deploy only' }),
    rowOf('error', { resource: at(3), reason: 'the rule threw' }),
    acknowledgedRow({ resource: at(4) }),
  ];
}

function shopReview(environments: readonly string[], each: number, props: Partial<Review> = {}): Review {
  return reviewOf(
    environments.flatMap((environment) => rowsOf(environment, each)),
    {
      stacks: environments.map(stack),
      proofs: environments.map(proof),
      notices: [
        {
          kind: 'waf-count',
          environment: environments[0] ?? '',
          text: { en: 'The web ACL only counts.', ja: 'Web ACL は検知のみです。' },
        },
      ],
      ...props,
    },
  );
}

describe.skipIf(missing)(`the report page in Chromium (${install})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  afterAll(() => browser?.close());

  /** Opens the page; fails the test on any message on the console, error, or request but the page itself. */
  async function opened(
    review: Review,
    options: { locale?: string; colorScheme?: 'light' | 'dark' } = {},
  ): Promise<Page> {
    const url = pathToFileURL(write(temporaryFolder(), 'index.html', reportPage(review))).href;
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) complaints.push(`request ${request.url()}`);
    });
    await page.goto(url);
    open.push(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    return page;
  }

  const open: (() => Promise<void>)[] = [];
  async function finished() {
    for (const close of open.splice(0)) await close();
  }

  const count = (page: Page) => page.locator('#count').innerText();
  /** Every row of the table, page after page. */
  async function rowsShown(page: Page): Promise<number[]> {
    const shown: number[] = [];
    for (;;) {
      const onPage = await page
        .locator('tr[data-row]')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-row'))));
      shown.push(...onPage);
      if (await page.locator('.pager .next').isDisabled()) return shown;
      await page.locator('.pager .next').click();
    }
  }

  it('begins with the verdict and shows what needs a decision', async () => {
    const page = await opened(shopReview(['production'], 100));
    expect(await page.locator('#verdict h2').innerText()).toContain('4 open findings');
    expect(await page.locator('#verdict').innerText()).toContain('The web ACL only counts.');
    expect(await page.locator('tr[data-row]').count()).toBe(5);
    expect(await page.locator('tr.compliant, tr.acknowledged').count()).toBe(0);
    await finished();
  });

  it('says how each environment fares, and shows one alone', async () => {
    const page = await opened(
      shopReview(['production', 'staging'], 10, {
        rows: [
          ...rowsOf('production', 10),
          rowOf('compliant', { resource: resourceOf({ environment: 'staging' }) }),
        ],
      }),
    );
    const verdicts = page.locator('.by-environment button');
    expect(await verdicts.allInnerTexts()).toEqual([
      expect.stringMatching(/production[\s\S]+3 open findings[\s\S]+1 acknowledged/),
      expect.stringMatching(/staging[\s\S]+Nothing is open[\s\S]+0 acknowledged/),
    ]);
    await verdicts.nth(1).press('Enter');
    expect(await page.locator('#verdict h2').innerText()).toContain('Nothing is open');
    expect(await page.locator('#environment').inputValue()).toBe('staging');
    await page.keyboard.press('Enter');
    expect(await page.locator('#environment').inputValue()).toBe('*');
    await finished();
  });

  it.each(['en-GB', 'ja-JP'])(
    'runs over no edge on a phone, whatever the words are long (%s)',
    async (locale) => {
      const long = `https://docs.example.com/${'a-very-long-address/'.repeat(8)}${'x'.repeat(90)}`;
      const row = acknowledgedRow({ reason: `as ${long} says` });
      if (!row.acknowledgement) throw new Error('the row is acknowledged');
      const acknowledgement = { ...row.acknowledgement, reason: `as ${long} says` };
      const page = await opened(
        shopReview(['production', 'staging'], 60, {
          rows: [...rowsOf('production', 60), { ...row, acknowledgement }],
        }),
        { locale },
      );
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        const overflowing = await page
          .locator('#rows td, #acknowledgements td, #requirements td')
          .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
        expect(overflowing).toBe(0);
      }
      await finished();
    },
  );

  it('says that nothing is open only when nothing is', async () => {
    const page = await opened(
      shopReview(['production'], 0, { rows: [rowOf('compliant'), acknowledgedRow()] }),
    );
    expect(await page.locator('#verdict.clean h2').innerText()).toContain('Nothing is open');
    await finished();
  });

  it('passes nothing when there was nothing to check', async () => {
    const page = await opened(shopReview(['production'], 0, { rows: [] }));
    expect(await page.locator('#verdict.open h2').innerText()).toContain('Nothing was checked');
    await finished();
  });

  it('loses no row between the review and the page', async () => {
    const review = shopReview(['production', 'staging'], 260);
    const page = await opened(review);
    await page.click('#reset');
    const shown = await rowsShown(page);
    expect(shown.sort((a, b) => a - b)).toEqual(review.rows.map((_, index) => index));
    const text = await page.locator('tr[data-row]').first().innerText();
    expect(text).toContain('AwsSolutions-S1');
    await finished();
  });

  it('filters by outcome, pack, stack, environment and words, and sorts by column', async () => {
    const page = await opened(shopReview(['production', 'staging'], 100));
    await page.click('#reset');
    expect(await count(page)).toBe('1–100 of 210 rows');
    await page.selectOption('#by-pack', 'SecureShop');
    expect(await count(page)).toBe('1–6 of 6 rows');
    await page.selectOption('#by-stack', 'shop-staging');
    expect(await count(page)).toBe('1–3 of 3 rows');
    await page.fill('#search', 'STRANGER dat2');
    expect(await count(page)).toBe('1–1 of 1 rows');
    expect(
      await page.locator('#search').evaluate((field) => field === field.ownerDocument.activeElement),
    ).toBe(true);
    await page.fill('#search', 'no such words');
    expect(await page.locator('.empty').innerText()).toBe('No row matches.');
    await page.click('#reset');
    await page.uncheck('input[value="compliant"]');
    expect(await page.locator('tr.compliant').count()).toBe(0);
    await page.selectOption('#environment', 'staging');
    expect(await page.locator('#verdict h2').innerText()).toContain('4 open findings');
    expect(await page.locator('tr[data-row] .sub').allInnerTexts()).not.toContain(
      'shop-production · AWS::S3::Bucket',
    );

    await page.click('#reset');
    const resources = () => page.locator('tr[data-row] .logical').allInnerTexts();
    await page.click('[data-sort="resource"]');
    const ascending = await resources();
    expect(ascending).toEqual([...ascending].sort());
    await page.keyboard.press('Enter');
    expect(await page.locator('th[aria-sort="descending"]').innerText()).toContain('Resource');
    const descending = await resources();
    expect(descending).toEqual([...descending].sort().reverse());
    expect(descending).not.toEqual(ascending);
    await finished();
  });

  it('speaks Japanese to who reads Japanese, and switches', async () => {
    const page = await opened(shopReview(['production'], 100), { locale: 'ja-JP' });
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    expect(await page.locator('#verdict h2').innerText()).toContain('未解決の指摘 4 件');
    expect(await page.locator('#verdict').innerText()).toContain('Web ACL は検知のみです。');
    await page.click('#to-language');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('#invariants h2').innerText()).toBe('What must hold');
    const english = await page.locator('main').innerText();
    expect(english).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    await finished();
  });

  it('shows each invariant with its proof: the paths, and who can read what', async () => {
    const page = await opened(shopReview(['production'], 100));
    expect(await page.locator('#NET1 .badge').innerText()).toContain('holds');
    expect(await page.locator('#DAT2 .badge').innerText()).toContain('broken');
    expect(await page.locator('#SEC2 .badge').innerText()).toContain('nothing to check');
    await page.click('#NET1 summary');
    expect(await page.locator('#NET1 table').innerText()).toMatch(/Internet\s+Front\/LoadBalancer\s+443/);
    await page.click('#NET3 summary');
    await page.locator('#NET3 tbody tr').waitFor(); // exactly one, or it throws
    await page.click('#NET4 summary');
    expect(await page.locator('#NET4 .proof .note').innerText()).toContain('no such connection');
    await page.click('#DAT2 summary');
    expect(await page.locator('#DAT2 .matrix .cell.broken').getAttribute('title')).toContain('not declared');
    expect(await page.locator('#DAT2 .matrix .cell.holds').count()).toBe(1);
    await page.click('#DAT2 .ways summary');
    await page.locator('#DAT2 .ways tbody tr').nth(1).waitFor();
    expect(await page.locator('#DAT2 .ways tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(
        /Shop\/TaskRole\s+shop\/ShopSecret[\s\S]+secretsmanager:GetSecretValue\s+direct\s+declared/,
      ),
      expect.stringMatching(/Stranger\s+shop\/ShopSecret[\s\S]+via a role\s+not declared/),
    ]);
    await page.click('#DAT2 button');
    expect(await count(page)).toBe('1–2 of 2 rows');
    await finished();
  });

  it('tells what the next deploy does, in one environment or all, and in both languages', async () => {
    const place = (environment: string, stack: string) => ({ environment, stack, region: 'ap-northeast-1' });
    const nextDeploy = planned([
      { ...place('staging', hostile), action: 'unchanged', changes: [], findings: [], minutes: 0 },
      {
        ...place('production', 'shop-data'),
        action: 'changed',
        changes: [
          {
            id: hostile,
            type: 'AWS::S3::Bucket',
            kind: 'replaced',
            uncertain: false,
            properties: ['BucketName'],
          },
        ],
        findings: [
          {
            effect: 'lost',
            constraint: 'store-removed',
            ...place('production', 'shop-data'),
            resource: hostile,
            says: 'is deleted with what it holds',
            way: 'Save its data first.',
            commands: ['aws s3 sync s3://a .'],
            source: 'https://docs.aws.amazon.com/cdk/',
          },
        ],
        minutes: 4,
      },
    ]);
    const page = await opened(shopReview(['production', 'staging'], 2, { nextDeploy }));
    const section = page.locator('#next-deploy');
    expect(await section.locator('h2').innerText()).toBe('What the next deploy does');
    expect(await page.locator('nav a[href="#next-deploy"]').count()).toBe(1);
    expect(await section.innerText()).toMatch(
      /but data would be lost[\s\S]*From what cdk\.out\.before holds[\s\S]*About 4 minutes[\s\S]*stay as they are: 1/,
    );
    expect(await section.locator('tbody tr').innerText()).toMatch(
      /shop-data\s+ap-northeast-1\s+changed\s+0\s+0\s+1\s+0\s+about 4 min/,
    );
    expect(await section.locator('li').first().innerText()).toMatch(
      /data lost[\s\S]*is deleted with what it holds[\s\S]*Save its data first\.[\s\S]*aws s3 sync s3:\/\/a \./,
    );
    expect(await section.locator('li').last().innerText()).toContain('(AWS::S3::Bucket): BucketName');
    expect(await page.locator('img').count()).toBe(0);
    await page.selectOption('#environment', 'staging');
    expect(await section.innerText()).toContain('no data is lost');
    expect(await section.locator('table').count()).toBe(0);
    await page.click('#to-language');
    expect(await section.innerText()).toMatch(/次のデプロイで起きること\s+[\s\S]*変わらないスタック：1/);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await finished();
    const without = await opened(shopReview(['production'], 2));
    expect(await without.locator('#next-deploy').count()).toBe(0);
    await finished();
  });

  it('tells what an environment costs a month and what for, in both languages', async () => {
    const association = {
      Type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
      Metadata: { 'aws:cdk:path': 'production/Admin/Vpn/Association' },
    };
    const stacks = [{ ...stack('production'), template: { Resources: { association } } }];
    const page = await opened(shopReview(['production'], 2, { stacks }));
    const section = page.locator('#cost');
    expect(await section.locator('h3').innerText()).toBe('production: about 110, at most 110');
    expect(await section.locator('tbody').innerText()).toMatch(/^VPN-only administration\s+110$/);
    await page.click('#to-language');
    expect(await section.innerText()).toMatch(/月々の費用[\s\S]*VPN に限った管理\s+110/);
    await finished();
    const without = await opened(shopReview(['production'], 2));
    expect(await without.locator('#cost').count()).toBe(0);
    await finished();
  });

  it('shows how it fared when somebody asked last, beside the design, in both languages', async () => {
    const [says, todo] = [`3.0 days old ${hostile}`, 'docs/runbooks/backups.md'];
    const asked = evidenceOf([
      { standing: 'ready', about: 'tasks', says: '2 of 2 run', check: 'tasks', source: 'https://x.example' },
      { standing: 'problem', about: 'backups', says, todo, check: 'backups', source: 'https://x.example' },
    ]);
    const page = await opened(shopReview(['production'], 2, { statuses: [asked] }));
    const section = page.locator('#status');
    expect(await section.locator('h3').innerText()).toBe('production, asked 2026-11-29 03:00 UTC');
    expect(await section.innerText()).toContain(
      'differed from what the config made then, or was not seen: shop-data',
    );
    expect(await section.locator('tbody tr').first().innerText()).toBe(`wrong\tbackups\t${says}\t${todo}`);
    await page.click('#to-language');
    expect(await section.innerText()).toMatch(/異常・期限切れ 1 件/);
    expect(await section.innerText()).toMatch(
      /docs\/runbooks\/backups\.ja\.md[\s\S]*タスク\s+2 個中 2 個が動作中/,
    );
    await finished();
    const without = await opened(shopReview(['production'], 2));
    expect(await without.locator('#status').count()).toBe(0);
    await finished();
  });

  it('draws the architecture from the paths', async () => {
    const page = await opened(shopReview(['production'], 10));
    expect(await page.locator('.diagram .node title').allTextContents()).toEqual([
      'Internet',
      'production/Edge/Distribution',
      'production/Front/LoadBalancer',
      'production/Shop/Service',
    ]);
    expect(await page.locator('.diagram .edge text').allTextContents()).toEqual(['443', '443', '8080']);
    await finished();
  });

  it('draws what connects to the same others as one, and names each', async () => {
    const functions = ['Watch', 'Refresh', 'Wait', 'Reader'].map((name) => `production/${name}/Function`);
    const nodes = [
      { name: 'production/Secrets', kind: 'endpoint' },
      ...functions.map((name) => ({ name, kind: 'function' })),
    ];
    const paths = functions.map((from) => ({
      from,
      to: 'production/Secrets',
      ports: '443',
      via: [],
      decided: true,
    }));
    const page = await opened(
      shopReview(['production'], 0, { proofs: [{ environment: 'production', nodes, paths, access: [] }] }),
    );
    expect(await page.locator('.diagram .node title').allTextContents()).toEqual([
      functions.join('\n'),
      'production/Secrets',
    ]);
    expect(await page.locator('.diagram .edge text').allTextContents()).toEqual(['443']);
    await page.locator('#architecture .ways summary').click();
    await page.locator('#architecture .ways tbody tr').nth(3).waitFor();
    await finished();
  });

  it('lists and sorts acknowledgements with reason, age and source line', async () => {
    const other = acknowledgedRow();
    const { acknowledgement } = other;
    if (!acknowledgement) throw new Error('the row is acknowledged');
    const later: Row = {
      ...other,
      acknowledgement: { ...acknowledgement, reason: 'another reason that is long enough' },
    };
    const page = await opened(shopReview(['production'], 0, { rows: [acknowledgedRow(), later] }));
    const lines = page.locator('#acknowledgements tbody tr');
    expect(await lines.first().innerText()).toMatch(
      /this bucket receives the access logs itself[\s\S]*\d{4}-\d\d-\d\d[\s\S]*package\.json:2:1/,
    );
    await page.click('[data-acknowledged="reason"]');
    expect(await lines.first().innerText()).toContain('another reason');
    await page.click('[data-acknowledged="reason"]');
    expect(await lines.first().innerText()).toContain('this bucket');
    await finished();
  });

  it('says what changed since the baseline', async () => {
    const added = rowOf('non-compliant');
    const accepted = acknowledgedRow();
    const change = {
      baseline: 'rows.json',
      added: [added],
      undecided: [],
      accepted: [accepted],
      remaining: 3,
      unasked: 2,
      resolved: [{ rule: 'R', resource: 'old/Bucket' }],
      facts: [
        {
          kind: 'reader' as const,
          added: ['Stranger: s3:GetObject on Media'],
          removed: [],
          changed: [],
        },
        { kind: 'content' as const, added: [], removed: [], changed: ['Media: LifecycleConfiguration'] },
      ],
    };
    const page = await opened(shopReview(['production'], 0, { rows: [added, accepted], change }));
    expect(await page.locator('#change .figures').innerText()).toMatch(
      /1\s+new\s+0\s+not decidable any more\s+1\s+newly accepted\s+3\s+still open\s+1\s+resolved\s+2\s+of packs/,
    );
    expect(await page.locator('#change table').last().innerText()).toContain('this bucket receives');
    for (const summary of await page.locator('#change summary').all()) await summary.click();
    expect(await page.locator('#change li').allInnerTexts()).toEqual([
      'R — old/Bucket',
      '+ Stranger: s3:GetObject on Media',
      '≠ Media: LifecycleConfiguration',
    ]);
    await finished();
  });

  it('proves by lists what the config declares, and secrets apart from stores and keys', async () => {
    const declared = {
      'secure-shop:allowed-domains': ['pay.example'],
      'secure-shop:connection-rules': { people: ['hana'] },
    };
    const shop = stack('production');
    const stacks = [
      { ...shop, template: { Resources: { A: { Type: 'AWS::S3::Bucket', Metadata: declared } } } },
    ];
    const page = await opened(shopReview(['production'], 2, { stacks }));
    const proofOf = async (id: string) => {
      await page.click(`#${id} summary`);
      // It is filled once the browser has told that it is open.
      return page.locator(`#${id} .proof:not(:empty)`).innerText();
    };
    expect(await proofOf('NET5')).toMatch(/names that may be resolved: production\s+pay\.example/);
    expect(await proofOf('ADM2')).toMatch(/people with VPN access: production\s+hana/);
    expect(await proofOf('SEC1')).not.toContain('ShopSecret');
    expect(await proofOf('DAT2')).toContain('key: shop/ShopSecret');
    await finished();
  });

  it('shows the database once and the backups beside it, and names what nobody can read', async () => {
    const database = 'production/Data/Database';
    const grant = (name: string, type: string, more: object = {}) => ({
      principal: 'production/Recovery/BackupRole',
      target: { name, type },
      action: 'backup:StartRestoreJob',
      how: 'direct',
      declared: true,
      decided: true,
      ...more,
    });
    const readable = (name: string, type: string, about = '', more: object = {}) => ({
      name,
      type,
      about,
      ...more,
    });
    const cluster = 'AWS::RDS::DBCluster';
    const instance = 'AWS::RDS::DBInstance';
    const vault = ['production/Recovery/Vault', 'AWS::Backup::BackupVault'] as const;
    const logs = ['production/Vault/AccessLogs', 'AWS::S3::Bucket'] as const;
    const key = ['production/Perimeter/LogsKey', 'AWS::KMS::Key'] as const;
    const page = await opened(
      shopReview(['production'], 0, {
        proofs: [
          {
            environment: 'production',
            nodes: [],
            paths: [],
            access: [
              grant(database, cluster),
              grant(`${database}/Writer`, instance),
              grant(...vault, { why: 'copies backups to it' }),
            ],
            alsoReadable: [grant(...logs, { declared: undefined })],
            readable: [
              readable(database, cluster),
              readable(`${database}/Writer`, instance, '', { partOf: database }),
              readable(...vault),
              readable(...logs, 'Logs that hold addresses'),
              readable(...key, 'Web ACL logs'),
            ],
          },
        ],
      }),
    );
    await page.click('#DAT2 summary');
    const headings = page.locator('#DAT2 .matrix th');
    expect(await headings.allTextContents()).toEqual([
      'Principal',
      'database: Data/Database',
      'bucket: Logs that hold addressesVault/AccessLogs',
      'backups: Recovery/Vault',
    ]);
    expect(await page.locator('#DAT2 .unread').innerText()).toContain('key Perimeter/LogsKey');
    await page.click('#DAT2 .ways summary');
    // It is filled once the browser has told that it is open.
    await page.locator('#DAT2 .ways', { hasText: 'copies backups to it' }).waitFor();
    await page.click('#to-language');
    await page.click('#DAT2 summary');
    expect(await headings.nth(2).textContent()).toContain('アドレスを含むログ');
    await page.click('#DAT2 .ways summary');
    await page.locator('#DAT2 .ways', { hasText: 'ここにバックアップを写す' }).waitFor();
    await finished();
  });

  it('says on its first screen what is accepted and so neither holds nor is met', async () => {
    const blocks = ruleOf({ pack: 'SecureShop', id: 'SecureShop-NET2[WebAclBlocks]' });
    const rows = [acknowledgedRow({ rule: blocks }), rowOf('compliant', { rule: net1 })];
    const page = await opened(
      reviewOf(rows, { stacks: [stack('production')], sources: requirementStatuses(rows) }),
    );
    const accepted = await page.locator('#verdict .accepted').allInnerTexts();
    expect(accepted[0]).toContain('NET2 (SecureShop-NET2[WebAclBlocks])');
    expect(accepted[1]).toContain('PCI-6.4.2');
    expect(await page.locator('#NET2 summary').innerText()).toContain('accepted, does not hold');
    expect(await page.locator('#NET1 summary').innerText()).toContain('holds');
    await finished();
  });

  it('groups requirements by source, counts them on its first screen, and filters them by status', async () => {
    const rows = [rowOf('compliant', { rule: net1 })];
    const sources = requirementStatuses(rows);
    const page = await opened(reviewOf(rows, { stacks: [stack('production')], sources }));
    const all = sources.flatMap(({ requirements }) => requirements);
    const ofAws = all.filter(({ status }) => status === 'aws');
    expect(await page.locator('#verdict .totals').innerText()).toContain(`${ofAws.length} AWS’s`);
    expect(await page.locator('#requirements h3').count()).toBe(sources.length);
    expect(await page.locator('#requirements tbody tr').count()).toBe(all.length);
    await page.click('#requirements [data-status="aws"]');
    expect(await page.locator('#requirements tbody tr').count()).toBe(ofAws.length);
    await page.click('#requirements [data-status="all"]');
    expect(await page.locator('#requirements tbody tr').count()).toBe(all.length);
    await finished();
  });

  it('runs nothing that stands in a name, whatever part of the report it reaches', async () => {
    const resource = resourceOf({
      environment: hostile,
      stack: hostile,
      logicalId: hostile,
      type: hostile,
      path: hostile,
    });
    const rule = ruleOf({ pack: hostile, id: hostile, info: hostile, explanation: hostile });
    const row = rowOf('non-compliant', { rule, finding: hostile, resource, reason: hostile });
    const page = await opened(
      shopReview([hostile], 0, {
        title: hostile,
        source: hostile,
        rows: [row, acknowledgedRow({ resource, rule, reason: hostile })],
        proofs: [proof(hostile)],
        notices: [{ kind: 'template', environment: hostile, text: { en: hostile, ja: hostile } }],
      }),
    );
    await page.click('#reset');
    expect(await page.locator('h1').innerText()).toBe(hostile);
    expect(await page.locator('img, body > script').count()).toBe(0);
    expect(await page.locator('tr[data-row] .logical').first().innerText()).toBe(hostile);
    await finished();
  });

  it('stays usable with fifty environments', async () => {
    const names = Array.from({ length: 50 }, (_, n) => `environment-${n}`);
    const page = await opened(shopReview(names, 1000));
    await page.click('#reset');
    expect(await count(page)).toBe('1–100 of 50,250 rows');
    expect(await page.locator('tr[data-row]').count()).toBe(100);
    await page.fill('#search', 'environment-49 r999');
    expect(await count(page)).toBe('1–1 of 1 rows');
    await page.selectOption('#environment', 'environment-7');
    await page.click('#reset');
    expect(await count(page)).toBe('1–100 of 1,005 rows');
    expect(await page.locator('*').count()).toBeLessThan(10_000);
    await finished();
  });

  it('can be read in the dark, on paper and with the keyboard alone', async () => {
    const page = await opened(shopReview(['production'], 300), { colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(20, 23, 26)');
    await page.click('#to-theme');
    expect(await background()).toBe('rgb(246, 246, 243)');

    await page.locator('#NET1 > summary').focus();
    await page.keyboard.press('Enter');
    // The browser says that a section was opened a moment after the key; only then is its table drawn.
    await page.locator('#NET1 table').waitFor();

    await page.click('#reset');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    // What needs a decision, or once needed one; the compliant rows only when the reader asked for some of them.
    expect(await page.locator('tr[data-row]').count()).toBe(10);
    expect(await page.locator('#result .note').innerText()).toContain('295 compliant rows are left out');
    await page.emulateMedia({ media: 'screen' });
    await page.selectOption('#by-pack', 'SecureShop');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('tr[data-row].compliant').count()).toBe(1);
    expect(await page.locator('.invariant:not([open])').count()).toBe(0);
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('#DAT2 .matrix').isVisible()).toBe(true);
    await finished();
  });
});
