import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeScan,
  type PatchException,
  type ScanPage,
} from '../../../lib/environment/patching/scan-gate.ts';
import { basicScan, digest, enhancedScan, scanIn } from './support/scans.ts';

const today = '2026-11-22';
const exception: PatchException = {
  cve: 'CVE-2026-30001',
  until: '2026-11-22',
  reason: 'The shop parses no certificates of strangers; a fix is announced for next week.',
};
const judge = (pages: ScanPage[], exceptions: PatchException[] = []) =>
  judgeScan(digest, pages, exceptions, today);

describe('the scan gate lets pass', () => {
  it('an image without findings', () => {
    expect(judge([enhancedScan()])).toEqual({ outcome: 'pass', accepted: [] });
  });

  it('medium and lower findings, and high ones nobody can mend yet', () => {
    const scan = enhancedScan(
      { id: 'CVE-2026-30001', severity: 'HIGH', fixAvailable: 'NO' },
      { id: 'CVE-2026-30002', severity: 'MEDIUM' },
      { id: 'CVE-2005-2541', severity: 'UNTRIAGED' },
    );
    expect(judge([scan])).toEqual({ outcome: 'pass', accepted: [] });
  });

  it('a critical finding on the last day of its exception, and says so', () => {
    const scan = enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' });
    expect(judge([scan], [exception])).toEqual({ outcome: 'pass', accepted: ['CVE-2026-30001'] });
  });

  it('a finding Inspector has closed', () => {
    const scan = enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL', status: 'CLOSED' });
    scan.imageScanFindings = { ...scan.imageScanFindings, findingSeverityCounts: {} };
    expect(judge([scan])).toEqual({ outcome: 'pass', accepted: [] });
  });
});

describe('the scan gate stops', () => {
  it.each(['YES', 'PARTIAL', 'NO'] as const)('a critical finding, fix available: %s', (fixAvailable) => {
    expect(judge([enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL', fixAvailable })]).outcome).toBe(
      'stop',
    );
  });

  it('a high finding with a fix, naming the package and the version that mends it', () => {
    expect(judge([enhancedScan({ id: 'CVE-2026-30001', severity: 'HIGH' })])).toEqual({
      outcome: 'stop',
      reasons: ['CVE-2026-30001 (HIGH) in openssl, fixed in 0:3.0.17-1~deb12u3'],
    });
  });

  it('a finding on the day after its exception, and says when that ended', () => {
    const scan = enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' });
    expect(judge([scan], [{ ...exception, until: '2026-11-21' }])).toEqual({
      outcome: 'stop',
      reasons: [
        'CVE-2026-30001 (CRITICAL) in openssl, fixed in 0:3.0.17-1~deb12u3; its exception ended on 2026-11-21',
      ],
    });
  });

  it('a finding that only another one is excepted from', () => {
    const scan = enhancedScan(
      { id: 'CVE-2026-30001', severity: 'CRITICAL' },
      { id: 'CVE-2026-30009', severity: 'CRITICAL' },
    );
    const verdict = judge([scan], [exception]);
    expect(verdict).toMatchObject({ outcome: 'stop', reasons: [expect.stringContaining('CVE-2026-30009')] });
  });

  it('a finding that somebody suppressed in Inspector', () => {
    const scan = enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL', status: 'SUPPRESSED' });
    expect(judge([scan]).outcome).toBe('stop');
  });

  it('a high finding of a basic scan, which cannot say that there is no fix', () => {
    expect(judge([basicScan({ name: 'CVE-2026-30001', severity: 'HIGH' })])).toEqual({
      outcome: 'stop',
      reasons: ['CVE-2026-30001 (HIGH) in zlib'],
    });
  });

  it('a severity it has never heard of', () => {
    expect(judge([enhancedScan({ id: 'CVE-2026-30001', severity: 'CATASTROPHIC' })]).outcome).toBe('stop');
  });

  it('a finding on the second page', () => {
    const pages = [enhancedScan(), enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' })];
    expect(judge(pages).outcome).toBe('stop');
  });

  it('findings that were counted but could not be read', () => {
    const scan = enhancedScan();
    scan.imageScanFindings = { ...scan.imageScanFindings, findingSeverityCounts: { CRITICAL: 2, MEDIUM: 7 } };
    expect(judge([scan])).toEqual({
      outcome: 'stop',
      reasons: ['the scan counts 2 findings of severity CRITICAL, but only 0 could be read'],
    });
  });

  it('a scan of another image', () => {
    const other = `sha256:${'b2'.repeat(32)}`;
    expect(judgeScan(other, [enhancedScan()], [], today)).toEqual({
      outcome: 'stop',
      reasons: [`the scan is of ${digest}, not of ${other}`],
    });
  });

  it.each([
    ['FAILED', 'UnsupportedImageError'],
    ['UNSUPPORTED_IMAGE', 'The operating system is not supported.'],
    ['SCAN_ELIGIBILITY_EXPIRED', ''],
    ['FINDINGS_UNAVAILABLE', ''],
    ['LIMIT_EXCEEDED', ''],
    ['IMAGE_ARCHIVED', ''],
  ] as const)('a scan that ended as %s', (status, description) => {
    const verdict = judge([scanIn(status, description)]);
    expect(verdict).toMatchObject({
      outcome: 'stop',
      reasons: [expect.stringContaining('an unscanned image never runs')],
    });
  });
});

describe('the scan gate waits for', () => {
  it('a scan that has not begun', () => {
    expect(judge([])).toEqual({ outcome: 'wait', status: 'unknown' });
  });

  it.each(['PENDING', 'IN_PROGRESS'] as const)('a scan that is %s', (status) => {
    expect(judge([scanIn(status)])).toEqual({ outcome: 'wait', status });
  });

  it('an image that is enrolled for continuous scanning, but was not scanned yet', () => {
    expect(judge([scanIn('ACTIVE', 'Continuous scan is selected for image.')])).toEqual({
      outcome: 'wait',
      status: 'ACTIVE, but without findings to read',
    });
  });
});

it('no mixture of findings and exceptions lets a fixable critical pass without an exception of today', () => {
  const finding = fc.record({
    id: fc.constantFrom('CVE-2026-30001', 'CVE-2026-30002', 'CVE-2026-30003'),
    severity: fc.constantFrom('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNTRIAGED'),
    fixAvailable: fc.constantFrom('YES' as const, 'NO' as const, 'PARTIAL' as const),
  });
  const exceptions = fc.array(
    fc.record({
      cve: fc.constantFrom('CVE-2026-30001', 'CVE-2026-30002'),
      until: fc.constantFrom('2026-11-01', '2026-11-21', '2026-11-22', '2027-01-01'),
      reason: fc.constant('long enough to be a reason'),
    }),
  );
  fc.assert(
    fc.property(fc.array(finding), exceptions, (findings, excepted) => {
      const verdict = judgeScan(digest, [enhancedScan(...findings)], excepted, today);
      const uncovered = findings.some(
        ({ id, severity, fixAvailable }) =>
          (severity === 'CRITICAL' || (severity === 'HIGH' && fixAvailable !== 'NO')) &&
          !excepted.some(({ cve, until }) => cve === id && until >= today),
      );
      expect(verdict.outcome).toBe(uncovered ? 'stop' : 'pass');
    }),
  );
});
