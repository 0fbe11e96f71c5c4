import type {
  DescribeImageScanFindingsCommandOutput,
  EnhancedImageScanFinding,
  ImageScanFinding,
} from '@aws-sdk/client-ecr';

/** One page of what the registry says about an image; basic and enhanced (Inspector) scans answer in this one shape. */
export type ScanPage = Omit<DescribeImageScanFindingsCommandOutput, '$metadata'>;

/** A vulnerability that may stay until the end of a day (UTC), as the config writes it. */
export interface PatchException {
  readonly cve: string;
  /** Last day, as YYYY-MM-DD. */
  readonly until: string;
  /** For the reviewer; functions and steps are not told. */
  readonly reason?: string;
}

export type Verdict =
  | { readonly outcome: 'pass'; readonly accepted: readonly string[] }
  /** The scan is still under way. Whoever waits must stop waiting one day, and then the image does not pass. */
  | { readonly outcome: 'wait'; readonly status: string }
  | { readonly outcome: 'stop'; readonly reasons: readonly string[] };

interface Finding {
  readonly id: string;
  /** As the scanner wrote it, for the count. */
  readonly given: string | undefined;
  readonly severity: string;
  readonly fixable: boolean;
  readonly package: string;
  readonly fixedIn: string | undefined;
}

const unfinished = new Set(['PENDING', 'IN_PROGRESS', 'unknown']);
const finished = new Set(['COMPLETE', 'ACTIVE']);
/** Both scanners' words for "nobody has rated this yet". */
const unrated = new Set(['UNDEFINED', 'UNTRIAGED']);
/** The lesser severities the two scanners are documented to give; one nobody has heard of is taken for the worst. */
const lesser = new Set(['MEDIUM', 'LOW', 'INFORMATIONAL']);

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

/** The day of a moment, in UTC, as exceptions write theirs. */
export function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

export function expiredExceptions(exceptions: readonly PatchException[], now: Date): PatchException[] {
  return exceptions.filter((exception) => isExpired(exception, dayOf(now)));
}

/** A date nobody can read has passed: better an exception too few than one for ever. */
function isExpired({ until }: PatchException, today: string): boolean {
  const date = new Date(`${until}T00:00:00Z`);
  const written = Number.isNaN(date.getTime()) ? undefined : dayOf(date);
  return written !== until || until < today;
}

/** @returns undefined when the scan is finished and its findings can be judged */
function progressOf(digest: string, pages: readonly ScanPage[]): Verdict | undefined {
  const [first] = pages;
  if (first === undefined) return { outcome: 'wait', status: 'unknown' };

  const other = pages.find(({ imageId }) => imageId?.imageDigest !== digest);
  if (other !== undefined) {
    const scanned = other.imageId?.imageDigest ?? 'an unnamed image';
    return { outcome: 'stop', reasons: [`the scan is of ${scanned}, not of ${digest}`] };
  }
  // Every page is asked: a new scan may begin between two of them.
  const ended = pages.find((page) => !finished.has(statusOf(page)) && !unfinished.has(statusOf(page)));
  if (ended !== undefined) {
    const why = ended.imageScanStatus?.description ?? 'no description';
    return {
      outcome: 'stop',
      reasons: [`the scan ended as ${statusOf(ended)} (${why}): an unscanned image never runs`],
    };
  }
  const underWay = pages.map(statusOf).find((status) => unfinished.has(status));
  if (underWay !== undefined) return { outcome: 'wait', status: underWay };

  // Continuous scanning says ACTIVE as soon as the image is enrolled, and a scan can be COMPLETE some seconds before
  // there is anything to read: https://github.com/aws/aws-sdk/issues/289
  const { imageScanCompletedAt, findingSeverityCounts, enhancedFindings } = first.imageScanFindings ?? {};
  const readable = findingSeverityCounts !== undefined || enhancedFindings !== undefined;
  return imageScanCompletedAt === undefined || !readable
    ? { outcome: 'wait', status: `${statusOf(first)}, but without findings to read` }
    : undefined;
}

function statusOf({ imageScanStatus }: ScanPage): string {
  return imageScanStatus?.status ?? 'unknown';
}

