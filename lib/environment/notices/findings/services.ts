import { z } from 'zod';
import type { Finding } from './finding.ts';
import { controlKey, sharedKey, vulnerabilityKey } from './keys.ts';
import type { Level } from './levels.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
const analyzer = z.object({
  id: z.string(),
  status: z.string(),
  resource: z.string(),
  resourceType: z.string(),
  isPublic: z.boolean().optional(),
  isDeleted: z.boolean().optional(),
  region: z.string().optional(),
  updatedAt: z.string().optional(),
});

export function readAnalyzer(detail: unknown): Finding[] {
  const { id, status, resource, resourceType, isPublic, isDeleted, region, updatedAt } =
    analyzer.parse(detail);
  if (status !== 'ACTIVE' || isDeleted) return [];
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
  severity: z.string(),
  status: z.string(),
  title: z.string().optional(),
  type: z.string(),
  resources: z.array(z.object({ id: z.string(), region: z.string().optional() })).min(1),
  packageVulnerabilityDetails: z.object({ vulnerabilityId: z.string() }).optional(),
});

export function readInspector(detail: unknown): Finding[] {
  const finding = inspector.parse(detail);
  if (finding.status !== 'ACTIVE') return [];
  const [{ id: resource, region } = { id: '', region: undefined }] = finding.resources;
  const vulnerability = finding.packageVulnerabilityDetails?.vulnerabilityId;
  return [
    {
      family: 'vulnerable',
      level: levelOfLabel(finding.severity),
      keys: [vulnerabilityKey(vulnerability ?? finding.findingArn, resource)],
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
  severity: z.object({ description: z.string() }),
  archived: z.boolean().optional(),
  region: z.string().optional(),
  updatedAt: z.string().optional(),
  resourcesAffected: z
    .object({
      s3Bucket: z.object({ name: z.string().optional() }).optional(),
      s3Object: z.object({ path: z.string().optional() }).optional(),
    })
    .optional(),
});

export function readMacie(detail: unknown): Finding[] {
  const { id, type, severity, archived, region, updatedAt, resourcesAffected } = macie.parse(detail);
  if (archived) return [];
  return [
    {
      family: type.startsWith('SensitiveData:') ? 'personal' : 'shared',
      level: levelOfLabel(severity.description),
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
  resourceType: z.string(),
  awsRegion: z.string().optional(),
  newEvaluationResult: z.object({ complianceType: z.string() }).nullish(),
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
      resource: `${resourceType} ${resourceId}`,
      service: 'Config',
      region: awsRegion,
    },
  ];
}

/** Of what services call the severity, in any spelling. A word that is not known is taken seriously. */
export function levelOfLabel(label: string): Level {
  const word = label.toLowerCase();
  if (word === 'critical' || word === 'fatal') return 'critical';
  if (word === 'medium') return 'medium';
  return word === 'low' || word === 'informational' || word === 'untriaged' ? 'low' : 'high';
}
