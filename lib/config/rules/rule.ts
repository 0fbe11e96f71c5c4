import type { Path, Report } from '../problem.ts';
import type { Draft } from '../reader.ts';
import type { ParsedEnvironment, ParsedShop } from '../schema.ts';

/**
 * A shop of which any part may be missing, because it is missing or wrong in the file: a rule compares what is
 * there and keeps silent about the rest, which has been reported already.
 */
export type ShopDraft = Draft<ParsedShop>;
export type EnvironmentDraft = Draft<ParsedEnvironment>;
export type PlatformDraft = Draft<ParsedShop['platform']>;

/** An environment's name and what could be read of it. */
export type NamedEnvironment = readonly [name: string, environment: EnvironmentDraft];

export function environmentsOf(shop: ShopDraft): readonly NamedEnvironment[] {
  return Object.entries(shop.environments ?? {}).flatMap(([name, environment]) =>
    environment === undefined ? [] : [[name, environment] as const],
  );
}

export function environmentPath(name: string, ...rest: Path): Path {
  return ['environments', name, ...rest];
}

export type { Path, Report };
