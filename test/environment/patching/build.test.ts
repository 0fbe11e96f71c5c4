import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { versionsSchema } from '../../../lib/config/versions.ts';
import type { Archive } from '../../../lib/environment/patching/archives.ts';
import { buildImage } from '../../../lib/environment/patching/build.ts';
import { fetchSbomGenerator } from '../../../lib/environment/patching/sbom-generator.ts';
import { newestInRange, resolveVersions } from '../../../lib/environment/patching/versions.ts';

const baseDigest = `sha256:${'ba'.repeat(32)}`;
const pushedDigest = `sha256:${'50'.repeat(32)}`;
const repositoryUri = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/images';

describe('the newest version in a range', () => {
  it.each([
    ['10', '10.3.5'],
    ['10.2', '10.2.11'],
    ['9', '9.9.9'],
    ['11', undefined],
  ])('of %s is %s', (range, newest) => {
    const known = ['9.9.9', '10.2.9', '10.2.11', '10.3.5', '10.4.0-rc.1', '10.3.10-beta', '100.0.0', 'trunk'];
    expect(newestInRange(known, range)).toBe(newest);
  });
});

describe('versions are resolved', () => {
  const versions = versionsSchema.parse({
    images: { BASE_IMAGE: { repository: 'public.ecr.aws/docker/library/php', tag: '8.3-apache' } },
    packages: {
      WOOCOMMERCE_VERSION: { source: 'wordpress-plugin', name: 'woocommerce', range: '10' },
      ECCUBE_VERSION: { source: 'packagist', name: 'ec-cube/ec-cube', range: '4.3' },
    },
  });
  const json = async (url: string) =>
    url.startsWith('https://api.wordpress.org/')
      ? { name: 'WooCommerce', versions: { '9.9.9': 'https://…', '10.3.5': 'https://…', trunk: 'https://…' } }
      : {
          packages: {
            'ec-cube/ec-cube': [{ version: '4.3.2' }, { version: 'v4.3.1' }, { version: '4.2.3' }],
          },
        };

  it('to a digest for each base image and an exact number for each package', async () => {
    expect(await resolveVersions(versions, { imageDigest: async () => baseDigest, json })).toEqual({
      BASE_IMAGE: `public.ecr.aws/docker/library/php@${baseDigest}`,
      WOOCOMMERCE_VERSION: '10.3.5',
      ECCUBE_VERSION: '4.3.2',
    });
  });

  it('or not at all, when the registry gives no digest', async () => {
    await expect(resolveVersions(versions, { imageDigest: async () => '', json })).rejects.toThrow(
      'the registry gave "" for public.ecr.aws/docker/library/php:8.3-apache, which is not a digest',
    );
  });

  it('or not at all, when the range holds no stable version', async () => {
    const none = async () => ({ name: 'WooCommerce', versions: { '11.0.0': '' }, packages: {} });
    await expect(
      resolveVersions(versions, { imageDigest: async () => baseDigest, json: none }),
    ).rejects.toThrow('widen it in versions.json');
  });
});

