import { isMap } from '../../checks/model/values.ts';

/** Above what any template that CloudFormation takes can hold. */
const mostCopies = 2000;

interface Scope {
  /** What the template's parameters are by default. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  /** What stands for the variables of the loops around. */
  readonly variables: ReadonlyMap<string, string>;
  /** Counts copies, so that loops in loops end. */
  readonly made: { copies: number };
}

/**
 * A template with its loops unrolled, as far as the template itself says over what they run; others stay as they are.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(template: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!JSON.stringify(template).includes('"Fn::ForEach::')) return template;
  const scope: Scope = {
    parameters: isMap(template.Parameters) ? template.Parameters : {},
    mappings: isMap(template.Mappings) ? template.Mappings : {},
    variables: new Map(),
    made: { copies: 0 },
  };
  return Object.fromEntries(
    Object.entries(template).map(([section, value]) => [
      section,
      ['Resources', 'Conditions', 'Outputs'].includes(section) ? unrolled(value, scope) : value,
    ]),
  );
}

function unrolled(node: unknown, scope: Scope): unknown {
  if (typeof node === 'string') return substituted(node, scope.variables);
  if (Array.isArray(node)) return node.map((each) => unrolled(each, scope));
  if (!isMap(node)) return node;
  const [only, ...others] = Object.entries(node);
  if (only?.[0] === 'Ref' && others.length === 0 && typeof only[1] === 'string') {
    const value = scope.variables.get(only[1]);
    return value ?? node;
  }
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) =>
      key.startsWith('Fn::ForEach::')
        ? (copies(value, scope) ?? [[key, value] as const])
        : [[substituted(key, scope.variables), unrolled(value, scope)] as const],
    ),
  );
}

/** One copy of the loop's body for each value; undefined when what it runs over is known only after deployment. */
function copies(loop: unknown, scope: Scope): (readonly [string, unknown])[] | undefined {
  const [variable, collection, body] = Array.isArray(loop) ? loop : [];
  const values = valuesOf(collection, scope);
  if (typeof variable !== 'string' || !values || !isMap(body)) return undefined;
  return values.flatMap((value) => {
    scope.made.copies += 1;
    if (scope.made.copies > mostCopies) return [];
    const inner = { ...scope, variables: new Map([...scope.variables, [variable, value]]) };
    return Object.entries(unrolled(body, inner) as Record<string, unknown>);
  });
}

function valuesOf(collection: unknown, scope: Scope): string[] | undefined {
  if (Array.isArray(collection)) {
    const values = collection.map(
      (each) => valuesOf(each, scope) ?? (isMap(each) ? undefined : [String(each)]),
    );
    return values.every((each) => each !== undefined) ? values.flat() : undefined;
  }
  if (!isMap(collection)) return undefined;
  if (typeof collection.Ref === 'string') {
    const outer = scope.variables.get(collection.Ref);
    if (outer !== undefined) return [outer];
    const parameter = scope.parameters[collection.Ref];
    const initial = isMap(parameter) ? parameter.Default : undefined;
    return typeof initial === 'string' ? initial.split(',').map((each) => each.trim()) : undefined;
  }
  const keys = unrolled(collection['Fn::FindInMap'], scope);
  if (!Array.isArray(keys)) return undefined;
  let found: unknown = scope.mappings;
  for (const key of keys.slice(0, 3)) found = isMap(found) ? found[String(key)] : undefined;
  return Array.isArray(found) ? found.map(String) : undefined;
}

/** `${Name}` is the value, `&{Name}` its letters and digits. */
function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (whole, sign: string, name: string) => {
    const value = variables.get(name);
    if (value === undefined) return whole;
    return sign === '&' ? value.replace(/[^A-Za-z0-9]/g, '') : value;
  });
}
