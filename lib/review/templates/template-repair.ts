import { type CloudFormationResource, type CloudFormationTemplate, isObject } from './template-file.ts';

/** Functions CfnInclude understands; any other makes it refuse the whole template. */
const knownFunctions = new Set([
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::GetAZs',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::Transform',
]);

/** Stands for whatever is only known at the deploy. */
const unknownValue = 'SecureShopUnknownValue';

export interface Includable {
  readonly template: CloudFormationTemplate;
  /** What the template refers to and does not hold. */
  readonly missing: readonly string[];
  /** How many values a condition chooses, of which one branch stands in the template now. */
  readonly branches: number;
}

/**
 * A template reduced to what nag rules read, in which nothing dangles: CfnInclude refuses a template as a whole
 * for a single reference it cannot follow, and a reviewer wants to know about everything else in it.
 *
 * What cannot be known becomes a reference to a parameter, never a literal: a rule that needs the value then
 * says that it cannot decide.
 */
export function includable(template: CloudFormationTemplate): Includable {
  const repair = new Repair(template);
  const resources = Object.fromEntries(
    Object.entries(template.Resources).map(([logicalId, resource]) => [logicalId, repair.resource(resource)]),
  );
  const parameters = Object.keys(isObject(template.Parameters) ? template.Parameters : {});
  return {
    template: {
      Parameters: Object.fromEntries([...parameters, unknownValue].map((name) => [name, { Type: 'String' }])),
      ...(repair.mappings && { Mappings: repair.mappings }),
      Resources: dependenciesFirst(resources),
    },
    missing: [...repair.missing],
    branches: repair.branches,
  };
}

class Repair {
  readonly missing = new Set<string>();
  branches = 0;
  readonly mappings: Record<string, unknown> | undefined;
  private readonly resources: CloudFormationTemplate['Resources'];
  private readonly targets: ReadonlySet<string>;
  private readonly defaults: ReadonlyMap<string, unknown>;
  private readonly conditions: ReadonlySet<string>;

  constructor(template: CloudFormationTemplate) {
    this.resources = template.Resources;
    const parameters = isObject(template.Parameters) ? Object.keys(template.Parameters) : [];
    this.targets = new Set([...Object.keys(template.Resources), ...parameters]);
    this.defaults = defaultsOf(template.Parameters);
    this.conditions = new Set(isObject(template.Conditions) ? Object.keys(template.Conditions) : []);
    this.mappings = wellFormedMappings(template.Mappings);
  }

  resource({ Type, Properties, Metadata, DeletionPolicy, UpdateReplacePolicy }: CloudFormationResource) {
    return {
      Type,
      ...(Properties && { Properties: this.value(Properties) }),
      ...(Metadata && { Metadata: literal(Metadata) }),
      ...policy({ DeletionPolicy }),
      ...policy({ UpdateReplacePolicy }),
    } as CloudFormationResource;
  }

  private value(node: unknown): unknown {
    if (typeof node === 'string') return withoutTokens(node);
    if (Array.isArray(node)) return node.map((item) => this.value(item));
    if (!isObject(node)) return node;
    const [key = '', ...others] = Object.keys(node);
    if (others.length === 0) {
      if (key === 'Ref') return this.reference(node, node.Ref);
      if (key === 'Fn::GetAtt') return this.attribute(node[key]);
      if (key === 'Fn::Sub') return this.substitution(node[key]);
      if (key === 'Fn::If') return this.branch(node[key]);
      if (key === 'Fn::FindInMap') return this.lookup(node[key]);
      if (key.startsWith('Fn::') && !knownFunctions.has(key)) return { Ref: unknownValue };
    }
    return Object.fromEntries(
      Object.entries(node).map(([name, item]) => [withoutTokens(name), this.value(item)]),
    );
  }

  private reference(written: object, target: unknown): unknown {
    if (typeof target === 'string' && this.defaults.has(target)) return this.defaults.get(target);
    const known = typeof target === 'string' && (target.startsWith('AWS::') || this.targets.has(target));
    return known ? written : this.unknown(String(target));
  }

  private attribute(written: unknown): unknown {
    const [target, ...attribute] = typeof written === 'string' ? written.split('.') : asArray(written);
    if (typeof target !== 'string' || !Object.hasOwn(this.resources, target))
      return this.unknown(String(target));
    const name = attribute.every((part) => typeof part === 'string') ? attribute.join('.') : '';
    return name ? { 'Fn::GetAtt': [target, name] } : this.unknown(`an attribute of ${target}`);
  }

