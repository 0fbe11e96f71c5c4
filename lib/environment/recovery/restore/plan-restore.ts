import type { DatabasePlace, Inventory, LiveDatabase, Point, StoreType } from './inventory.ts';
import { faultsOf } from './judge-point.ts';
import type { Wish } from './wish.ts';

/** Something that is made beside what there is. No step changes or deletes anything. */
export type Step =
  | {
      readonly kind: 'database-to-moment';
      readonly from: LiveDatabase;
      readonly to: string;
      readonly at: Date;
    }
  | {
      readonly kind: 'database-from-backup';
      readonly point: Point;
      readonly to: string;
      readonly place: DatabasePlace;
      readonly engine: string;
    }
  | {
      readonly kind: 'files';
      readonly point: Point;
      /** Goes to AWS Backup as it is. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html */
      readonly metadata: Readonly<Record<string, string>>;
      readonly where: string;
    };

export interface RestorePlan {
  readonly region: string;
  readonly steps: readonly Step[];
  /** What the operator must know before. */
  readonly warnings: readonly string[];
  /** What is wanted and cannot be had. */
  readonly problems: readonly string[];
}

export interface Names {
  /** Of the environment's database: `shop-production`. */
  readonly database: string;
  readonly region: string;
}

const databases: readonly StoreType[] = ['Aurora', 'RDS'];
const hour = 3_600_000;
/** Backups are made every day, and one may be late. */
const mostHoursLost = 26;

/**
 * What to do for a wish, by what there is. The same moment gives the same names, so that a restore that was interrupted
 * is taken up by asking for it again.
 *
 * @throws Error for a wish without a moment
 */
export function planRestore({ at, what }: Wish, inventory: Inventory, names: Names): RestorePlan {
  if (at === undefined) throw new Error('a plan needs a moment');
  const warnings: string[] = [];
  const problems: string[] = [];
  const steps: Step[] = [];
  const beside = `${names.database}-r${at.toISOString().slice(0, 16).replaceAll(/[-T:]/g, '')}`;
  const isHome = inventory.region === names.region;

  const choose = (types: readonly StoreType[], of: string): Point | undefined => {
    const { chosen, passedOver } = pointBefore(at, types, inventory);
    warnings.push(...passedOver);
    if (!chosen) {
      problems.push(
        `there is no good backup of the ${of} of ${iso(at)} or before in ${inventory.vault} (${inventory.region}): choose a later --at, or another --region`,
      );
      return undefined;
    }
    const lost = (at.getTime() - chosen.made.getTime()) / hour;
    warnings.push(
      `the backup of the ${of} is of ${iso(chosen.made)}: what came in the ${lost.toFixed(1)} hours after it is not in it${
        lost > mostHoursLost ? ', and there should have been a later one: docs/runbooks/backups.md' : ''
      }`,
    );
    return chosen;
  };

  if (what !== 'files') {
    const live = inventory.database;
    if (isHome && live && at >= live.earliest && at <= live.latest)
      steps.push({ kind: 'database-to-moment', from: live, to: beside, at });
    else {
      if (isHome && live && at > live.latest)
        warnings.push(
          `RDS can bring back any second until ${iso(live.latest)}; with that --at little is lost`,
        );
      const point = choose(databases, 'database');
      if (point && !live)
        problems.push(
          isHome
            ? `the database ${names.database} is gone, and with it the place to restore to: "npx --no-install secure-shop deploy" makes it anew, empty; then ask again`
            : `nothing of the shop stands in ${inventory.region}: write an environment with that region into the config and deploy it (docs/runbooks/restore.md), then ask again`,
        );
      else if (point && live)
        steps.push({
          kind: 'database-from-backup',
          point,
          to: beside,
          place: live.place,
          engine: live.engine,
        });
    }
  }
  if (what !== 'database' && inventory.points.some(({ type }) => !databases.includes(type))) {
    const point = choose(['EFS', 'S3'], 'files');
    if (point) steps.push(filesStep(point, names.database, beside, inventory, isHome));
  } else if (what === 'files') {
    problems.push(`${inventory.vault} (${inventory.region}) holds no backup of files`);
  }
  return { region: inventory.region, steps, warnings, problems };
}

/** How the instances of a copy are called. */
export function memberNames(cluster: string, members: number): string[] {
  return Array.from({ length: members }, (_, index) => `${cluster}-${index + 1}`);
}

/** The last one that is good; those that are passed over are named, each with what speaks against it. */
function pointBefore(
  at: Date,
  types: readonly StoreType[],
  { points, vaultKeyArn }: Inventory,
): { readonly chosen: Point | undefined; readonly passedOver: readonly string[] } {
  const all = points.filter(({ type }) => types.includes(type));
  const before = all.filter(({ made }) => made <= at).sort((a, b) => b.made.getTime() - a.made.getTime());
  const passedOver: string[] = [];
  for (const point of before) {
    const faults = faultsOf(
      point,
      all.filter(({ store }) => store === point.store),
      vaultKeyArn,
    );
    if (faults.length === 0) return { chosen: point, passedOver };
    passedOver.push(`the backup of ${iso(point.made)} is passed over: ${faults.join('; ')}`);
  }
  return { chosen: undefined, passedOver };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const longestBucketName = 63;

function filesStep(
  point: Point,
  database: string,
  beside: string,
  { vaultKeyArn, region }: Inventory,
  isHome: boolean,
): Step {
  const key = vaultKeyArn ?? '';
  if (point.type === 'S3') {
    // Bucket names are everybody's: the account keeps it apart. Of the longest names an end is left out.
    const end = `${beside.slice(database.length)}-${point.store.split(':')[4] || (point.roleArn.split(':')[4] ?? '')}`;
    const bucket = `${database.slice(0, longestBucketName - end.length).replace(/-$/, '')}${end}`;
    return {
      kind: 'files',
      point,
      metadata: {
        DestinationBucketName: bucket,
        NewBucket: 'true',
        Encrypted: 'true',
        EncryptionType: 'SSE-KMS',
        KMSKey: key,
        CreationToken: beside,
      },
      where: `the new bucket ${bucket} in ${region}`,
    };
  }
  const [, fileSystem = ''] = point.store.split('file-system/');
  // AWS Backup writes into a folder of its own, also where the file system is the one that runs.
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-efs.html
  const into = isHome ? 'false' : 'true';
  return {
    kind: 'files',
    point,
    metadata: {
      'file-system-id': fileSystem,
      newFileSystem: into,
      Encrypted: 'true',
      ...(isHome ? {} : { KmsKeyId: key, PerformanceMode: 'generalPurpose', CreationToken: beside }),
    },
    where: isHome
      ? `a new folder aws-backup-restore_… of the file system ${fileSystem}`
      : `a new file system in ${region}`,
  };
}

function iso(moment: Date): string {
  return `${moment.toISOString().slice(0, 16)}Z`;
}
