import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, list, object } from '../json.ts';
import { bucketPolicy, bucketStatements, conditionOn, covers, type Statement } from '../policies.ts';

const bucketType = 'AWS::S3::Bucket';

function targetsOfAccessLogs(
  environment: DeployedEnvironment,
): { readonly source: Resource; readonly target: Resource }[] {
  return resources(environment, bucketType).flatMap((source) => {
    const named = at(source.properties, 'LoggingConfiguration', 'DestinationBucketName');
    const found = named === undefined ? undefined : target(environment, source.stack, named);
    return found ? [{ source, target: found }] : [];
  });
}

/** The algorithm a bucket encrypts with by default. */
function algorithm(bucket: Resource): string {
  const rule = at(bucket.properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration', 0);
  return String(at(rule, 'ServerSideEncryptionByDefault', 'SSEAlgorithm') ?? 'AES256');
}

function ownership(bucket: Resource): string {
  return String(
    at(bucket.properties, 'OwnershipControls', 'Rules', 0, 'ObjectOwnership') ?? 'BucketOwnerEnforced',
  );
}

const accessLogTarget: Constraint = {
  id: 'access-log-target',
  says: 'access logs of buckets go to a bucket without Object Lock, with SSE-S3, in the same region',
  violations: (environment) =>
    targetsOfAccessLogs(environment).flatMap(({ source, target: to }) => [
      ...(to.properties.ObjectLockEnabled || to.properties.ObjectLockConfiguration
        ? [`${label(to)}: has Object Lock`]
        : []),
      ...(algorithm(to) === 'AES256' ? [] : [`${label(to)}: encrypts with ${algorithm(to)}`]),
      ...(to.stack.region === source.stack.region ? [] : [`${label(to)}: is in ${to.stack.region}`]),
    ]),
  breakIn(environment) {
    const [found] = targetsOfAccessLogs(environment);
    if (found) found.target.properties.ObjectLockEnabled = true;
    return found !== undefined;
  },
};

const accessLogPolicy: Constraint = {
  id: 'access-log-policy',
  says: 'S3 may deliver access logs into the bucket they go to',
  violations: (environment) =>
    targetsOfAccessLogs(environment)
      .filter(
        ({ target: to }) =>
          !bucketStatements(environment, to).some(
            (statement) =>
              statement.allows &&
              statement.services.includes('logging.s3.amazonaws.com') &&
              covers(statement, 's3:PutObject'),
          ),
      )
      .map(({ source, target: to }) => `${label(to)}: takes no access logs of ${label(source)}`),
  breakIn(environment) {
    const [found] = targetsOfAccessLogs(environment);
    const policy = found && bucketPolicy(environment, found.target);
    if (policy) object(policy.properties.PolicyDocument).Statement = [];
    return policy !== undefined;
  },
};

const accessLogAccount: Constraint = {
  id: 'access-log-account',
  says: 'a bucket takes access logs of its own account only',
  violations: (environment) =>
    [...new Map(targetsOfAccessLogs(environment).map(({ target: to }) => [label(to), to])).values()].flatMap(
      (to) => {
        const policy = bucketStatements(environment, to);
        const refusesOthers = policy.some(
          (statement) =>
            !statement.allows &&
            covers(statement, 's3:PutObject') &&
            conditionOn(statement, 'aws:SourceAccount')?.startsWith('StringNotEquals '),
        );
        return refusesOthers
          ? []
          : policy
              .filter(
                (statement) =>
                  statement.allows &&
                  statement.services.includes('logging.s3.amazonaws.com') &&
                  conditionOn(statement, 'aws:SourceAccount') === undefined,
              )
              .map(() => `${label(to)}: takes logs of any account's buckets`);
      },
    ),
  breakIn(environment) {
    let broken = false;
    for (const { target: to } of targetsOfAccessLogs(environment)) {
      for (const { allows, source, conditions } of bucketStatements(environment, to)) {
        if (!conditions.some((condition) => condition.includes('aws:sourceaccount'))) continue;
        if (allows) delete source.Condition;
        else source.Action = 's3:GetObject';
        broken = true;
      }
    }
    return broken;
  },
};

function deliversLoadBalancerLogs(statement: Statement, region: string): boolean {
  // In the older regions an account of AWS delivers; the service principal works there as well.
  const account = RegionInfo.get(region).elbv2Account;
  return (
    statement.allows &&
    covers(statement, 's3:PutObject') &&
    (statement.services.includes('logdelivery.elasticloadbalancing.amazonaws.com') ||
      (account !== undefined && statement.aws.some((principal) => principal.includes(account))))
  );
}

function loadBalancerLogs(
  environment: DeployedEnvironment,
): { bucket: Resource | undefined; prefix: string; of: Resource }[] {
  return resources(environment, 'AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((of) => {
    const attributes = new Map(
      list(of.properties.LoadBalancerAttributes).map((attribute) => [
        at(attribute, 'Key'),
        at(attribute, 'Value'),
      ]),
    );
    return ['access_logs', 'connection_logs'].flatMap((kind) =>
      attributes.get(`${kind}.s3.enabled`) === 'true'
        ? [
            {
              of,
              bucket: target(environment, of.stack, attributes.get(`${kind}.s3.bucket`)),
              prefix: text(environment, of.stack, attributes.get(`${kind}.s3.prefix`)),
            },
          ]
        : [],
    );
  });
}

