import {
  type ACMClient,
  type CertificateSummary,
  KeyAlgorithm,
  paginateListCertificates,
} from '@aws-sdk/client-acm';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { type GuardDutyClient, paginateListDetectors, paginateListFindings } from '@aws-sdk/client-guardduty';
import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateGetFindings, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import { z } from 'zod';
import { everyPage } from '../../lambda/every-page.ts';
import { patchMetricNamespace, pipelineDimension } from '../../patching/metrics.ts';
import { restoreMetrics } from '../../recovery/restored/metrics.ts';
import { harmless } from '../findings/harmless.ts';
import { measured, sum } from './metrics.ts';
import type { DigestSettings } from './settings.ts';
import type { DigestWords, SectionName } from './words.ts';

/** What AWS is asked with. Certificates and the web ACL of the edge are in us-east-1. */
export interface DigestClients {
  readonly metrics: CloudWatchClient;
  readonly edgeMetrics: CloudWatchClient;
  readonly certificates: ACMClient;
  readonly edgeCertificates: ACMClient;
  readonly secrets: SecretsManagerClient;
  readonly logs: CloudWatchLogsClient;
  readonly threats: GuardDutyClient;
  readonly hub: SecurityHubClient;
}

export interface Asked {
  readonly settings: DigestSettings;
  readonly clients: DigestClients;
  readonly now: Date;
}

type Ask = (asked: Asked, words: DigestWords) => Promise<readonly string[]>;

const day = 86_400_000;
const week = 7;
/** Restores are tested in the middle of each month. */
const testedWithin = 40;
/** What ends later is no matter of this week. */
const soon = 30;
/** Counted no further: so many are a matter of a console. */
const mostCounted = 1000;

/** The sources of each section; one that fails takes no other along. */
export const sections: Readonly<Record<SectionName, readonly Ask[]>> = {
  due: [askEnds, askCertificates('certificates'), askCertificates('edgeCertificates'), askOverdue],
  open: [askThreats, askHub],
  blocked: [askBlocked('edge'), askBlocked('loadBalancer')],
  rotated: [askSecrets],
  patched: [askImage],
  backedUp: [askBackups],
  tested: [askTests],
  connected: [askConnections],
};

async function askEnds({ settings, now }: Asked, words: DigestWords): Promise<string[]> {
  return settings.ends
    .filter(({ until }) => Date.parse(until) < now.getTime() + soon * day)
    .toSorted((one, other) => one.until.localeCompare(other.until))
    .map(({ what, until }) =>
      Date.parse(until) + day < now.getTime() ? words.ended(what, until) : words.ends(what, until),
    );
}

function askCertificates(where: 'certificates' | 'edgeCertificates'): Ask {
  return async ({ settings, clients, now }, words) => {
    const all = await everyPage(
      // Without a filter ACM lists RSA keys of 2048 bits and less only.
      paginateListCertificates(
        { client: clients[where] },
        { Includes: { keyTypes: Object.values(KeyAlgorithm) } },
      ),
      ({ CertificateSummaryList }) => CertificateSummaryList,
    );
    return all.flatMap((certificate) => {
      const host = hostOf(certificate, settings);
      const ends = certificate.NotAfter?.getTime();
      if (host === undefined || ends === undefined || ends > now.getTime() + soon * day) return [];
      const date = new Date(ends).toISOString().slice(0, 10);
      return [(ends < now.getTime() ? words.ended : words.ends)(words.certificate(host), date)];
    });
  };
}

/** The name of the environment's own that a certificate is for, while it is in use. */
function hostOf(
  { DomainName = '', SubjectAlternativeNameSummaries = [], InUse }: CertificateSummary,
  { hostNames }: DigestSettings,
): string | undefined {
  if (InUse === false) return undefined;
  return hostNames.find((host) => [DomainName, ...SubjectAlternativeNameSummaries].includes(host));
}

interface Secret {
  readonly name: string;
  readonly says: 'off' | 'never' | 'runs' | 'rotated';
  readonly rotated: Date | undefined;
  readonly overdue: boolean;
}

