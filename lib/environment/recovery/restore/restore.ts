import { BackupClient } from '@aws-sdk/client-backup';
import { RDSClient } from '@aws-sdk/client-rds';
import { awsIn } from '../../../cli/aws-client-config.ts';
import { correctedTime } from '../../../cli/corrected-time.ts';
import { print, printJson, progress } from '../../../cli/output.ts';
import { UserError } from '../../../cli/user-error.ts';
import type { Environment, Shop } from '../../../config/index.ts';
import { copyRegionOf } from '../../../config/regions.ts';
import type { Inventory } from './inventory.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';
import { readInventory } from './read-inventory.ts';
import { type RestoreContext, runRestore } from './run-restore.ts';
import { sayInventory, sayPlan, saySwitch } from './say-plan.ts';
import { readWish } from './wish.ts';

export interface RestoreOptions {
  readonly at?: string;
  readonly what?: string;
  readonly region?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Tools = Omit<RestoreContext, 'say'> & {
  readonly print: (line: string) => void;
  readonly progress: (line: string) => void;
  readonly printJson: (document: RestoreDocument) => void;
};

/** What `--json` prints, however far it went. */
export interface RestoreDocument {
  readonly inventory: Inventory;
  /** Undefined: no moment was named. */
  readonly plan: RestorePlan | undefined;
  /** How long each step took. Undefined: nothing was done. */
  readonly minutes: readonly number[] | undefined;
  /** How to switch to what was made. */
  readonly next: readonly string[];
}

/**
 * Leads through a restore: shows what there is, says what it will do, does it beside what runs, and says how to switch.
 *
 * @throws UserError for a wish that cannot be had, with all that stands in its way
 */
export async function restore(
  shop: Shop,
  environment: Environment,
  options: RestoreOptions,
  toolsFor: (region: string) => Tools = toolsOf,
): Promise<void> {
  const region = options.region ?? environment.region;
  const tools = toolsFor(region);
  const wish = readWish(options, tools.now());
  const asked = askedOf(shop, environment, region);
  const inventory = await readInventory(asked, tools);
  // Beside the JSON, not among it.
  const say = options.json ? tools.progress : tools.print;
  const conclude = (plan?: RestorePlan, minutes?: readonly number[], next: readonly string[] = []) => {
    if (options.json) tools.printJson({ inventory, plan, minutes, next });
  };
  for (const line of sayInventory(inventory)) say(line);
  if (wish.at === undefined) {
    conclude();
    say('Nothing was done. To make a copy, name the last moment at which all was right: --at');
    return;
  }
  const plan = planRestore(wish, inventory, {
    database: databaseOf(shop, environment),
    region: environment.region,
  });
  if (plan.problems.length > 0) throw new UserError([...plan.warnings, ...plan.problems]);
  for (const line of sayPlan(plan)) say(line);
  if (options.dryRun === true) {
    conclude(plan);
    say('Nothing was done. Without --dry-run the steps above are taken.');
    return;
  }
  say(
    `If this is interrupted, ask for the same --at ${wish.at.toISOString()} again: it goes on where it was.`,
  );
  const minutes = await runRestore(plan, { ...tools, say });
  const lines = plan.steps.flatMap((step) => saySwitch(step, databaseOf(shop, environment)));
  conclude(plan, minutes, lines);
  for (const line of lines) say(line);
}

function databaseOf({ name }: Pick<Shop, 'name'>, environment: Pick<Environment, 'name'>): string {
  return `${name}-${environment.name}`;
}

/**
 * At home the vault of the backups; in the region of copies that of the copies, and the environment that stands there.
 *
 * @throws UserError for a region that has neither
 */
export function askedOf(shop: Shop, environment: Environment, region: string) {
  const database = databaseOf(shop, environment);
  if (region === environment.region) return { region, vault: `${database}-backups`, database };
  const copies = copyRegionOf(environment.region);
  if (environment.disposable || region !== copies)
    throw new UserError([
      environment.disposable
        ? '--region: a disposable environment has no copies in another region'
        : `--region: found "${region}"; backups are in ${environment.region} and ${copies}`,
    ]);
  const there = Object.values(shop.environments).find((each) => each.region === region);
  return { region, vault: `${database}-copies`, database: there && databaseOf(shop, there) };
}

function toolsOf(region: string): Tools {
  const clients = { backup: new BackupClient(awsIn(region)), rds: new RDSClient(awsIn(region)) };
  return {
    ...clients,
    now: () => correctedTime(Object.values(clients)),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    print,
    progress,
    printJson,
  };
}
