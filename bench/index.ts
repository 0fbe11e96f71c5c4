/**
 * Measures what users wait for. Machines differ and are noisy, so the ratios are what to compare; each is taken from
 * one run of this program.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopInput } from '../lib/config/index.ts';
import shop from '../shop.config.ts';
import { row, userSeconds } from './measure.ts';
import { benchRotation } from './rotation.ts';
import { benchShop } from './shop.ts';

const fourPacks = 'AwsSolutions,NIST.800.53.R5,PCI.DSS.321,HIPAA.Security';
const largest = 'examples/custom-high-availability.ts';
const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-bench-'));

try {
  const plain = synth({ packs: '' });
  const packs = synth({ packs: fourPacks });
  row('synth, no packs: user CPU', seconds(plain));
  row('synth, four packs: user CPU', `${seconds(packs)}  (${ratio(packs, plain)} of no packs)`);

  const ten = synth({ packs: fourPacks, config: tenEnvironments(shop) });
  row('synth, four packs, ten environments: user CPU', `${seconds(ten)}  (${ratio(ten, packs)} of one)`);

  const largestSynth = synth({ packs: fourPacks, config: largest });
  const review = userSeconds(`node bin/secure-shop.mjs review --config ${largest} --out ${scratch}/report`);
  row(
    'review of the largest example: user CPU',
    `${seconds(review)}  (${ratio(review, largestSynth)} of its synth)`,
  );

  const plan = userSeconds(`node bin/secure-shop.mjs plan --from nothing --config ${largest}`);
  row('plan of its first deploy: user CPU', `${seconds(plan)}  (${ratio(plan, review)} of its review)`);

  console.log('\nresources per stack of the largest example');
  countResources(join(scratch, 'cdk.out', 'assembly-production'));

  console.log('\na shop on WordPress');
  await benchShop();

  console.log('\nrotation of a credential');
  await benchRotation();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function synth({ packs, config = 'shop.config.ts' }: { packs: string; config?: string }): number {
  return userSeconds(
    `BENCH_PACKS=${packs} npx cdk synth -q -o ${scratch}/cdk.out -c config=${config} --app 'node bench/app.mjs'`,
  );
}

/** The same shop ten times: in ten accounts, under ten names. */
function tenEnvironments(one: ShopInput): string {
  const [environment] = Object.values(one.environments);
  if (!environment) throw new Error('shop.config.ts has no environment');
  const environments = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => {
      const account = `${111122223330 + index}`;
      const name = `shop${index}.example.jp`;
      return [
        `env${index}`,
        {
          ...environment,
          account,
          domain: name,
          hostedZone: { id: `Z0123456789ABCDEFGH${index}`, name },
          admin: { people: environment.admin.people },
        },
      ];
    }),
  );
  const file = join(scratch, 'ten.json');
  writeFileSync(file, JSON.stringify({ ...one, environments }));
  return file;
}

function countResources(assembly: string): void {
  for (const file of readdirSync(assembly).filter((name) => name.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as { Resources: object };
    const stack = file.replace(/^production|[0-9A-F]{8}\.template\.json$/g, '');
    row(`  ${stack}`, String(Object.keys(template.Resources).length));
  }
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function ratio(value: number, of: number): string {
  return `${(value / of).toFixed(2)} times`;
}
