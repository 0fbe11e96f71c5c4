import { asWritten, isMap } from '../values.ts';
import { type Amendment, amend } from './amendments.ts';
import { httpApiOf, restApiOf } from './apis.ts';
import { connectorsOf, policyOf } from './connectors.ts';
import type { Route } from './events.ts';
import { functionOf } from './functions.ts';
import { withGlobals } from './globals.ts';
import { stateMachineOf } from './state-machines.ts';
import { layerOf, tableOf } from './stores.ts';
import { type Expanded, listOf, mapOf, type Resources, type Written } from './template-parts.ts';

/** What of a resource is not expanded here, as its metadata tells. */
export const leftKey = 'secure-shop:not-expanded';
/** The resource of the Serverless Application Model that another was made of, as its metadata tells. */
export const madeOfKey = 'SamResourceId';

const prefix = 'AWS::Serverless::';

/**
 * A template with what the Serverless Application Model would make of it, as far as that can be told from the template
 * alone: what grants access or opens a way is there, or the resource says that it is not. Types that are not known here
 * stay as they are.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function withoutServerless(template: Written): Written {
  const written = mapOf(template.Resources) as Resources;
  const uses = Object.values(written).some(
    (each) => asWritten(mapOf(each).Type).startsWith(prefix) || isMap(mapOf(each).Connectors),
  );
  if (!uses || !Object.values(written).every(isMap)) return template;
  const expansion = new Expansion(written, mapOf(template.Globals));
  return { ...template, ...renamed({ ...template, Resources: expansion.resources() }, expansion.parts) };
}

class Expansion {
  /** What `Function.Alias` and the like are called. */
  readonly parts = new Map<string, string>();
  private readonly written: Resources;
  private readonly globals: Written;
  private readonly routes: Route[] = [];
  private readonly amendments: Amendment[] = [];

  constructor(written: Resources, globals: Written) {
    this.written = written;
    this.globals = globals;
  }

  resources(): Resources {
    const functions = this.each('Function', (id, properties) => {
      const { routes, amendments, ...expanded } = functionOf(id, properties);
      this.routes.push(...routes);
      this.amendments.push(...amendments);
      return expanded;
    });
    const made: Resources = {
      ...functions,
      ...this.each('Api', (id, properties) => restApiOf(id, properties, this.routesTo(id, 'Api'))),
      ...this.each('HttpApi', (id, properties) => httpApiOf(id, properties, this.routesTo(id, 'HttpApi'))),
      ...this.each('SimpleTable', tableOf),
      ...this.each('LayerVersion', layerOf),
      ...this.each('StateMachine', stateMachineOf),
      ...this.implied(),
    };
    const all: Resources = Object.fromEntries([
      ...Object.entries(this.written).map(([id, resource]) => [id, made[id] ?? resource] as const),
      ...Object.entries(made).filter(([id]) => !Object.hasOwn(this.written, id)),
    ]);
    amend(all, this.amendments);
    for (const [id, resource] of Object.entries(this.written)) {
      for (const connector of connectorsOf(id, resource)) Object.assign(all, policyOf(connector, all));
      // What a connector writes into the policy of a queue, a topic or a function is not told here.
      if (isMap(resource.Connectors)) all[id] = withLeft(all[id] ?? resource, 'Connectors');
    }
    return all;
  }

  private each(kind: string, expand: (id: string, properties: Written) => Expanded): Resources {
    const found: Resources = {};
    for (const [id, resource] of Object.entries(this.written)) {
      if (resource.Type !== prefix + kind) continue;
      const properties = mapOf(withGlobals(this.globals[kind], mapOf(resource.Properties)));
      const { resources, parts = {}, left } = expand(id, properties);
      for (const [part, name] of Object.entries(parts)) this.parts.set(`${id}.${part}`, name);
      for (const [name, made] of Object.entries(resources))
        found[name] = inPlaceOf(id, resource, name, made, left);
    }
    return found;
  }

  /** The API that all events share which name none. */
  private implied(): Resources {
    const rest = this.routes.filter(({ kind, api }) => kind === 'Api' && api === undefined);
    const http = this.routes.filter(({ kind, api }) => kind === 'HttpApi' && api === undefined);
    const properties = (kind: string) => mapOf(this.globals[kind]);
    return {
      ...(rest.length > 0 &&
        restApiOf('ServerlessRestApi', { StageName: 'Prod', ...properties('Api') }, rest).resources),
      ...(http.length > 0 && httpApiOf('ServerlessHttpApi', properties('HttpApi'), http).resources),
    };
  }

  private routesTo(id: string, kind: Route['kind']): readonly Route[] {
    return this.routes.filter((route) => route.kind === kind && (mapOf(route.api).Ref ?? route.api) === id);
  }
}

function withLeft(resource: Written, name: string): Written {
  const metadata = mapOf(resource.Metadata);
  return {
    ...resource,
    Metadata: { ...metadata, [leftKey]: [...new Set([...listOf(metadata[leftKey]), name])] },
  };
}

/** What is made for a resource exists when that does, and is found where that stands. */
function inPlaceOf(
  id: string,
  { Condition, DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata }: Written,
  name: string,
  made: Written,
  left: readonly string[],
): Written {
  const isItself = name === id;
  return {
    ...(DeletionPolicy !== undefined && { DeletionPolicy }),
    ...(UpdateReplacePolicy !== undefined && { UpdateReplacePolicy }),
    ...made,
    ...(Condition !== undefined && { Condition }),
    ...(isItself && DependsOn !== undefined && { DependsOn }),
    Metadata: {
      ...(isItself && mapOf(Metadata)),
      [madeOfKey]: id,
      ...(isItself && left.length > 0 && { [leftKey]: left }),
    },
  };
}

/** A template in which what is referred to as a part of a resource has the name that it is given here. */
function renamed(node: unknown, parts: ReadonlyMap<string, string>): Written {
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (!isMap(value)) return value;
    const { Ref, 'Fn::Sub': sub } = value;
    if (typeof Ref === 'string' && parts.has(Ref)) return { Ref: parts.get(Ref) };
    const substituted = (text: unknown) =>
      typeof text === 'string'
        ? text.replace(/\$\{([^!}]+)\}/g, (whole, name: string) => {
            const part = parts.get(name.trim());
            return part === undefined ? whole : `\${${part}}`;
          })
        : rename(text);
    if (sub !== undefined) {
      return { ...value, 'Fn::Sub': Array.isArray(sub) ? sub.map(substituted) : substituted(sub) };
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rename(each)]));
  };
  return rename(node) as Written;
}
