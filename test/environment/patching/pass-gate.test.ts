import { ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, it } from 'vitest';
import { passGate } from '../../../lib/environment/patching/pass-gate.ts';
import type { PatchException } from '../../../lib/environment/patching/scan-gate.ts';
import { AwsStub, type StubAnswer } from './support/aws-stub.ts';
import { counted, digest } from './support/scans.ts';

/**
 * Answers of the registry as they come over the wire, read by the real client: what each scanner is documented or was
 * seen to answer, and what it never should. Nothing here passes that was not scanned, or that has a critical with a fix.
 */
type Wire = Record<string, unknown>;

const otherDigest = `sha256:${'b2'.repeat(32)}`;
const childDigest = `sha256:${'c3'.repeat(32)}`;
/** 2026-11-20, before the day of the tests. */
const scannedAt = 1_795_203_068.4;

interface Hole {
  readonly id?: string;
  readonly severity?: string;
  readonly fix?: string;
  readonly status?: string;
  readonly score?: number;
  readonly vendor?: string;
  readonly packages?: readonly { readonly name: string; readonly fixed?: string }[];
}

const inspector = ({
  id = 'CVE-2026-1',
  severity,
  fix,
  status = 'ACTIVE',
  score,
  vendor,
  packages = [{ name: 'openssl', fixed: fix === 'YES' ? '0:3.0.17-1~deb12u3' : 'NotAvailable' }],
}: Hole): Wire => ({
  awsAccountId: '111122223333',
  findingArn: `arn:aws:inspector2:ap-northeast-1:111122223333:finding/${id}`,
  firstObservedAt: scannedAt,
  lastObservedAt: scannedAt,
  packageVulnerabilityDetails: {
    cvss: score === undefined ? [] : [{ baseScore: score, source: 'NVD', version: '3.1' }],
    relatedVulnerabilities: [],
    source: 'DEBIAN_CVE',
    vulnerabilityId: id,
    ...(vendor === undefined ? {} : { vendorSeverity: vendor }),
    vulnerablePackages: packages.map(({ name, fixed }) => ({
      arch: 'ARM64',
      epoch: 0,
      name,
      packageManager: 'OS',
      version: '3.0.16',
      ...(fixed === undefined ? {} : { fixedInVersion: fixed }),
    })),
  },
  remediation: { recommendation: { text: 'None Provided' } },
  ...(score === undefined ? {} : { score }),
  ...(severity === undefined ? {} : { severity }),
  ...(fix === undefined ? {} : { fixAvailable: fix }),
  status,
  title: `${id} - openssl`,
  type: 'PACKAGE_VULNERABILITY',
  updatedAt: scannedAt,
});

const native = (name: string, severity: string, attributes: Record<string, string> = {}): Wire => ({
  name,
  severity,
  uri: `https://security-tracker.debian.org/tracker/${name}`,
  attributes: Object.entries({ package_name: 'zlib', package_version: '1:1.2.13', ...attributes }).map(
    ([key, value]) => ({ key, value }),
  ),
});

const page = (status: string, findings: Wire | undefined, rest: Wire = {}): Wire => ({
  registryId: '111122223333',
  repositoryName: 'hana-candles-images',
  imageId: { imageDigest: digest },
  imageScanStatus: { status, description: 'Continuous scan is selected for image.' },
  ...(findings === undefined ? {} : { imageScanFindings: findings }),
  ...rest,
});
const open = (findings: readonly Wire[]) =>
  findings
    .filter(({ status, severity }) => status !== 'CLOSED' && severity !== undefined)
    .map(({ severity }) => ({ severity: String(severity) }));
const enhanced = (holes: readonly Hole[], rest: Wire = {}, status = 'ACTIVE'): Wire => {
  const enhancedFindings = holes.map(inspector);
  return page(
    status,
    {
      imageScanCompletedAt: scannedAt,
      vulnerabilitySourceUpdatedAt: scannedAt,
      enhancedFindings,
      findingSeverityCounts: counted(open(enhancedFindings)),
    },
    rest,
  );
};
const basic = (findings: readonly Wire[], rest: Wire = {}): Wire =>
  page(
    'COMPLETE',
    {
      imageScanCompletedAt: scannedAt,
      vulnerabilitySourceUpdatedAt: scannedAt,
      findings,
      findingSeverityCounts: counted(open(findings)),
    },
    rest,
  );
