import type { RequestInput } from '../../checks/model/requests/request.ts';
import type { Environment, Shop } from '../../config/index.ts';
import type { Rehearser } from '../rehearsal/rehearse.ts';
import type { Verdict } from '../rehearsal/verdict.ts';

/** How the edge answered: the HTTP status. */
export type AskEdge = (request: RequestInput) => Promise<number>;

/** Requests of customers, and those of attackers; what each must be answered the templates say. */
export function edgeRequests(shop: Shop, environment: Environment): RequestInput[] {
  const at = `https://${environment.domain}`;
  const browser = {
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) secure-shop-rehearsal',
    Accept: 'text/html',
  };
  const customers = ['/', '/robots.txt', ...shop.platform.loginPaths.slice(0, 1)];
  const attackers = shop.platform.adminPaths
    .slice(0, 3)
    .flatMap((path) => [path, `/.${path}`, path.replace(/[a-z]/, (letter) => letter.toUpperCase())]);
  return [
    ...customers.map((path) => ({ url: `${at}${path}`, headers: browser })),
    { url: `http://${environment.domain}/`, headers: browser },
    ...attackers.map((path) => ({ url: `${at}${path}`, headers: browser })),
    { url: `${at}/`, method: 'TRACE', headers: browser },
  ];
}

/** What came differs from what the templates promise; undefined when it does not. */
export function mismatch(verdict: Verdict, status: number): string | undefined {
  const says = (wanted: string) => `${verdict.url} answered ${status}, not ${wanted} (${verdict.by})`;
  if (verdict.verdict === 'unreachable') return says('nothing');
  if (verdict.status !== null) return status === verdict.status ? undefined : says(String(verdict.status));
  // The shop itself answers: whatever it says, but neither the refusal of the edge nor that of a shop that is down.
  return status === 403 || status >= 500 ? says('what the shop says') : undefined;
}

/** @returns how many were asked of each kind, and what differed */
export async function askEdge(
  requests: readonly RequestInput[],
  rehearser: Rehearser,
  ask: AskEdge,
): Promise<{ readonly passed: number; readonly stopped: number; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  let stopped = 0;
  for (const request of requests) {
    const { verdict } = rehearser.rehearse(request);
    if (verdict.verdict !== 'allow') stopped += 1;
    const found = mismatch(verdict, await ask(request));
    if (found !== undefined) wrong.push(found);
  }
  return { passed: requests.length - stopped, stopped, wrong };
}
