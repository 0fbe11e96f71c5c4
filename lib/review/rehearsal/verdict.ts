import type { AclAnswer } from '../../checks/model/requests/web-acl.ts';
import type { Resource } from '../../checks/model/templates.ts';

export interface Verdict {
  readonly url: string;
  readonly verdict: 'block' | 'challenge' | 'allow' | 'unreachable';
  /** What the client is answered; null when the shop itself answers, or nobody does. */
  readonly status: number | null;
  /** The rule, resource or fact that decided. */
  readonly by: string;
  /** Rate rules that count the request, or may count it as its body is not known; in the order of their stations. */
  readonly limits: readonly string[];
  /** Whether CloudFront may answer from its cache; null when the request does not come that far. */
  readonly cache: CacheAnswer | null;
}

export interface CacheAnswer {
  /** Path pattern of the behaviour, `default` for the last one. */
  readonly behaviour: string;
  /**
   * Whose answers it may give: none from the cache; those that the same visitor got (cookies are in the key); anybody's.
   * `own` and `shared` only where the shop marked them as public, `unmarked` in any case.
   */
  readonly from: 'none' | 'own' | 'shared' | 'unmarked';
}

/** What one station decides; limits that count the request, and the cache, are gathered on its way. */
export type Decision = Omit<Verdict, 'url' | 'limits' | 'cache'>;

/** One station on the way of a request, and what happened there. */
export interface Hop {
  readonly at: string;
  readonly says: string;
  /** Rate rules of the station that count the request. @default none */
  readonly limits?: readonly string[];
  /** @default no cache was asked */
  readonly cache?: CacheAnswer;
}

export function unreachable(by: string): Decision {
  return { verdict: 'unreachable', status: null, by };
}

/** @returns what a web ACL decides; nothing when it lets the request pass */
export function decisionOfWebAcl(acl: Resource, answer: AclAnswer, hops: Hop[]): Decision | undefined {
  const station = acl.properties.Scope === 'CLOUDFRONT' ? 'edge web ACL' : 'regional web ACL';
  const { outcome, managed, maybe } = answer;
  const limits = answer.limits.map(({ rule }) => rule);
  for (const possibility of maybe) hops.push({ at: station, says: possibility });
  if (managed.length > 0) {
    hops.push({ at: station, says: `managed rule groups that may block: ${managed.join(', ')}` });
  }
  if (outcome.action === 'allow') {
    hops.push({ at: station, says: `allows (${outcome.rule})`, limits });
    return undefined;
  }
  const verb = outcome.action === 'block' ? 'blocks' : 'challenges';
  hops.push({ at: station, says: `rule "${outcome.rule}" ${verb}: ${outcome.status}`, limits });
  return { verdict: outcome.action, status: outcome.status, by: `${station}, rule "${outcome.rule}"` };
}