const except = (cve: string, until: string): PatchException => ({
  cve,
  until,
  reason: 'The shop does not load the part that is affected.',
});

const critical = { severity: 'CRITICAL', fix: 'YES' };
const high = { severity: 'HIGH', fix: 'YES' };
const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

/** Answers one page after the other, then the last for ever; how the gate decides. */
async function gate(
  pages: readonly Wire[],
  exceptions: readonly PatchException[] = [],
  now = '2026-11-22T12:00:00Z',
) {
  const answers = [...pages];
  const aws = await AwsStub.start({
    DescribeImageScanFindings: () => (answers.length > 1 ? answers.shift() : answers[0]) as StubAnswer,
  });
  stubs.push(aws);
  const settings = { candidates: 'hana-candles-images', exceptions };
  return passGate(digest, settings, {
    ecr: new ECRClient(aws.configuration),
    pause: async () => {},
    now: () => new Date(now),
    say: () => {},
  }).then(
    () => 'pass',
    (error: unknown) => String(error),
  );
}

describe('passes', () => {
  it.each<[string, Wire[], PatchException[]?]>([
    ['nothing found, continuous scan', [enhanced([])]],
    ['nothing found, scan on push', [enhanced([], {}, 'COMPLETE')]],
    ['nothing found, basic scan', [basic([])]],
    [
      'medium, low and informational with a fix',
      [
        enhanced([
          { severity: 'MEDIUM', fix: 'YES' },
          { severity: 'LOW', fix: 'YES' },
          { severity: 'INFORMATIONAL', fix: 'YES' },
        ]),
      ],
    ],
    ['a high nobody can mend', [enhanced([{ severity: 'HIGH', fix: 'NO' }])]],
    [
      'highs nobody can mend, on two pages',
      [
        enhanced([{ severity: 'HIGH', fix: 'NO' }], { nextToken: 'p2' }),
        page('ACTIVE', { enhancedFindings: [] }),
      ],
    ],
    [
      'an old hole nobody rated or mended, with a score of 10',
      [enhanced([{ id: 'CVE-2005-2541', severity: 'UNTRIAGED', fix: 'NO', score: 10 }])],
    ],
    [
      'an unrated hole with a fix and a harmless score',
      [enhanced([{ severity: 'UNTRIAGED', fix: 'YES', score: 4.2 }])],
    ],
    [
      'a basic scan of undefined and informational',
      [basic([native('CVE-2011-3374', 'INFORMATIONAL'), native('CVE-2022-1', 'UNDEFINED')])],
    ],
    ['a critical that Inspector closed', [enhanced([{ ...critical, status: 'CLOSED' }])]],
    [
      'counts of lesser findings that are not listed',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [],
          findingSeverityCounts: { MEDIUM: 7, LOW: 90 },
        }),
      ],
    ],
    [
      'a critical under an exception until today',
      [enhanced([critical])],
      [except('CVE-2026-1', '2026-11-22')],
    ],
    [
      'a critical under an exception in other letters',
      [enhanced([{ ...critical, id: 'GHSA-ABCD-1234-wxyz' }])],
      [except('GHSA-abcd-1234-WXYZ', '2026-12-01')],
    ],
    [
      'the same critical in three packages under one exception',
      [enhanced([critical, critical, critical])],
      [except('CVE-2026-1', '2026-12-01')],
    ],
    [
      'a critical with an expired and a new exception',
      [enhanced([critical])],
      [except('CVE-2026-1', '2026-11-01'), except('CVE-2026-1', '2026-12-01')],
    ],
  ])('%s', async (_what, pages, exceptions) => {
    expect(await gate(pages, exceptions)).toBe('pass');
  });

  it.each<[string, Wire[]]>([
    [
      'PENDING, IN_PROGRESS, then done',
      [page('PENDING', undefined), page('IN_PROGRESS', undefined), enhanced([])],
    ],
    ['ACTIVE without findings, then done', [page('ACTIVE', { findings: [] }), enhanced([])]],
    ['COMPLETE before there is anything to read, then done', [page('COMPLETE', { findings: [] }), basic([])]],
    [
      'unknown to the registry, then done',
      [{ error: 'ScanNotFoundException', message: 'Image scan does not exist' }, enhanced([])],
    ],
  ])('after waiting: %s', async (_what, pages) => {
    expect(await gate(pages)).toBe('pass');
  });
});

