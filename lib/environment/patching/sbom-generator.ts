import type { Platform } from '../../config/index.ts';

/**
 * Amazon Inspector's generator of bills of materials, in one version whose checksums AWS publishes. The build machine
 * may push images, so nothing runs there that was not known before.
 * https://docs.aws.amazon.com/inspector/latest/user/sbom-generator-versions.html
 */
const version = '1.17.5';
const builds = {
  arm64: { name: 'arm64', sha256: '90229e9a8d35c24b3e4640347f2d0efd8af28d723abc2cc01d1226430190aa0f' },
  x86_64: { name: 'amd64', sha256: '28bc3e374541469662988f3c7c1a37399716d3061204e127763dff4f9af99e47' },
} satisfies Record<Platform['architecture'], { name: string; sha256: string }>;

/** Lines of a shell script that leave the generator, once its checksum was seen to be right, at `$SBOMGEN`. */
export function fetchSbomGenerator(architecture: Platform['architecture']): string[] {
  const { name, sha256 } = builds[architecture];
  return [
    `curl --fail --silent --show-error --location --retry 3 --output /tmp/sbomgen.zip https://amazon-inspector-sbomgen.s3.amazonaws.com/${version}/linux/${name}/inspector-sbomgen.zip`,
    'unzip -q -o -d /tmp/sbomgen /tmp/sbomgen.zip',
    'SBOMGEN="$(find /tmp/sbomgen -name inspector-sbomgen -type f)"',
    // AWS's table does not say whether it means the archive or the program in it.
    `sha256sum /tmp/sbomgen.zip "$SBOMGEN" | grep --quiet '^${sha256} ' || { echo 'the checksum of the SBOM generator is wrong' >&2; exit 1; }`,
  ];
}
