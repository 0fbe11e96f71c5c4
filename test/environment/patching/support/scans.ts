import type { EnhancedImageScanFinding, ImageScanFinding } from '@aws-sdk/client-ecr';
import type { ScanPage } from '../../../../lib/environment/patching/scan-gate.ts';

/** Scan results as the registry answers them, after recorded ones of Debian images; only names and numbers are ours. */

export const digest = `sha256:${'a1'.repeat(32)}`;
const repository = { registryId: '111122223333', repositoryName: 'hana-candles-images' };

interface Vulnerability {
  readonly id: string;
  readonly severity: string;
  readonly fixAvailable?: 'YES' | 'NO' | 'PARTIAL';
  readonly package?: string;
  readonly fixedInVersion?: string;
  readonly status?: string;
  /** @default one that fits the severity; none for what is not rated yet */
  readonly score?: number;
  readonly vendorSeverity?: string;
}

const scores: Readonly<Record<string, number>> = { CRITICAL: 9.8, HIGH: 8.1, MEDIUM: 5.5, LOW: 3.1 };

/** What continuous scanning by Inspector answers once the first scan has ended. */
export function enhancedScan(...vulnerabilities: readonly Vulnerability[]): ScanPage {
  return {
    ...repository,
    imageId: { imageDigest: digest, imageTag: 'candidate-9c1f' },
    imageScanStatus: { status: 'ACTIVE', description: 'Continuous scan is selected for image.' },
    imageScanFindings: {
      imageScanCompletedAt: new Date('2026-11-20T19:31:08Z'),
      vulnerabilitySourceUpdatedAt: new Date('2026-11-20T19:31:08Z'),
      findingSeverityCounts: counted(vulnerabilities),
      enhancedFindings: vulnerabilities.map(enhancedFinding),
    },
  };
}

function enhancedFinding(vulnerability: Vulnerability): EnhancedImageScanFinding {
  const { id, severity, fixAvailable = 'YES', package: name = 'openssl', status = 'ACTIVE' } = vulnerability;
  const score = vulnerability.score ?? scores[severity];
  return {
    awsAccountId: '111122223333',
    description: `A flaw in ${name} lets an attacker do what they must not.`,
    findingArn: `arn:aws:inspector2:ap-northeast-1:111122223333:finding/${id}`,
    firstObservedAt: new Date('2026-11-20T19:31:08Z'),
    lastObservedAt: new Date('2026-11-20T19:31:08Z'),
    packageVulnerabilityDetails: {
      cvss:
        score === undefined
          ? []
          : [
              {
                baseScore: score,
                scoringVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
                version: '3.1',
              },
            ],
      source: 'DEBIAN_CVE',
      sourceUrl: `https://security-tracker.debian.org/tracker/${id}`,
      vendorSeverity: vulnerability.vendorSeverity ?? 'not yet assigned',
      vulnerabilityId: id,
      vulnerablePackages: [
        {
          arch: 'ARM64',
          epoch: 0,
          fixedInVersion:
            vulnerability.fixedInVersion ?? (fixAvailable === 'NO' ? 'NotAvailable' : '0:3.0.17-1~deb12u3'),
          name,
          packageManager: 'OS',
          version: '3.0.16',
          release: '1~deb12u1',
        },
      ],
    },
    remediation: { recommendation: { text: 'None Provided' } },
    score: score ?? 0,
    severity,
    status,
    title: `${id} - ${name}`,
    type: 'PACKAGE_VULNERABILITY',
    updatedAt: new Date('2026-11-20T19:31:08Z'),
    fixAvailable,
    exploitAvailable: 'NO',
  };
}

/** What a basic scan answers, which does not know of fixes. */
export function basicScan(
  ...findings: readonly { name: string; severity: ImageScanFinding['severity'] }[]
): ScanPage {
  return {
    ...repository,
    imageId: { imageDigest: digest },
    imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
    imageScanFindings: {
      imageScanCompletedAt: new Date('2026-11-20T19:31:08Z'),
      vulnerabilitySourceUpdatedAt: new Date('2026-11-20T11:02:44Z'),
      findingSeverityCounts: counted(findings.map(({ severity = 'UNDEFINED' }) => ({ severity }))),
      findings: findings.map(({ name, severity }) => ({
        name,
        uri: `https://security-tracker.debian.org/tracker/${name}`,
        severity,
        attributes: [
          { key: 'package_version', value: '1:1.3.dfsg-1' },
          { key: 'package_name', value: 'zlib' },
        ],
      })),
    },
  };
}

/** A scan that has not ended, or ended without a result. */
export function scanIn(
  status: NonNullable<ScanPage['imageScanStatus']>['status'],
  description = '',
): ScanPage {
  return { ...repository, imageId: { imageDigest: digest }, imageScanStatus: { status, description } };
}

export function counted(findings: readonly { severity: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