async function readSecrets({ settings, clients, now }: Asked): Promise<Secret[]> {
  return Promise.all(
    settings.secrets.map(async (name): Promise<Secret> => {
      const found = await clients.secrets.send(new DescribeSecretCommand({ SecretId: name }));
      const { LastRotatedDate: rotated, CreatedDate, RotationEnabled, VersionIdsToStages = {} } = found;
      const pending = Object.values(VersionIdsToStages).some(
        (stages) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT'),
      );
      const since = rotated ?? CreatedDate ?? now;
      const state = pending ? 'runs' : rotated === undefined ? 'never' : 'rotated';
      return {
        name,
        says: RotationEnabled === true ? state : 'off',
        rotated,
        overdue: now.getTime() - since.getTime() > settings.longestGapHours * 3_600_000,
      };
    }),
  );
}

async function askSecrets(asked: Asked, words: DigestWords): Promise<string[]> {
  return (await readSecrets(asked)).map(({ name, says, rotated }) => {
    switch (says) {
      case 'off':
        return words.rotationOff(name);
      case 'runs':
        return words.rotationRuns(name);
      case 'never':
        return words.neverRotated(name);
      default:
        return words.rotated(name, words.ago(daysBetween(rotated ?? asked.now, asked.now)));
    }
  });
}

async function askOverdue(asked: Asked, words: DigestWords): Promise<string[]> {
  return (await readSecrets(asked)).filter(({ overdue }) => overdue).map(({ name }) => words.overdue(name));
}

