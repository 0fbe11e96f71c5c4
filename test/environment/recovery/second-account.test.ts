import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkTemplates, type TemplateInput } from '../../../lib/checks/check-templates.ts';
import { rules } from '../../../lib/checks/rules/index.ts';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { parseShop } from '../../../lib/config/index.ts';
import { estimate } from '../../../lib/review/cost/estimate.ts';
import { environmentsOf } from '../../../lib/review/cost/priced-environment.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { type Json, Mutant } from '../../checks/mutate.ts';
import { smallShop } from '../../support/shops.ts';
import { synthesizedApp } from '../../support/synthesize.ts';

const second = '222233334444';
const asked = rules.filter(({ id }) =>
  /DAT1\[BackupPlan|DAT2\[(OtherAccount|PublicPolicy|UndeclaredReader|KeyPolicy)/.test(id),
);

describe('copies of backups in a second account', () => {
  let templates: TemplateInput[];
  let stacks: readonly StackTemplate[];

  beforeAll(() => {
    const shop = smallShop();
    shop.environments.production.backups = { account: second };
    const { app, environments } = synthesizedApp(parseShop(shop));
    stacks = readAssembly(app.outdir).stacks;
    templates = Object.entries(environments[0]?.templates ?? {}).map(([name, template]) => ({
      name,
      template: template.toJSON(),
    }));
  });

  const open = (made: readonly TemplateInput[]) =>
    checkTemplates(made, asked)
      .rows.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'undecided')
      .map(({ rule, reason }) => `${rule} ${reason}`);

  const planOf = (mutant: Mutant) => mutant.one('AWS::Backup::BackupPlan').p.BackupPlan.BackupPlanRule;

  it('are made daily beside those in the other region, and nothing is found against them', () => {
    const [daily, monthly] = planOf(new Mutant(templates));
    expect(daily.CopyActions.map((copy: Json) => copy.DestinationBackupVaultArn)).toEqual([
      expect.stringMatching(
        /^arn:aws:backup:ap-northeast-3:111122223333:backup-vault:hana-candles-production-copies$/,
      ),
      `arn:aws:backup:ap-northeast-1:${second}:backup-vault:hana-candles-production-from-shop`,
    ]);
    expect(monthly.CopyActions).toBeUndefined();
    expect(open(templates)).toEqual([]);
  });

  const statementOf = (mutant: Mutant) =>
    mutant
      .one('AWS::KMS::Key', /^CustomerDataKey/)
      .p.KeyPolicy.Statement.find(({ Sid }: Json) => Sid === 'SecondAccountCopiesBackups');
  const breaks: readonly [change: string, rule: string, make: (mutant: Mutant) => void][] = [
    ['stop', 'DAT1[BackupPlan]', (mutant) => planOf(mutant)[0].CopyActions.pop()],
    [
      'go to an account that nobody declared',
      'DAT1[BackupPlan]',
      (mutant) => {
        const [, copy] = planOf(mutant)[0].CopyActions;
        copy.DestinationBackupVaultArn = copy.DestinationBackupVaultArn.replace(second, '999988887777');
      },
    ],
    [
      'are kept a week',
      'DAT1[BackupPlan]',
      (mutant) => {
        planOf(mutant)[0].CopyActions[1].Lifecycle.DeleteAfterDays = 7;
      },
    ],
    [
      'open the key to a third account',
      'DAT2[PublicPolicy]',
      (mutant) => {
        statementOf(mutant).Principal.AWS = 'arn:aws:iam::999988887777:root';
      },
    ],
    [
      'open the key to every use of the second account',
      'DAT2[PublicPolicy]',
      (mutant) => {
        delete statementOf(mutant).Condition;
      },
    ],
    [
      'open the key through secrets as well',
      'DAT2[PublicPolicy]',
      (mutant) => {
        statementOf(mutant).Condition.StringEquals['kms:ViaService'] = [
          'secretsmanager.ap-northeast-1.amazonaws.com',
        ];
      },
    ],
    [
      'let the second account rewrite the policy of the key',
      'DAT2[PublicPolicy]',
      (mutant) => {
        statementOf(mutant).Action = 'kms:*';
      },
    ],
    [
      'let the second account into the vault of the shop',
      'DAT2[PublicPolicy]',
      (mutant) => {
        mutant.one('AWS::Backup::BackupVault', /^Vault/).p.AccessPolicy.Statement.push({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${second}:root` },
          Action: 'backup:CopyFromBackupVault',
          Resource: '*',
        });
      },
    ],
  ];
  it.each(breaks)('are reported when they %s', (_, rule, make) => {
    const mutant = new Mutant(templates);
    make(mutant);
    expect(open(mutant.templates)).toContainEqual(expect.stringContaining(`SecureShop-${rule}`));
  });

  it('have lines of their own in the cost, which end with them', () => {
    const linesOf = (priced: readonly StackTemplate[]) =>
      environmentsOf(priced)
        .flatMap((environment) => estimate(environment).lines)
        .flatMap(({ what, region, usd = 0 }) =>
          what.en.includes('second account') ? [`${what.en}, ${region}: ${usd.toFixed(2)}`] : [],
        );
    // By hand, from docs/cost.md: of a cluster 35 full copies of 5 GB; of 10 GB of files what changed.
    expect(linesOf(stacks)).toEqual([
      `copies on the bill of the second account: database, ap-northeast-1: ${(35 * 5 * 0.023).toFixed(2)}`,
      `copies on the bill of the second account: media, ap-northeast-1: ${(10.5 * 0.06).toFixed(2)}`,
    ]);
    const without = structuredClone(stacks);
    for (const { template } of without)
      for (const { Type, Properties } of Object.values(template.Resources))
        if (Type === 'AWS::Backup::BackupPlan')
          (Properties as Json).BackupPlan.BackupPlanRule[0].CopyActions.pop();
    expect(linesOf(without)).toEqual([]);
  });

  it('go into a locked vault that takes them from the shop alone', () => {
    const written = readFileSync(join(packageRoot, 'docs/backup-account.yaml'), 'utf8');
    const allowed = [...written.matchAll(/Effect: Allow[\s\S]*?Action: '([^']+)'/g)].map(
      ([, action]) => action,
    );
    expect(allowed).toEqual(['kms:*', 'backup:CopyIntoBackupVault']);
    expect(written.split('ShopAccount}:root')).toHaveLength(2);
    expect(written).toMatch(
      /Effect: Deny\s+Principal: '\*'\s+Action:\s+- 'backup:DeleteRecoveryPoint'\s+- 'backup:UpdateRecoveryPointLifecycle'/,
    );
    // What the plan asks for must lie within the lock, or each copy fails.
    const days = planOf(new Mutant(templates))[0].CopyActions[1].Lifecycle.DeleteAfterDays;
    const lock = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(written)?.[1]);
    expect(days).toBeGreaterThanOrEqual(lock('MinRetentionDays'));
    expect(days).toBeLessThanOrEqual(lock('MaxRetentionDays'));
    expect(lock('ChangeableForDays')).toBe(3);
  });
});
