import { presetPaths } from '../platform.ts';
import { found, pathText, quote } from '../problem.ts';
import { isSupportedRegion, secureBrowserRegions } from '../regions.ts';
import { hoursOf } from '../schema/rotation.ts';
import { type EnvironmentDraft, environmentPath, type PlatformDraft, type Report } from './rule.ts';

/**
 * A rotation window ends on the UTC day on which it opens, and before the next one opens.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function checkRotation(name: string, environment: EnvironmentDraft, report: Report): void {
  const { every, windowStart, windowHours } = environment.rotation ?? {};
  if (windowHours === undefined) return;
  const path = environmentPath(name, 'rotation', 'windowHours');
  const period = every === undefined ? undefined : hoursOf(every);
  if (period !== undefined && windowHours > period) {
    report(path, `found ${windowHours}, longer than rotation.every (${every}); write at most ${period}`);
    return;
  }
  if (windowStart === undefined) return;
  const start = Number(windowStart.slice(0, 2));
  // A rotation every few hours opens a window at each of them: the day's last one must end by midnight.
  const step = period === undefined ? 24 : Math.min(period, 24);
  const lastStart = start + Math.floor((23 - start) / step) * step;
  if (lastStart + windowHours <= 24) return;
  const window =
    lastStart === start
      ? `a window from ${windowStart}`
      : `with rotation.every (${every}), the window from ${lastStart}:00`;
  report(
    path,
    `found ${windowHours}, and ${window} would cross midnight UTC; write at most ${24 - lastStart} or an earlier windowStart`,
  );
}

export function checkPeople(name: string, environment: EnvironmentDraft, report: Report): void {
  const names = new Map<string, number>();
  for (const [index, person] of (environment.admin?.people ?? []).entries()) {
    if (person?.name === undefined) continue;
    const first = names.get(person.name);
    names.set(person.name, first ?? index);
    if (first === undefined) continue;
    report(
      environmentPath(name, 'admin', 'people', index, 'name'),
      `${found(person.name)}, as ${pathText(environmentPath(name, 'admin', 'people', first))} is named already; write another name, so that each certificate belongs to one person`,
    );
  }
}

/** An export is opened by somebody who is known, and holds what somebody said. */
export function checkExports(
  name: string,
  environment: EnvironmentDraft,
  preset: string | undefined,
  report: Report,
): void {
  const { exports, admin, account } = environment;
  if (!exports) return;
  const known = (admin?.people ?? []).flatMap((person) => person?.name ?? []);
  const seen = new Set<string>();
  const identities = new Map<string, string>();
  for (const [index, person] of (exports.people ?? []).entries()) {
    const path = environmentPath(name, 'exports', 'people', index);
    if (person?.name !== undefined && !known.includes(person.name))
      report([...path, 'name'], `${found(person.name)}; write one of admin.people: ${known.join(', ')}`);
    if (person?.name !== undefined && seen.has(person.name))
      report([...path, 'name'], `${found(person.name)} a second time; name each person once`);
    if (person?.name !== undefined) seen.add(person.name);
    if (person?.name !== undefined && person.signsInAs !== undefined) {
      // People of Identity Center share a role, and differ by their addresses.
      const address = admin?.people?.find((each) => each?.name === person.name)?.email?.toLowerCase();
      const who = person.signsInAs.includes(':role/') ? `${person.signsInAs} ${address}` : person.signsInAs;
      const other = identities.get(who);
      if (other !== undefined && other !== person.name)
        report(
          [...path, 'signsInAs'],
          `${found(person.signsInAs)}, as which ${other} signs in: each could open what is the other's; write an identity that one person alone has`,
        );
      else identities.set(who, person.name);
    }
    const owner = person?.signsInAs?.split(':')[4];
    if (owner !== undefined && account !== undefined && owner !== account)
      report(
        [...path, 'signsInAs'],
        `found account ${owner}; write an ARN of ${account}, the account of the shop`,
      );
  }
  if (preset === 'custom' && exports.queries === undefined)
    report(
      environmentPath(name, 'exports', 'queries'),
      'found nothing; write what is exported of a custom platform: { customers: "SELECT …", orders: "SELECT …" }',
    );
}