async function askThreats({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const [DetectorId] = await everyPage(
    paginateListDetectors({ client: clients.threats }, {}),
    ({ DetectorIds }) => DetectorIds,
  );
  if (DetectorId === undefined) return [words.threatsOff];
  const ids = await everyPage(
    paginateListFindings(
      { client: clients.threats },
      {
        DetectorId,
        FindingCriteria: {
          Criterion: {
            'service.archived': { Equals: ['false'] },
            // Medium and worse, of which a mail told.
            severity: { GreaterThanOrEqual: 4 },
          },
        },
      },
    ),
    ({ FindingIds }) => FindingIds,
  );
  return [words.threats(ids.length === 0 ? words.none : String(ids.length))];
}

const names = (values: readonly string[]) =>
  values.map((Value) => ({ Value, Comparison: 'EQUALS' as const }));

async function askHub({ clients }: Asked, words: DigestWords): Promise<string[]> {
  const pages = paginateGetFindings(
    { client: clients.hub, pageSize: 100 },
    {
      Filters: {
        RecordState: names(['ACTIVE']),
        WorkflowStatus: names(['NEW', 'NOTIFIED']),
        SeverityLabel: names(['HIGH', 'CRITICAL']),
        // Counted above.
        ProductName: [{ Value: 'GuardDuty', Comparison: 'NOT_EQUALS' }],
      },
    },
  );
  let count = 0;
  try {
    for await (const { Findings = [] } of pages) {
      count += Findings.length;
      if (count >= mostCounted) return [words.hub(`> ${mostCounted}`)];
    }
  } catch (error) {
    // So it says of an account that has not switched it on.
    // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
    if ((error as Error).name === 'InvalidAccessException') return [words.hubOff];
    throw error;
  }
  return [words.hub(count === 0 ? words.none : String(count))];
}

function askBlocked(where: 'edge' | 'loadBalancer'): Ask {
  return async ({ settings, clients, now }, words) => {
    const isEdge = where === 'edge';
    const acl = isEdge ? settings.edgeAcl : settings.loadBalancerAcl;
    const of = (metric: string) => ({
      namespace: 'AWS/WAFV2',
      metric,
      // Metrics of CloudFront carry no region.
      dimensions: { WebACL: acl, Rule: 'ALL', ...(!isEdge && { Region: settings.region }) },
      statistic: 'Sum' as const,
    });
    const { blocked, allowed } = await measured(
      isEdge ? clients.edgeMetrics : clients.metrics,
      { blocked: of('BlockedRequests'), allowed: of('AllowedRequests') },
      week,
      now,
    );
    const all = sum(blocked) + sum(allowed);
    return [all === 0 ? words.nobody(where) : words.blocked(where, number(sum(blocked)), number(all))];
  };
}

async function askImage({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  const of = (metric: string) => ({
    namespace: patchMetricNamespace,
    metric,
    dimensions: { [pipelineDimension]: settings.pipeline },
    statistic: 'Maximum' as const,
  });
  const { age, gate, hosts } = await measured(
    clients.metrics,
    {
      age: of('ImageAgeDays'),
      gate: of('FailsGate'),
      hosts: { ...of('PatchCompliancePercent'), statistic: 'Minimum' },
    },
    2,
    now,
  );
  const [imageDays] = age;
  const [percent] = hosts;
  return [
    imageDays === undefined ? words.imageUnknown : words.imageAge(number(Math.floor(imageDays.value))),
    ...((gate[0]?.value ?? 0) > 0 ? [words.gate] : []),
    ...(settings.hosts
      ? [percent === undefined ? words.hostsUnknown : words.hosts(number(Math.floor(percent.value)))]
      : []),
  ];
}

async function askBackups({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  const of = (metric: string) => ({
    namespace: 'AWS/Backup',
    metric,
    dimensions: { BackupVaultName: settings.vault },
    statistic: 'Sum' as const,
  });
  const { made, failed } = await measured(
    clients.metrics,
    { made: of('NumberOfBackupJobsCompleted'), failed: of('NumberOfBackupJobsFailed') },
    week,
    now,
  );
  return [
    ...(sum(made) === 0 ? [words.noBackups] : []),
    ...(sum(made) + sum(failed) > 0 ? [words.backups(number(sum(made)), number(sum(failed)))] : []),
  ];
}

async function askTests({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  if (!settings.tested) return [words.notTested];
  const { minutes } = await measured(
    clients.metrics,
    {
      minutes: {
        namespace: restoreMetrics.namespace,
        metric: restoreMetrics.minutes,
        dimensions: { Environment: settings.environment },
        statistic: 'Maximum',
      },
    },
    testedWithin,
    now,
  );
  const [last] = minutes;
  if (last === undefined) return [words.neverTested];
  return [words.tested(number(last.value), words.ago(daysBetween(last.time, now)))];
}

/** https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/connection-logging.html */
const connection = z.object({
  'connection-attempt-status': z.string(),
  'common-name': z.string().optional(),
  username: z.string().optional(),
});

/** Whoever is not named in the mail is counted. */
const mostPeople = 8;

async function askConnections({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  if (settings.connections === undefined) return [words.noVpn];
  const events = await everyPage(
    paginateFilterLogEvents(
      { client: clients.logs },
      {
        logGroupName: settings.connections,
        startTime: now.getTime() - week * day,
        endTime: now.getTime(),
        filterPattern: '{ $.connection-log-type = "connection-attempt" }',
      },
    ),
    ({ events }) => events,
  );
  const people = new Map<string, { times: number; refused: number }>();
  for (const { message = '' } of events) {
    const read = connection.safeParse(parsed(message));
    if (!read.success || read.data['connection-attempt-status'] === 'waiting-for-assertion') continue;
    const name = read.data.username || read.data['common-name'] || '?';
    const person = people.get(name) ?? { times: 0, refused: 0 };
    if (read.data['connection-attempt-status'] === 'successful') person.times++;
    else person.refused++;
    people.set(name, person);
  }
  if (people.size === 0) return [words.nobodyConnected];
  const lines = [...people].map(([name, { times, refused }]) =>
    words.connected(harmless(name, 60), number(times), number(refused)),
  );
  return [
    ...lines.slice(0, mostPeople),
    ...(lines.length > mostPeople ? [words.more(lines.length - mostPeople)] : []),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / day));
}
