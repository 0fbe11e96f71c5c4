import { evaluateCondition } from './conditions.ts';
import { declarationKeys } from './declarations.ts';
import {
  asWritten,
  at,
  hasUnknown,
  isMap,
  isTrue,
  list,
  map,
  numeric,
  plain,
  soleToken,
  text,
  token,
  tokenSource,
  tokensIn,
  unknown,
  type Value,
  type ValueMap,
} from './values.ts';

export interface TemplateInput {
  /** Name of the stack: rows name resources by it. */
  readonly name: string;
  /** The parsed template; anything else is reported as an error, never thrown. */
  readonly template: unknown;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly file?: string | undefined;
}

/** What was wrong with a template, and where. */
export interface TemplateError {
  readonly stack: string;
  readonly logicalId?: string | undefined;
  readonly message: string;
}

export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Construct path, when the template was made by the CDK with path metadata. */
  readonly path?: string | undefined;
  readonly region?: string | undefined;
  readonly properties: ValueMap;
  readonly metadata: ValueMap;
  readonly deletionPolicy?: string | undefined;
  readonly updateReplacePolicy?: string | undefined;
  /** Whether the resource exists only under a condition that cannot be evaluated here. */
  readonly conditional: boolean;
}

interface Stack {
  readonly name: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Deeper than any template CloudFormation accepts; a hostile one must not exhaust the stack. */
const maximalDepth = 100;

/** Types whose `Ref` is their ARN, so that both spellings become one token. */
const refIsArn = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'AWS::IAM::ManagedPolicy',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::CertificateManager::Certificate',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::Service',
  'AWS::StepFunctions::StateMachine',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
]);

/** Attributes under which a type calls its own ARN. */
const arnAttributes = /^(.*Arn|.*ARN|TopicArn|LoadBalancerArn|ListenerArn|TargetGroupArn|BackupVaultArn)$/;

/** Resources whose `Ref` is the ARN of the secret they are attached to. */
const refIsSecret = new Set([
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::ResourcePolicy',
]);

/** Property that holds the physical name, for references written as literal names or ARNs. */
export const nameProperty: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::CodePipeline::Pipeline': 'Name',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::SSM::Parameter': 'Name',
};

/**
 * Every resource of an environment, whichever stack or region it is in, with intrinsic functions resolved as far as
 * templates alone allow. Building one never throws: what is wrong is listed in `errors`, what cannot be known is an
 * unknown value.
 */
export class EnvironmentGraph {
  readonly resources: readonly Resource[];
  readonly errors: TemplateError[] = [];
  /** References to resources, parameters or conditions that the templates do not hold. */
  readonly dangling: { readonly resource: Resource; readonly missing: string }[] = [];
  /** The environment as its templates declare it; undefined for templates that declare nothing. */
  readonly declaration: ValueMap | undefined;
  readonly account: string | undefined;

  private readonly stacks = new Map<string, Stack>();
  private readonly index = new Map<string, Resource>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly byName = new Map<string, Resource>();
  private readonly exportsByName = new Map<string, { stack: Stack; value: unknown }>();
  private readonly resolving = new Set<string>();
  private readonly conditionValues = new Map<string, boolean | undefined>();
  /** The rules on admin paths ask the same for each of hundreds of requests. */
  private readonly referrers = new Map<Resource, Map<string, readonly Resource[]>>();
  private current: Resource | undefined;

  constructor(templates: readonly TemplateInput[]) {
    for (const input of templates) this.addStack(input);
    this.declaration = this.findDeclaration();
    this.account = text(this.declaration?.account) ?? this.mostNamedAccount();
    this.collectExports();
    this.resources = [...this.stacks.values()].flatMap((stack) => this.readResources(stack));
    for (const resource of this.resources) {
      const named = nameProperty[resource.type];
      const name = named ? text(resource.properties[named]) : undefined;
      if (name && !hasUnknown(name)) this.byName.set(`${resource.type} ${name}`, resource);
    }
  }

