import { type CertificateSummary, KeyAlgorithm, paginateListCertificates } from '@aws-sdk/client-acm';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { everyPage } from '../../lambda/every-page.ts';
import { patchMetricNamespace, pipelineDimension } from '../../patching/metrics.ts';
import { fileDimensions, restoreMetrics } from '../../recovery/restored/metrics.ts';
import { type Ask, type Asked, day, number, week } from './asked.ts';
import { askBackups, askCopies } from './backed-up.ts';
import { askConnections, askOpenings } from './connected.ts';
import { measured, sum } from './metrics.ts';
import type { DigestSettings } from './settings.ts';
import {
  askAnalyzer,
  askHub,
  askInspector,
  askMacie,
  askRecorder,
  askStandards,
  askThreats,
} from './watchers.ts';
import type { DigestWords, SectionName } from './words.ts';

/** Restores are tested in the middle of each month. */
const testedWithin = 40;
/** What ends later is no matter of this week. */
const soon = 30;

/** The sources of each section; one that fails takes no other along. */
export const sections: Readonly<Record<SectionName, readonly Ask[]>> = {
  due: [askEnds, askCertificates('certificates'), askCertificates('edgeCertificates'), askOverdue],
  open: [askRecorder, askStandards, askThreats, askAnalyzer, askInspector, askMacie, askHub],
  blocked: [askBlocked('edge'), askBlocked('loadBalancer')],
  rotated: [askSecrets],
  patched: [askImage],
  backedUp: [askBackups, askCopies],
  tested: [askTests],
  connected: [askConnections, askOpenings],
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

async function askTests({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  const { environment, tested } = settings;
  if (tested.length === 0) return [words.notTested];
  const minutesOf = (dimensions: Readonly<Record<string, string>>) =>
    ({
      namespace: restoreMetrics.namespace,
      metric: restoreMetrics.minutes,
      dimensions,
      statistic: 'Maximum',
    }) as const;
  const minutes = await measured(
    clients.metrics,
    { database: minutesOf({ Environment: environment }), files: minutesOf(fileDimensions(environment)) },
    testedWithin,
    now,
  );
  return tested.map((store) => {
    const [last] = minutes[store];
    if (last === undefined) return words.neverTested(store);
    return words.tested(store, number(last.value), words.ago(daysBetween(last.time, now)));
  });
}

function daysBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / day));
}