describe.each(['arm64', 'x86_64'] as const)(
  'the generator of the bill of materials for %s',
  (architecture) => {
    const published = /\^([0-9a-f]{64}) /.exec(fetchSbomGenerator(architecture).join('\n'))?.[1] ?? 'none';
    const program = 'echo a bill of materials';

    /** Fetches it with a network that gives `program` to everybody, told that `checksum` is the right one. */
    async function fetchFrom(checksum: string): Promise<string> {
      const folder = mkdtempSync(join(tmpdir(), 'secure-shop-sbom-'));
      const script = [
        `cd ${folder}`,
        'curl() { touch sbomgen.zip; }',
        `unzip() { mkdir -p sbomgen/inner && echo '${program}' > sbomgen/inner/inspector-sbomgen; }`,
        ...fetchSbomGenerator(architecture).map((line) =>
          line.replaceAll('/tmp/', `${folder}/`).replaceAll(published, checksum),
        ),
        'bash "$SBOMGEN"',
      ];
      try {
        return (await promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', script.join('\n')])).stdout;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }

    it('runs when its checksum is the published one', async () => {
      const checksum = createHash('sha256').update(`${program}\n`).digest('hex');
      expect(await fetchFrom(checksum)).toBe('a bill of materials\n');
    });

    it('never runs when it is another', async () => {
      expect(published).toHaveLength(64);
      await expect(fetchFrom(published)).rejects.toThrow('the checksum of the SBOM generator is wrong');
    });
  },
);

describe.each(['woocommerce', 'ec-cube'])('the %s image', (platform) => {
  const folder = join(packageRoot, 'platforms', platform);

  it('takes every part from versions.json, and nothing else from outside by a moving name', () => {
    const versions = versionsSchema.parse(JSON.parse(readFileSync(join(folder, 'versions.json'), 'utf8')));
    const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    const froms = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(froms.sort()).toEqual(
      Object.keys(versions.images)
        .map((name) => `\${${name}}`)
        .sort(),
    );
    for (const name of Object.keys({ ...versions.images, ...versions.packages })) {
      expect(dockerfile).toMatch(new RegExp(`^ARG ${name}$`, 'm'));
    }
  });
});

describe('a build', () => {
  let folder: string;
  const path = process.env.PATH;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-build-'));
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'context'));
    mkdirSync(join(folder, 'output'));
    writeFileSync(
      join(folder, 'context', 'versions.json'),
      JSON.stringify({
        images: { BASE_IMAGE: { repository: 'public.ecr.aws/docker/library/php', tag: '8.3-apache' } },
        packages: {},
      }),
    );
    process.env.PATH = `${join(folder, 'bin')}${delimiter}${path}`;
  });

  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Stands in for Docker: remembers how it was called, and answers as Docker does. */
  function docker(...cases: string[]): void {
    const program = join(folder, 'bin', 'docker');
    writeFileSync(
      program,
      `#!/bin/sh\necho "$@" >> ${folder}/calls\ncase "$1" in\n${cases.join('\n')}\nesac\n`,
    );
    chmodSync(program, 0o755);
  }
  const answers = [
    `buildx) echo ${baseDigest};;`,
    'create) echo c1;;',
    'cp) echo "Error response from daemon: Could not find the file /etc/shop/archives in container c1" >&2; exit 1;;',
    `inspect) echo '["other/repository@sha256:1","${repositoryUri}@${pushedDigest}"]';;`,
  ];
  const seen: Archive[] = [];
  const build = () =>
    buildImage({
      context: join(folder, 'context'),
      output: join(folder, 'output'),
      repositoryUri,
      run: '9c1f',
      records: {
        assertUnchanged: async (archives) => {
          seen.push(...archives);
          if (archives.some(({ name }) => name === 'changed@1.0')) throw new Error('other files than before');
        },
      },
    });

  it('uses no cache, pins the base by digest, pushes under a tag of its own, and keeps what it was made of', async () => {
    docker(...answers);
    expect(await build()).toBe(pushedDigest);

    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    expect(calls[1]).toBe(
      `build --no-cache --pull --provenance=false --tag=${repositoryUri}:candidate-9c1f --build-arg=BASE_IMAGE=public.ecr.aws/docker/library/php@${baseDigest} ${join(folder, 'context')}`,
    );
    expect(calls.slice(2, 5)).toEqual([
      `create ${repositoryUri}:candidate-9c1f`,
      `cp c1:/etc/shop/archives ${join(folder, 'output', 'archives')}`,
      'rm c1',
    ]);
    expect(calls[5]).toBe(`push --quiet ${repositoryUri}:candidate-9c1f`);
    expect(readFileSync(join(folder, 'output', 'image-digest'), 'utf8')).toBe(pushedDigest);
    expect(JSON.parse(readFileSync(join(folder, 'output', 'versions.lock.json'), 'utf8'))).toEqual({
      image: `${repositoryUri}@${pushedDigest}`,
      BASE_IMAGE: `public.ecr.aws/docker/library/php@${baseDigest}`,
      archives: {},
    });
    // The roots come with the build, and are those of Amazon RDS.
    const roots = readFileSync(join(folder, 'context', 'rds.pem'), 'utf8').match(
      /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs,
    );
    const issuers = (roots ?? []).map((pem) => new X509Certificate(pem).subject);
    expect(issuers.filter((subject) => /Amazon RDS ap-northeast-1 Root CA/.test(subject))).toHaveLength(3);
    expect(issuers.filter((subject) => !/O=(Amazon|Starfield)/.test(subject))).toEqual([]);
  });

  it('compares what the image says it was made from, and pushes nothing that was published anew', async () => {
    const line = (name: string) => `cp) echo "${'a'.repeat(64)}  ${name}" > "$3";;`;
    docker(line('woocommerce@10.3.5'), ...answers);
    await build();
    expect(seen).toEqual([{ name: 'woocommerce@10.3.5', sha256: 'a'.repeat(64) }]);
    const lock = JSON.parse(readFileSync(join(folder, 'output', 'versions.lock.json'), 'utf8'));
    expect(lock.archives).toEqual({ 'woocommerce@10.3.5': 'a'.repeat(64) });

    rmSync(join(folder, 'calls'));
    docker(line('changed@1.0'), ...answers);
    await expect(build()).rejects.toThrow('other files than before');
    expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('push');

    docker('cp) echo "no checksum" > "$3";;', ...answers);
    await expect(build()).rejects.toThrow('has the line "no checksum"');
    docker('cp) echo "permission denied" >&2; exit 1;;', ...answers);
    await expect(build()).rejects.toThrow('permission denied');
  });

  it('that fails says what Docker said, and pushes nothing', async () => {
    docker(...answers, 'build) echo "failed to solve: unknown instruction" >&2; exit 1;;');
    await expect(build()).rejects.toThrow('docker build failed:\nfailed to solve: unknown instruction');
    expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('push');
  });

  it('without versions.json says what to write', async () => {
    rmSync(join(folder, 'context', 'versions.json'));
    await expect(build()).rejects.toThrow('write there which base images and packages the Dockerfile takes');
  });
});
