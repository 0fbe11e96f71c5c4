import { edit, type Handle, type Json, type Mutant, type Mutation, mutation } from './mutate.ts';

const statements = (p: Json): Json[] => p.PolicyDocument.Statement;
const behavior = (p: Json) => p.DistributionConfig.DefaultCacheBehavior;

/** Gives a role that runs in the shop one more permission. */
const grant = (change: string, rule: string, statement: (mutant: Mutant) => Json) =>
  mutation(change, rule, (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RefreshRefreshRole/);
    statements(policy.p).push({ Effect: 'Allow', ...statement(mutant) });
    return policy;
  });

const secretArn = (mutant: Mutant) => {
  const secret = mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  const output = `Shared${secret.id}`;
  const template = mutant.templates.find(({ name }) => name === secret.stack)?.template as Json;
  template.Outputs = {
    ...template.Outputs,
    [output]: { Value: { Ref: secret.id }, Export: { Name: `${secret.stack}:${output}` } },
  };
  return { 'Fn::ImportValue': `${secret.stack}:${output}` };
};

const allowInSecret = (
  change: string,
  statement: Json,
  make = (mutant: Mutant): Json => mutant && statement,
) =>
  mutation(change, 'SEC1[SecretPolicy]', (mutant): Handle => {
    const policy = mutant.one('AWS::SecretsManager::ResourcePolicy', /^ShopSecretPolicy/);
    policy.p.ResourcePolicy.Statement.push({ Effect: 'Allow', Resource: '*', ...make(mutant) });
    return policy;
  });

const grants: readonly Mutation[] = [
  grant('let the refresh read the secret its policy refuses', 'DAT2[UndeclaredGrant]', (mutant) => ({
    Action: 'secretsmanager:GetSecretValue',
    Resource: secretArn(mutant),
  })),
  grant('let the refresh stop the trail', 'DAT2[ControlEdits]', () => ({
    Action: 'cloudtrail:StopLogging',
    Resource: 'arn:aws:cloudtrail:ap-northeast-1:222233334444:trail/main',
  })),
  grant('let the refresh rewrite a secret policy', 'DAT2[ControlEdits]', (mutant) => ({
    Action: 'secretsmanager:PutResourcePolicy',
    Resource: secretArn(mutant),
  })),
  grant('let the refresh act in another account', 'DAT2[OtherAccount]', () => ({
    Action: 'sts:AssumeRole',
    Resource: 'arn:aws:iam::999988887777:role/Partner',
  })),
  mutation('attach a policy of IAM to a role by name', 'DAT2[ControlEdits]', (mutant) => {
    const role = mutant.one('AWS::IAM::Role', /^WatchWatchRole/);
    return mutant.add(role, 'More', 'AWS::IAM::RolePolicy', {
      PolicyName: 'More',
      RoleName: { Ref: role.id },
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'kms:ScheduleKeyDeletion', Resource: 'arn:aws:kms:*:*:key/*' },
        ],
      },
    });
  }),
  mutation('give reading to a role outside the shop', 'DAT2[PolicyAttachments]', (mutant) =>
    mutant.add(mutant.one('AWS::IAM::Role'), 'Partner', 'AWS::IAM::ManagedPolicy', {
      Roles: ['PartnerRole'],
      PolicyDocument: { Statement: [] },
    }),
  ),
  edit('hold a policy nobody can read', 'DAT2[PolicyAttachments]', 'AWS::IAM::Role', (p) => {
    p.ManagedPolicyArns = ['arn:aws:iam::222233334444:policy/Everything'];
  }),
  allowInSecret('let every role of the account write a secret', {
    Principal: { AWS: 'arn:aws:iam::222233334444:root' },
    Action: ['secretsmanager:PutSecretValue', 'secretsmanager:PutResourcePolicy'],
  }),
  allowInSecret('let an organization delete a secret', {
    Principal: '*',
    Action: 'secretsmanager:DeleteSecret',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  }),
  edit(
    'refuse writing a secret to nobody',
    'SEC1[SecretPolicy]',
    'AWS::SecretsManager::ResourcePolicy',
    (p) => {
      p.ResourcePolicy.Statement = p.ResourcePolicy.Statement.filter(
        (each: Json) => each.Sid !== 'OnlyRotationWrites',
      );
    },
  ),
  edit(
    'refuse reading on another resource',
    'SEC1[SecretPolicy]',
    'AWS::SecretsManager::ResourcePolicy',
    (p) => {
      p.ResourcePolicy.Statement[0].Resource = 'arn:aws:secretsmanager:x:222233334444:secret:other';
    },
  ),
  edit('refuse reading over HTTP only', 'SEC1[SecretPolicy]', 'AWS::SecretsManager::ResourcePolicy', (p) => {
    p.ResourcePolicy.Statement[0].Condition.Bool = { 'aws:SecureTransport': 'false' };
  }),
  edit('let an organization read a bucket', 'DAT2[PublicPolicy]', 'AWS::S3::BucketPolicy', (p) => {
    statements(p).push({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    });
  }),
  edit('let anybody read whose name begins rightly', 'DAT2[PublicPolicy]', 'AWS::S3::BucketPolicy', (p) => {
    statements(p).push({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/shop-*' } },
    });
  }),
  edit('let the whole account publish', 'DAT2[PublicPolicy]', 'AWS::SNS::TopicPolicy', (p) => {
    statements(p).push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::222233334444:root' },
      Action: 'sns:Publish',
      Resource: '*',
    });
  }),
  edit('let a service do everything with a topic', 'DAT2[PublicPolicy]', 'AWS::SNS::TopicPolicy', (p) => {
    statements(p).find((each) => each.Principal.Service === 'cloudwatch.amazonaws.com').Action = 'sns:*';
  }),
  edit(
    'let CloudWatch Logs of any account decrypt logs',
    'DAT2[KeyPolicy]',
    'AWS::KMS::Key',
    (p) => {
      const logs = p.KeyPolicy.Statement.find((each: Json) => /^logs/.test(each.Principal.Service ?? ''));
      delete logs.Condition;
    },
    /^LogsKey/,
  ),
  edit(
    'keep the TLS refusal for the bucket and not for its objects',
    'DAT1[TlsOnlyPolicy]',
    'AWS::S3::BucketPolicy',
    (p) => {
      for (const each of statements(p)) if (each.Condition?.Bool) each.Resource = [each.Resource[0]];
    },
  ),
  edit('refuse plain HTTP to one address only', 'DAT1[TlsOnlyPolicy]', 'AWS::S3::BucketPolicy', (p) => {
    for (const each of statements(p))
      if (each.Condition?.Bool) each.Condition.IpAddress = { 'aws:SourceIp': '198.51.100.7/32' };
  }),
  edit('let logs be deleted', 'LOG1[ArchiveRefusesDeletion]', 'AWS::S3::BucketPolicy', (p) => {
    p.PolicyDocument.Statement = statements(p).filter((each) => each.Sid !== 'NobodyDeletesLogs');
  }),
];

