import { type Command, Option } from 'commander';
import type { Bilingual } from '../../checks/bilingual.ts';
import { UserError } from '../../cli/user-error.ts';
import type { PricedEnvironment } from './priced-environment.ts';

/** What one page view asks for, with its pictures, styles and scripts. */
const requestsOfPage = 30;
/** Of those, what the edge does not answer itself. */
const uncachedOfPage = 5;
const megabytesOfPage = 1;
/** Pages on the way from the basket to the receipt, none of them cached. */
const pagesOfOrder = 10;

/** Order matters: a later one may follow from an earlier one. */
const ids = [
  'orders',
  'pageViews',
  'requests',
  'originRequests',
  'gbOut',
  'tasks',
  'capacityUnits',
  'databaseGb',
  'mediaGb',
  'openedGb',
  'vpnHours',
  'logGb',
  'natGb',
  'builds',
  'events',
  'metrics',
] as const;

export type AssumptionId = (typeof ids)[number];
export type Assumptions = Readonly<Record<AssumptionId, number>>;

interface Assumption {
  readonly flag: string;
  readonly unit: Bilingual;
  readonly says: Bilingual;
  /** @default nothing less than 0 */
  readonly least?: number;
  /** What is assumed of an environment; earlier assumptions are known. */
  readonly assume: (environment: PricedEnvironment, sofar: Assumptions) => number;
}

/** What no template tells. */
const assumptions: Readonly<Record<AssumptionId, Assumption>> = {
  orders: {
    flag: '--orders',
    unit: { en: 'a month', ja: '件／月' },
    says: { en: 'orders', ja: '注文' },
    assume: () => 300,
  },
  pageViews: {
    flag: '--page-views',
    unit: { en: 'a month', ja: '回／月' },
    says: { en: 'pages looked at', ja: 'ページビュー' },
    assume: () => 30_000,
  },
  requests: {
    flag: '--requests',
    unit: { en: 'a month', ja: '件／月' },
    says: {
      en: `requests at the edge, ${requestsOfPage} for each page`,
      ja: `エッジへのリクエスト（1 ページあたり ${requestsOfPage} 件）`,
    },
    assume: (_, { pageViews }) => pageViews * requestsOfPage,
  },
  originRequests: {
    flag: '--origin-requests',
    unit: { en: 'a month', ja: '件／月' },
    says: {
      en: `requests that reach the load balancer, ${uncachedOfPage} for each page and all of an order`,
      ja: `ロードバランサーに届くリクエスト（1 ページあたり ${uncachedOfPage} 件と、注文のすべて）`,
    },
    assume: (_, { pageViews, orders }) => pageViews * uncachedOfPage + orders * pagesOfOrder * uncachedOfPage,
  },
  gbOut: {
    flag: '--gb-out',
    unit: { en: 'GB a month', ja: 'GB／月' },
    says: {
      en: `to customers, ${megabytesOfPage} MB for each page`,
      ja: `顧客への転送（1 ページあたり ${megabytesOfPage} MB）`,
    },
    assume: (_, { pageViews }) => (pageViews * megabytesOfPage) / 1000,
  },
  tasks: {
    flag: '--tasks',
    unit: { en: 'on average', ja: '平均' },
    says: { en: 'tasks of the shop, the least there are', ja: 'ショップのタスク数（最小値）' },
    least: 1,
    assume: (environment) => environment.leastTasks,
  },
  capacityUnits: {
    flag: '--capacity-units',
    unit: { en: 'ACU on average', ja: 'ACU（平均）' },
    says: {
      en: 'of each database instance, the least it has',
      ja: 'データベースインスタンスごとの容量（最小値）',
    },
    least: 0.5,
    assume: (environment) => environment.leastCapacity,
  },
  databaseGb: {
    flag: '--database-gb',
    unit: { en: 'GB', ja: 'GB' },
    says: { en: 'in the database', ja: 'データベースの容量' },
    assume: () => 5,
  },
  mediaGb: {
    flag: '--media-gb',
    unit: { en: 'GB', ja: 'GB' },
    says: { en: 'pictures and files', ja: '画像とファイルの容量' },
    assume: () => 10,
  },
  // What AWS itself assumes of file systems: https://aws.amazon.com/efs/pricing/
  openedGb: {
    flag: '--opened-gb',
    unit: { en: 'GB', ja: 'GB' },
    says: {
      en: 'of them opened within a month, a fifth; the others lie in a cheaper class',
      ja: 'そのうちひと月以内に開かれたもの（5 分の 1）。残りは安いクラスに置かれる',
    },
    assume: (_, { mediaGb }) => mediaGb / 5,
  },
  vpnHours: {
    flag: '--vpn-hours',
    unit: { en: 'hours a month', ja: '時間／月' },
    says: {
      en: 'in the VPN, which is open as long, all admins together, 10 each',
      ja: 'VPN 接続（管理者全員の合計、1 人 10 時間。その間だけ VPN を開く）',
    },
    assume: (environment) => environment.people * 10,
  },
  logGb: {
    flag: '--log-gb',
    unit: { en: 'GB a month', ja: 'GB／月' },
    says: {
      en: 'of logs besides the web ACLs: 3, and 0.5 for each task and database instance',
      ja: 'Web ACL 以外のログ（3 GB に、タスクとデータベースインスタンスごとに 0.5 GB を加算）',
    },
    assume: (environment, { tasks }) => 3 + 0.5 * (tasks + environment.instances),
  },
  natGb: {
    flag: '--nat-gb',
    unit: { en: 'GB a month', ja: 'GB／月' },
    says: {
      en: 'through the NAT gateway: images, updates, calls to other services',
      ja: 'NAT ゲートウェイ経由の通信（イメージ、更新、外部サービス）',
    },
    assume: () => 10,
  },
  builds: {
    flag: '--builds',
    unit: { en: 'a month', ja: '回／月' },
    says: {
      en: 'images built and released, 15 and 10 minutes each',
      ja: 'イメージのビルドとリリース（15 分と 10 分）',
    },
    assume: () => 4,
  },
  events: {
    flag: '--events',
    unit: { en: 'a month', ja: '件／月' },
    says: { en: 'calls of AWS that the trail records', ja: '証跡に記録される AWS の呼び出し' },
    assume: () => 300_000,
  },
  metrics: {
    flag: '--metrics',
    unit: { en: 'metrics', ja: '個' },
    says: {
      en: 'of Container Insights: 60, and 30 for each task',
      ja: 'Container Insights のメトリクス（60 に、タスクごとに 30 を加算）',
    },
    assume: (_, { tasks }) => 60 + 30 * tasks,
  },
};

