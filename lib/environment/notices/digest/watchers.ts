import { paginateListFindings as paginateShared } from '@aws-sdk/client-accessanalyzer';
import { paginateListFindings } from '@aws-sdk/client-guardduty';
import {
  BatchGetAccountStatusCommand,
  paginateListFindings as paginateWeaknesses,
} from '@aws-sdk/client-inspector2';
import { GetFindingStatisticsCommand } from '@aws-sdk/client-macie2';
import {
  analyzersOf,
  detectorOf,
  macieOf,
  mediumThreat,
  openHubFindings,
  recorderOf,
  unlessOff,
  workingStandards,
} from '../account-watch.ts';
import { harmless } from '../findings/harmless.ts';
import type { Asked } from './asked.ts';
import type { DigestWords } from './words.ts';

/** Counted no further: so many are a matter of a console. */
const mostCounted = 1000;

export async function askRecorder({ settings, clients }: Asked, words: DigestWords): Promise<string[]> {
  if (!settings.watchers.config) return [];
  const recorder = await recorderOf(clients.recorder);
  switch (recorder.state) {
    case 'none':
      return [words.recorderGone];
    case 'stopped':
      return [words.recorderStopped(recorder.since?.toISOString().slice(0, 10))];
    case 'failing':
      return [words.recorderFails(harmless(recorder.error, 60))];
    case 'records':
      return [];
  }
}

export async function askStandards({ settings, clients }: Asked, words: DigestWords): Promise<string[]> {
  const { standards } = settings.watchers;
  if (standards === 0) return [];
  // Where the hub is off, the line of its findings says so.
  const working = (await workingStandards(clients.hub)) ?? standards;
  return working < standards ? [words.standardsIdle(working, standards)] : [];
}

export async function askThreats({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const detector = await detectorOf(clients.threats);
  if (detector === undefined || detector.suspended) return [words.off('GuardDuty')];
  const count = await countOf(
    paginateListFindings(
      { client: clients.threats },
      {
        DetectorId: detector.id,
        FindingCriteria: {
          Criterion: {
            'service.archived': { Equals: ['false'] },
            // Of which a mail told.
            severity: { GreaterThanOrEqual: mediumThreat },
          },
        },
      },
    ),
    ({ FindingIds }) => FindingIds,
  );
  return [words.open('GuardDuty', written(count, words))];
}

export async function askAnalyzer({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const { active } = await analyzersOf(clients.analyzers);
  if (active.length === 0) return [words.off('IAM Access Analyzer')];
  const counts = await Promise.all(
    active.map((analyzerArn) =>
      countOf(
        paginateShared(
          { client: clients.analyzers, pageSize: 100 },
          { analyzerArn, filter: { status: { eq: ['ACTIVE'] } } },
        ),
        ({ findings }) => findings,
      ),
    ),
  );
  return [words.open('IAM Access Analyzer', written(Math.max(...counts), words))];
}

export async function askInspector({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const { accounts = [] } = await clients.weaknesses.send(new BatchGetAccountStatusCommand({}));
  if (accounts[0]?.state?.status !== 'ENABLED') return [words.off('Inspector')];
  const equals = (value: string) => ({ comparison: 'EQUALS' as const, value });
  const count = await countOf(
    paginateWeaknesses(
      { client: clients.weaknesses, pageSize: 100 },
      {
        filterCriteria: {
          findingStatus: [equals('ACTIVE')],
          severity: [equals('HIGH'), equals('CRITICAL')],
        },
      },
    ),
    ({ findings }) => findings,
  );
  return [words.openHigh('Inspector', written(count, words))];
}

export async function askMacie({ settings, clients }: Asked, words: DigestWords): Promise<string[]> {
  if (!settings.watchers.macie) return [];
  if ((await macieOf(clients.buckets)) !== 'on') return [words.off('Macie')];
  const { countsByGroup = [] } = await clients.buckets.send(
    new GetFindingStatisticsCommand({
      groupBy: 'severity.description',
      findingCriteria: { criterion: { archived: { eq: ['false'] } } },
    }),
  );
  const count = countsByGroup
    .filter(({ groupKey }) => groupKey !== 'Low')
    .reduce((sum, group) => sum + (group.count ?? 0), 0);
  return [words.open('Macie', written(count, words))];
}

export async function askHub({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const count = await unlessOff(() => countOf(openHubFindings(clients.hub), ({ Findings }) => Findings));
  return [
    count === undefined ? words.off('Security Hub') : words.openHigh('Security Hub', written(count, words)),
  ];
}

async function countOf<Page>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly unknown[] | undefined,
): Promise<number> {
  let count = 0;
  for await (const page of pages) {
    count += itemsOf(page)?.length ?? 0;
    if (count >= mostCounted) break;
  }
  return count;
}

function written(count: number, words: DigestWords): string {
  if (count === 0) return words.none;
  return count >= mostCounted ? `> ${mostCounted}` : String(count);
}
