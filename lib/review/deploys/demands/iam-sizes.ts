import { isMap, list, tokenSource, type Value } from '../../../checks/model/values.ts';
import { policies } from '../model/companions.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { type Demand, eachResource, type Found } from './demand.ts';

const source = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

/** Characters that count: IAM leaves blanks out, and what only AWS knows is at least this long, an ARN more. */
const leastName = 12;
const leastArn = 44;
const tokens = new RegExp(tokenSource, 'g');

function sizeOf(document: Value | undefined): number {
  if (document === undefined) return 0;
  const written = typeof document === 'string' ? document : JSON.stringify(document);
  const known = written.replace(tokens, (_, body: string) =>
    'x'.repeat(/arn$/i.test(body) ? leastArn : leastName),
  );
  return [...known.replace(/\s/g, '')].length;
}

/** Managed policies per role: 20 by default, at most 25. A trust policy: 2,048 by default, at most 4,096. */
const roles = (role: DeployedResource, deployment: Deployment): Found[] => {
  const attached = policies(role, deployment);
  const managed = attached.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy').length;
  const inline = [
    ...list(role.properties.Policies).map((policy) => (isMap(policy) ? policy.PolicyDocument : undefined)),
    ...attached
      .filter(({ type }) => type !== 'AWS::IAM::ManagedPolicy')
      .map(({ properties }) => properties.PolicyDocument),
  ].reduce<number>((sum, document) => sum + sizeOf(document), 0);
  return [
    tooMany(managed + list(role.properties.ManagedPolicyArns).length, 20, 'managed policies attached'),
    tooMany(inline, 10_240, 'characters of inline policies'),
    tooMany(sizeOf(role.properties.AssumeRolePolicyDocument), 2048, 'characters of trust policy'),
  ].flat();
};

function tooMany(found: number, most: number, what: string): Found[] {
  if (found <= most) return [];
  return [
    {
      says: `has ${found} ${what}; IAM takes ${most} (LimitExceeded)`,
      way: 'Write fewer statements, with wildcards or in fewer policies, or split the role.',
      source,
    },
  ];
}

interface SizeRow {
  readonly type: string;
  readonly property: string;
  readonly most: number;
  readonly source: string;
}

const documents: readonly SizeRow[] = [
  { type: 'AWS::IAM::ManagedPolicy', property: 'PolicyDocument', most: 6144, source },
  {
    type: 'AWS::S3::BucketPolicy',
    property: 'PolicyDocument',
    most: 20_480,
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
  },
  {
    type: 'AWS::KMS::Key',
    property: 'KeyPolicy',
    most: 32_768,
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    property: 'ResourcePolicy',
    most: 20_480,
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    property: 'PolicyDocument',
    most: 20_480,
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html',
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    property: 'PolicyDocument',
    most: 30_720,
    source: 'https://docs.aws.amazon.com/general/latest/gr/sns.html',
  },
];

export const iamSizes: readonly Demand[] = [
  eachResource('iam-sizes', ['AWS::IAM::Role'], roles),
  ...documents.map(({ type, property, most, source: page }) =>
    eachResource('policy-sizes', [type], ({ properties }) => {
      const size = sizeOf(properties[property]);
      if (size <= most) return [];
      return [
        {
          says: `has a ${property} of ${size} characters; AWS takes ${most}`,
          way: 'Write fewer statements, or spread them over several policies.',
          source: page,
        },
      ];
    }),
  ),
];