  private substitution(written: unknown): unknown {
    const [text, variables] = typeof written === 'string' ? [written, {}] : asArray(written);
    if (typeof text !== 'string') return this.unknown('a substitution');
    const own = isObject(variables) ? variables : {};
    const repaired = withoutTokens(text).replace(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
      const [target = ''] = name.trim().split('.');
      const initial = Object.hasOwn(own, name.trim()) ? undefined : this.defaults.get(name.trim());
      if (typeof initial === 'string') return initial;
      if (Object.hasOwn(own, name.trim()) || target.startsWith('AWS::') || this.targets.has(target))
        return whole;
      this.missing.add(target);
      return `\${${unknownValue}}`;
    });
    return Object.keys(own).length > 0 ? { 'Fn::Sub': [repaired, this.value(own)] } : { 'Fn::Sub': repaired };
  }

  /** Conditions are not evaluated: what may be deployed is what gets reviewed, so the first branch stands. */
  private branch(written: unknown): unknown {
    const [condition, whenTrue, whenFalse] = asArray(written);
    if (typeof condition !== 'string' || !this.conditions.has(condition)) {
      this.missing.add(`the condition ${String(condition)}`);
    }
    if (!isNoValue(whenTrue) && !isNoValue(whenFalse)) this.branches += 1;
    return this.value(isNoValue(whenTrue) ? whenFalse : whenTrue);
  }

  private lookup(written: unknown): unknown {
    const [map] = asArray(written);
    const known = typeof map === 'string' && Object.hasOwn(this.mappings ?? {}, map);
    return known ? { 'Fn::FindInMap': this.value(written) } : this.unknown(`the mapping ${String(map)}`);
  }

  private unknown(what: string): unknown {
    this.missing.add(what.slice(0, 100));
    return { Ref: unknownValue };
  }
}

/** What parameters are by default: rules then judge what a deploy without answers makes. */
function defaultsOf(parameters: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(isObject(parameters) ? parameters : {}).flatMap(
      ([name, parameter]): [string, unknown][] => {
        const { Type, Default } = isObject(parameter) ? parameter : {};
        if (
          typeof Type !== 'string' ||
          Type.startsWith('AWS::SSM::') ||
          Default === undefined ||
          Default === ''
        )
          return [];
        if (typeof Default !== 'string' && typeof Default !== 'number') return [];
        const written = withoutTokens(String(Default));
        const isList = Type.startsWith('List<') || Type === 'CommaDelimitedList';
        return [[name, isList ? written.split(',').map((each) => each.trim()) : written]];
      },
    ),
  );
}

/** Text that would read as one of the CDK's own placeholders is kept from becoming one. */
function withoutTokens(text: string): string {
  return text.replaceAll('${Token[', '$ {Token[').replaceAll('#{Token[', '# {Token[');
}

/** Metadata is data: references inside it are never followed. */
function literal(node: unknown): unknown {
  if (typeof node === 'string') return withoutTokens(node);
  if (Array.isArray(node)) return node.map(literal);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'Ref' && !key.startsWith('Fn::'))
      .map(([key, item]) => [key, literal(item)]),
  );
}

function policy(attribute: Record<string, unknown>): Record<string, unknown> {
  const [[name = '', value] = []] = Object.entries(attribute);
  const known = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'].includes(String(value));
  return known ? { [name]: value } : {};
}

function wellFormedMappings(mappings: unknown): Record<string, unknown> | undefined {
  if (!isObject(mappings)) return undefined;
  const wellFormed = Object.entries(mappings).filter(
    ([name, keys]) => /^[A-Za-z0-9]+$/.test(name) && isObject(keys) && Object.values(keys).every(isObject),
  );
  return wellFormed.length > 0 ? Object.fromEntries(wellFormed) : undefined;
}

function isNoValue(node: unknown): boolean {
  return isObject(node) && node.Ref === 'AWS::NoValue';
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** CfnInclude follows references recursively; in this order it never has to, however long the chain. */
function dependenciesFirst(
  resources: Readonly<Record<string, CloudFormationResource>>,
): Record<string, CloudFormationResource> {
  const ordered: [string, CloudFormationResource][] = [];
  const visited = new Set<string>();
  for (const start of Object.keys(resources)) {
    const pending = [start];
    while (pending.length > 0) {
      const current = pending[pending.length - 1] ?? '';
      const resource = resources[current];
      const next = visited.has(current) || !resource ? [] : referencesIn(resource);
      const open = next.filter((target) => Object.hasOwn(resources, target) && !visited.has(target));
      if (!visited.has(current)) {
        visited.add(current);
        pending.push(...open);
        continue;
      }
      pending.pop();
      if (resource && !ordered.some(([id]) => id === current)) ordered.push([current, resource]);
    }
  }
  return Object.fromEntries(ordered);
}

function referencesIn(node: unknown): string[] {
  const found = new Set<string>();
  const pending = [node];
  while (pending.length > 0) {
    const current = pending.pop();
    if (typeof current !== 'object' || current === null) continue;
    const { Ref, 'Fn::GetAtt': getAtt, 'Fn::Sub': sub } = current as Record<string, unknown>;
    if (typeof Ref === 'string') found.add(Ref);
    if (Array.isArray(getAtt) && typeof getAtt[0] === 'string') found.add(getAtt[0]);
    const text = Array.isArray(sub) ? sub[0] : sub;
    if (typeof text === 'string') {
      for (const [, name = ''] of text.matchAll(/\$\{([^!.}]+)/g)) found.add(name.trim());
    }
    pending.push(...Object.values(current));
  }
  return [...found];
}
