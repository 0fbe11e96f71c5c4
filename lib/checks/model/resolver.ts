import { evaluateCondition } from './conditions.ts';
import { maximalDepth, OtherStacks } from './other-stacks.ts';
import { remembered } from './remembered.ts';
import type { Resource } from './resource.ts';
import { arnAttributes, refIsArn, refIsSecret } from './resource-types.ts';
import { unknownPrefix } from './serverless/template-parts.ts';
import type { Stack, TemplateError } from './stacks.ts';
import {
  asText,
  asWritten,
  at,
  isMap,
  numeric,
  plain,
  soleToken,
  token,
  unknown,
  type Value,
  type ValueMap,
} from './values.ts';

/** Intrinsic functions and conditions, resolved as far as templates alone allow. */
export class Resolver {
  /** References to resources, parameters or conditions that the templates do not hold. */
  readonly dangling: { readonly resource: Resource; readonly missing: string }[] = [];
  /** Whose properties are being resolved. */
  current: Resource | undefined;
  private readonly account: string | undefined;
  private readonly errors: TemplateError[];
  private readonly others: OtherStacks;
  /** What an unknown value may turn out to be, by the unknown value, where a condition of the template decides. */
  private readonly choices = new Map<string, readonly (Value | undefined)[]>();
  private readonly conditionValues = new Map<string, boolean | undefined>();
  private readonly asked = new Map<string, number>();

  constructor(stacks: ReadonlyMap<string, Stack>, account: string | undefined, errors: TemplateError[]) {
    this.account = account;
    this.errors = errors;
    this.others = new OtherStacks(stacks, (stack, value, depth) => this.resolve(stack, value, depth));
    this.others.collectExports();
  }

