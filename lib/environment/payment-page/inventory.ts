import type { InventoryScript, PageInventory } from './compare.ts';
import type { PageFacts } from './page-facts.ts';

/** What stands in place of a reason until somebody writes one. */
export const reasonMissing = '';

/**
 * What a visit found, as an inventory: scripts that were in it before keep their reasons, new ones wait for theirs. Files of
 * other hosts are not pinned: payment providers change theirs without notice.
 *
 */
export function inventoryOf(seen: PageFacts, before: readonly InventoryScript[] = []): PageInventory {
  const scripts = seen.scripts.map(({ source, hash }): InventoryScript => {
    const known =
      before.find((each) => each.source === source && each.hash === hash) ??
      before.find((each) => each.source === source && source !== 'inline' && source !== 'generated');
    const pinned = !/^https?:/.test(source);
    return { source, ...(pinned && { hash }), reason: known?.reason ?? reasonMissing };
  });
  const { hosts, forms, frames, handlers, cardFields, workers, headers } = seen;
  return {
    scripts: scripts.filter(
      ({ source, hash }, index) =>
        scripts.findIndex((each) => each.source === source && each.hash === hash) === index,
    ),
    names: [...new Set(seen.scripts.flatMap(({ names }) => names))].sort(),
    hosts,
    forms,
    frames,
    handlers,
    cardFields,
    workers,
    headers,
  };
}
