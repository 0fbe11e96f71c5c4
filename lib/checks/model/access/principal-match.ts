import type { Answer } from '../answers.ts';
import type { EnvironmentGraph } from '../templates.ts';
import { hasUnknown } from '../values.ts';
import { coverage, type Piece } from './patterns.ts';
import type { Statement } from './policies.ts';
import type { Principal } from './principals.ts';
import { accountReference, chosen, partsOfArn, piecesOf, spelled } from './resource-arns.ts';
import { isForeignAccount } from './restrictions.ts';

/** Whether the principals of a statement include one. */
export interface PrincipalMatch {
  readonly answer: Answer;
  /** Only as one of the account: an identity policy must then allow the call too. */
  readonly byAccount: boolean;
  /** By the ARN of the role, which a permissions boundary then limits. */
  readonly byRole: boolean;
}

const nobody: PrincipalMatch = { answer: 'no', byAccount: false, byRole: false };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function matchesPrincipal(
  statement: Statement,
  principal: Principal,
  graph: EnvironmentGraph,
): PrincipalMatch {
  if (statement.notPrincipals) {
    const spared = best(Object.values(statement.notPrincipals).flat(), principal, graph);
    const answer = spared.answer === 'yes' ? 'no' : spared.answer === 'no' ? 'yes' : 'unknown';
    return { answer, byAccount: false, byRole: false };
  }
  const { AWS = [], CanonicalUser = [], Service = [] } = statement.principals ?? {};
  // A star alone is everybody; one among services is every service, and a refusal of it is meant for all.
  const services = statement.effect === 'Deny' ? Service.filter((each) => each === '*') : [];
  const named = [...AWS, ...CanonicalUser.filter(hasUnknown), ...services];
  // Of a role whose sessions have names that the caller picks, a refusal must mean all.
  return best(named, principal, graph, statement.effect === 'Deny');
}

function best(
  named: readonly string[],
  principal: Principal,
  graph: EnvironmentGraph,
  all = false,
): PrincipalMatch {
  let found = nobody;
  for (const value of named) {
    const match = matchesOne(value, principal, graph, all);
    if (match.answer === 'yes' && !match.byAccount) return match;
    if (found.answer === 'no' || (match.answer === 'yes' && found.answer === 'unknown')) found = match;
  }
  return found;
}

function matchesOne(
  value: string,
  principal: Principal,
  graph: EnvironmentGraph,
  all: boolean,
): PrincipalMatch {
  if (value === '*') return { answer: 'yes', byAccount: false, byRole: false };
  const { arn } = principal;
  if (arn === undefined) return nobody;
  // The id of a role or user, which AWS gives, in place of its ARN.
  if (/^A(ROA|IDA)[A-Z0-9]+/.test(value)) return { answer: 'unknown', byAccount: false, byRole: true };
  if (isAccount(value)) {
    const answer = isOwnAccount(value, arn, graph);
    return { answer, byAccount: answer !== 'no', byRole: false };
  }
  if (mayBeAccount(value)) return { answer: 'unknown', byAccount: true, byRole: false };
  const named = piecesOf(value, graph, 'text');
  for (const spelling of spellings(arn, graph)) {
    const covered = coverage(named, spelling.pieces);
    if (covered === 'none' || (all && covered === 'part')) continue;
    const answer = covered === 'unknown' ? 'unknown' : 'yes';
    return {
      answer,
      byAccount: false,
      byRole: spelling.role && principal.resource?.type === 'AWS::IAM::Role',
    };
  }
  return nobody;
}

/** An account, or its root: both stand for whoever the account's own policies allow. */
export function isAccount(value: string): boolean {
  return (
    isAccountId(value) ||
    (/^arn:[^:]*:iam::/.test(value) && isAccountId(accountOf(value)) && value.endsWith(':root'))
  );
}

/** The same, or the root of an account that only a deploy knows. */
export function mayBeAccount(value: string): boolean {
  return isAccount(value) || (hasUnknown(value) && value.endsWith(':root'));
}

function isAccountId(value: string): boolean {
  return /^\d{12}$/.test(value) || value === accountReference;
}

function accountOf(value: string): string {
  return isAccountId(value) ? value : (partsOfArn(value)[4] ?? '');
}

/** Without an account of its own, whatever account a template names may be the one it is deployed in. */
function isOwnAccount(value: string, arn: string, graph: EnvironmentGraph): Answer {
  const named = accountOf(value);
  if (named === accountReference) return 'yes';
  if (graph.account === undefined) return 'unknown';
  const own = accountOf(spelled(arn, graph));
  return named === own || (own === graph.account && !isForeignAccount(value, graph.account)) ? 'yes' : 'no';
}

/** A role is named by its own ARN, or by that of one of its sessions, whose name the caller picks. */
function spellings(
  arn: string,
  graph: EnvironmentGraph,
): readonly { readonly pieces: readonly Piece[]; readonly role: boolean }[] {
  const full = spelled(arn, graph);
  const own = { pieces: piecesOf(full, graph, 'text'), role: true };
  const role = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/.exec(full);
  if (!role) return [own];
  const session = `arn:${role[1]}:sts::${role[2]}:assumed-role/${role[3]}/${chosen}`;
  return [own, { pieces: piecesOf(session, graph, 'text'), role: false }];
}