  resolve(stack: Stack, value: unknown, depth: number): Value | undefined {
    if (typeof value === 'string') return this.others.dynamicReference(plain(value));
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
    if (depth > maximalDepth) {
      this.report(stack, 'is nested too deeply to be read');
      return unknown('nested too deeply');
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(stack, item, depth + 1)).filter((item) => item !== undefined);
    }
    if (typeof value !== 'object') return undefined;
    const entries = Object.entries(value as object);
    const [only] = entries;
    if (
      entries.length === 1 &&
      only &&
      (only[0] === 'Ref' || only[0].startsWith('Fn::') || only[0] === 'Condition')
    ) {
      const resolved = this.intrinsic(stack, only[0], only[1], depth + 1);
      if (resolved !== notIntrinsic) return resolved;
    }
    const resolved: Record<string, Value> = Object.create(null);
    for (const [key, item] of entries) {
      const inner = this.resolve(stack, item, depth + 1);
      if (inner !== undefined) resolved[plain(key)] = inner;
    }
    return resolved;
  }

  private intrinsic(
    stack: Stack,
    name: string,
    argument: unknown,
    depth: number,
  ): Value | undefined | typeof notIntrinsic {
    switch (name) {
      case 'Ref':
        return this.ref(stack, asWritten(argument), depth);
      case 'Fn::GetAtt': {
        const parts = Array.isArray(argument) ? argument : asWritten(argument).split(/\.(.*)/s);
        return this.attribute(
          stack,
          asWritten(parts[0]),
          parts.slice(1).filter(Boolean).map(asWritten).join('.'),
          depth,
        );
      }
      case 'Fn::Sub':
        return this.sub(stack, argument, depth);
      case 'Fn::Join': {
        const [separator, items] = Array.isArray(argument) ? argument : [];
        const resolved = this.resolve(stack, items, depth);
        if (!Array.isArray(resolved))
          return this.open(stack, 'Fn::Join', [asWritten(separator), resolved ?? null]);
        return this.others.dynamicReference(resolved.map((item) => asText(item)).join(asWritten(separator)));
      }
      case 'Fn::Split': {
        const [separator, source] = Array.isArray(argument) ? argument : [];
        const resolved = this.resolve(stack, source, depth);
        if (typeof resolved !== 'string' || typeof separator !== 'string')
          return this.open(stack, 'Fn::Split', resolved ?? null);
        // A part of an attribute still belongs to the resource the attribute is of.
        if (soleToken(resolved)) return Array.from({ length: 12 }, () => resolved);
        return resolved.split(separator);
      }
      case 'Fn::Select': {
        const [position, items] = Array.isArray(argument) ? argument : [];
        const resolved = this.resolve(stack, items, depth);
        const index = numeric(this.resolve(stack, position, depth)) ?? -1;
        return (
          (Array.isArray(resolved) ? resolved[index] : undefined) ??
          this.open(stack, 'Fn::Select', [index, resolved ?? null])
        );
      }
      case 'Fn::If': {
        const [condition, yes, no] = Array.isArray(argument) ? argument : [];
        const holds = this.condition(stack, asWritten(condition), depth);
        if (holds === undefined) return this.either(stack, asWritten(condition), yes, no, depth);
        return this.resolve(stack, holds ? yes : no, depth);
      }
      case 'Fn::ImportValue': {
        const exportName = this.resolve(stack, argument, depth);
        return this.others.imported(asText(exportName), depth);
      }
      case 'Fn::GetStackOutput': {
        const asked = this.resolve(stack, argument, depth);
        return this.others.stackOutput(
          asText(at(asked, 'StackName')),
          asText(at(asked, 'OutputName')),
          depth,
        );
      }
      case 'Fn::FindInMap': {
        const keys = this.resolve(stack, argument, depth);
        const found = Array.isArray(keys)
          ? at(stack.mappings as Value, ...keys.slice(0, 3).map((key) => asText(key)))
          : undefined;
        return found === undefined
          ? this.open(stack, 'Fn::FindInMap', keys)
          : this.resolve(stack, found, depth);
      }
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => unknown(`zone ${zone}`));
      case 'Fn::Base64':
        return this.resolve(stack, argument, depth);
      case 'Fn::ToJsonString':
        return JSON.stringify(this.resolve(stack, argument, depth) ?? null);
      case 'Condition':
      case 'Fn::Equals':
      case 'Fn::And':
      case 'Fn::Or':
      case 'Fn::Not':
        // Under Properties these are ordinary keys (a policy's `Condition`).
        return notIntrinsic;
      default:
        return name.startsWith('Fn::') ? unknown(name.replace(unknownPrefix, '')) : notIntrinsic;
    }
  }

  /** Branches alike need no decision; others are kept, so that whoever asks can look at each. */
  private either(
    stack: Stack,
    condition: string,
    yes: unknown,
    no: unknown,
    depth: number,
  ): Value | undefined {
    const [first, second] = [this.resolve(stack, yes, depth), this.resolve(stack, no, depth)];
    if (JSON.stringify(first) === JSON.stringify(second)) return first;
    const either = unknown(`condition ${condition}`, this.choices.size);
    this.choices.set(either, [first, second]);
    return either;
  }

  /** Both branches of an `Fn::If` that cannot be decided; undefined for any other value. */
  choicesOf(value: Value | undefined): readonly (Value | undefined)[] | undefined {
    return typeof value === 'string' ? this.choices.get(value) : undefined;
  }

  /** What only a deploy knows: two such values are the same where one template asks for the same thing twice. */
  open(stack: Stack, what: string, asked: Value = null): string {
    const key = JSON.stringify([stack.name, what, asked]);
    return unknown(
      what,
      remembered(this.asked, key, () => this.asked.size),
    );
  }

  private ref(stack: Stack, name: string, depth: number): Value | undefined {
    switch (name) {
      case 'AWS::NoValue':
        return undefined;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::Region':
        return stack.region ?? pseudo('Region');
      case 'AWS::AccountId':
        return this.account ?? pseudo('AccountId');
      case 'AWS::StackName':
        return stack.deployedName ?? this.open(stack, name);
      case 'AWS::StackId':
      case 'AWS::NotificationARNs':
        return this.open(stack, name);
    }
    const parameter = Object.hasOwn(stack.parameters, name) ? stack.parameters[name] : undefined;
    if (isMap(parameter)) return this.parameter(stack, name, parameter, depth);
    const raw = this.raw(stack, name);
    if (!raw) return unknown(name);
    if (refIsSecret.has(asWritten(raw.Type))) {
      return this.others.once(`${stack.name}\n${name}`, () =>
        this.resolve(stack, at(raw.Properties as Value, 'SecretId'), depth + 1),
      );
    }
    return token(stack.name, plain(name), refIsArn.has(asWritten(raw.Type)) ? 'Arn' : 'Ref');
  }

  private parameter(stack: Stack, name: string, parameter: ValueMap, depth: number): Value | undefined {
    const type = asWritten(parameter.Type ?? 'String');
    const initial = parameter.Default;
    if (type.startsWith('AWS::SSM::Parameter::Value')) {
      return (
        this.others.storedParameter(asText(initial as Value), depth) ??
        unknown(`ssm:${asText(initial as Value)}`)
      );
    }
    if (initial === undefined || initial === '') return this.open(stack, `parameter ${name}`);
    if (type.startsWith('List<') || type === 'CommaDelimitedList') {
      return asWritten(initial)
        .split(',')
        .map((item) => plain(item.trim()));
    }
    return this.resolve(stack, initial, depth);
  }

  private attribute(stack: Stack, name: string, attribute: string, depth: number): Value | undefined {
    const raw = this.raw(stack, name);
    if (!raw) return unknown(name);
    if (raw.Type === 'Custom::CrossRegionExportReader') return this.others.imported(plain(attribute), depth);
    // The id of what `Ref` gives as an ARN is that ARN.
    const isArn = arnAttributes.test(attribute) || (attribute === 'Id' && refIsArn.has(asWritten(raw.Type)));
    const canonical = isArn ? 'Arn' : plain(attribute);
    // Generated parts have ARNs of their own: a database's master secret is not the database.
    if (attribute === 'MasterUserSecret.SecretArn') return token(stack.name, plain(name), 'MasterUserSecret');
    return token(stack.name, plain(name), canonical);
  }

  private raw(stack: Stack, logicalId: string): ValueMap | undefined {
    const raw = Object.hasOwn(stack.resources, logicalId) ? stack.resources[logicalId] : undefined;
    if (isMap(raw)) return raw;
    const resource = this.current;
    if (resource && !this.dangling.some((d) => d.resource === resource && d.missing === logicalId)) {
      this.dangling.push({ resource, missing: plain(logicalId) });
    }
    return undefined;
  }

  private sub(stack: Stack, argument: unknown, depth: number): Value | undefined {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof pattern !== 'string') return unknown('Fn::Sub');
    const filled = plain(pattern).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (isMap(variables) && Object.hasOwn(variables, name)) {
        return asText(this.resolve(stack, variables[name], depth));
      }
      const [resource = '', attribute] = name.split(/\.(.*)/s);
      const value =
        attribute === undefined
          ? this.ref(stack, resource, depth)
          : this.attribute(stack, resource, attribute, depth);
      return asText(value);
    });
    return this.others.dynamicReference(filled);
  }

  // ---------------------------------------------------------------------------------------------- conditions

  /** @returns undefined when the condition depends on something only a deploy knows */
  condition(stack: Stack, name: string, depth: number): boolean | undefined {
    const key = `${stack.name}\n${name}`;
    if (this.conditionValues.has(key)) return this.conditionValues.get(key);
    this.conditionValues.set(key, undefined);
    const written = Object.hasOwn(stack.conditions, name) ? stack.conditions[name] : undefined;
    const value = evaluateCondition(written, {
      condition: (other) => (depth > maximalDepth ? undefined : this.condition(stack, other, depth + 1)),
      textOf: (part) => {
        const text = asText(this.resolve(stack, part, depth + 1));
        return text.includes(pseudoPrefix) ? undefined : text;
      },
    });
    this.conditionValues.set(key, value);
    return value;
  }

  private report(stack: Stack, message: string): void {
    const logicalId = this.current?.logicalId;
    if (
      !this.errors.some((e) => e.stack === stack.name && e.logicalId === logicalId && e.message === message)
    ) {
      this.errors.push({ stack: stack.name, logicalId, message });
    }
  }
}

const pseudoPrefix = `\${AWS::`;
/** A pseudo parameter nobody has told us stays as it is written in templates. */
const pseudo = (name: string) => `${pseudoPrefix}${name}}`;

const notIntrinsic = Symbol('not an intrinsic function');
