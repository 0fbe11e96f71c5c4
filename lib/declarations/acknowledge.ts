import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledgedAt } from './keys.ts';
import { packName } from './pack-name.ts';
import { writtenAt } from './written-at.ts';

const NIST = 'NIST.800.53.R5';
const PCI = 'PCI.DSS.321';
const HIPAA = 'HIPAA.Security';
const SOLUTIONS = 'AwsSolutions';

/** The rules this project acknowledges anywhere, each with the packs that carry it. The shorter, the better. */
const carriers = {
  ELBDeletionProtectionEnabled: [NIST, HIPAA],
  RDSInstanceDeletionProtectionEnabled: [NIST, HIPAA],
  /** AwsSolutions' name for RDSInstanceDeletionProtectionEnabled. */
  RDS10: [SOLUTIONS],
  RDSInBackupPlan: [NIST, HIPAA],
  /** AwsSolutions: an EC2 instance that may be terminated. */
  EC29: [SOLUTIONS],
  S3BucketReplicationEnabled: [NIST, PCI, HIPAA],
  S3BucketLoggingEnabled: [NIST, PCI, HIPAA],
  S3DefaultEncryptionKMS: [NIST, PCI, HIPAA],
  /** AwsSolutions' name for S3BucketLoggingEnabled. */
  S1: [SOLUTIONS],
  /** AwsSolutions: Aurora MySQL that can be rewound. */
  RDS14: [SOLUTIONS],
  /** AwsSolutions' name for RDSMultiAZSupport. */
  RDS3: [SOLUTIONS],
  RDSMultiAZSupport: [NIST, HIPAA],
  CodeBuildProjectSourceRepoUrl: [PCI, HIPAA],
  LambdaInsideVPC: [NIST, PCI, HIPAA],
  LambdaDLQ: [NIST, HIPAA],
  /** A function that has to outlive the VPC. */
  'NET5[FunctionInVpc]': [packName],
  'ALM1[DeadLetters]': [packName],
  'ALM1[Watched]': [packName],
  /** The rights that a disposable environment takes itself away with. */
  'DAT2[ControlEdits]': [packName],
  'DAT2[WildcardPolicy]': [packName],
  /** The web ACL only counts. */
  'NET2[WebAclBlocks]': [packName],
  /** A secret whose value only its owner can change. */
  SecretsManagerRotationEnabled: [NIST, HIPAA],
  /** AwsSolutions' name for SecretsManagerRotationEnabled. */
  SMG4: [SOLUTIONS],
  /** AwsSolutions: geographic restriction of a distribution. */
  CFR1: [SOLUTIONS],
} as const;

type AcknowledgedRule = keyof typeof carriers | `IAM4[${string}]` | `IAM5[${string}]`;

export interface AcknowledgedFinding {
  readonly rule: AcknowledgedRule;
  /** Why the finding stands, and which control compensates. It is read by the security reviewer. */
  readonly reason: string;
  /**
   * Who accepts it, and since when, such as `Hana Mori, 2026-11-28`.
   * @default whoever wrote the line, as far as git tells: in a clone with a single author that is nobody
   */
  readonly by?: string;
}

/**
 * Acknowledges a finding of the nag packs on one construct, in every pack that carries the rule.
 *
 * The ids are qualified with the pack: a bare id makes the finding vanish from the report without a trace.
 */
export function acknowledge(
  construct: IConstruct,
  ...acknowledgements: readonly AcknowledgedFinding[]
): void {
  const line = writtenAt();
  for (const { rule, reason, by } of acknowledgements) {
    const signed = by === undefined ? reason : `${reason} (accepted by ${by})`;
    const accepted = packsOf(rule).map((pack) => ({ id: `${pack}::${pack}-${rule}`, reason: signed }));
    Validations.of(construct).acknowledge(...accepted);
    if (line === undefined) continue;
    construct.node.addMetadata(acknowledgedAt, Object.fromEntries(accepted.map(({ id }) => [id, line])));
  }
}

function packsOf(rule: AcknowledgedRule): readonly string[] {
  return rule in carriers ? carriers[rule as keyof typeof carriers] : [SOLUTIONS];
}
