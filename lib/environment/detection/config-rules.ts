import * as config from 'aws-cdk-lib/aws-config';
import { Construct, type IDependable } from 'constructs';
import { shopTags } from '../../declarations/tags.ts';

/** Invariants of docs/architecture.md. */
type Invariant = 'NET1' | 'NET3' | 'NET4' | 'SEC1' | 'DAT1' | 'DAT2' | 'PAT2' | 'LOG1' | 'ALM1';

export interface RuntimeRule {
  /** AWS's identifier of a managed rule. */
  readonly identifier: string;
  /** What the templates promise, and the rule asks of what runs. */
  readonly invariant: Invariant;
  /** Asked at each change of a resource of these types. Undefined: asked every day, of the account. */
  readonly types?: readonly [string, ...string[]];
  /**
   * Whose resources: those of shops, by their tag, where another app in the account may do otherwise. All that the
   * account has, where nothing of it may be open to the world.
   */
  readonly of: 'shops' | 'account';
}

const { ManagedRuleIdentifiers: aws } = config;

/**
 * The few questions that a template cannot answer, because they are about what was changed by hand since.
 *
 * https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html
 */
export const runtimeRules: readonly RuntimeRule[] = [
  {
    identifier: aws.SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED,
    invariant: 'NET1',
    types: ['AWS::EC2::Subnet'],
    of: 'shops',
  },
  {
    identifier: 'NO_UNRESTRICTED_ROUTE_TO_IGW',
    invariant: 'NET1',
    types: ['AWS::EC2::RouteTable'],
    of: 'shops',
  },
  {
    identifier: 'VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS',
    invariant: 'NET3',
    types: ['AWS::EC2::SecurityGroup'],
    of: 'shops',
  },
  {
    identifier: 'ALB_WAF_ENABLED',
    invariant: 'NET3',
    types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    of: 'shops',
  },
  {
    identifier: 'RDS_INSTANCE_PUBLIC_ACCESS_CHECK',
    invariant: 'NET4',
    types: ['AWS::RDS::DBInstance'],
    of: 'account',
  },
  // Of secrets that rotate; those that do not are not judged.
  {
    identifier: 'SECRETSMANAGER_SCHEDULED_ROTATION_SUCCESS_CHECK',
    invariant: 'SEC1',
    types: ['AWS::SecretsManager::Secret'],
    of: 'shops',
  },
  { identifier: 'RDS_STORAGE_ENCRYPTED', invariant: 'DAT1', types: ['AWS::RDS::DBInstance'], of: 'shops' },
  { identifier: 'KMS_CMK_NOT_SCHEDULED_FOR_DELETION', invariant: 'DAT1', of: 'account' },
  {
    identifier: 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED',
    invariant: 'DAT2',
    types: ['AWS::S3::Bucket'],
    of: 'account',
  },
  {
    identifier: 'RDS_SNAPSHOTS_PUBLIC_PROHIBITED',
    invariant: 'DAT2',
    types: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
    of: 'account',
  },
  {
    identifier: 'LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED',
    invariant: 'DAT2',
    types: ['AWS::Lambda::Function'],
    of: 'account',
  },
  { identifier: 'IAM_ROOT_ACCESS_KEY_CHECK', invariant: 'DAT2', of: 'account' },
  { identifier: 'MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS', invariant: 'DAT2', of: 'account' },
  {
    identifier: 'RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
    invariant: 'PAT2',
    types: ['AWS::RDS::DBInstance'],
    of: 'shops',
  },
  { identifier: 'MULTI_REGION_CLOUD_TRAIL_ENABLED', invariant: 'LOG1', of: 'account' },
  { identifier: 'GUARDDUTY_ENABLED_CENTRALIZED', invariant: 'ALM1', of: 'account' },
];

/** Rules of AWS Config, in whoever's recorder: what they find not to hold is told like a threat. */
export class ConfigRules extends Construct {
  /** @param after what has to record before a rule can be made; undefined where the account does already */
  constructor(scope: Construct, id: string, after: IDependable | undefined) {
    super(scope, id);
    for (const { identifier, invariant, types, of } of runtimeRules) {
      // The name that AWS makes of it stands in the mail.
      const rule = new config.CfnConfigRule(this, `${invariant}-${identifier}`, {
        description: `${invariant} of Secure Shop, asked of what runs`,
        source: { owner: 'AWS', sourceIdentifier: identifier },
        ...(types
          ? {
              scope: of === 'shops' ? { tagKey: shopTags.shop } : { complianceResourceTypes: [...types] },
            }
          : { maximumExecutionFrequency: 'TwentyFour_Hours' }),
      });
      if (after) rule.node.addDependency(after);
    }
  }
}
