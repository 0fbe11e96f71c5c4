import type { PageFacts, SeenScript } from './page-facts.ts';

/** A script that may run on the payment page (PCI DSS 6.4.3). */
export interface InventoryScript {
  /** As `PageFacts` calls it, such as `https://js.stripe.com/v3/`, `/app.js` or `inline`. */
  readonly source: string;
  /** What it may be; undefined for a file that its provider changes by itself. */
  readonly hash?: string | undefined;
  /** Why the page needs it. */
  readonly reason: string;
}

/** Everything that a payment page may be. */
export interface PageInventory extends Omit<PageFacts, 'scripts'> {
  readonly scripts: readonly InventoryScript[];
  /** Hosts that texts of scripts name. */
  readonly names: readonly string[];
}

export interface PageChange {
  /** `loud` when what customers type can leave for somewhere new, or new code runs: look within the hour. */
  readonly severity: 'loud' | 'changed';
  /** What changed, as a sentence for the owner. */
  readonly what: string;
}

/**
 * What a visit found that the inventory does not hold (PCI DSS 11.6.1), loudest first. What the inventory holds and the
 * visit did not find is no attack, except for a header.
 */
export function comparePage(inventory: PageInventory, seen: PageFacts): readonly PageChange[] {
  const changes = [
    ...news(inventory.hosts, seen.hosts, (host) => loud(`the page asks a new host: ${host}`)),
    ...seen.scripts.flatMap((script) => judgeScript(inventory, script)),
    ...news(
      inventory.names,
      seen.scripts.flatMap(({ names }) => names),
      (host) => changed(`a script names a new host: ${host}`),
    ),
    ...news(inventory.forms, seen.forms, (form) => loud(`a form sends elsewhere: ${form}`)),
    ...news(inventory.frames, seen.frames, (frame) => loud(`a new frame: ${frame}`)),
    ...news(inventory.cardFields, seen.cardFields, (field) =>
      loud(`the page itself asks for a card, in the field ${field}`),
    ),
    ...news(inventory.workers, seen.workers, (worker) => loud(`a new worker runs: ${worker}`)),
    ...news(inventory.handlers, seen.handlers, (handler) =>
      loud(`a new event handler or javascript: address in the markup (${handler.slice(0, 12)})`),
    ),
    ...judgeHeaders(inventory.headers, seen.headers),
  ];
  const unique = [...new Map(changes.map((change) => [change.what, change])).values()];
  return unique.sort((a, b) => Number(b.severity === 'loud') - Number(a.severity === 'loud'));
}

function judgeScript({ scripts }: PageInventory, { source, hash }: SeenScript): readonly PageChange[] {
  const known = scripts.filter((each) => each.source === source);
  if (known.some((each) => each.hash === undefined || each.hash === hash)) return [];
  if (source === 'inline') return [loud(`new code stands in the page (${hash.slice(0, 12)})`)];
  if (source === 'generated') return [loud(`a script makes new code (${hash.slice(0, 12)})`)];
  return known.length === 0
    ? [loud(`a new script: ${source}`)]
    : [changed(`${source} is not what it was (${hash.slice(0, 12)})`)];
}

function judgeHeaders(
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): readonly PageChange[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    if (found[name] === value) return [];
    return [
      changed(found[name] === undefined ? `the header ${name} is gone` : `the header ${name} has changed`),
    ];
  });
}

function news(
  known: readonly string[],
  seen: readonly string[],
  tell: (each: string) => PageChange,
): PageChange[] {
  return [...new Set(seen)].filter((each) => !known.includes(each)).map(tell);
}

const loud = (what: string): PageChange => ({ severity: 'loud', what });
const changed = (what: string): PageChange => ({ severity: 'changed', what });