const loadBalancerLogBucket: Constraint = {
  id: 'load-balancer-log-bucket',
  says: 'the load balancer may deliver its logs: SSE-S3, same region, policy, prefix',
  violations: (environment) =>
    loadBalancerLogs(environment).flatMap(({ of, bucket, prefix }) => {
      if (!bucket) return [`${label(of)}: its log bucket is not of this environment`];
      const mayDeliver = bucketStatements(environment, bucket).some(
        (statement) =>
          deliversLoadBalancerLogs(statement, of.stack.region) &&
          statement.resources.some((resource) => resource.includes(`/${prefix}/`) || resource.endsWith('/*')),
      );
      return [
        ...(algorithm(bucket) === 'AES256' ? [] : [`${label(bucket)}: encrypts with ${algorithm(bucket)}`]),
        ...(bucket.stack.region === of.stack.region
          ? []
          : [`${label(bucket)}: is in ${bucket.stack.region}`]),
        ...(prefix.includes('AWSLogs') ? [`${label(of)}: the prefix "${prefix}" holds AWSLogs`] : []),
        ...(mayDeliver ? [] : [`${label(bucket)}: takes no logs of the load balancer below "${prefix}"`]),
      ];
    }),
  breakIn(environment) {
    const [found] = loadBalancerLogs(environment);
    const policy = found?.bucket && bucketPolicy(environment, found.bucket);
    if (policy) object(policy.properties.PolicyDocument).Statement = [];
    return policy !== undefined;
  },
};

function cloudFrontLogBuckets(environment: DeployedEnvironment): Resource[] {
  return resources(environment, 'AWS::CloudFront::Distribution').flatMap(({ stack, properties }) => {
    const name = at(properties, 'DistributionConfig', 'Logging', 'Bucket');
    const bucket = target(environment, stack, name);
    return bucket ? [bucket] : [];
  });
}

const cloudfrontLogBucket: Constraint = {
  id: 'cloudfront-log-bucket',
  says: 'the bucket of CloudFront standard logs takes ACLs',
  violations: (environment) =>
    cloudFrontLogBuckets(environment)
      .filter((bucket) => ownership(bucket) === 'BucketOwnerEnforced')
      .map((bucket) => `${label(bucket)}: takes no ACLs`),
  breakIn(environment) {
    const [bucket] = cloudFrontLogBuckets(environment);
    if (bucket) bucket.properties.OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] };
    return bucket !== undefined;
  },
};

const noLastingLock: Constraint = {
  id: 'no-lasting-lock-in-disposable',
  says: 'a disposable environment locks nothing beyond recall',
  violations: (environment) => {
    if (!environment.disposable) return [];
    return [
      ...resources(environment, bucketType)
        .filter(
          ({ properties }) =>
            at(properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention', 'Mode') === 'COMPLIANCE',
        )
        .map((bucket) => `${label(bucket)}: locks objects in compliance mode`),
      ...resources(environment, 'AWS::Backup::BackupVault')
        .filter(({ properties }) => at(properties, 'LockConfiguration', 'ChangeableForDays') !== undefined)
        .map((vault) => `${label(vault)}: locks backups in compliance mode`),
    ];
  },
  breakIn(environment) {
    if (!environment.disposable) return false;
    const [bucket] = resources(environment, bucketType);
    if (bucket) {
      const forAYear = { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } };
      bucket.properties.ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule: forAYear };
    }
    return bucket !== undefined;
  },
};

