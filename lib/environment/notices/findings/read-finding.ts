import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { readGuardDuty, readMalwareScan } from './guard-duty.ts';
import { readHub, readHubV2 } from './security-hub.ts';
import { readAnalyzer, readConfig, readInspector, readMacie } from './services.ts';

/** What every event of EventBridge has. */
const envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.unknown(),
  region: z.string().optional(),
  time: z.string().optional(),
});

/**
 * Where and when it happened, the envelope says, unless the reader knows better.
 *
 * @throws Error for an event that is not as AWS describes it
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
 * What an event tells of: nothing when what it tells is over. Never throws, so that one strange event keeps back no
 * other: what cannot be read is a finding itself.
 *
 * @param body as it lay in the queue
 */
export function readFindings(body: string): Finding[] {
  const event = envelope.safeParse(parsed(body));
  if (!event.success) return [unread(body)];
  const { source, detail, region, time } = event.data;
  const type = event.data['detail-type'];
  const reader = readers[type];
  try {
    return (reader?.(detail) ?? [ofUnknownKind(source, type, detail)]).map((finding) => ({
      ...finding,
      region: finding.region ?? region,
      time: finding.time ?? time,
    }));
  } catch {
    return [{ ...unread(body), kind: type, service: source, region, time }];
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Of a service, or of a kind of event, that came after this was written. */
function ofUnknownKind(source: string, type: string, detail: unknown): Finding {
  return {
    family: 'unknown',
    level: 'high',
    keys: [`${source}|${type}|${hashOf(JSON.stringify(detail) ?? '')}`],
    passedOn: false,
    kind: type,
    service: source,
  };
}

function unread(body: string): Finding {
  return {
    family: 'garbled',
    level: 'high',
    keys: [`garbled|${hashOf(body)}`],
    passedOn: false,
    kind: 'event without the form of one',
    service: 'EventBridge',
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