/** What Lambda lets a function hold in its environment, less what else stands there. */
const mostSettings = 3400;

/** With single sign-on the function that decides who may connect holds every address, and 4 KB of settings. */
export function checkConnectionRules(name: string, environment: EnvironmentDraft, report: Report): void {
  const { people = [], vpn } = environment.admin ?? {};
  const written = people.map((person) =>
    vpn?.samlProviderArn === undefined
      ? { name: person?.name }
      : { name: person?.name, email: person?.email },
  );
  const bytes = Buffer.byteLength(JSON.stringify([written, vpn?.hours?.closedOn ?? []]));
  if (bytes <= mostSettings) return;
  report(
    environmentPath(name, 'admin', 'people'),
    `found ${people.length} people whose names, addresses and closed days take ${bytes} bytes, and the function that lets them in holds ${mostSettings}; name fewer, with shorter names`,
  );
}

/** Two dates for one vulnerability would leave open which of them the scan gate keeps to. */
export function checkExceptions(name: string, environment: EnvironmentDraft, report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, exception] of (environment.patching?.exceptions ?? []).entries()) {
    if (exception?.cve === undefined) continue;
    const first = seen.get(exception.cve);
    seen.set(exception.cve, first ?? index);
    if (first === undefined) continue;
    report(
      environmentPath(name, 'patching', 'exceptions', index, 'cve'),
      `${found(exception.cve)}, which entry [${first}] of the list says already; remove one`,
    );
  }
}

/** What AWS has not everywhere. */
export function checkSecureBrowser(name: string, { admin, region }: EnvironmentDraft, report: Report): void {
  if (admin?.secureBrowser === undefined || region === undefined || !isSupportedRegion(region)) return;
  if (secureBrowserRegions.includes(region)) return;
  report(
    environmentPath(name, 'admin', 'secureBrowser'),
    `found a secure browser in ${region}, where Amazon WorkSpaces Secure Browser does not exist; remove it, or choose one of ${secureBrowserRegions.join(', ')}`,
  );
}

export function checkHours(name: string, environment: EnvironmentDraft, report: Report): void {
  const places = [
    { what: 'the VPN', hours: environment.admin?.vpn?.hours, path: ['admin', 'vpn', 'hours'] },
    { what: 'the role', hours: environment.contractor?.hours, path: ['contractor', 'hours'] },
  ];
  for (const { what, hours, path } of places) {
    const { from, to } = hours ?? {};
    if (from === undefined || to === undefined || from < to) continue;
    report(
      environmentPath(name, ...path, 'to'),
      `${found(to)}, not after \`from\` (${quote(from)}); write a later time of the same day, or remove the hours to keep ${what} open`,
    );
  }
}

export function checkWaf(
  name: string,
  environment: EnvironmentDraft,
  platform: PlatformDraft | undefined,
  report: Report,
): void {
  const { accountTakeoverPrevention, rateLimits } = environment.waf ?? {};
  const path = environmentPath(name, 'waf');
  if (accountTakeoverPrevention === true && platform?.preset !== undefined) {
    const loginPaths = [...(presetPaths(platform.preset)?.loginPaths ?? []), ...(platform.loginPaths ?? [])];
    if (loginPaths.length === 0) {
      report(
        [...path, 'accountTakeoverPrevention'],
        'found true, but no login path to watch; write platform.loginPaths, or remove it',
      );
    }
  }
  for (const limit of ['login', 'checkout'] as const) {
    const written = rateLimits?.[limit];
    const all = rateLimits?.all;
    if (written === undefined || all === undefined || written <= all) continue;
    report(
      [...path, 'rateLimits', limit],
      `found ${written}, above rateLimits.all (${all}), which blocks first; write at most ${all}`,
    );
  }
}
