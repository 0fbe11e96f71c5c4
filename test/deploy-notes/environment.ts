import { at, isObject, type Json, type JsonObject, list, object, objectsIn, stringsIn } from './json.ts';

/** What would be deployed for one environment of one shop. Plain data, so that a test can break a copy of it. */
export interface DeployedEnvironment {
  /** The config file it comes from, and its name there. */
  readonly name: string;
  readonly disposable: boolean;
  readonly stacks: DeployedStack[];
}

export interface DeployedStack {
  name: string;
  region: string;
  readonly account: string;
  terminationProtection: boolean;
  /** Names of the stacks deployed before it. */
  readonly dependsOn: string[];
  readonly template: JsonObject;
}

export interface Resource {
  readonly stack: DeployedStack;
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: string[];
  /** As it stands in the template, for what is not a property. */
  readonly declaration: JsonObject;
}

export function resources(environment: DeployedEnvironment, ...types: string[]): Resource[] {
  return environment.stacks.flatMap((stack) => resourcesOf(stack, ...types));
}

export function resourcesOf(stack: DeployedStack, ...types: string[]): Resource[] {
  return Object.entries(object(stack.template.Resources))
    .filter(([, declaration]) => types.length === 0 || types.includes(String(at(declaration, 'Type'))))
    .map(([id, declaration]) => resource(stack, id, object(declaration)));
}

function resource(stack: DeployedStack, id: string, declaration: JsonObject): Resource {
  if (!isObject(declaration.Properties)) declaration.Properties = {};
  return {
    stack,
    id,
    type: String(declaration.Type),
    properties: declaration.Properties,
    dependsOn: list(declaration.DependsOn).map(String),
    declaration,
  };
}

export function label({ stack, id, type }: Resource): string {
  return `${stack.name}/${id} (${type})`;
}

/** The resource a value stands for: a reference, an attribute, or either through another stack's output. */
export function target(
  environment: DeployedEnvironment,
  stack: DeployedStack,
  value: Json,
): Resource | undefined {
  const found = origin(environment, stack, value);
  if (!found) return undefined;
  const id = referredId(found.value);
  const declaration = id === undefined ? undefined : at(found.stack.template, 'Resources', id);
  return id !== undefined && isObject(declaration) ? resource(found.stack, id, declaration) : undefined;
}

function referredId(value: Json): string | undefined {
  const ref = at(value, 'Ref');
  if (typeof ref === 'string') return ref;
  const attribute = at(value, 'Fn::GetAtt');
  if (typeof attribute === 'string') return attribute.split('.')[0];
  const id = at(attribute, 0);
  return typeof id === 'string' ? id : undefined;
}

/** Follows outputs of other stacks to where the value is made. */
function origin(
  environment: DeployedEnvironment,
  stack: DeployedStack,
  value: Json,
): { readonly stack: DeployedStack; readonly value: Json } | undefined {
  const read = at(value, 'Fn::GetStackOutput');
  if (isObject(read)) {
    const producer = environment.stacks.find(({ name }) => name === read.StackName);
    const output = producer && at(producer.template, 'Outputs', String(read.OutputName), 'Value');
    return producer && origin(environment, producer, output);
  }
  const imported = at(value, 'Fn::ImportValue');
  if (typeof imported === 'string') {
    for (const producer of environment.stacks) {
      for (const output of Object.values(object(producer.template.Outputs))) {
        if (at(output, 'Export', 'Name') === imported) {
          return origin(environment, producer, at(output, 'Value'));
        }
      }
    }
    return undefined;
  }
  return { stack, value };
}

/**
 * The value as text, as far as it is known before the deploy: account, region and literals as they are, whatever
 * only AWS knows as `{stack/id.attribute}`.
 */
export function text(environment: DeployedEnvironment, stack: DeployedStack, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((member) => text(environment, stack, member)).join(',');
  if (!isObject(value)) return '';

  const pseudo: Record<string, string> = {
    'AWS::Region': stack.region,
    'AWS::AccountId': stack.account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
  };
  const { Ref: ref, 'Fn::Join': join, 'Fn::Sub': sub } = value;
  if (typeof ref === 'string')
    return pseudo[ref] ?? nameOf(environment, stack, ref) ?? `{${stack.name}/${ref}}`;
  if (Array.isArray(join)) {
    return list(join[1])
      .map((part) => text(environment, stack, part))
      .join(String(join[0]));
  }
  if (sub !== undefined) {
    const template = String(Array.isArray(sub) ? sub[0] : sub);
    return template.replaceAll(/\$\{([^}]+)\}/g, (_, name: string) =>
      text(environment, stack, at(sub, 1, name) ?? { Ref: name }),
    );
  }
  const from = origin(environment, stack, value);
  if (from && from.value !== value) return text(environment, from.stack, from.value);
  const attribute = at(value, 'Fn::GetAtt');
  if (attribute !== undefined) return `{${stack.name}/${list(attribute).join('.')}}`;
  return JSON.stringify(value);
}

/** What `Ref` gives for the few resources whose name the template itself says. */
function nameOf(environment: DeployedEnvironment, stack: DeployedStack, id: string): string | undefined {
  const declaration = at(stack.template, 'Resources', id);
  const property = {
    'AWS::Logs::LogGroup': 'LogGroupName',
    'AWS::ECS::Cluster': 'ClusterName',
    'AWS::Lambda::Function': 'FunctionName',
  }[String(at(declaration, 'Type'))];
  const name = property && at(declaration, 'Properties', property);
  return name === undefined ? undefined : text(environment, stack, name);
}

/** Everything of its stack that is made before a resource: what it refers to and depends on, and so on. */
export function before(stack: DeployedStack, id: string): Set<string> {
  const found = new Set<string>();
  const visit = (from: string): void => {
    for (const next of directlyBefore(stack, from)) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(id);
  return found;
}

function directlyBefore({ template }: DeployedStack, id: string): string[] {
  const declaration = at(template, 'Resources', id);
  const referred = [...objectsIn(declaration)].flatMap((each) => {
    const attribute = each['Fn::GetAtt'];
    const sub = each['Fn::Sub'];
    return [
      each.Ref,
      typeof attribute === 'string' ? attribute.split('.')[0] : at(attribute, 0),
      ...[...stringsIn(Array.isArray(sub) ? sub[0] : sub)].flatMap((text) =>
        [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
      ),
    ];
  });
  const known = object(template.Resources);
  return [...referred, ...list(at(declaration, 'DependsOn'))].filter(
    (name): name is string => typeof name === 'string' && name in known,
  );
}
