import { z } from 'zod';
import type { Finding } from './finding.ts';
import { controlKey, sharedKey, vulnerabilityKey } from './keys.ts';
import { levelOf, levelOfLabel } from './levels.ts';
import { soft } from './soft.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
const analyzer = z.object({
  id: soft(z.string()),
  status: soft(z.string()),
  resource: z.string(),
  resourceType: z.string().catch('something'),
  isPublic: soft(z.boolean()),
  isDeleted: soft(z.boolean()),
  region: soft(z.string()),
  updatedAt: soft(z.string()),
});

export function readAnalyzer(detail: unknown): Finding[] {
  const { id, status, resource, resourceType, isPublic, isDeleted, region, updatedAt } =
    analyzer.parse(detail);
  if (['RESOLVED', 'ARCHIVED'].includes(status ?? '') || isDeleted) return [];
  return [
    {
      family: 'shared',
      level: isPublic ? 'critical' : 'high',
      keys: [sharedKey(resource)],
      passedOn: false,
      kind: isPublic ? `${resourceType} open to everybody` : `${resourceType} open to another account`,
      resource,
      service: 'IAM Access Analyzer',
      id,
      region,
      time: updatedAt,
    },
  ];
}

/** https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html */
const inspector = z.object({
  findingArn: z.string(),
  severity: z.unknown().optional(),
  status: soft(z.string()),
  title: soft(z.string()),
  type: z.string().catch('a weakness'),
  resources: z.array(z.object({ id: z.string(), region: soft(z.string()) })).catch([]),
  packageVulnerabilityDetails: soft(z.object({ vulnerabilityId: z.string() })),
});

export function readInspector(detail: unknown): Finding[] {
  const finding = inspector.parse(detail);
  if (['CLOSED', 'SUPPRESSED'].includes(finding.status ?? '')) return [];
  const [{ id: resource, region } = {}] = finding.resources;
  const vulnerability = finding.packageVulnerabilityDetails?.vulnerabilityId;
  return [
    {
      family: 'vulnerable',
      level: levelOf(finding.severity) ?? 'high',
      keys: [vulnerabilityKey(vulnerability ?? finding.findingArn, resource ?? '')],
      passedOn: false,
      kind: finding.title ?? vulnerability ?? finding.type,
      resource,
      service: 'Inspector',
      region,
    },
  ];
}

/** https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
const macie = z.object({
  id: z.string(),
  type: z.string(),
  severity: soft(z.object({ description: z.string() })),
  archived: soft(z.boolean()),
  region: soft(z.string()),
  updatedAt: soft(z.string()),
  resourcesAffected: soft(
    z.object({
      s3Bucket: soft(z.object({ name: soft(z.string()) })),
      s3Object: soft(z.object({ path: soft(z.string()) })),
    }),
  ),
});

export function readMacie(detail: unknown): Finding[] {
  const { id, type, severity, archived, region, updatedAt, resourcesAffected } = macie.parse(detail);
  if (archived) return [];
  return [
    {
      family: type.startsWith('SensitiveData:') ? 'personal' : 'shared',
      level: levelOfLabel(severity?.description ?? ''),
      keys: [`macie|${id}`],
      passedOn: false,
      kind: type,
      resource: resourcesAffected?.s3Object?.path ?? resourcesAffected?.s3Bucket?.name,
      service: 'Macie',
      id,
      region,
      time: updatedAt,
    },
  ];
}

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
const config = z.object({
  configRuleName: z.string(),
  resourceId: z.string(),
  resourceType: z.string().catch(''),
  awsRegion: soft(z.string()),
  newEvaluationResult: z
    .object({
      complianceType: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA']),
    })
    .nullish(),
});

export function readConfig(detail: unknown): Finding[] {
  const { configRuleName, resourceId, resourceType, awsRegion, newEvaluationResult } = config.parse(detail);
  if (newEvaluationResult?.complianceType !== 'NON_COMPLIANT') return [];
  // What Security Hub has Config evaluate for its own standards, it tells itself.
  if (configRuleName.startsWith('securityhub-')) return [];
  return [
    {
      family: 'setting',
      level: 'medium',
      keys: [controlKey(configRuleName, resourceId)],
      passedOn: false,
      kind: configRuleName,
      resource: `${resourceType} ${resourceId}`.trim(),
      service: 'Config',
      region: awsRegion,
    },
  ];
}
