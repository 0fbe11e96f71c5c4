import { UserError } from '../../../lib/cli/user-error.ts';
import { parseShop } from '../../../lib/config/index.ts';
import { customPlatform, smallShop } from '../../support/shops.ts';

/** A valid shop with parts of it overwritten; `undefined` removes a setting. */
export function shop(changes: object): object {
  return overwrite(smallShop(), changes);
}

export function production(changes: object): object {
  return shop({ environments: { production: changes } });
}

/** Production as it is, and a copy of it named staging with a domain of its own. */
export function staging(changes: object): object {
  const { environments } = smallShop();
  const copy = overwrite(environments.production, { domain: 'staging.example.jp', ...changes });
  return { ...smallShop(), environments: { ...environments, staging: copy } };
}

export function custom(changes: object, ofProduction: object = {}): object {
  return { ...production(ofProduction), platform: overwrite(customPlatform(), changes) };
}

export function overwrite(value: object, changes: object): object {
  const result: Record<string, unknown> = { ...value };
  for (const [key, change] of Object.entries(changes)) {
    const old = result[key];
    if (change === undefined) delete result[key];
    else if (isPlain(old) && isPlain(change)) result[key] = overwrite(old, change);
    else result[key] = change;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export function problemsOf(input: unknown): readonly string[] {
  try {
    parseShop(input);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

export const certificate = (region: string, account: string) =>
  `arn:aws:acm:${region}:${account}:certificate/00000000-1111-2222-3333-444444444444`;

export type Case = [title: string, shop: unknown, problems: readonly string[]];

/** Shops with mistakes, and what is said of each; in groups by their title. */
export type ProblemCases = Readonly<Record<string, readonly Case[]>>;

export const regions =
  'ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-central-1, eu-north-1, eu-west-1, eu-west-2, eu-west-3, sa-east-1, us-east-1, us-east-2, us-west-2';

export const soon = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
