import { z } from 'zod';
import type { Finding } from './finding.ts';
import { levelOf } from './levels.ts';
import { salvage } from './salvage.ts';
import { soft } from './soft.ts';
import { familyOfThreat } from './threats.ts';

const named = (key: string) => soft(z.looseObject({ [key]: soft(z.string()) }));

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
const finding = z.object({
  id: soft(z.string()),
  type: z.string(),
  severity: z.unknown().optional(),
  region: soft(z.string()),
  updatedAt: soft(z.string()),
  resource: soft(
    z.looseObject({
      instanceDetails: named('instanceId'),
      accessKeyDetails: named('userName'),
      rdsDbInstanceDetails: named('dbInstanceIdentifier'),
      lambdaDetails: named('functionName'),
      ecsClusterDetails: named('name'),
      s3BucketDetails: soft(
        z.array(
          z.looseObject({
            name: soft(z.string()),
            s3ObjectDetails: soft(z.array(z.looseObject({ key: soft(z.string()) }))),
          }),
        ),
      ),
    }),
  ),
  service: soft(z.looseObject({ archived: soft(z.boolean()) })),
});

export function readGuardDuty(detail: unknown): Finding[] {
  const {
    id = salvage(detail).id,
    type,
    severity,
    region,
    updatedAt,
    resource,
    service,
  } = finding.parse(detail);
  // By a rule of the owner that puts such findings away.
  if (service?.archived) return [];
  const [bucket] = resource?.s3BucketDetails ?? [];
  const [object] = bucket?.s3ObjectDetails ?? [];
  const file = bucket?.name && object?.key ? `${bucket.name}/${object.key}` : undefined;
  return [
    {
      family: familyOfThreat(type),
      level: levelOf(severity) ?? 'high',
      // The scan of a file is told of by an event of its own, too.
      keys: [`guardduty|${id}`, ...(file === undefined ? [] : [malwareKey(file)])],
      passedOn: false,
      kind: type,
      resource:
        file ??
        bucket?.name ??
        resource?.instanceDetails?.instanceId ??
        resource?.rdsDbInstanceDetails?.dbInstanceIdentifier ??
        resource?.lambdaDetails?.functionName ??
        resource?.ecsClusterDetails?.name ??
        resource?.accessKeyDetails?.userName,
      service: 'GuardDuty',
      id,
      region,
      time: updatedAt,
    },
  ];
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
const scan = z.object({
  s3ObjectDetails: z.object({ bucketName: z.string(), objectKey: z.string() }),
  scanResultDetails: z.object({
    scanResultStatus: z.enum(['NO_THREATS_FOUND', 'THREATS_FOUND', 'UNSUPPORTED', 'ACCESS_DENIED', 'FAILED']),
  }),
});

export function readMalwareScan(detail: unknown): Finding[] {
  const { s3ObjectDetails, scanResultDetails } = scan.parse(detail);
  const status = scanResultDetails.scanResultStatus;
  if (status === 'NO_THREATS_FOUND') return [];
  const file = `${s3ObjectDetails.bucketName}/${s3ObjectDetails.objectKey}`;
  const found = status === 'THREATS_FOUND';
  return [
    {
      family: found ? 'malware' : 'unscanned',
      level: found ? 'high' : 'medium',
      keys: [found ? malwareKey(file) : `unscanned|${file}`],
      passedOn: false,
      kind: status,
      resource: file,
      service: 'GuardDuty',
    },
  ];
}

function malwareKey(file: string): string {
  return `malware|${file}`;
}