const outside: readonly Mutation[] = [
  mutation('send a log group to another account', 'DAT2[OtherAccount]', (mutant) => {
    const group = mutant.one('AWS::Logs::LogGroup', /^TrailLogs/);
    return mutant.add(group, 'Away', 'AWS::Logs::SubscriptionFilter', {
      LogGroupName: { Ref: group.id },
      FilterPattern: '',
      DestinationArn: 'arn:aws:logs:ap-northeast-1:999988887777:destination:theirs',
    });
  }),
  edit('send failed events to another account', 'DAT2[OtherAccount]', 'AWS::Lambda::Function', (p) => {
    p.DeadLetterConfig.TargetArn = 'arn:aws:sqs:ap-northeast-1:999988887777:theirs';
  }),
  edit('give the database a group from elsewhere', 'NET1[OutsideNetwork]', 'AWS::RDS::DBCluster', (p) => {
    p.VpcSecurityGroupIds.push('sg-0123456789abcdef0');
  }),
  edit('give the tasks a group from elsewhere', 'NET1[OutsideNetwork]', 'AWS::ECS::Service', (p) => {
    p.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push('sg-0123456789abcdef0');
  }),
  edit(
    'give the load balancer a group from elsewhere',
    'NET1[OutsideNetwork]',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (p) => {
      p.SecurityGroups.push('sg-0123456789abcdef0');
    },
  ),
  edit('log connections to a bucket of others', 'LOG1[LogDestination]', 'AWS::EC2::FlowLog', (p) => {
    delete p.LogGroupName;
    p.LogDestinationType = 's3';
    p.LogDestination = 'arn:aws:s3:::somebody-elses-bucket';
  }),
  edit('run Lambda@Edge on every request', 'NET2[EdgeCode]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).LambdaFunctionAssociations = [
      {
        EventType: 'viewer-request',
        LambdaFunctionARN: 'arn:aws:lambda:us-east-1:222233334444:function:x:1',
      },
    ];
  }),
  edit('run an unknown function at the edge', 'NET2[EdgeCode]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).FunctionAssociations = [
      { EventType: 'viewer-request', FunctionARN: 'arn:aws:cloudfront::222233334444:function/theirs' },
    ];
  }),
];

/** What a second and a third look by strangers slipped past the rules, by class. */
export const furtherMutations: readonly Mutation[] = [...grants, ...outside];
