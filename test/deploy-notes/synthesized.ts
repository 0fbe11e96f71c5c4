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
  return environmentsIn(
    new CloudAssembly(exampleAssembly(file)),
    file,
    (name) => shop.environments[name]?.disposable,
  );
}

/** Every environment of a synthesized shop. */
export function environmentsIn(
  assembly: CloudAssembly,
  shop: string,
  isDisposable: (environment: string) => boolean | undefined = () => false,
): DeployedEnvironment[] {
  return assembly.nestedAssemblies.map(({ displayName, nestedAssembly }) => ({
    name: `${shop} ${displayName}`,
    disposable: isDisposable(displayName) ?? false,
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
