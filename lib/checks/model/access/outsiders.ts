import type { EnvironmentGraph } from '../templates.ts';
import { display, hasUnknown, map } from '../values.ts';
import { isForBackupCopies } from './backup-account.ts';
import { type Statement, texts } from './policies.ts';
import { isAccount, matchesPrincipal } from './principal-match.ts';
import { outsider, type Principal } from './principals.ts';
import { spelled } from './resource-arns.ts';
import { isForeignAccount, isLogDelivery, isOriginAccessIdentity, isRestricted } from './restrictions.ts';

/** A caller outside the templates whom a statement lets in. */
export interface Outsider {
  readonly principal: Principal;
  /** Whether the template says so, rather than leaving it open. */
  readonly certain: boolean;
}

/**
 * Callers outside the templates whom an Allow of a resource or trust policy names. The account as a whole only hands
 * the decision to its identity policies, which these templates do not hold.
 *
 * @param insiders principals of the templates: who is one of them is none of these
 */
export function outsidersOf(
  statement: Statement,
  insiders: readonly Principal[],
  graph: EnvironmentGraph,
): readonly Outsider[] {
  const sure = (name: string, arn?: string, ofAccount = false): Outsider => ({
    principal: outsider(name, arn, ofAccount),
    certain: true,
  });
  if (statement.notPrincipals) return [sure('anyone but those named')];
  const { AWS = [], Federated = [], CanonicalUser = [] } = statement.principals ?? {};
  const isInsider = (value: string) =>
    insiders.some((principal) => {
      const only = { ...statement, principals: { AWS: [value] } };
      return matchesPrincipal(only, principal, graph).answer === 'yes';
    });
  return [
    ...AWS.flatMap((value): readonly Outsider[] => {
      if (value === '*') return everybody(statement, insiders, graph);
      if (isLogDelivery(value) || isOriginAccessIdentity(value, graph)) return [];
      if (isForBackupCopies(statement, value)) return [];
      if (isForeignAccount(value, graph.account)) return [sure(`account ${value}`, rootOf(value))];
      if (isAccount(value)) return [];
      if (hasUnknown(value))
        return [{ principal: outsider('a principal known only after deployment'), certain: false }];
      return isInsider(value) ? [] : [sure(display(value), value, true)];
    }),
    ...Federated.map((value) => sure(`anyone signed in through ${display(value)}`)),
    ...CanonicalUser.filter((value) => !isOriginAccessIdentity(value, graph)).map((value) =>
      sure(`the account with canonical id ${display(value)}`),
    ),
  ];
}

function rootOf(value: string): string {
  return /^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value;
}

/** Keys by which a condition picks callers, and what it says of them. */
const ties: Readonly<Record<string, (value: string) => string>> = {
  'aws:principalarn': (value) => value,
  'aws:principalaccount': (value) => `any principal of account ${value}`,
  'kms:calleraccount': (value) => `any principal of account ${value}`,
  'aws:principalorgid': (value) => `any principal of organization ${value}`,
  'aws:principalorgpaths': (value) => `any principal of organization ${value}`,
  'aws:sourcevpce': (value) => `anyone through ${value}`,
  'aws:sourcevpc': (value) => `anyone in ${value}`,
  'aws:userid': (value) => `whoever has the id ${value}`,
};

/** Keys without which only a service can call. */
const ofServices = /^(aws:source(arn|account|owner|orgid|orgpaths)|lambda:eventsourcetoken)$/;

/** Everybody, or those whom the condition of the statement leaves. */
function everybody(
  { conditions }: Statement,
  insiders: readonly Principal[],
  graph: EnvironmentGraph,
): readonly Outsider[] {
  const clauses = Object.entries(conditions)
    .filter(([operator]) => !/Not|Null|IfExists$|^ForAllValues:/i.test(operator))
    .flatMap(([, keys]) => Object.entries(map(keys)))
    .map(([key, written]) => ({ key: key.toLowerCase(), values: texts(written) }));
  if (clauses.some(({ key }) => ofServices.test(key))) return [];
  const tied = clauses.filter(({ key }) => ties[key] !== undefined);
  if (tied.length === 0) {
    const restricted = isRestricted(conditions, graph);
    return [{ principal: outsider(restricted ? 'anyone who meets its condition' : 'anyone'), certain: true }];
  }
  const [{ key, values } = { key: '', values: [] }] = tied;
  return values.flatMap((value) => {
    // A pattern may mean others besides those of the templates.
    if (key === 'aws:principalarn' && !/[*?]/.test(value) && isOneInsider(value, insiders, graph)) return [];
    const name = ties[key]?.(display(value)) ?? display(value);
    const arn = key === 'aws:principalarn' && !/[*?]/.test(value) ? value : undefined;
    const ofAccount = graph.account !== undefined && value.includes(graph.account);
    return [{ principal: outsider(name, arn, ofAccount), certain: !hasUnknown(value) }];
  });
}

/** Whether an ARN is that of a principal of the templates. */
function isOneInsider(value: string, insiders: readonly Principal[], graph: EnvironmentGraph): boolean {
  return insiders.some(
    ({ arn }) => arn !== undefined && spelled(graph.canonicalArn(value), graph) === spelled(arn, graph),
  );
}