/** A number that somebody assumes, with what it is about. */
export interface StatedAssumption {
  readonly id: AssumptionId;
  readonly flag: string;
  readonly value: number;
  readonly unit: Bilingual;
  readonly says: Bilingual;
  /** Whether the operator wrote it. */
  readonly given: boolean;
}

/** Every assumption as an option of a command. */
export function assumptionOptions(command: Command): Command {
  for (const id of ids) {
    const { flag, says, unit } = assumptions[id];
    command.addOption(new Option(`${flag} <number>`, `${says.en} (${unit.en})`));
  }
  return command;
}

/** @throws UserError with every number that is none, or that cannot be */
export function givenAssumptions(options: Readonly<Record<string, unknown>>): Partial<Assumptions> {
  const problems: string[] = [];
  const given: Partial<Record<AssumptionId, number>> = {};
  for (const id of ids) {
    const written = options[id];
    if (written === undefined) continue;
    const { flag, least = 0 } = assumptions[id];
    const text = String(written).trim();
    const value = Number(text);
    if (
      text === '' ||
      !/^[\d.]+$/.test(text) ||
      !Number.isFinite(value) ||
      value < least ||
      value > largest
    ) {
      problems.push(
        `${flag}: found ${JSON.stringify(text.slice(0, 40))}; write a number of at least ${least}, such as ${Math.max(least, 1)}`,
      );
    } else given[id] = value;
  }
  if (problems.length > 0) throw new UserError(problems);
  return given;
}

const largest = 1e12;

/** What is assumed of an environment: what the operator wrote, and the rest as it follows. */
export function assumptionsFor(
  environment: PricedEnvironment,
  given: Partial<Assumptions> = {},
): { readonly values: Assumptions; readonly stated: readonly StatedAssumption[] } {
  const values: Partial<Record<AssumptionId, number>> = {};
  const stated = ids.map((id): StatedAssumption => {
    const { flag, unit, says, assume } = assumptions[id];
    const value = given[id] ?? assume(environment, values as Assumptions);
    values[id] = value;
    return { id, flag, value, unit, says, given: given[id] !== undefined };
  });
  return { values: values as Assumptions, stated };
}
