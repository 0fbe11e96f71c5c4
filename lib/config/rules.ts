import type { Report } from './problem.ts';
import type { Draft } from './reader.ts';
import type { ParsedShop } from './schema.ts';

export interface RuleOptions {
  readonly folder?: string | undefined;
}
export function checkShop(_shop: Draft<ParsedShop>, _report: Report, _options: RuleOptions): void {}
