import type { Browser } from 'playwright-core';
import { comparePage, type PageChange, type PageInventory } from './compare.ts';
import { observe, type Visit } from './observe.ts';

/** What lies beside the canary's code: where it looks, and what the config says is there. */
export interface WatchedPage {
  readonly visit: Visit;
  readonly inventory: PageInventory;
}

/** What one run says of the page, each counted as 0 or more. */
export interface WatchCounts {
  /** 1: the page was read. Missing when it could not be. */
  readonly PageRead: number;
  /** New code, or somewhere new that what customers type can go. */
  readonly LoudChanges: number;
  /** A known file or a header that is different. */
  readonly OtherChanges: number;
}

/**
 * Reads the payment page as a customer and compares.
 *
 * @param count tells CloudWatch, before a run fails
 * @throws Error that says what changed, or why the page could not be read: the run is then shown as failed, with it
 */
export async function watchPage(
  browser: Browser,
  { visit, inventory }: WatchedPage,
  count: (counts: WatchCounts) => Promise<void>,
): Promise<void> {
  const changes = comparePage(inventory, await observe(browser, visit));
  const loud = changes.filter(({ severity }) => severity === 'loud').length;
  await count({ PageRead: 1, LoudChanges: loud, OtherChanges: changes.length - loud });
  if (changes.length > 0) throw new Error(changes.map(told).join('\n'));
}

function told({ severity, what }: PageChange): string {
  return `${severity === 'loud' ? 'ALARM' : 'changed'}  ${what}`;
}
