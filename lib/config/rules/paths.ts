import { presetPaths } from '../platform.ts';
import { quote } from '../problem.ts';
import type { PlatformDraft, Report } from './rule.ts';

interface Listed {
  readonly path: string;
  /** Undefined: the preset's own. */
  readonly index: number | undefined;
}

const folderLists = ['staticPaths', 'mediaPaths'] as const;
const customerLists = ['pages', 'loginPaths', 'checkoutPaths', 'uploadPaths', ...folderLists] as const;
/** Where the shop must know who asks, or somebody sends it something. */
const pageLists = ['loginPaths', 'checkoutPaths', 'uploadPaths', 'noticePaths'] as const;

/**
 * A path is either closed to the Internet or for customers. Compared without regard to case, because the edge
 * closes admin paths that way.
 */
export function checkPaths(platform: PlatformDraft, report: Report): void {
  const admin = listed(platform, 'adminPaths');
  const open = listed(platform, 'publicPaths');
  checkAdminPaths(admin, report);
  checkPublicPaths(open, admin, report);

  const isOpen = (path: string): boolean => open.some((exception) => same(exception.path, path));
  const closing = (path: string): Listed | undefined =>
    isOpen(path) ? undefined : admin.find((closed) => covers(closed.path, path));
  checkCustomerPaths(platform, closing, report);
  checkFolders(platform, report);
  checkHealthPath(platform, closing, report);
}

/** The admin path that closes a path to the Internet. */
type Closing = (path: string) => Listed | undefined;

function checkAdminPaths(admin: readonly Listed[], report: Report): void {
  for (const { path, index } of admin) {
    if (index === undefined) continue;
    const presets = admin.find((other) => other.index === undefined && covers(other.path, path));
    if (presets === undefined) continue;
    report(
      ['platform', 'adminPaths', index],
      `found ${quote(path)}, which the preset closes already through ${quote(presets.path)}; remove it`,
    );
  }
}

function checkPublicPaths(open: readonly Listed[], admin: readonly Listed[], report: Report): void {
  for (const { path, index } of open) {
    if (index === undefined) continue;
    const place = ['platform', 'publicPaths', index];
    // A slash at its end leads to the same page.
    if (admin.some((closed) => same(closed.path, path.replace(/\/$/, '')))) {
      report(place, `found ${quote(path)}, which is an admin path too; remove it here or in adminPaths`);
    } else if (!admin.some((closed) => covers(closed.path, path))) {
      report(place, `found ${quote(path)}, which lies below no admin path and is open anyway; remove it`);
    }
  }
}

function checkCustomerPaths(platform: PlatformDraft, closing: Closing, report: Report): void {
  for (const list of customerLists) {
    for (const { path, index } of listed(platform, list)) {
      const closed = closing(path);
      if (closed === undefined) continue;
      if (index !== undefined) {
        report(
          ['platform', list, index],
          `found ${quote(path)}, which ${closedBy(closed)}; customers could not reach it`,
        );
      } else if (closed.index !== undefined) {
        report(
          ['platform', 'adminPaths', closed.index],
          `found ${quote(closed.path)}, which would close the preset's ${quote(path)} to customers; write a narrower path`,
        );
      }
    }
  }
}

/** A folder of files is asked without cookies and takes nothing; a page below it would know no customer. */
function checkFolders(platform: PlatformDraft, report: Report): void {
  for (const list of folderLists) {
    for (const { path, index } of listed(platform, list)) {
      if (index === undefined) continue;
      const media = list === 'staticPaths' ? listed(platform, 'mediaPaths') : [];
      const wider = media.find((folder) => covers(folder.path, path));
      if (wider !== undefined) {
        report(
          ['platform', list, index],
          `found ${quote(path)}, which mediaPaths holds already through ${quote(wider.path)}; remove one`,
        );
      }
      for (const pages of pageLists) {
        const below = listed(platform, pages).find((page) => covers(path, page.path));
        if (below === undefined) continue;
        report(
          ['platform', list, index],
          `found ${quote(path)}, below which ${pages} names ${quote(below.path)}; write folders that hold files only`,
        );
      }
    }
  }
}

function checkHealthPath(platform: PlatformDraft, closing: Closing, report: Report): void {
  const healthPath = healthPathOf(platform);
  const closed = healthPath && closing(healthPath.path);
  if (healthPath === undefined || closed === undefined) return;
  if (healthPath.index !== undefined) {
    report(
      ['platform', 'healthPath'],
      `found ${quote(healthPath.path)}, which ${closedBy(closed)}; write one outside`,
    );
  } else if (closed.index !== undefined) {
    report(
      ['platform', 'adminPaths', closed.index],
      `found ${quote(closed.path)}, which would close the preset's health path ${quote(healthPath.path)}; write a narrower path`,
    );
  }
}

function listed(
  platform: PlatformDraft,
  list: 'adminPaths' | 'publicPaths' | (typeof customerLists | typeof pageLists)[number],
): Listed[] {
  const own: { readonly [name in typeof list]?: readonly string[] } | undefined =
    platform.preset === undefined ? undefined : presetPaths(platform.preset);
  const written: readonly (string | undefined)[] =
    (platform as { [list]?: readonly (string | undefined)[] })[list] ?? [];
  return [
    ...(own?.[list] ?? []).map((path) => ({ path, index: undefined })),
    ...written.flatMap((path, index) => (path === undefined ? [] : [{ path, index }])),
  ];
}

function healthPathOf(platform: PlatformDraft): Listed | undefined {
  if (platform.preset === undefined) return undefined;
  const own = presetPaths(platform.preset)?.healthPath;
  if (own !== undefined) return { path: own, index: undefined };
  return platform.preset === 'custom' && platform.healthPath !== undefined
    ? { path: platform.healthPath, index: 0 }
    : undefined;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function covers(closed: string, path: string): boolean {
  return same(closed, path) || path.toLowerCase().startsWith(`${closed.toLowerCase()}/`);
}

function closedBy({ path, index }: Listed): string {
  return index === undefined
    ? `the preset closes to the Internet through its admin path ${quote(path)}`
    : `platform.adminPaths[${index}] ${quote(path)} closes to the Internet`;
}
