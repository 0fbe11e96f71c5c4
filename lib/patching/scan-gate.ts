import type { DescribeImageScanFindingsCommandOutput } from '@aws-sdk/client-ecr';

/** One page of what the registry says about an image; basic and enhanced (Inspector) scans answer in this one shape. */
export type ScanPage = Omit<DescribeImageScanFindingsCommandOutput, '$metadata'>;

/** A vulnerability that may stay until the end of a day (UTC), as the config writes it. */
export interface PatchException {
  readonly cve: string;
  /** Last day, as YYYY-MM-DD. */
  readonly until: string;
  readonly reason: string;
}

export type Verdict =
  | { readonly outcome: 'pass'; readonly accepted: readonly string[] }
  /** The scan is still under way. Whoever waits must stop waiting one day, and then the image does not pass. */
  | { readonly outcome: 'wait'; readonly status: string }
  | { readonly outcome: 'stop'; readonly reasons: readonly string[] };

interface Finding {
  readonly id: string;
  readonly severity: string;
  readonly fixable: boolean;
  readonly package: string;
  readonly fixedIn: string | undefined;
}

const unfinished = new Set(['PENDING', 'IN_PROGRESS']);
const finished = new Set(['COMPLETE', 'ACTIVE']);
/** Every severity the two scanners are documented to give; anything else is taken for the worst. */
const harmless = new Set(['MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED', 'UNTRIAGED']);

/**
 * Decides whether an image may run: no critical finding, and no high one that a newer package would mend.
 *
 * Fails closed: an image passes only on a finished scan of exactly this digest whose findings were all read.
 *
 * @param pages every page of the findings
 * @param today as YYYY-MM-DD in UTC
 */
export function judgeScan(
  digest: string,
  pages: readonly ScanPage[],
  exceptions: readonly PatchException[],
  today: string,
): Verdict {
  const progress = progressOf(digest, pages);
  if (progress !== undefined) return progress;

  const findings = pages.flatMap(findingsOn);
  const unread = unreadFindings(pages, findings);
  if (unread.length > 0) return { outcome: 'stop', reasons: unread };

  const blocking = findings.filter(blocks);
  const accepted = blocking.filter((finding) => exceptionFor(finding, exceptions, today) !== undefined);
  const reasons = blocking
    .filter((finding) => !accepted.includes(finding))
    .map((finding) => describe(finding, exceptions));
  return reasons.length > 0
    ? { outcome: 'stop', reasons: unique(reasons) }
    : { outcome: 'pass', accepted: unique(accepted.map(({ id }) => id)) };
}

export function isExpired(exception: PatchException, today: string): boolean {
  return exception.until < today;
}

/** @returns undefined when the scan is finished and its findings can be judged */
function progressOf(digest: string, pages: readonly ScanPage[]): Verdict | undefined {
  const [first] = pages;
  const status = first?.imageScanStatus?.status ?? 'unknown';
  if (first === undefined || unfinished.has(status)) return { outcome: 'wait', status };

  if (!finished.has(status)) {
    const why = first.imageScanStatus?.description ?? 'no description';
    return {
      outcome: 'stop',
      reasons: [`the scan ended as ${status} (${why}): an unscanned image never runs`],
    };
  }
  // Continuous scanning says ACTIVE as soon as the image is enrolled, before its first scan has ended.
  if (first.imageScanFindings?.imageScanCompletedAt === undefined) return { outcome: 'wait', status };

  const other = pages.find((page) => page.imageId?.imageDigest !== digest);
  if (other === undefined) return undefined;
  const scanned = other.imageId?.imageDigest ?? 'an unnamed image';
  return { outcome: 'stop', reasons: [`the scan is of ${scanned}, not of ${digest}`] };
}

function findingsOn({ imageScanFindings }: ScanPage): Finding[] {
  // A finding that somebody suppressed in Inspector still counts: exceptions live in the config, with a date.
  const enhanced = (imageScanFindings?.enhancedFindings ?? []).filter(({ status }) => status !== 'CLOSED');
  return [
    ...enhanced.map(({ packageVulnerabilityDetails: details, title, severity, fixAvailable }) => ({
      id: details?.vulnerabilityId ?? title ?? 'unnamed finding',
      severity: severity ?? 'unknown',
      fixable: fixAvailable !== 'NO',
      package: details?.vulnerablePackages?.[0]?.name ?? 'unknown package',
      fixedIn: details?.vulnerablePackages?.[0]?.fixedInVersion,
    })),
    // A basic scan does not say whether a fix exists, so there might be one.
    ...(imageScanFindings?.findings ?? []).map(({ name, severity, attributes }) => ({
      id: name ?? 'unnamed finding',
      severity: severity ?? 'unknown',
      fixable: true,
      package: attributes?.find(({ key }) => key === 'package_name')?.value ?? 'unknown package',
      fixedIn: undefined,
    })),
  ];
}

/** The registry counts per severity; fewer findings than counted means that a page went missing. */
function unreadFindings(pages: readonly ScanPage[], findings: readonly Finding[]): string[] {
  const counts = pages[0]?.imageScanFindings?.findingSeverityCounts ?? {};
  return Object.entries(counts).flatMap(([severity, counted]) => {
    const read = findings.filter((finding) => finding.severity === severity).length;
    return harmless.has(severity) || read >= (counted ?? 0)
      ? []
      : [`the scan counts ${counted} findings of severity ${severity}, but only ${read} could be read`];
  });
}

function blocks({ severity, fixable }: Finding): boolean {
  return !harmless.has(severity) && (severity !== 'HIGH' || fixable);
}

function exceptionFor(
  { id }: Finding,
  exceptions: readonly PatchException[],
  today: string,
): PatchException | undefined {
  return exceptions.find((exception) => exception.cve === id && !isExpired(exception, today));
}

function describe(finding: Finding, exceptions: readonly PatchException[]): string {
  const fix =
    finding.fixedIn === undefined || finding.fixedIn === 'NotAvailable'
      ? ''
      : `, fixed in ${finding.fixedIn}`;
  const expired = exceptions.find(({ cve }) => cve === finding.id);
  const note = expired === undefined ? '' : `; its exception ended on ${expired.until}`;
  return `${finding.id} (${finding.severity}) in ${finding.package}${fix}${note}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
