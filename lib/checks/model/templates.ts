import { withoutTags } from '../../declarations/promise-format.ts';
import { Promises } from './promises.ts';
import { remembered } from './remembered.ts';
import { Resolver } from './resolver.ts';
import type { Resource } from './resource.ts';
import { nameProperty } from './resource-types.ts';
import {
  findDeclaration,
  mostNamedAccount,
  readStacks,
  type Stack,
  type TemplateError,
  type TemplateInput,
  toldAccount,
} from './stacks.ts';
import {
  asWritten,
  at,
  hasUnknown,
  isMap,
  list,
  map,
  plain,
  soleToken,
  text,
  token,
  tokenSource,
  tokensIn,
  type Value,
  type ValueMap,
} from './values.ts';

export type { Resource } from './resource.ts';
export type { TemplateError, TemplateInput } from './stacks.ts';

/**
 * Every resource of an environment, whichever stack or region it is in, with intrinsic functions resolved as far as
 * templates alone allow. Building one never throws: what is wrong is listed in `errors`, what cannot be known is an
 * unknown value.
 */
export class EnvironmentGraph {
  readonly resources: readonly Resource[];
  readonly errors: TemplateError[] = [];
  /** The environment as its templates declare it; undefined for templates that declare nothing. */
  readonly declaration: ValueMap | undefined;
  readonly account: string | undefined;
  /** Whether nobody told the account, so that the one that is named most stands for it. */
  readonly accountIsGuessed: boolean;

  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly resolver: Resolver;
  private read: Promises | undefined;
  private readonly index = new Map<string, Map<string, Resource>>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly byName = new Map<string, Resource>();
  /** The rules on admin paths ask the same for each of hundreds of requests. */
  private readonly referrers = new Map<Resource, Map<string, readonly Resource[]>>();

  constructor(templates: readonly TemplateInput[]) {
    this.stacks = readStacks(templates, this.errors);
    this.declaration = findDeclaration(this.stacks);
    const told = text(this.declaration?.account) ?? toldAccount(this.stacks);
    this.account = told ?? mostNamedAccount(this.stacks);
    this.accountIsGuessed = told === undefined;
    this.resolver = new Resolver(this.stacks, this.account, this.errors);
    this.resources = [...this.stacks.values()].flatMap((stack) => this.readResources(stack));
    for (const resource of this.resources) {
      const named = nameProperty[resource.type];
      const name = named ? text(resource.properties[named]) : undefined;
      if (name && !hasUnknown(name)) this.byName.set(`${resource.type} ${name}`, resource);
    }
  }

  /** References to resources, parameters or conditions that the templates do not hold. */
  get dangling(): Resolver['dangling'] {
    return this.resolver.dangling;
  }

  /** What the templates promise, and what they hold of it; see `lib/declarations/promises.ts`. */
  get promises(): Promises {
    this.read ??= new Promises(this.stacks);
    return this.read;
  }

  /** What was promised of a resource's properties; undefined of one that nobody promised. */
  promisedOf(resource: Resource): ValueMap | undefined {
    const written = this.promises.propertiesOf(resource.stack, resource.logicalId);
    return written && map(this.resolveIn(resource.stack, written));
  }

  /** Whether some other resource spells out a name, instead of referring to what bears it. */
  spells(name: string, { stack, logicalId }: Pick<Resource, 'stack' | 'logicalId'>): boolean {
    const word = new RegExp(`["/:]${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["/:*]`);
    return [...this.stacks.values()].some((each) =>
      Object.entries(each.resources).some(
        ([id, resource]) =>
          !(each.name === stack && id === logicalId) &&
          isMap(resource) &&
          word.test(JSON.stringify(withoutTags(resource.Properties))),
      ),
    );
  }

