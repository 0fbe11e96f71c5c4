import type { Stack } from './stacks.ts';
import { at, isMap, map, plain, tokensIn, unknown, type Value, type ValueMap } from './values.ts';

/** Deeper than any template CloudFormation accepts; a hostile one must not exhaust the stack. */
export const maximalDepth = 100;

/** How a value of a stack is resolved. */
type Resolve = (stack: Stack, value: unknown, depth: number) => Value | undefined;

/** Values that one stack leaves for another: exports, outputs, and parameters that are stored on the way. */
export class OtherStacks {
  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly resolve: Resolve;
  private readonly exportsByName = new Map<string, { stack: Stack; value: unknown }>();
  private readonly resolving = new Set<string>();

  constructor(stacks: ReadonlyMap<string, Stack>, resolve: Resolve) {
    this.stacks = stacks;
    this.resolve = resolve;
  }

  /** Finds the exports; apart from the making of this, because their names are resolved by who makes it. */
  collectExports(): void {
    for (const stack of this.stacks.values()) {
      for (const output of Object.values(stack.outputs)) {
        const exported = isMap(output) && isMap(output.Export) ? output.Export.Name : undefined;
        if (exported === undefined) continue;
        // Who imports by a name spelled out means a stack by what the caller calls it.
        for (const named of [stack, { ...stack, deployedName: stack.name }]) {
          const name = this.resolve(named, exported, 0);
          if (typeof name === 'string')
            this.exportsByName.set(name, { stack, value: (output as ValueMap).Value });
        }
      }
      // The CDK carries references across regions through SSM parameters that a custom resource writes.
      for (const resource of Object.values(stack.resources)) {
        if (!isMap(resource) || resource.Type !== 'Custom::CrossRegionExportWriter') continue;
        const written = at(resource.Properties as Value, 'WriterProps', 'exports');
        for (const [name, value] of Object.entries(map(written))) {
          this.exportsByName.set(plain(name), { stack, value });
        }
      }
    }
  }

  imported(name: string, depth: number): Value | undefined {
    const found = this.exportsByName.get(name);
    if (!found || depth > maximalDepth) return unknown(`import ${name}`);
    return this.once(`import ${name}`, () => this.resolve(found.stack, found.value, depth + 1));
  }

  /**
   * The output of another stack, possibly in another region. Stacks are known here by the names the caller gave, which
   * need not be the deployed ones: an output's name that only one stack has is enough.
   */
  stackOutput(stackName: string, outputName: string, depth: number): Value | undefined {
    const having = [...this.stacks.values()].filter((stack) => Object.hasOwn(stack.outputs, outputName));
    const found =
      having.find((stack) => stack.name === stackName) ?? (having.length === 1 ? having[0] : undefined);
    if (!found || depth > maximalDepth) return unknown(`output ${outputName} of ${stackName}`);
    const value = at(found.outputs as Value, outputName, 'Value');
    return this.once(`output ${found.name} ${outputName}`, () => this.resolve(found, value, depth + 1));
  }

  /** Cycles end as unknown values. */
  once(key: string, work: () => Value | undefined): Value | undefined {
    if (this.resolving.has(key)) return unknown('cycle');
    this.resolving.add(key);
    try {
      return work();
    } finally {
      this.resolving.delete(key);
    }
  }

  /** `{{resolve:ssm:/name}}` stands for what a stack of the environment stores there, if that is a reference. */
  dynamicReference(value: string): Value {
    const match = /^\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}$/.exec(value);
    return (match?.[1] && this.storedParameter(match[1], 0)) || value;
  }

  storedParameter(name: string, depth: number): Value | undefined {
    const crossRegion = this.exportsByName.get(name);
    if (crossRegion) return this.imported(name, depth);
    for (const stack of this.stacks.values()) {
      for (const [id, raw] of this.parametersOf(stack)) {
        if (at(raw, 'Properties', 'Name') !== name) continue;
        const value = this.once(`${stack.name}\n${id}`, () =>
          this.resolve(stack, at(raw, 'Properties', 'Value'), depth + 1),
        );
        if (typeof value === 'string' && tokensIn(value).length > 0) return value;
      }
    }
    return undefined;
  }

  private readonly ssmParameters = new Map<string, [string, Value][]>();
  private parametersOf(stack: Stack): [string, Value][] {
    let found = this.ssmParameters.get(stack.name);
    if (!found) {
      found = Object.entries(stack.resources).filter(
        ([, raw]) => isMap(raw) && raw.Type === 'AWS::SSM::Parameter',
      ) as [string, Value][];
      this.ssmParameters.set(stack.name, found);
    }
    return found;
  }
}