describe('stops what is bad', () => {
  it.each<[string, Wire[], string]>([
    [
      'a critical with a fix',
      [enhanced([critical])],
      'CVE-2026-1 (CRITICAL) in openssl, fixed in 0:3.0.17-1~deb12u3',
    ],
    ['a critical with a fix, scan on push', [enhanced([critical], {}, 'COMPLETE')], '(CRITICAL)'],
    ['a critical without a fix', [enhanced([{ severity: 'CRITICAL', fix: 'NO' }])], '(CRITICAL)'],
    ['a critical that says nothing of a fix', [enhanced([{ severity: 'CRITICAL' }])], '(CRITICAL)'],
    ['a critical somebody suppressed', [enhanced([{ ...critical, status: 'SUPPRESSED' }])], '(CRITICAL)'],
    [
      'a critical among a hundred harmless ones',
      [enhanced([...Array(100).fill({ severity: 'LOW', fix: 'NO' }), critical])],
      '(CRITICAL)',
    ],
    [
      'a critical on the third page',
      [
        enhanced([], { nextToken: '2' }),
        page('ACTIVE', { enhancedFindings: [] }, { nextToken: '3' }),
        page('ACTIVE', { enhancedFindings: [inspector(critical)] }),
      ],
      '(CRITICAL)',
    ],
    ['a critical in small letters', [enhanced([{ severity: 'critical', fix: 'YES' }])], '(CRITICAL)'],
    ['a high with a fix', [enhanced([high])], '(HIGH)'],
    ['a high with a partial fix', [enhanced([{ severity: 'HIGH', fix: 'PARTIAL' }])], '(HIGH)'],
    ['a high that says nothing of a fix', [enhanced([{ severity: 'HIGH' }])], '(HIGH)'],
    ['a high with a new word about its fix', [enhanced([{ severity: 'HIGH', fix: 'SOON' }])], '(HIGH)'],
    [
      'a high without a fix, whose package names one',
      [enhanced([{ severity: 'HIGH', fix: 'NO', packages: [{ name: 'libssl3', fixed: '3.0.17' }] }])],
      'in libssl3, fixed in 3.0.17',
    ],
    [
      'a high whose second package names the fix',
      [
        enhanced([
          {
            severity: 'HIGH',
            fix: 'PARTIAL',
            packages: [
              { name: 'openssl', fixed: 'NotAvailable' },
              { name: 'libssl3', fixed: '3.0.17' },
            ],
          },
        ]),
      ],
      'in libssl3, fixed in 3.0.17',
    ],
    [
      'an unrated hole with a fix and a bad score',
      [enhanced([{ severity: 'UNTRIAGED', fix: 'YES', score: 9.8 }])],
      'CVE-2026-1 (HIGH)',
    ],
    [
      'an unrated hole with a fix its vendor calls critical',
      [enhanced([{ severity: 'UNTRIAGED', fix: 'YES', vendor: 'Critical' }])],
      'CVE-2026-1 (HIGH)',
    ],
    [
      'a basic scan with a critical',
      [basic([native('CVE-2026-2', 'CRITICAL')])],
      'CVE-2026-2 (CRITICAL) in zlib',
    ],
    ['a basic scan with a high', [basic([native('CVE-2026-2', 'HIGH')])], 'CVE-2026-2 (HIGH) in zlib'],
    [
      'a basic scan with an undefined of a bad score',
      [basic([native('CVE-2026-2', 'UNDEFINED', { CVSS3_SCORE: '9.8' })])],
      'CVE-2026-2 (HIGH) in zlib',
    ],
    [
      'both lists at once, the critical in the other one',
      [
        page('COMPLETE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [],
          findings: [native('CVE-2026-2', 'CRITICAL')],
          findingSeverityCounts: { CRITICAL: 1 },
        }),
      ],
      'CVE-2026-2 (CRITICAL)',
    ],
    ['a severity nobody has heard of', [enhanced([{ severity: 'SEVERE', fix: 'NO' }])], '(SEVERE)'],
    ['a finding without a severity', [enhanced([{ fix: 'YES' }])], '(unknown)'],
    [
      'a critical without a name',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [{ severity: 'CRITICAL', fixAvailable: 'YES' }],
        }),
      ],
      'unnamed finding (CRITICAL) in unknown package',
    ],
    [
      'a critical that is counted, but not listed',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [],
          findingSeverityCounts: { CRITICAL: 1 },
        }),
      ],
      'counts 1 findings of severity CRITICAL, but only 0',
    ],
    [
      'criticals of which one is closed and one not listed',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [inspector({ ...critical, status: 'CLOSED' })],
          findingSeverityCounts: { CRITICAL: 1 },
        }),
      ],
      'but only 0 could be read',
    ],
    [
      'highs of which a page is missing',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [inspector({ severity: 'HIGH', fix: 'NO' })],
          findingSeverityCounts: { HIGH: 12 },
        }),
      ],
      'counts 12 findings of severity HIGH, but only 1',
    ],
    [
      'counts that only the second page tells',
      [
        enhanced([], { nextToken: '2' }),
        page('ACTIVE', { enhancedFindings: [], findingSeverityCounts: { CRITICAL: 2 } }),
      ],
      'counts 2 findings of severity CRITICAL',
    ],
    [
      'unrated findings that are counted, but not listed',
      [
        page('ACTIVE', {
          imageScanCompletedAt: scannedAt,
          enhancedFindings: [],
          findingSeverityCounts: { UNTRIAGED: 3 },
        }),
      ],
      'counts 3 findings of severity UNTRIAGED',
    ],
  ])('%s', async (_what, pages, reason) => {
    expect(await gate(pages)).toContain(reason);
  });

  it('and says each thing once', async () => {
    const outcome = await gate([enhanced([critical, critical, { ...critical, id: 'CVE-2026-2' }])]);
    expect(outcome.match(/CVE-2026-\d \(CRITICAL\)/g)).toEqual([
      'CVE-2026-1 (CRITICAL)',
      'CVE-2026-2 (CRITICAL)',
    ]);
  });
});

