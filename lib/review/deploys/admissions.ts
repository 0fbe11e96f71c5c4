import { globMatches } from '../../checks/model/access/patterns.ts';
import {
  at,
  hasToken,
  hasUnknown,
  isMap,
  list,
  text,
  type Value,
  type ValueMap,
} from '../../checks/model/values.ts';
import { valuesAt } from './demands/checks.ts';
import { type Finding, findingOf } from './finding.ts';
import { bucketPolicies, type Companion, permissions, policies } from './model/companions.ts';
import type { DeployedResource, Deployment } from './model/deployment.ts';

/** Somebody who must be let in somewhere before AWS takes a resource. */
interface AdmissionRow {
  readonly type: string;
  /** Property that names where to: a bucket, a key, a function, a role. */
  readonly into: string;
  /** Type of what is named there. */
  readonly store: string;
  /** Whether a resource asks for it at all. @default always */
  readonly asks?: (resource: DeployedResource) => boolean;
  readonly admits: (store: DeployedResource, resource: DeployedResource, deployment: Deployment) => boolean;
  /** For people, after the name of what must let it in. */
  readonly says: string;
  readonly way: string;
  readonly source: string;
  /** Whether it is made all the same, and does nothing. @default it is refused */
  readonly worksNever?: boolean;
}

/** Statements of the documents that say who may use a store: its own and those beside it. */
type Documents = (store: DeployedResource, deployment: Deployment) => readonly (Value | undefined)[];

const ofPolicies =
  (companion: Companion): Documents =>
  (store, deployment) =>
    companion(store, deployment).map(({ properties }) => properties.PolicyDocument);

const ofKey: Documents = ({ properties }) => [properties.KeyPolicy];

const ofRole: Documents = (role, deployment) => [
  ...list(role.properties.Policies).map((policy) => at(policy, 'PolicyDocument')),
  ...ofPolicies(policies)(role, deployment),
  ...deployment
    .referred(role, role.properties.ManagedPolicyArns)
    .map(({ properties }) => properties.PolicyDocument),
];

/** @param who the service's name, or a pattern of it */
function documentAdmits(
  documents: Documents,
  who: RegExp | undefined,
  actions: readonly string[],
): AdmissionRow['admits'] {
  return (store, resource, deployment) => {
    const written = documents(store, deployment);
    // What only a deploy knows may say it, and that a document is missing the schema says.
    if (written.some((document) => document === undefined || hasUnknown(document))) return true;
    const statements = written.flatMap((document) => list(at(document, 'Statement'))).filter(isMap);
    return actions.every((action) =>
      statements.some(
        (statement) =>
          statement.Effect === 'Allow' &&
          (who === undefined || principalsOf(statement).some((name) => hasUnknown(name) || who.test(name))) &&
          actionsOf(statement).some((pattern) => hasUnknown(pattern) || globMatches(pattern, action, true)) &&
          isAboutLogs(statement, resource),
      ),
    );
  };
}

function principalsOf({ Principal: written }: ValueMap): string[] {
  const kinds = isMap(written) ? Object.values(written) : [written];
  return kinds.flatMap((names) => list(names)).flatMap((name) => text(name) ?? []);
}

function actionsOf({ Action, NotAction }: ValueMap): string[] {
  return NotAction === undefined ? list(Action).flatMap((action) => text(action) ?? []) : ['*'];
}

/** A key's policy may name the log groups that it is for. */
function isAboutLogs({ Condition }: ValueMap, { type, stack, properties }: DeployedResource): boolean {
  const name = text(properties.LogGroupName);
  if (type !== 'AWS::Logs::LogGroup' || name === undefined || hasToken(name)) return true;
  const patterns = Object.values(isMap(Condition) ? Condition : {}).flatMap((operator) =>
    list(at(operator, 'kms:EncryptionContext:aws:logs:arn')).flatMap((pattern) => text(pattern) ?? []),
  );
  const arn = `arn:aws:logs:${stack.region}:${stack.account}:log-group:${name}`;
  return (
    patterns.length === 0 ||
    stack.region === undefined ||
    stack.account === undefined ||
    patterns.some((pattern) => hasToken(pattern) || globMatches(pattern, arn, false))
  );
}

/** @param from property that names whom the permission may be limited to; the resource itself where it is left out */
function permissionAdmits(service: string, from?: string): AdmissionRow['admits'] {
  return (store, resource, deployment) =>
    permissions(store, deployment).some(({ properties, ...permission }) => {
      const principal = text(properties.Principal) ?? '*';
      if (principal !== '*' && !hasUnknown(principal) && !principal.startsWith(`${service}.`)) return false;
      const { SourceArn } = properties;
      if (text(SourceArn) === undefined || hasUnknown(SourceArn)) return true;
      const named = deployment.referred({ properties, ...permission }, SourceArn);
      const origins =
        from === undefined ? [resource] : deployment.referred(resource, resource.properties[from]);
      return named.length === 0 || origins.length === 0 || origins.some((origin) => named.includes(origin));
    });
}

const keyWay = 'Let the service use the key, in its KeyPolicy.';
const bucketWay = 'Let the service write, in the policy of the bucket.';
const permissionWay =
  'Add an AWS::Lambda::Permission with lambda:InvokeFunction for the service, and let it come first.';
const docs = 'https://docs.aws.amazon.com';

