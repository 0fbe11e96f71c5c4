import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { loadShop } from '../../lib/config/load.ts';
import { allExampleFiles, type ExampleFile } from '../support/example-files.ts';
import { exampleAssembly } from '../support/synthesize.ts';
import type { DeployedEnvironment, DeployedStack } from './environment.ts';

/** Every environment of every example. */
export async function synthesizedEnvironments(): Promise<DeployedEnvironment[]> {
  const environments = await Promise.all(allExampleFiles.map(environmentsOf));
  return environments.flat();
}

async function environmentsOf(file: ExampleFile): Promise<DeployedEnvironment[]> {
  const shop = await loadShop(file);
  const assembly = new CloudAssembly(exampleAssembly(file));
  return assembly.nestedAssemblies.map(({ displayName, nestedAssembly }) => ({
    name: `${file} ${displayName}`,
    disposable: shop.environments[displayName]?.disposable ?? false,
    stacks: stacksOf(nestedAssembly),
  }));
}

function stacksOf({ stacks }: CloudAssembly): DeployedStack[] {
  const names = new Map(stacks.map(({ id, stackName }) => [id, stackName]));
  return stacks.map((stack) => ({
    name: stack.stackName,
    region: stack.environment.region,
    account: stack.environment.account,
    terminationProtection: stack.terminationProtection ?? false,
    dependsOn: stack.dependencies.flatMap(({ id }) => names.get(id) ?? []),
    template: structuredClone(stack.template),
  }));
}
