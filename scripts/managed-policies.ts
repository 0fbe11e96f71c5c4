import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { managedPoliciesFile } from '../lib/checks/model/access/managed-policies.ts';

// Renews the table of AWS managed policies. AWS publishes them through IAM's API only; moto carries a copy
// (Apache-2.0): pip install moto, then npx tsx scripts/managed-policies.ts
const read = `
import json, moto, moto.iam.aws_managed_policies as source
print(json.dumps({"version": moto.__version__, "policies": json.loads(source.aws_managed_policies_data)}))`;

interface Published {
  readonly Path: string;
  readonly UpdateDate: string;
  readonly Document: { readonly Statement: readonly object[] | object };
}

const { version, policies } = JSON.parse(
  execFileSync('python3', ['-c', read], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
) as { version: string; policies: Readonly<Record<string, Published>> };

const newest = Object.values(policies)
  .map(({ UpdateDate }) => UpdateDate.slice(0, 10))
  .sort()
  .at(-1);
const lines = Object.entries(policies)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, { Document }]) => {
    const statements = [Document.Statement].flat() as readonly Record<string, unknown>[];
    return `${name}\t${JSON.stringify(statements.map(({ Sid: _, ...statement }) => statement))}`;
  });
const table = Buffer.from(
  `# AWS managed policies as of ${newest}, from moto ${version}\n${lines.join('\n')}\n`,
);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
writeFileSync(
  managedPoliciesFile,
  brotliCompressSync(table, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: table.length },
  }),
);
console.log(`${lines.length} policies as of ${newest}`);
