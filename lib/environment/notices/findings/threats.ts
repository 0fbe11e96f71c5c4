import type { FamilyName } from './families.ts';

/**
 * What GuardDuty calls a threat is `Purpose:Resource/Name`; Security Hub writes the slash as a dash. The first that fits.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html
 */
const kinds: readonly (readonly [RegExp, FamilyName])[] = [
  [/^AttackSequence:/, 'attack'],
  [/MaliciousFile|^Object:/, 'malware'],
  [/^Exfiltration:(?!IAMUser)|^(Impact|Discovery|UnauthorizedAccess|Exfiltration):S3\b/, 'data'],
  [/:RDS\b/, 'database'],
  [/^(Policy|Stealth):|^DefenseEvasion:IAMUser|LoggingDisabled|ConfigurationModified/, 'disabled'],
  [/:(IAMUser|IAM)\b/, 'credentials'],
  [/^(Recon|Discovery|PenTest):(EC2|S3|Kubernetes)\b/, 'probing'],
  [/:(EC2|ECS|EKS|Lambda|Runtime|Kubernetes|Container)\b/, 'intruder'],
];

export function familyOfThreat(type: string): FamilyName {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'threat';
}
