import type { EnvironmentGraph, Resource } from './templates.ts';
import {
  hasUnknown,
  isMap,
  isUnknown,
  list,
  map,
  text,
  tokensIn,
  type Value,
  type ValueMap,
} from './values.ts';

/** Three-valued: `unknown` is what a template alone cannot decide, and never counts as a pass. */
export type Answer = 'yes' | 'no' | 'unknown';

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

function texts(value: Value | undefined): string[] {
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

const globs = new Map<string, RegExp>();

/** Whether a policy pattern with `*` and `?` covers the text. */
export function globMatches(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!ignoreCase && !/[*?]/.test(pattern)) return false;
  const key = `${ignoreCase}${pattern}`;
  let compiled = globs.get(key);
  if (!compiled) {
    const source = pattern
      .replace(/\*+/g, '*')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    compiled = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
    globs.set(key, compiled);
  }
  return compiled.test(value);
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

/**
 * Whether the condition of a statement can be met over TLS by a principal.
 * @param principalArns spellings of the principal's ARN; none for a caller outside the templates
 */
export function conditionsMet(conditions: ValueMap, principalArns: readonly string[]): Answer {
  let answer: Answer = 'yes';
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, written] of Object.entries(map(keys))) {
      const met = clauseMet(operator, key, texts(written), principalArns);
      if (met === 'no') return 'no';
      if (met === 'unknown') answer = 'unknown';
    }
  }
  return answer;
}

function clauseMet(
  operator: string,
  key: string,
  values: readonly string[],
  principalArns: readonly string[],
): Answer {
  const lower = key.toLowerCase();
  if (lower === 'aws:securetransport') return values.includes('true') ? 'yes' : 'no';
  if (lower !== 'aws:principalarn' || values.some(hasUnknown)) return 'unknown';
  const found = principalArns.some((arn) => values.some((value) => globMatches(value, arn)));
  if (/^(ForAnyValue:|ForAllValues:)?(String|Arn)(Equals|Like)(IfExists)?$/.test(operator))
    return found ? 'yes' : 'no';
  if (/^(ForAnyValue:|ForAllValues:)?(String|Arn)Not(Equals|Like)(IfExists)?$/.test(operator)) {
    return found ? 'no' : 'yes';
  }
  return 'unknown';
}

/**
 * Condition keys that tie an anonymous or cross-account grant to callers somebody chose: an account, an
 * organization, a network of one's own or the resource that a service acts for.
 */
const restrictingKeys = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:userid',
  'kms:calleraccount',
  'lambda:eventsourcetoken',
  's3:dataaccesspointaccount',
  'elasticfilesystem:accessedviamounttarget',
  'elasticfilesystem:accesspointarn',
];

/** Keys that tie a grant to an account, whose value must then be the environment's own. */
const accountKeys = [
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:resourceaccount',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
];

/** Keys that tie a grant to one resource or principal, which must then be of the environment. */
const arnKeys = ['aws:principalarn', 'aws:sourcearn', 'elasticfilesystem:accesspointarn'];

/** Keys that tie a grant to a network, which must then be in the templates. */
const networkKeys = ['aws:sourcevpc', 'aws:sourcevpce'];

/**
 * Whether a condition of the statement must be met by callers that somebody chose. A declared shop has chosen its own
 * account and its own resources: an organization, which may be anyone's, or a pattern over accounts ties nothing there.
 *
 * @param more keys that tie this kind of policy too
 */
export function isRestricted(
  conditions: ValueMap,
  graph: EnvironmentGraph,
  more: readonly string[] = [],
): boolean {
  const ties = graph.declaration === undefined ? tiesSomebody : tiesOwn;
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      // A negated operator excludes some callers and lets in all others; these two are met when the key is missing.
      !/Not|Null|IfExists$|^ForAllValues:/.test(operator) &&
      Object.entries(map(keys)).some(
        ([key, values]) =>
          [...restrictingKeys, ...more].includes(key.toLowerCase()) &&
          texts(values).length > 0 &&
          texts(values).every((value) => ties(key.toLowerCase(), value, graph)),
      ),
  );
}

function tiesSomebody(_: string, value: string, graph: EnvironmentGraph): boolean {
  return value !== '*' && !isForeignAccount(value, graph.account);
}

function tiesOwn(key: string, value: string, graph: EnvironmentGraph): boolean {
  if (!tiesSomebody(key, value, graph)) return false;
  if (accountKeys.includes(key)) return graph.account === undefined || value === graph.account;
  if (networkKeys.includes(key)) return graph.target(value) !== undefined;
  // An ARN without an account and without a reference, such as that of a bucket, may be anyone's.
  if (arnKeys.includes(key))
    return tokensIn(value).length > 0 || /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(value);
  return !['aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceorgid', 'aws:resourceorgid'].includes(
    key,
  );
}

/**
 * Accounts of AWS itself that deliver load-balancer logs, in the regions where they are not a service principal:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logDeliveryAccounts = new Set([
  '127311923021',
  '033677994240',
  '027434742980',
  '797873946194',
  '098369216593',
  '754344448648',
  '589379963580',
  '718504428378',
  '383597477331',
  '600734575887',
  '114774131450',
  '783225319266',
  '582318560864',
  '985666609251',
  '054676820928',
  '156460612806',
  '652711504416',
  '635631232127',
  '009996457667',
  '897822967062',
  '076674570225',
  '507241528517',
]);

/** Whether an ARN or account id names an account that is not the environment's own. */
export function isForeignAccount(value: string, ownAccount: string | undefined): boolean {
  const account = /^\d{12}$/.test(value) ? value : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
  if (account !== undefined && logDeliveryAccounts.has(account)) return false;
  return account !== undefined && ownAccount !== undefined && account !== ownAccount;
}