const trailBucketPolicy: Constraint = {
  id: 'trail-bucket-policy',
  says: 'the trail may write to its bucket, and is created after the policy that says so',
  violations: (environment) =>
    resources(environment, 'AWS::CloudTrail::Trail').flatMap((trail) => {
      const bucket = target(environment, trail.stack, trail.properties.S3BucketName);
      if (!bucket) return [`${label(trail)}: its bucket is not of this environment`];
      const policy = bucketPolicy(environment, bucket);
      const ofTrail = bucketStatements(environment, bucket).filter(
        ({ allows, services }) => allows && services.includes('cloudtrail.amazonaws.com'),
      );
      const writes = ofTrail.find((statement) => covers(statement, 's3:PutObject'));
      const waits =
        policy &&
        (policy.stack.name === trail.stack.name
          ? trail.dependsOn.includes(policy.id)
          : trail.stack.dependsOn.includes(policy.stack.name));
      return [
        ...(ofTrail.some((statement) => covers(statement, 's3:GetBucketAcl'))
          ? []
          : [`${label(bucket)}: CloudTrail may not read its ACL`]),
        ...(writes && conditionOn(writes, 's3:x-amz-acl')?.endsWith('bucket-owner-full-control')
          ? []
          : [`${label(bucket)}: CloudTrail may not write`]),
        ...(waits ? [] : [`${label(trail)}: does not wait for the bucket policy`]),
      ];
    }),
  breakIn(environment) {
    for (const trail of resources(environment, 'AWS::CloudTrail::Trail')) {
      const bucket = target(environment, trail.stack, trail.properties.S3BucketName);
      const policy = bucket && bucketPolicy(environment, bucket);
      if (!policy) continue;
      const document = object(policy.properties.PolicyDocument);
      document.Statement = list(document.Statement).filter(
        (statement) => at(statement, 'Principal', 'Service') !== 'cloudtrail.amazonaws.com',
      );
      return true;
    }
    return false;
  },
};

const logResourcePolicies: Constraint = {
  id: 'log-resource-policies',
  says: 'at most two of the ten log resource policies of a region are ours',
  violations: (environment) => {
    const regions = resources(environment, 'AWS::Logs::ResourcePolicy').map(({ stack }) => stack.region);
    return [...new Set(regions)]
      .map((region) => [region, regions.filter((other) => other === region).length] as const)
      .filter(([, count]) => count > 2)
      .map(([region, count]) => `${count} log resource policies in ${region}`);
  },
  breakIn(environment) {
    const [stack] = environment.stacks;
    const all = object(stack?.template.Resources);
    for (const index of [1, 2, 3]) all[`Policy${index}`] = { Type: 'AWS::Logs::ResourcePolicy' };
    return stack !== undefined;
  },
};

function targetsOfChanges(environment: DeployedEnvironment): { channel: Resource; bucket: Resource }[] {
  return resources(environment, 'AWS::Config::DeliveryChannel').flatMap((channel) => {
    const bucket = target(environment, channel.stack, channel.properties.S3BucketName);
    return bucket ? [{ channel, bucket }] : [];
  });
}

const recorderDelivery: Constraint = {
  id: 'recorder-delivery',
  says: 'AWS Config delivers to a bucket without Object Lock, and neither recorder nor channel waits for the other',
  violations: (environment) =>
    targetsOfChanges(environment).flatMap(({ channel, bucket }) => {
      const recorders = resources(environment, 'AWS::Config::ConfigurationRecorder');
      const waits = recorders.filter(
        ({ id, dependsOn }) => dependsOn.includes(channel.id) || channel.dependsOn.includes(id),
      );
      return [
        ...(bucket.properties.ObjectLockEnabled ? [`${label(bucket)}: has Object Lock`] : []),
        ...waits.map((recorder) => `${label(recorder)}: waits for ${channel.id}, or it for the recorder`),
      ];
    }),
  breakIn(environment) {
    const [found] = targetsOfChanges(environment);
    if (found) found.bucket.properties.ObjectLockEnabled = true;
    return found !== undefined;
  },
};

export const vault: Constraint[] = [
  recorderDelivery,
  accessLogTarget,
  accessLogPolicy,
  accessLogAccount,
  loadBalancerLogBucket,
  cloudfrontLogBucket,
  noLastingLock,
  trailBucketPolicy,
  logResourcePolicies,
];
