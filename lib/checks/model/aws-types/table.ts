import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { packageRoot } from '../../../cli/package-root.ts';

/** One type of resource a line: its name, a tab, what AWS's schema says of it as JSON. scripts/aws-types.ts renews it. */
export const awsTypesFile = join(packageRoot, 'lib/checks/model/aws-types/aws-types.br');

/**
 * The type of a value: text, number, boolean or anything; one of some texts; a list, a map or one of several types; an
 * object by the name of its definition.
 */
export type WrittenType =
  | 's'
  | 'n'
  | 'b'
  | 'x'
  | { readonly c: readonly string[] }
  | { readonly l: WrittenType }
  | { readonly m: WrittenType }
  | { readonly e: readonly WrittenType[] }
  | { readonly o: string };

export type WrittenProperties = Readonly<Record<string, WrittenType | readonly [WrittenType, 'required']>>;

export interface WrittenResourceType {
  readonly properties: WrittenProperties;
  readonly definitions: Readonly<Record<string, WrittenProperties>>;
  readonly identifier: readonly string[];
  readonly attributes: readonly string[];
  readonly stateful: boolean;
}

let table: string | undefined;
const parsed = new Map<string, WrittenResourceType | undefined>();

/** @returns undefined for a type that AWS has no schema of: it does not exist, or is newer than the table */
export function awsType(type: string): WrittenResourceType | undefined {
  if (!parsed.has(type)) {
    table ??= brotliDecompressSync(readFileSync(awsTypesFile)).toString();
    const begin = table.indexOf(`\n${type}\t`);
    const line = begin < 0 ? undefined : table.slice(begin + type.length + 2, table.indexOf('\n', begin + 1));
    parsed.set(type, line === undefined ? undefined : (JSON.parse(line) as WrittenResourceType));
  }
  return parsed.get(type);
}

/** Every type that has a schema. */
export function awsTypeNames(): readonly string[] {
  table ??= brotliDecompressSync(readFileSync(awsTypesFile)).toString();
  return [...table.matchAll(/^([^\t#\n]+)\t/gm)].map(([, name = '']) => name);
}

/** The version of the schemas that the table was made of. */
export function awsTypesVersion(): string | undefined {
  table ??= brotliDecompressSync(readFileSync(awsTypesFile)).toString();
  return /^# .* (\S+)\n/.exec(table)?.[1];
}
