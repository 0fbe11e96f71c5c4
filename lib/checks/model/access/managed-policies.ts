import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { packageRoot } from '../../../cli/package-root.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import type { Value } from '../values.ts';
import { type Statement, statementsOf } from './policies.ts';

/** One policy a line: its name, a tab, its statements as JSON. scripts/managed-policies.ts renews it. */
export const managedPoliciesFile = join(packageRoot, 'lib/checks/model/access/aws-managed-policies.br');

let table: string | undefined;
const documents = new Map<string, Value | undefined>();

function documentOf(name: string): Value | undefined {
  if (!documents.has(name)) {
    table ??= brotliDecompressSync(readFileSync(managedPoliciesFile)).toString();
    const begin = table.indexOf(`\n${name}\t`);
    const end = table.indexOf('\n', begin + 1);
    const statements = begin < 0 ? undefined : table.slice(begin + name.length + 2, end);
    documents.set(
      name,
      statements === undefined ? undefined : { Statement: JSON.parse(statements) as Value },
    );
  }
  return documents.get(name);
}

/**
 * What an AWS managed policy says, as AWS published it when the table was made.
 * @returns undefined for one that is not in the table: it may allow anything
 */
export function managedPolicyStatements(
  arn: string,
  source: Resource,
  graph: EnvironmentGraph,
): Statement[] | undefined {
  const path = /^arn:[^:]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const document = path === undefined ? undefined : documentOf(path.slice(path.lastIndexOf('/') + 1));
  return document === undefined ? undefined : statementsOf(source, document, graph);
}
