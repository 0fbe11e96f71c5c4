import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathText, quote } from '../problem.ts';
import { holdsSecret } from '../secrets.ts';
import { versionsSchema } from '../versions.ts';
import type { Path, PlatformDraft, Report } from './rule.ts';

type CustomDraft = Extract<PlatformDraft, { readonly preset?: 'custom' | undefined }>;

/** The task has its rights from its role, and ECS sets these itself. */
const reservedVariables =
  /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_PROFILE|AWS_CONTAINER_\w+|ECS_\w+|LD_PRELOAD)$/;

/** Each environment variable of the container has one source, and no secret stands in the file. */
export function checkVariables(platform: CustomDraft, report: Report): void {
  const taken = new Map<string, Path>();
  for (const [variable, path] of variablesOf(platform)) {
    const owner = taken.get(variable);
    if (owner !== undefined) {
      report(path, `found ${quote(variable)}, which ${pathText(owner)} sets already; write another name`);
    } else if (reservedVariables.test(variable)) {
      report(path, `found ${quote(variable)}, which AWS sets or which must not be set by hand; remove it`);
    }
    taken.set(variable, owner ?? path);
  }
  for (const [variable, value] of Object.entries(platform.environment ?? {})) {
    if (value === undefined || !holdsSecret(variable, value)) continue;
    report(
      ['platform', 'environment', variable],
      'found what looks like a secret (not shown); remove it and change it: a secret the shop may choose itself goes to secretEnvironment, one that another service gave you to the settings of the shop',
    );
  }
}

function variablesOf(platform: CustomDraft): [string, Path][] {
  const { databaseEnvironment, secretEnvironment, environment, media } = platform;
  const variables: [string | undefined, Path][] = [
    ...Object.entries(databaseEnvironment ?? {}).map(([use, variable]): [string | undefined, Path] => [
      variable,
      ['platform', 'databaseEnvironment', use],
    ]),
    ...(secretEnvironment ?? []).map((variable, index): [string | undefined, Path] => [
      variable,
      ['platform', 'secretEnvironment', index],
    ]),
    ...Object.keys(environment ?? {}).map((variable): [string, Path] => [
      variable,
      ['platform', 'environment', variable],
    ]),
  ];
  if (media?.kind === 'bucket') {
    variables.push([media.environmentVariable, ['platform', 'media', 'environmentVariable']]);
  }
  return variables.filter((entry): entry is [string, Path] => entry[0] !== undefined);
}

/** Each writable folder becomes a volume of its own, so none may lie in another or around the media. */
export function checkFolders(platform: CustomDraft, report: Report): void {
  const { writableFolders = [], media } = platform;
  const folders = writableFolders.flatMap((folder, index) =>
    folder === undefined ? [] : [{ folder, index }],
  );
  const mountPath = media?.kind === 'file-system' ? media.mountPath : undefined;
  for (const { folder, index } of folders) {
    const path = ['platform', 'writableFolders', index];
    const around = folders.find((other) => other.folder !== folder && isWithin(other.folder, folder));
    if (around !== undefined) {
      report(
        path,
        `found ${quote(folder)}, which is writable already through ${quote(around.folder)}; remove it`,
      );
    } else if (mountPath !== undefined && isWithin(folder, mountPath)) {
      report(
        path,
        `found ${quote(folder)}, which holds the media folder ${quote(mountPath)}; write a narrower folder`,
      );
    } else if (mountPath !== undefined && isWithin(mountPath, folder)) {
      report(
        path,
        `found ${quote(folder)}, which lies in the media folder ${quote(mountPath)} and is writable already; remove it`,
      );
    }
  }
}

function isWithin(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/**
 * The patch pipeline builds from the Dockerfile, with the base images and packages that versions.json names.
 *
 * @param folder of the config file
 */
export function checkBuildContext(platform: CustomDraft, folder: string, report: Report): void {
  const { buildContext } = platform;
  if (buildContext === undefined) return;
  const path = ['platform', 'buildContext'];
  const context = resolve(folder, buildContext);
  if (buildContext.includes('\0') || !existsSync(context) || !statSync(context).isDirectory()) {
    report(path, `found ${quote(buildContext)}, but there is no such folder beside the config file`);
    return;
  }
  const missing = ['Dockerfile', 'versions.json'].filter((file) => !existsSync(join(context, file)));
  if (missing.length > 0) {
    report(
      path,
      `found ${quote(buildContext)}, which holds no ${missing.join(' and no ')}; write the folder that does, as examples/custom-shop`,
    );
    return;
  }
  for (const problem of problemsOfVersions(join(context, 'versions.json'))) {
    report(path, `found ${quote(buildContext)}, whose versions.json ${problem}`);
  }
}

function problemsOfVersions(file: string): readonly string[] {
  let versions: unknown;
  try {
    versions = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return ['cannot be read as JSON; write it as examples/custom-shop/versions.json'];
  }
  const issues = versionsSchema.safeParse(versions).error?.issues ?? [];
  return issues.map((issue) => {
    const advice = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
    return `is wrong at ${issue.path.join('.') || 'its beginning'}: ${advice}`;
  });
}