  /** Whether a condition looks, itself or through others, at a parameter: a deploy may give another value than the default. */
  asksADeploy(stack: string, condition: string, seen: readonly string[] = []): boolean {
    const { conditions = {}, parameters = {} } = this.stacks.get(stack) ?? {};
    const named = JSON.stringify(conditions[condition] ?? '').match(/(?<=")[^"]+(?=")/g) ?? [];
    return named.some(
      (name) =>
        Object.hasOwn(parameters, name) ||
        (Object.hasOwn(conditions, name) &&
          !seen.includes(name) &&
          this.asksADeploy(stack, name, [...seen, name])),
    );
  }

  /** A value as a template of the stack writes it, with its references resolved. */
  resolveIn(stack: string, value: unknown): Value | undefined {
    const written = this.stacks.get(stack);
    return written && this.resolver.resolve(written, value, 0);
  }

  /** Both branches of an `Fn::If` that cannot be decided; undefined for any other value. */
  choicesOf(value: Value | undefined): readonly (Value | undefined)[] | undefined {
    return this.resolver.choicesOf(value);
  }

  /**
   * Everything a value, or each item of a list, may be: the branches of an `Fn::If` that cannot be decided take its
   * place, and `certain` says whether the item is there whatever a deploy decides.
   */
  possible(
    value: Value | undefined,
    certain = true,
  ): readonly { readonly value: Value; readonly certain: boolean }[] {
    return list(value).flatMap((item) => {
      const choices = this.choicesOf(item);
      if (choices) return choices.flatMap((choice) => this.possible(choice, false));
      return Array.isArray(item) ? this.possible(item, certain) : [{ value: item, certain }];
    });
  }

  /** Resources of the given types, in template order. */
  ofType(...types: readonly string[]): readonly Resource[] {
    const first = types[0];
    if (types.length === 1 && first !== undefined) return this.byType.get(first) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  get(stack: string, logicalId: string): Resource | undefined {
    return this.index.get(stack)?.get(logicalId);
  }

  /**
   * The resource a property refers to: by reference, by ARN built around one, or by its literal name or ARN.
   * @param types when given, the reference must be to one of these
   */
  target(value: Value | undefined, ...types: readonly string[]): Resource | undefined {
    if (typeof value !== 'string') return undefined;
    const sole = soleToken(value);
    const [first, ...more] = sole ? [sole] : tokensIn(value);
    if (first && more.length === 0) {
      const found = this.get(first.stack, first.logicalId);
      if (found && (types.length === 0 || types.includes(found.type))) return found;
      if (found?.type === 'AWS::KMS::Alias') return this.target(found.properties.TargetKeyId, ...types);
    }
    if (types.length === 0) return undefined;
    const name = value.startsWith('arn:') ? value.split(':').slice(5).join(':') : value;
    const short = name.slice(name.search(/[:/]/) + 1);
    for (const type of types) {
      const found =
        this.byName.get(`${type} ${name}`) ??
        (value.startsWith('arn:') ? this.byName.get(`${type} ${short}`) : undefined);
      if (found) return found;
      if (type === 'AWS::KMS::Key') {
        const alias = this.byName.get(`AWS::KMS::Alias ${name}`);
        if (alias) return this.target(alias.properties.TargetKeyId, type);
      }
    }
    return undefined;
  }

  /** Every output of every stack, with its references resolved. */
  get outputs(): readonly {
    readonly stack: string;
    readonly name: string;
    readonly value: Value | undefined;
  }[] {
    return [...this.stacks.values()].flatMap((stack) =>
      Object.entries(stack.outputs).map(([name, output]) => ({
        stack: stack.name,
        name: plain(name),
        value: this.resolver.resolve(stack, isMap(output) ? output.Value : undefined, 0),
      })),
    );
  }

  /** The parameter of a stack that a resolved value is, when it has no default; undefined for any other value. */
  parameterMeant(
    stack: string,
    value: string,
  ): { readonly name: string; readonly written: unknown } | undefined {
    const asked = this.stacks.get(stack);
    if (!asked) return undefined;
    const { parameters } = asked;
    const name = Object.keys(parameters).find(
      (each) => value === this.resolver.open(asked, `parameter ${each}`),
    );
    return name === undefined ? undefined : { name, written: parameters[name] };
  }

  /** What a part of a stack's template stands for; for parts that are no properties of a resource, such as outputs. */
  evaluate(stackName: string, value: unknown): Value | undefined {
    const stack = this.stacks.get(stackName);
    return stack && this.resolver.resolve(stack, value, 0);
  }

  /** Resources of a type one of whose properties, found by `property`, refers to the target. */
  referring(target: Resource, type: string, ...property: readonly string[]): readonly Resource[] {
    const ofTarget = remembered(this.referrers, target, () => new Map<string, readonly Resource[]>());
    return remembered(ofTarget, [type, ...property].join(' '), () =>
      this.ofType(type).filter((resource) =>
        list(at(resource.properties, ...property)).some(
          (value) => this.target(value, target.type) === target,
        ),
      ),
    );
  }

  /** `arn:...:kms:...:key/${Key}` and `${Key.Arn}` are one thing: spell it the second way. */
  canonicalArn(value: string): string {
    return value.replace(arnAroundToken, (whole, body: string) => {
      const [stack = '', logicalId = ''] = body.split('\uE001');
      return this.get(stack, logicalId) ? token(stack, logicalId, 'Arn') : whole;
    });
  }

  // ------------------------------------------------------------------------------------------------- reading

  private readResources(stack: Stack): Resource[] {
    const found: Resource[] = [];
    for (const [logicalId, raw] of Object.entries(stack.resources)) {
      const type = isMap(raw) ? raw.Type : undefined;
      if (!isMap(raw) || typeof type !== 'string') {
        this.errors.push({ stack: stack.name, logicalId: plain(logicalId), message: 'has no Type' });
        continue;
      }
      const exists =
        raw.Condition === undefined ? true : this.resolver.condition(stack, asWritten(raw.Condition), 0);
      if (exists === false) continue;
      const resource = this.lazyResource(stack, plain(logicalId), plain(type), raw, exists === undefined);
      found.push(resource);
      remembered(this.index, stack.name, () => new Map<string, Resource>()).set(resource.logicalId, resource);
      const sameType = this.byType.get(resource.type);
      if (sameType) sameType.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
    return found;
  }

  /** Properties are resolved when a rule first asks for them: most resources are asked about only a few times. */
  private lazyResource(
    stack: Stack,
    logicalId: string,
    type: string,
    raw: ValueMap,
    conditional: boolean,
  ): Resource {
    const { errors, resolver } = this;
    const metadata = isMap(raw.Metadata) ? raw.Metadata : {};
    let properties: ValueMap | undefined;
    const resource: Resource = {
      stack: stack.name,
      logicalId,
      type,
      path: text(metadata['aws:cdk:path']),
      region: stack.region,
      metadata,
      deletionPolicy: text(raw.DeletionPolicy),
      updateReplacePolicy: text(raw.UpdateReplacePolicy),
      conditional,
      rewrittenBy: macrosIn(raw.Properties),
      get properties() {
        if (!properties) {
          properties = {};
          const outer = resolver.current;
          resolver.current = resource;
          const resolved = resolver.resolve(stack, raw.Properties ?? {}, 0);
          resolver.current = outer;
          if (isMap(resolved)) properties = resolved;
          else errors.push({ stack: stack.name, logicalId, message: 'Properties is not an object' });
        }
        return properties;
      },
    };
    return resource;
  }
}

/** Names of the macros that a part of a template calls. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-include.html */
function macrosIn(value: unknown): string[] {
  const found = new Set<string>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, 'Fn::Transform')) {
      const called = (next as ValueMap)['Fn::Transform'];
      found.add(text(at(called, 'Name')) ?? 'a macro');
    }
    for (const inner of Object.values(next)) pending.push(inner);
  }
  return [...found];
}

/** Logins of a database are named by its id, and are not the database. */
const arnAroundToken = new RegExp(
  `^arn:[^:]*:(?!rds-db:)[a-z0-9-]+:[^:]*:[^:]*:(?:[a-z-]+[:/])?${tokenSource}`,
);
