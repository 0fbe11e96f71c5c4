import { isObject } from '../templates/template-file.ts';
import type { PriceId } from './price-table.ts';
import { numberIn, objectsIn, type PricedResource } from './priced-environment.ts';
import { daysOfMonth, type Subject, text, type Usage, used } from './usage.ts';

/** Share of the database that is written anew in a day. */
const dailyChange = 0.02;
/** Share of the media that is new in a month. */
const monthlyChange = 0.05;

/**
 * Backups in the home region keep what changed; a copy of an Aurora snapshot in another region is a full one each day:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html
 */
export function backupCosts({ resource, environment, assumed }: Subject): Usage[] {
  const { databaseGb, mediaGb } = assumed;
  const files = environment.ofType('AWS::EFS::FileSystem').length > 0;
  const media: PriceId = files ? 'backup.files' : 'backup.objects';
  // Snapshots of an instance, and their copies, hold what changed; of a cluster, all of it.
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
  const aurora = environment.ofType('AWS::RDS::DBCluster').length > 0;
  const database: PriceId = aurora ? 'aurora.backup' : 'rds.backup';
  const rules = backupRules(resource);
  return rules.flatMap((rule): Usage[] => {
    const { days, perMonth, copies } = rule;
    const kept = (perMonth * days) / daysOfMonth;
    const changed = 1 + dailyChange * days;
    const home = [
      used(
        database,
        databaseGb * (perMonth > 1 ? changed : kept),
        text('backups: database', 'バックアップ：データベース'),
      ),
      ...(perMonth > 1
        ? [used(media, mediaGb * (1 + monthlyChange), text('backups: media', 'バックアップ：メディア'))]
        : []),
    ];
    return [...home, ...copies.flatMap((copy) => copyCosts(copy))];

    function copyCosts({ region, days: copyDays, abroad }: BackupRule['copies'][number]): Usage[] {
      const full = aurora ? (perMonth * copyDays) / daysOfMonth : 1 + dailyChange * copyDays;
      const sent = aurora ? perMonth : dailyChange * perMonth;
      const [en, ja] = abroad
        ? ['copies', 'コピー']
        : ['copies on the bill of the second account', '2 つ目のアカウントの請求になるコピー'];
      return [
        used(database, databaseGb * full, text(`${en}: database`, `${ja}：データベース`), { region }),
        used(media, mediaGb * (1 + monthlyChange), text(`${en}: media`, `${ja}：メディア`), { region }),
        ...(abroad
          ? [
              used(
                'transfer.region',
                databaseGb * sent + mediaGb * monthlyChange,
                text('copies: transfer', 'コピー：転送'),
              ),
            ]
          : []),
      ];
    }
  });
}

interface BackupRule {
  readonly days: number;
  readonly perMonth: number;
  readonly copies: readonly {
    readonly region: string;
    readonly days: number;
    /** A copy in the region itself, as for a second account, is sent nowhere. */
    readonly abroad: boolean;
  }[];
}

function backupRules({ properties, region: home }: PricedResource): BackupRule[] {
  const { BackupPlan: plan } = properties;
  const rules = objectsIn(isObject(plan) ? plan.BackupPlanRule : undefined);
  return rules.map((rule) => {
    return {
      days: daysKept(rule.Lifecycle),
      perMonth: isMonthly(String(rule.ScheduleExpression)) ? 1 : daysOfMonth,
      copies: objectsIn(rule.CopyActions).flatMap((copy) => {
        const region = /^arn:[^:]+:backup:([^:]+):/.exec(String(copy.DestinationBackupVaultArn))?.[1];
        return region ? [{ region, days: daysKept(copy.Lifecycle), abroad: region !== home }] : [];
      }),
    };
  });
}

function daysKept(lifecycle: unknown): number {
  return isObject(lifecycle) ? numberIn(lifecycle.DeleteAfterDays) : 0;
}

/** `cron(0 4 1 * ? *)` runs on one day of the month. */
function isMonthly(schedule: string): boolean {
  return /^cron\(\S+ \S+ \d+ \*/.test(schedule);
}