describe('stops in spite of an exception', () => {
  it.each<[string, PatchException[], string]>([
    ['that ended yesterday', [except('CVE-2026-1', '2026-11-21')], 'its exception ended on 2026-11-21'],
    ['that ended years ago', [except('CVE-2026-1', '2019-01-01')], 'its exception ended on 2019-01-01'],
    ['for another hole', [except('CVE-2026-2', '2026-12-01')], 'CVE-2026-1 (CRITICAL)'],
    [
      'for a hole whose name begins alike',
      [except('CVE-2026-11', '2026-12-01'), except('CVE-2026-', '2026-12-01')],
      'CVE-2026-1 (CRITICAL)',
    ],
    ['dated as people write dates', [except('CVE-2026-1', '31.12.2026')], 'CVE-2026-1 (CRITICAL)'],
    ['dated in words', [except('CVE-2026-1', 'next week')], 'CVE-2026-1 (CRITICAL)'],
    ['on a day no calendar has', [except('CVE-2026-1', '2026-11-31')], 'CVE-2026-1 (CRITICAL)'],
    ['in a month no calendar has', [except('CVE-2026-1', '2026-13-01')], 'CVE-2026-1 (CRITICAL)'],
    ['with a time behind its day', [except('CVE-2026-1', '2026-12-01T00:00:00Z')], 'CVE-2026-1 (CRITICAL)'],
    ['with an empty date', [except('CVE-2026-1', '')], 'CVE-2026-1 (CRITICAL)'],
    ['in the year ten thousand', [except('CVE-2026-1', '+010000-01-01')], 'CVE-2026-1 (CRITICAL)'],
  ])('%s', async (_what, exceptions, reason) => {
    expect(await gate([enhanced([critical])], exceptions)).toContain(reason);
  });

  it('for one of two criticals', async () => {
    const pages = [enhanced([critical, { ...critical, id: 'CVE-2026-2' }])];
    expect(await gate(pages, [except('CVE-2026-1', '2026-12-01')])).toContain('CVE-2026-2 (CRITICAL)');
  });

  it('one second after its last day in UTC, which is 9 in the morning in Japan', async () => {
    const exceptions = [except('CVE-2026-1', '2026-11-22')];
    expect(await gate([enhanced([critical])], exceptions, '2026-11-22T23:59:59.999Z')).toBe('pass');
    expect(await gate([enhanced([critical])], exceptions, '2026-11-23T00:00:00Z')).toContain(
      'ended on 2026-11-22',
    );
  });

  it('that is about a scan which did not finish', async () => {
    const pages = [page('FAILED', undefined)];
    expect(await gate(pages, [except('CVE-2026-1', '2026-12-01')])).toContain(
      'an unscanned image never runs',
    );
  });
});