function findingsOn({ imageScanFindings }: ScanPage): Finding[] {
  // A finding that somebody suppressed in Inspector still counts: exceptions live in the config, with a date.
  const enhanced = (imageScanFindings?.enhancedFindings ?? []).filter(({ status }) => status !== 'CLOSED');
  return [...enhanced.map(enhancedFinding), ...(imageScanFindings?.findings ?? []).map(basicFinding)];
}

function enhancedFinding(finding: EnhancedImageScanFinding): Finding {
  const { packageVulnerabilityDetails: details, title, severity, score, fixAvailable } = finding;
  const packages = details?.vulnerablePackages ?? [];
  const mended = packages.find(({ fixedInVersion }) => namesVersion(fixedInVersion));
  const scores = [score, ...(details?.cvss ?? []).map(({ baseScore }) => baseScore)];
  return {
    id: details?.vulnerabilityId ?? title ?? 'unnamed finding',
    given: severity,
    severity: severityOf(severity, scores, details?.vendorSeverity),
    // A package that names the version that mends it has a fix, whatever the summary says.
    fixable: fixAvailable !== 'NO' || mended !== undefined,
    package: (mended ?? packages[0])?.name ?? 'unknown package',
    fixedIn: mended?.fixedInVersion,
  };
}

/** A basic scan does not say whether a fix exists, so there might be one. */
function basicFinding({ name, severity, attributes = [] }: ImageScanFinding): Finding {
  const scores = attributes.filter(({ key }) => key?.endsWith('_SCORE')).map(({ value }) => Number(value));
  return {
    id: name ?? 'unnamed finding',
    given: severity,
    severity: severityOf(severity, scores),
    fixable: true,
    package: attributes.find(({ key }) => key === 'package_name')?.value ?? 'unknown package',
    fixedIn: undefined,
  };
}

function namesVersion(version: string | undefined): boolean {
  return version !== undefined && version !== '' && version !== 'NotAvailable';
}

/**
 * What the scanner has not rated yet counts as high where a score (on the scale of CVSS 3) or its vendor says so, and
 * so stops an image only if there is a fix: distributions leave old, disputed holes unrated and unmended for years.
 */
function severityOf(given: string | undefined, scores: readonly (number | undefined)[], vendor = ''): string {
  const severity = given?.toUpperCase() ?? 'unknown';
  if (!unrated.has(severity)) return severity;
  const bad = scores.some((score) => score !== undefined && score >= 7);
  return bad || /^(critical|high|important)$/i.test(vendor) ? 'HIGH' : severity;
}

/** The registry counts per severity; fewer findings than counted means that a page went missing. */
function unreadFindings(pages: readonly ScanPage[], findings: readonly Finding[]): string[] {
  const counts = pages.flatMap(({ imageScanFindings }) =>
    Object.entries(imageScanFindings?.findingSeverityCounts ?? {}),
  );
  return unique(
    counts.flatMap(([severity, counted = 0]) => {
      const read = findings.filter(({ given }) => given === severity).length;
      return lesser.has(severity) || read >= counted
        ? []
        : [`the scan counts ${counted} findings of severity ${severity}, but only ${read} could be read`];
    }),
  );
}

function blocks({ severity, fixable }: Finding): boolean {
  return !lesser.has(severity) && !unrated.has(severity) && (severity !== 'HIGH' || fixable);
}

function exceptionFor(
  finding: Finding,
  exceptions: readonly PatchException[],
  today: string,
): PatchException | undefined {
  return exceptions.find((exception) => isAbout(exception, finding) && !isExpired(exception, today));
}

function isAbout({ cve }: PatchException, { id }: Finding): boolean {
  return cve.toUpperCase() === id.toUpperCase();
}

function describe(finding: Finding, exceptions: readonly PatchException[]): string {
  const fix = finding.fixedIn === undefined ? '' : `, fixed in ${finding.fixedIn}`;
  const expired = exceptions.find((exception) => isAbout(exception, finding));
  const note = expired === undefined ? '' : `; its exception ended on ${expired.until}`;
  return `${finding.id} (${finding.severity}) in ${finding.package}${fix}${note}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
