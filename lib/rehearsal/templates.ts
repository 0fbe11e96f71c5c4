import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shop } from '../config/index.ts';
import { UserError } from '../user-error.ts';
import type { RehearsalEnvironment } from './rehearse.ts';

type CloudAssembly = import('aws-cdk-lib/cx-api').CloudAssembly;

/** Synthesizes the shop in this process, and leaves nothing behind. */
export async function synthesizedEnvironments(shop: Shop): Promise<RehearsalEnvironment[]> {
  const [{ createShopApp }, { bundleLambdas }] = await Promise.all([
    import('../app.ts'),
    import('../lambda/bundle.ts'),
  ]);
  await bundleLambdas();
  const outdir = mkdtempSync(join(tmpdir(), 'secure-shop-try-'));
  try {
    return environmentsOf(createShopApp(shop, { outdir }).synth());
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** @throws UserError when the folder holds no cloud assembly */
export async function environmentsOfAssembly(folder: string): Promise<RehearsalEnvironment[]> {
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new UserError([
      `${folder}: no cloud assembly (manifest.json) here; write the folder that cdk synth filled`,
    ]);
  }
  const { CloudAssembly } = await import('aws-cdk-lib/cx-api');
  try {
    return environmentsOf(new CloudAssembly(folder));
  } catch (error) {
    throw new UserError([`${folder}: the cloud assembly cannot be read: ${(error as Error).message}`]);
  }
}

/** Every stage is an environment; stacks outside a stage are one together. */
function environmentsOf(assembly: CloudAssembly): RehearsalEnvironment[] {
  const templatesOf = ({ stacks }: CloudAssembly) =>
    stacks.map((stack) => ({
      name: stack.stackName,
      template: stack.template as unknown,
      region: stack.environment.region,
      account: stack.environment.account,
    }));
  const stages = assembly.nestedAssemblies.map(({ nestedAssembly, displayName }) => ({
    name: displayName,
    templates: templatesOf(nestedAssembly),
  }));
  return assembly.stacks.length > 0 ? [...stages, { name: 'app', templates: templatesOf(assembly) }] : stages;
}
