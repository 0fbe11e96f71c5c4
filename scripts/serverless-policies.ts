import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { policyTemplatesFile } from '../lib/checks/model/serverless/role-policies.ts';

// Renews the table of policy templates of the Serverless Application Model, which AWS publishes with it (Apache-2.0):
// pip install aws-sam-translator, then npx tsx scripts/serverless-policies.ts
const read = `
import json, samtranslator, samtranslator.policy_templates_data as source
print(json.dumps({"version": samtranslator.__version__, "read": json.load(open(source.POLICY_TEMPLATES_FILE))}))`;

interface Published {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Definition: { readonly Statement: readonly unknown[] };
}

const { version, read: published } = JSON.parse(
  execFileSync('python3', ['-c', read], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }),
) as { version: string; read: { readonly Templates: Readonly<Record<string, Published>> } };

const templates = Object.fromEntries(
  Object.entries(published.Templates).map(([name, { Parameters, Definition }]) => [
    name,
    { parameters: Object.keys(Parameters), statements: Definition.Statement },
  ]),
);
const table = Buffer.from(JSON.stringify({ from: `aws-sam-translator ${version} (Apache-2.0)`, templates }));
writeFileSync(
  policyTemplatesFile,
  brotliCompressSync(table, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: table.length },
  }),
);
console.log(`${Object.keys(templates).length} policy templates of aws-sam-translator ${version}`);