const admissions: readonly AdmissionRow[] = [
  {
    type: 'AWS::Logs::LogGroup',
    into: 'KmsKeyId',
    store: 'AWS::KMS::Key',
    admits: documentAdmits(ofKey, /^(logs\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?|\*)$/, [
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]),
    says: 'does not let CloudWatch Logs use it for this log group ("The specified KMS key does not exist or is not allowed to be used")',
    way: keyWay,
    source: `${docs}/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html`,
  },
  {
    type: 'AWS::CloudTrail::Trail',
    into: 'KMSKeyId',
    store: 'AWS::KMS::Key',
    admits: documentAdmits(ofKey, /^(cloudtrail\.amazonaws\.com|\*)$/, ['kms:GenerateDataKey']),
    says: 'does not let CloudTrail use it (InsufficientEncryptionPolicyException)',
    way: keyWay,
    source: `${docs}/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html`,
  },
  {
    type: 'AWS::CloudTrail::Trail',
    into: 'S3BucketName',
    store: 'AWS::S3::Bucket',
    admits: documentAdmits(ofPolicies(bucketPolicies), /^(cloudtrail\.amazonaws\.com|\*)$/, [
      's3:GetBucketAcl',
      's3:PutObject',
    ]),
    says: 'does not let CloudTrail write (InsufficientS3BucketPolicyException)',
    way: bucketWay,
    source: `${docs}/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    into: 'LoadBalancerAttributes',
    store: 'AWS::S3::Bucket',
    // In older regions it is an account of AWS that writes the logs.
    admits: documentAdmits(
      ofPolicies(bucketPolicies),
      /^(logdelivery\.elasticloadbalancing\.amazonaws\.com|delivery\.logs\.amazonaws\.com|\d{12}|arn:[a-z-]+:iam::\d{12}:root|\*)$/,
      ['s3:PutObject'],
    ),
    says: 'does not let the load balancer write its logs ("Access Denied for bucket")',
    way: bucketWay,
    source: `${docs}/elasticloadbalancing/latest/application/enable-access-logging.html`,
  },
  {
    type: 'AWS::Config::DeliveryChannel',
    into: 'S3BucketName',
    store: 'AWS::S3::Bucket',
    admits: documentAdmits(ofPolicies(bucketPolicies), /^(config\.amazonaws\.com|\*)$/, ['s3:PutObject']),
    says: 'does not let AWS Config write (InsufficientDeliveryPolicyException)',
    way: bucketWay,
    source: `${docs}/config/latest/developerguide/s3-bucket-policy.html`,
  },
  {
    type: 'AWS::Lambda::Function',
    into: 'Role',
    store: 'AWS::IAM::Role',
    asks: ({ properties }) => list(at(properties.VpcConfig, 'SubnetIds')).length > 0,
    admits: (role, lambda, deployment) =>
      list(role.properties.ManagedPolicyArns).some((arn) => mayOpenNetwork(role, arn, deployment)) ||
      documentAdmits(ofRole, undefined, ['ec2:CreateNetworkInterface'])(role, lambda, deployment),
    says: 'may not create network interfaces ("The provided execution role does not have permissions to call CreateNetworkInterface on EC2")',
    way: 'Allow ec2:CreateNetworkInterface, DescribeNetworkInterfaces and DeleteNetworkInterface to the role.',
    source: `${docs}/lambda/latest/dg/configuration-vpc.html`,
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    into: 'RotationLambdaARN',
    store: 'AWS::Lambda::Function',
    admits: permissionAdmits('secretsmanager', 'SecretId'),
    says: 'may not be invoked by Secrets Manager for this secret (AccessDeniedException)',
    way: permissionWay,
    source: `${docs}/secretsmanager/latest/userguide/troubleshoot_rotation.html`,
  },
  {
    type: 'AWS::Logs::SubscriptionFilter',
    into: 'DestinationArn',
    store: 'AWS::Lambda::Function',
    admits: permissionAdmits('logs'),
    says: 'may not be invoked by CloudWatch Logs ("Could not execute the lambda function")',
    way: permissionWay,
    source: `${docs}/AmazonCloudWatch/latest/logs/SubscriptionFilters.html`,
  },
  {
    type: 'AWS::S3::Bucket',
    into: 'NotificationConfiguration',
    store: 'AWS::Lambda::Function',
    admits: permissionAdmits('s3'),
    says: 'may not be invoked by S3 ("Unable to validate the following destination configurations")',
    way: permissionWay,
    source: `${docs}/AmazonS3/latest/userguide/NotificationHowTo.html`,
  },
  {
    type: 'AWS::Events::Rule',
    into: 'Targets',
    store: 'AWS::Lambda::Function',
    admits: permissionAdmits('events'),
    says: 'may not be invoked by EventBridge for this rule: its events are dropped',
    way: permissionWay,
    source: `${docs}/eventbridge/latest/userguide/eb-use-resource-based.html`,
    worksNever: true,
  },
];

/** A managed policy of which these templates do not tell what it allows. */
function mayOpenNetwork(role: DeployedResource, arn: Value, deployment: Deployment): boolean {
  const isBasic = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/.test(text(arn) ?? '');
  return !isBasic && deployment.referred(role, arn).length === 0;
}

/** Resources that name a store which does not let them, or the service behind them, in. */
export function closedDoors(deployment: Deployment): Finding[] {
  return deployment.resources.flatMap((resource) =>
    admissions
      .filter(({ type, asks }) => type === resource.type && (asks?.(resource) ?? true))
      .flatMap(({ into, store, admits, says, way, source, worksNever }) =>
        valuesAt(resource.properties, into.split('.'))
          .flatMap((named) => deployment.referred(resource, named))
          .filter((found, index, all) => found.type === store && all.indexOf(found) === index)
          .filter((found) => !admits(found, resource, deployment))
          .map((found) =>
            findingOf(resource, {
              effect: worksNever ? 'interrupted' : 'refused',
              constraint: 'not-admitted',
              says: `needs ${found.id} (${found.type}), which ${says}`,
              way,
              source,
            }),
          ),
      ),
  );
}
