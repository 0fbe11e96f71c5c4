import { presetPaths } from '../platform.ts';
import { quote } from '../problem.ts';
import { type EnvironmentDraft, environmentPath, type PlatformDraft, type Report } from './rule.ts';

/** What is closed to staff is named, and is no more than the screens that export. */
export function checkCustomerData(
  name: string,
  { customerData }: EnvironmentDraft,
  platform: PlatformDraft | undefined,
  report: Report,
): void {
  const { screens, exportPaths = [] } = customerData ?? {};
  const known =
    platform?.preset !== 'custom' ||
    (platform.managedRuleGroups ?? []).some((group) => group === 'wordpress');
  if (screens === 'closed' && !known && exportPaths.length === 0)
    report(
      environmentPath(name, 'customerData', 'screens'),
      'found "closed", and nobody knows the export screens of a custom platform; name them in exportPaths',
    );
  if (screens === 'open' && exportPaths.length > 0)
    report(
      environmentPath(name, 'customerData', 'exportPaths'),
      'found paths to close, and screens is "open"; remove one of the two',
    );
  for (const [index, path] of exportPaths.entries()) {
    const wider = path === undefined ? undefined : neededPaths(platform).find((each) => covers(path, each));
    if (path !== undefined && wider !== undefined)
      report(
        environmentPath(name, 'customerData', 'exportPaths', index),
        `found ${quote(path)}, which would close ${quote(wider)} to everybody; write the path of the export screen alone`,
      );
  }
}

/** What staff, customers and the load balancer cannot do without. */
function neededPaths(platform: PlatformDraft | undefined): string[] {
  if (platform?.preset === undefined) return [];
  const own = presetPaths(platform.preset);
  const written = platform as {
    readonly [list: string]: readonly (string | undefined)[] | string | undefined;
  };
  const lists = ['adminPaths', 'publicPaths', 'loginPaths', 'checkoutPaths', 'uploadPaths'] as const;
  return [
    ...lists.flatMap((list) => [...(own?.[list] ?? []), ...(written[list] ?? [])]),
    ...(own?.pages ?? []),
    own?.healthPath ?? written.healthPath,
  ].filter((path) => typeof path === 'string');
}

function covers(closed: string, path: string): boolean {
  const [above, below] = [closed.toLowerCase(), path.toLowerCase()];
  return below === above || below.startsWith(`${above}/`);
}