  /** Resources of the given types, in template order. */
  ofType(...types: readonly string[]): readonly Resource[] {
    const first = types[0];
    if (types.length === 1 && first !== undefined) return this.byType.get(first) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  get(stack: string, logicalId: string): Resource | undefined {
    return this.index.get(`${stack}\n${logicalId}`);
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

  /** Resources of a type one of whose properties, found by `property`, refers to the target. */
  referring(target: Resource, type: string, ...property: readonly string[]): readonly Resource[] {
    const ofTarget = this.referrers.get(target) ?? new Map<string, readonly Resource[]>();
    this.referrers.set(target, ofTarget);
    const key = [type, ...property].join(' ');
    const known = ofTarget.get(key);
    if (known) return known;
    const found = this.ofType(type).filter((resource) =>
      list(at(resource.properties, ...property)).some((value) => this.target(value, target.type) === target),
    );
    ofTarget.set(key, found);
    return found;
  }

  /** `arn:...:kms:...:key/${Key}` and `${Key.Arn}` are one thing: spell it the second way. */
  canonicalArn(value: string): string {
    return value.replace(arnAroundToken, (whole, body: string) => {
      const [stack = '', logicalId = ''] = body.split('\uE001');
      return this.get(stack, logicalId) ? token(stack, logicalId, 'Arn') : whole;
    });
  }

  // ------------------------------------------------------------------------------------------------- reading

  private addStack(input: TemplateInput): void {
    const name = plain(input.name);
    if (!isMap(input.template)) {
      this.errors.push({ stack: name, message: 'is not a CloudFormation template: expected an object' });
      return;
    }
    const template = input.template as Readonly<Record<string, unknown>>;
    const section = (key: string): Readonly<Record<string, unknown>> => {
      const value = template[key];
      if (value === undefined || isMap(value)) return (value ?? {}) as Record<string, unknown>;
      this.errors.push({ stack: name, message: `section ${key} is not an object` });
      return {};
    };
    if (!isMap(template.Resources)) {
      this.errors.push({ stack: name, message: 'is not a CloudFormation template: it has no Resources' });
    }
    const metadata = section('Metadata');
    const declared = metadata[declarationKeys.environment];
    let unique = name;
    for (let n = 2; this.stacks.has(unique); n++) unique = `${name}#${n}`;
    this.stacks.set(unique, {
      name: unique,
      region: input.region ?? (isMap(declared) ? text(declared.region) : undefined),
      account: input.account ?? (isMap(declared) ? text(declared.account) : undefined),
      resources: section('Resources'),
      parameters: section('Parameters'),
      mappings: section('Mappings'),
      conditions: section('Conditions'),
      outputs: section('Outputs'),
      metadata,
    });
  }

  private findDeclaration(): ValueMap | undefined {
    const declared = [...this.stacks.values()]
      .map((stack) => stack.metadata[declarationKeys.environment])
      .filter(isMap);
    const first = declared[0];
    // One stack that says "disposable" must not relax the others.
    return first && { ...first, disposable: declared.every((each) => isTrue(each.disposable)) };
  }

  /** The account that most `arn:aws:iam::...:root` name, for templates that declare none. */
  private mostNamedAccount(): string | undefined {
    const given = [...this.stacks.values()].map((stack) => stack.account).find((account) => account);
    if (given) return given;
    const counts = new Map<string, number>();
    for (const stack of this.stacks.values()) {
      for (const literal of Object.values(stack.resources)) {
        for (const found of accountsIn(literal)) counts.set(found, (counts.get(found) ?? 0) + 1);
      }
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  }

  private collectExports(): void {
    for (const stack of this.stacks.values()) {
      for (const output of Object.values(stack.outputs)) {
        const exported = isMap(output) && isMap(output.Export) ? output.Export.Name : undefined;
        if (exported === undefined) continue;
        const name = this.resolve(stack, exported, 0);
        if (typeof name === 'string')
          this.exportsByName.set(name, { stack, value: (output as ValueMap).Value });
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

  private readResources(stack: Stack): Resource[] {
    const found: Resource[] = [];
    for (const [logicalId, raw] of Object.entries(stack.resources)) {
      const type = isMap(raw) ? raw.Type : undefined;
      if (!isMap(raw) || typeof type !== 'string') {
        this.errors.push({ stack: stack.name, logicalId: plain(logicalId), message: 'has no Type' });
        continue;
      }
      const exists = raw.Condition === undefined ? true : this.condition(stack, asWritten(raw.Condition), 0);
      if (exists === false) continue;
      const resource = this.lazyResource(stack, plain(logicalId), plain(type), raw, exists === undefined);
      found.push(resource);
      this.index.set(`${stack.name}\n${resource.logicalId}`, resource);
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
    const graph = this;
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
      get properties() {
        if (!properties) {
          properties = {};
          const outer = graph.current;
          graph.current = resource;
          const resolved = graph.resolve(stack, raw.Properties ?? {}, 0);
          graph.current = outer;
          if (isMap(resolved)) properties = resolved;
          else graph.errors.push({ stack: stack.name, logicalId, message: 'Properties is not an object' });
        }
        return properties;
      },
    };
    return resource;
  }

  // ---------------------------------------------------------------------------------------------- resolution

  private resolve(stack: Stack, value: unknown, depth: number): Value | undefined {
    if (typeof value === 'string') return this.dynamicReference(plain(value));
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
        if (!Array.isArray(resolved)) return unknown('Fn::Join');
        return this.dynamicReference(resolved.map((item) => asText(item)).join(asWritten(separator)));
      }
      case 'Fn::Split': {
        const [separator, source] = Array.isArray(argument) ? argument : [];
        const resolved = this.resolve(stack, source, depth);
        if (typeof resolved !== 'string' || typeof separator !== 'string') return unknown('Fn::Split');
        // A part of an attribute still belongs to the resource the attribute is of.
        if (soleToken(resolved)) return Array.from({ length: 12 }, () => resolved);
        return resolved.split(separator);
      }
      case 'Fn::Select': {
        const [position, items] = Array.isArray(argument) ? argument : [];
        const resolved = this.resolve(stack, items, depth);
        const index = numeric(this.resolve(stack, position, depth)) ?? -1;
        return (Array.isArray(resolved) ? resolved[index] : undefined) ?? unknown('Fn::Select');
      }
      case 'Fn::If': {
        const [condition, yes, no] = Array.isArray(argument) ? argument : [];
        const holds = this.condition(stack, asWritten(condition), depth);
        if (holds === undefined) return this.either(stack, asWritten(condition), yes, no, depth);
        return this.resolve(stack, holds ? yes : no, depth);
      }
      case 'Fn::ImportValue': {
        const exportName = this.resolve(stack, argument, depth);
        return this.imported(asText(exportName), depth);
      }
      case 'Fn::GetStackOutput': {
        const asked = this.resolve(stack, argument, depth);
        return this.stackOutput(asText(at(asked, 'StackName')), asText(at(asked, 'OutputName')), depth);
      }
      case 'Fn::FindInMap': {
        const keys = this.resolve(stack, argument, depth);
        const found = Array.isArray(keys)
          ? at(stack.mappings as Value, ...keys.slice(0, 3).map((key) => asText(key)))
          : undefined;
        return found === undefined ? unknown('Fn::FindInMap') : this.resolve(stack, found, depth);
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
        return name.startsWith('Fn::') ? unknown(name) : notIntrinsic;
    }
  }

  /** Both branches alike need no decision. */
  private either(
    stack: Stack,
    condition: string,
    yes: unknown,
    no: unknown,
    depth: number,
  ): Value | undefined {
    const [first, second] = [this.resolve(stack, yes, depth), this.resolve(stack, no, depth)];
    return JSON.stringify(first) === JSON.stringify(second) ? first : unknown(`condition ${condition}`);
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
        return stack.name;
      case 'AWS::StackId':
      case 'AWS::NotificationARNs':
        return unknown(name);
    }
    const parameter = Object.hasOwn(stack.parameters, name) ? stack.parameters[name] : undefined;
    if (isMap(parameter)) return this.parameter(stack, name, parameter, depth);
    const raw = this.raw(stack, name);
    if (!raw) return unknown(name);
    if (refIsSecret.has(asWritten(raw.Type))) {
      return this.once(`${stack.name}\n${name}`, () =>
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
        this.storedParameter(asText(initial as Value), depth) ?? unknown(`ssm:${asText(initial as Value)}`)
      );
    }
    if (initial === undefined || initial === '') return unknown(`parameter ${name}`);
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
    if (raw.Type === 'Custom::CrossRegionExportReader') return this.imported(plain(attribute), depth);
    const canonical = arnAttributes.test(attribute) ? 'Arn' : plain(attribute);
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
    return this.dynamicReference(filled);
  }

  private imported(name: string, depth: number): Value | undefined {
    const found = this.exportsByName.get(name);
    if (!found || depth > maximalDepth) return unknown(`import ${name}`);
    return this.once(`import ${name}`, () => this.resolve(found.stack, found.value, depth + 1));
  }

  /**
   * The output of another stack, possibly in another region. Stacks are known here by the names the caller gave, which
   * need not be the deployed ones: an output's name that only one stack has is enough.
   */
  private stackOutput(stackName: string, outputName: string, depth: number): Value | undefined {
    const having = [...this.stacks.values()].filter((stack) => Object.hasOwn(stack.outputs, outputName));
    const found =
      having.find((stack) => stack.name === stackName) ?? (having.length === 1 ? having[0] : undefined);
    if (!found || depth > maximalDepth) return unknown(`output ${outputName} of ${stackName}`);
    const value = at(found.outputs as Value, outputName, 'Value');
    return this.once(`output ${found.name} ${outputName}`, () => this.resolve(found, value, depth + 1));
  }

  /** Cycles end as unknown values. */
  private once(key: string, work: () => Value | undefined): Value | undefined {
    if (this.resolving.has(key)) return unknown('cycle');
    this.resolving.add(key);
    try {
      return work();
    } finally {
      this.resolving.delete(key);
    }
  }

  /** `{{resolve:ssm:/name}}` stands for what a stack of the environment stores there, if that is a reference. */
  private dynamicReference(value: string): Value {
    const match = /^\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}$/.exec(value);
    return (match?.[1] && this.storedParameter(match[1], 0)) || value;
  }

  private storedParameter(name: string, depth: number): Value | undefined {
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

  // ---------------------------------------------------------------------------------------------- conditions

  /** @returns undefined when the condition depends on something only a deploy knows */
  private condition(stack: Stack, name: string, depth: number): boolean | undefined {
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

const arnAroundToken = new RegExp(`^arn:[^:]*:[a-z0-9-]+:[^:]*:[^:]*:(?:[a-z-]+[:/])?${tokenSource}`);

function asText(value: Value | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? unknown('a list inside text') : asWritten(value);
}

function accountsIn(value: unknown): string[] {
  const found: string[] = [];
  const pending: unknown[] = [value];
  // Iterative, and bounded: this walks what nobody has checked yet.
  for (let steps = 0; pending.length > 0 && steps < 20_000; steps++) {
    const next = pending.pop();
    if (typeof next === 'string') {
      const match = /:iam::(\d{12}):root/.exec(next);
      if (match?.[1]) found.push(match[1]);
    } else if (typeof next === 'object' && next !== null) pending.push(...Object.values(next));
  }
  return found;
}
