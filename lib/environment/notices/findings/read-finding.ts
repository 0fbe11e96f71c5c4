import { z } from 'zod';
import type { Finding } from './finding.ts';
import { readGuardDuty, readMalwareScan } from './guard-duty.ts';
import { markOf, salvage } from './salvage.ts';
import { readHub, readHubV2 } from './security-hub.ts';
import { readAnalyzer, readConfig, readInspector, readMacie } from './services.ts';
import { soft } from './soft.ts';

/** What every event of EventBridge has. */
const envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.unknown(),
  region: soft(z.string()),
  time: soft(z.string()),
});

/**
 * Where and when it happened, the envelope says, unless the reader knows better.
 *
 * @param detail of one finding
 * @throws Error for a finding that is not as AWS describes it
 */
type Reader = (detail: unknown) => readonly Finding[];

/** By the name AWS has for the event. */
const readers: Readonly<Record<string, Reader>> = {
  'GuardDuty Finding': readGuardDuty,
  'GuardDuty Malware Protection Object Scan Result': readMalwareScan,
  'Access Analyzer Finding': readAnalyzer,
  'Inspector2 Finding': readInspector,
  'Macie Finding': readMacie,
  'Config Rules Compliance Change': readConfig,
  'Security Hub Findings - Imported': readHub,
  'Findings Imported V2': readHubV2,
};

/**
 * Events that are no findings: what GuardDuty cannot look into.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-guardduty.html
 */
const blindness: readonly string[] = [
  'GuardDuty Runtime Protection Unhealthy',
  'GuardDuty Malware Protection Resource Status Warning',
  'GuardDuty Malware Protection Resource Status Error',
  'GuardDuty Malware Protection Post Scan Action Failed',
];

/**
 * What an event tells of: nothing when what it tells is over. Never throws, so that one strange finding keeps back no
 * other, in the same event neither: what cannot be read is a finding itself.
 *
 * @param body as it lay in the queue
 */
export function readFindings(body: string): Finding[] {
  const event = envelope.safeParse(parsed(body));
  if (!event.success) return [unread(body)];
  const { source, detail, region, time } = event.data;
  const type = event.data['detail-type'];
  const otherwise = blindness.includes(type) ? 'blind' : 'unknown';
  const reader: Reader = readers[type] ?? ((each) => [foundIn(each, otherwise, source, type)]);
  return findingsIn(detail)
    .flatMap((each) => {
      try {
        return reader(each);
      } catch {
        return [foundIn(each, 'garbled', source, type)];
      }
    })
    .map((finding) => ({ ...finding, region: finding.region ?? region, time: finding.time ?? time }));
}

/** Security Hub sends several in one event. */
function findingsIn(detail: unknown): readonly unknown[] {
  const several = z.object({ findings: z.array(z.unknown()).min(1) }).safeParse(detail);
  return several.success ? several.data.findings : [detail];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * In a form that nobody foresaw.
 *
 * @param family `unknown`: of a service, or of a kind of event, that came after this was written; `garbled`: of a known
 *   kind, but not as AWS describes it
 */
function foundIn(
  detail: unknown,
  family: 'blind' | 'unknown' | 'garbled',
  source: string,
  type: string,
): Finding {
  const { kind, id, ...rest } = salvage(detail);
  // Tasks come and go in the cluster that cannot be seen.
  const about = family === 'blind' ? (rest.resource ?? id) : id;
  return {
    ...rest,
    family,
    keys: [`${family}|${source}|${type}|${about}`],
    passedOn: false,
    kind: kind === undefined ? type : `${type}: ${kind}`,
    service: source,
    id,
  };
}

function unread(body: string): Finding {
  const mark = markOf(body);
  return {
    family: 'garbled',
    level: 'high',
    keys: [`garbled|${mark}`],
    passedOn: false,
    kind: 'event without the form of one',
    service: 'EventBridge',
    id: mark,
  };
}