describe('stops what was not scanned', () => {
  it.each([
    'FAILED',
    'UNSUPPORTED_IMAGE',
    'SCAN_ELIGIBILITY_EXPIRED',
    'FINDINGS_UNAVAILABLE',
    'LIMIT_EXCEEDED',
    'IMAGE_ARCHIVED',
    'A_STATUS_OF_NEXT_YEAR',
  ])('a scan that ended as %s, whatever it lists', async (status) => {
    expect(await gate([enhanced([], {}, status)])).toContain(`the scan ended as ${status}`);
  });

  it.each<[string, Wire[], string]>([
    ['never ends: PENDING', [page('PENDING', undefined)], 'did not finish in 20 minutes (PENDING)'],
    [
      'never ends: IN_PROGRESS, with a list that is empty so far',
      [enhanced([], {}, 'IN_PROGRESS')],
      'did not finish in 20 minutes (IN_PROGRESS)',
    ],
    [
      'is ACTIVE and never completes',
      [page('ACTIVE', { findings: [] })],
      'did not finish in 20 minutes (ACTIVE, but without findings to read)',
    ],
    ['is ACTIVE without any findings part', [page('ACTIVE', undefined)], 'did not finish'],
    [
      'is COMPLETE with a time, but neither counts nor a list',
      [page('COMPLETE', { imageScanCompletedAt: scannedAt })],
      'did not finish',
    ],
    [
      'is COMPLETE with counts, but no time',
      [page('COMPLETE', { findings: [], findingSeverityCounts: {} })],
      'did not finish',
    ],
    [
      'has no status at all',
      [{ imageId: { imageDigest: digest } }],
      'did not finish in 20 minutes (unknown)',
    ],
    ['is unknown to the registry', [{ error: 'ScanNotFoundException' }], 'did not finish'],
    [
      'began anew between two pages',
      [enhanced([], { nextToken: '2' }), page('IN_PROGRESS', undefined)],
      'did not finish in 20 minutes (IN_PROGRESS)',
    ],
    [
      'failed between two pages',
      [enhanced([], { nextToken: '2' }), page('FAILED', undefined)],
      'the scan ended as FAILED',
    ],
    [
      'is of another image',
      [enhanced([], { imageId: { imageDigest: otherDigest } })],
      `the scan is of ${otherDigest}`,
    ],
    [
      'is of another image on its second page',
      [enhanced([], { nextToken: '2' }), enhanced([], { imageId: { imageDigest: otherDigest } })],
      `the scan is of ${otherDigest}`,
    ],
    [
      'is of a child of the list that was pushed',
      [enhanced([], { imageId: { imageDigest: childDigest } })],
      `the scan is of ${childDigest}`,
    ],
    [
      'is of a list of images, which no scanner reads',
      [
        page('FAILED', undefined, {
          imageScanStatus: {
            status: 'FAILED',
            description:
              'UnsupportedImageError: The operating system and/or package manager are not supported.',
          },
        }),
      ],
      'UnsupportedImageError',
    ],
    [
      'names a tag only',
      [enhanced([], { imageId: { imageTag: 'candidate-1' } })],
      'the scan is of an unnamed image',
    ],
    [
      'cannot be read: access denied',
      [{ error: 'AccessDeniedException', message: 'not authorized to perform: inspector2:ListFindings' }],
      'inspector2:ListFindings',
    ],
    [
      'cannot be read: throttled',
      [{ error: 'ThrottlingException', message: 'Rate exceeded' }],
      'Rate exceeded',
    ],
    [
      'cannot be read: the registry fails',
      [{ error: 'ServerException', message: 'An internal server error has occurred' }],
      'internal server error',
    ],
    [
      'cannot be read: the second page is denied',
      [enhanced([], { nextToken: '2' }), { error: 'AccessDeniedException', message: 'denied' }],
      'denied',
    ],
    [
      'cannot be read: the repository is gone',
      [{ error: 'RepositoryNotFoundException', message: 'no such repository' }],
      'no such repository',
    ],
    [
      'cannot be read: the image is gone',
      [{ error: 'ImageNotFoundException', message: 'no such image' }],
      'no such image',
    ],
    ['is an empty answer', [{}], 'the scan is of an unnamed image'],
  ])('a scan that %s', async (_what, pages, reason) => {
    expect(await gate(pages)).toContain(reason);
  });
});
