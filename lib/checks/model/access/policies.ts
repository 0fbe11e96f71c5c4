import type { Answer } from '../answers.ts';
import { readings } from '../readings.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { hasUnknown, isMap, isUnknown, list, map, type Value, type ValueMap } from '../values.ts';
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
  /** Whether the statement is in force whatever a deploy decides. */
  readonly certain: boolean;
}

/** Statements of a policy document; text that holds one (as some types want it) is parsed first. */
export function statementsOf(
  source: Resource,
  document: Value | undefined,
  graph: EnvironmentGraph,
): Statement[] {
  return graph.possible(document, !source.conditional).flatMap((possible) => {
    const parsed =
      typeof possible.value === 'string' && !isUnknown(possible.value)
        ? parse(possible.value)
        : possible.value;
    if (isUnknown(parsed)) return [unknownStatement(source, asText(parsed))];
    return graph.possible(map(parsed).Statement, possible.certain).flatMap(({ value, certain }) => {
      if (isUnknown(value)) return [unknownStatement(source, asText(value))];
      return readings(value, graph).flatMap((reading, _, all) =>
        isMap(reading) ? statement(source, reading, certain && all.length === 1, graph) : [],
      );
    });
  });
}

/** A policy that only a deploy knows may allow anybody anything. */
function unknownStatement(source: Resource, cause: string): Statement {
  return {
    source,
    effect: 'Allow',
    actions: [cause],
    notActions: undefined,
    resources: [cause],
    notResources: undefined,
    principals: { AWS: [cause] },
    notPrincipals: undefined,
    conditions: {},
    certain: false,
  };
}

function statement(
  source: Resource,
  written: ValueMap,
  certain: boolean,
  graph: EnvironmentGraph,
): Statement {
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
    conditions: conditionsOf(written.Condition),
    certain: certain && !isUnknown(written.Effect),
  };
}

/** A condition that only a deploy knows is one: without it the statement would hold always. */
function conditionsOf(written: Value | undefined): ValueMap {
  return isUnknown(written) ? { [asText(written)]: { unknown: asText(written) } } : map(written);
}

function parse(document: string): Value | undefined {
  try {
    return JSON.parse(document) as Value;
  } catch {
    return undefined;
  }
}

function asText(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The texts of one value or many, as a policy compares them: `true` and `5` too. */
export function texts(value: Value | undefined): string[] {
  return list(value).flatMap((item) => (typeof item === 'object' ? [] : String(item)));
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

const covered = new WeakMap<Statement, Map<string, Answer>>();

/** Whether the statement is about an action such as `kms:Decrypt`. */
export function coversAction(statement: Statement, action: string): Answer {
  const known = remembered(covered, statement, () => new Map<string, Answer>());
  return remembered(known, action, () => {
    if (statement.notActions === undefined) return among(statement.actions, action);
    const excluded = among(statement.notActions, action);
    return excluded === 'unknown' ? excluded : excluded === 'yes' ? 'no' : 'yes';
  });
}

function among(patterns: readonly string[], action: string): Answer {
  if (patterns.some((pattern) => globMatches(pattern, action, true))) return 'yes';
  return patterns.some(hasUnknown) ? 'unknown' : 'no';
}
