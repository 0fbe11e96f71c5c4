import type { EnvironmentGraph, Resource } from '../templates.ts';
import { hasUnknown, isMap, isUnknown, list, map, text, type Value, type ValueMap } from '../values.ts';
import type { Answer } from './answers.ts';
import { globMatches } from './patterns.ts';

/** One statement of a policy, with every "one or many" made many. */
export interface Statement {
  /** The resource whose template text holds the statement. */
  readonly source: Resource;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[];
  readonly notResources: readonly string[] | undefined;
  /** Principals by kind (`AWS`, `Service`, `Federated`, `CanonicalUser`); `*` alone is `AWS: *`. */
  readonly principals: Readonly<Record<string, readonly string[]>> | undefined;
  readonly notPrincipals: Readonly<Record<string, readonly string[]>> | undefined;
  readonly conditions: ValueMap;
}

/** Statements of a policy document; text that holds one (as some types want it) is parsed first. */
export function statementsOf(
  source: Resource,
  document: Value | undefined,
  graph: EnvironmentGraph,
): Statement[] {
  const parsed = typeof document === 'string' && !isUnknown(document) ? parse(document) : document;
  const statements = list(map(parsed).Statement).filter(isMap);
  return statements.map((written) => {
    const arns = (key: string): readonly string[] | undefined =>
      written[key] === undefined ? undefined : texts(written[key]).map((value) => graph.canonicalArn(value));
    return {
      source,
      // Anything but an explicit Deny is read as the more dangerous of the two.
      effect: written.Effect === 'Deny' ? 'Deny' : 'Allow',
      actions: texts(written.Action),
      notActions: written.NotAction === undefined ? undefined : texts(written.NotAction),
      resources: arns('Resource') ?? [],
      notResources: arns('NotResource'),
      principals: principalsOf(written.Principal, graph),
      notPrincipals: principalsOf(written.NotPrincipal, graph),
      conditions: map(written.Condition),
    };
  });
}

function parse(document: string): Value | undefined {
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

/** The texts of one value or many; what is no text is left out. */
export function texts(value: Value | undefined): string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}

function principalsOf(
  written: Value | undefined,
  graph: EnvironmentGraph,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (written === undefined) return undefined;
  const kinds = isMap(written) ? written : { AWS: written };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, values]) => [
      kind,
      texts(values).map((value) => graph.canonicalArn(value)),
    ]),
  );
}

/** Whether the statement names everyone as its principal, rather than some. */
export function isAboutEveryone({ principals }: Statement): boolean {
  return Object.values(principals ?? {})
    .flat()
    .includes('*');
}

/** Whether the statement is about an action such as `kms:Decrypt`. */
export function coversAction(statement: Statement, action: string): Answer {
  if (statement.notActions) {
    return statement.notActions.some((pattern) => globMatches(pattern, action, true)) ? 'no' : 'yes';
  }
  if (statement.actions.some((pattern) => globMatches(pattern, action, true))) return 'yes';
  return statement.actions.some(hasUnknown) ? 'unknown' : 'no';
}
