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
  mutation('let everybody read a secret that its owner writes', 'SEC1[SecretPolicy]', (mutant): Handle => {
    const secret = mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
    secret.resource.Metadata['secure-shop:no-rotation'] =
      'the provider gives it, and no interface changes it';
    const policy = mutant.one('AWS::SecretsManager::ResourcePolicy', /^ShopSecretPolicy/);
    policy.p.ResourcePolicy.Statement = policy.p.ResourcePolicy.Statement.filter(
      (each: Json) => each.Sid !== 'OnlyDeclaredReaders',
    );
    return policy;
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

const paths: readonly Mutation[] = [
  ...['http-request-method', 'source-ip', 'host-header'].map((field) =>
    edit(
      `refuse admin paths only where the ${field} matches`,
      'ADM1[RefusalScope]',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      (p) => {
        p.Conditions.push({
          Field: field,
          HttpRequestMethodConfig: { Values: ['GET'] },
          HostHeaderConfig: { Values: ['www.example.jp'] },
          SourceIpConfig: { Values: ['198.51.100.0/24'] },
        });
      },
      /RefuseAdminPaths1/,
    ),
  ),
  mutation('stop refusing headers that hold a path', 'ADM1[ListenerRefusesAdmin]', (mutant) => {
    mutant.remove(mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /Refusexoriginalurl/));
    return mutant.one('AWS::ElasticLoadBalancingV2::Listener', /^FrontLoadBalancerPublic/);
  }),
  mutation('stop refusing deceptive spellings', 'ADM1[ListenerRefusesAdmin]', (mutant) => {
    mutant.remove(mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /RefuseDeceptiveSpelling/));
    return mutant.one('AWS::ElasticLoadBalancingV2::Listener', /^FrontLoadBalancerPublic/);
  }),
  ...[
    {
      ByteMatchStatement: {
        SearchString: 'GET',
        FieldToMatch: { Method: {} },
        PositionalConstraint: 'EXACTLY',
      },
    },
    { GeoMatchStatement: { CountryCodes: ['JP'] } },
    {
      ByteMatchStatement: {
        SearchString: 'www.',
        FieldToMatch: { SingleHeader: { Name: 'host' } },
        PositionalConstraint: 'STARTS_WITH',
      },
    },
  ].map((scope) =>
    edit(
      `refuse admin paths only where ${JSON.stringify(scope)}`,
      'ADM1[WebAclRefusesAdmin]',
      'AWS::WAFv2::WebACL',
      (p) => {
        for (const rule of p.Rules) {
          if (rule.Action?.Block) rule.Statement = { AndStatement: { Statements: [rule.Statement, scope] } };
        }
      },
      /"Scope":"CLOUDFRONT"/,
    ),
  ),
  edit('show a page in place of the refusal', 'ADM1[RefusalShown]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.CustomErrorResponses = [
      { ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' },
    ];
  }),
  edit(
    'pin a managed group to an old version',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules.find((rule: Json) => rule.Name === 'core').Statement.ManagedRuleGroupStatement.Version =
        'Version_1.0';
    },
    /"Scope":"CLOUDFRONT"/,
  ),
  edit(
    'drop the limit over the whole shop',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'rate-all');
    },
    /"Scope":"CLOUDFRONT"/,
  ),
  edit(
    'send visitors elsewhere',
    'NET3[ListenerTargets]',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    (p) => {
      p.Actions = [
        { Type: 'redirect', RedirectConfig: { Host: 'shop.example.net', StatusCode: 'HTTP_302' } },
      ];
    },
  ),
  edit(
    'register an address with the tasks',
    'NET3[ListenerTargets]',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    (p) => {
      p.Targets = [{ Id: '203.0.113.9', Port: 443 }];
    },
  ),
  edit('point the shop at another address', 'NET2[ShopRecords]', 'AWS::Route53::RecordSet', (p) => {
    delete p.AliasTarget;
    p.ResourceRecords = ['203.0.113.9'];
  }),
];

const alarm = (change: string, alter: (p: Json) => void, like = /^WatchFunctionErrors/) =>
  edit(change, 'ALM1[AlarmReacts]', 'AWS::CloudWatch::Alarm', alter, like);

const hearing: readonly Mutation[] = [
  alarm('ask for a thousand errors', (p) => {
    p.Threshold = 1000;
  }),
  alarm('wait a week for an alarm', (p) => {
    p.EvaluationPeriods = 2016;
  }),
  alarm('raise the alarm when all is well', (p) => {
    p.ComparisonOperator = 'LessThanThreshold';
  }),
  alarm('look at the fewest errors', (p) => {
    p.Statistic = 'Minimum';
  }),
  alarm(
    'be content when nobody measures',
    (p) => {
      p.TreatMissingData = 'notBreaching';
    },
    /^StalenessImageAge/,
  ),
  ...(
    [
      ['throttled calls', /^WatchFunctionThrottles/, 'AWS::Lambda::Function', /^WatchFunction/],
      ['tasks that do not answer', /UnhealthyTasks/, 'AWS::ElasticLoadBalancingV2::TargetGroup', /^Front/],
      ['overdue rotations', /^WatchOverdue/, 'AWS::SecretsManager::Secret', /^AdminCredential/],
      ['an old image', /^StalenessImageAge/, 'AWS::CodePipeline::Pipeline', /^Pipeline/],
      ['a list about to expire', /^VpnRevocationListExpires/, 'AWS::EC2::ClientVpnEndpoint', /^Vpn/],
    ] as const
  ).map(([what, gone, type, named]) =>
    mutation(`drop the alarm on ${what}`, 'ALM1[Watched]', (mutant) => {
      mutant.remove(mutant.one('AWS::CloudWatch::Alarm', gone));
      return mutant.one(type, named);
    }),
  ),
  edit(
    'hear of other things than threats',
    'ALM1[EventPatterns]',
    'AWS::Events::Rule',
    (p) => {
      p.EventPattern['detail-type'] = ['AWS Console Sign In via CloudTrail'];
    },
    /^ThreatsThreat/,
  ),
  mutation('hear of no run that failed', 'ALM1[EventsHeard]', (mutant) => {
    mutant.remove(mutant.one('AWS::Events::Rule', /^StalenessFailedRun/));
    mutant.remove(mutant.one('AWS::Events::Rule', /^WatchRunEnded/));
    return mutant.one('AWS::CodePipeline::Pipeline');
  }),
  edit('tell events to somebody unknown', 'ALM1[EventsEnabled]', 'AWS::Events::Rule', (p) => {
    p.Targets[0].Arn = 'arn:aws:sns:ap-northeast-1:222233334444:nobody';
  }),
  edit('switch off runtime monitoring', 'ALM1[Detection]', 'AWS::GuardDuty::Detector', (p) => {
    p.Features = p.Features.filter((each: Json) => each.Name !== 'RUNTIME_MONITORING');
  }),
  edit('leave the tasks without an agent', 'ALM1[Detection]', 'AWS::GuardDuty::Detector', (p) => {
    for (const each of p.Features) delete each.AdditionalConfiguration;
  }),
  edit('filter what the person hears', 'ALM1[Subscription]', 'AWS::SNS::Subscription', (p) => {
    p.FilterPolicy = { severity: ['critical'] };
  }),
  mutation('restart nothing after a rotation', 'SEC2[Refreshed]', (mutant) => {
    mutant.remove(mutant.one('AWS::Events::Rule', /^RefreshRotated/));
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
];

const stores: readonly Mutation[] = [
  edit('encrypt logs with a key from elsewhere', 'DAT1[ShopKeys]', 'AWS::Logs::LogGroup', (p) => {
    p.KmsKeyId = 'arn:aws:kms:ap-northeast-1:222233334444:key/11111111-2222-3333-4444-555555555555';
  }),
  mutation('restore the files in no test', 'DAT1[RestoreSelections]', (mutant) => {
    mutant.remove(mutant.one('AWS::Backup::RestoreTestingSelection', /"EFS"/));
    return mutant.one('AWS::EFS::FileSystem');
  }),
  edit(
    'let the log of the trail go with its stack',
    'DAT1[DeletionProtection]',
    'AWS::Logs::LogGroup',
    (_, handle) => {
      handle.resource.DeletionPolicy = 'Delete';
    },
  ),
  edit('keep backups in a vault from elsewhere', 'DAT1[BackupPlan]', 'AWS::Backup::BackupPlan', (p) => {
    p.BackupPlan.BackupPlanRule[0].TargetBackupVault = 'Default';
  }),
  edit('switch off sign-ins through IAM', 'SEC1[DatabaseIam]', 'AWS::RDS::DBCluster', (p) => {
    p.EnableIAMDatabaseAuthentication = false;
  }),
  edit('go back to an old engine', 'PAT2[EngineVersion]', 'AWS::RDS::DBCluster', (p) => {
    p.EngineVersion = '13.9';
  }),
  edit('go back to an old fix of the engine', 'PAT2[EngineVersion]', 'AWS::RDS::DBCluster', (p) => {
    p.EngineVersion = '16.1';
  }),
  edit('present a certificate of 2019', 'NET4[DatabaseCertificate]', 'AWS::RDS::DBInstance', (p) => {
    p.CACertificateIdentifier = 'rds-ca-2019';
  }),
  edit('export the database by SQL', 'DAT2[DatabaseShell]', 'AWS::RDS::DBCluster', (p) => {
    p.AssociatedRoles = [{ FeatureName: 's3Export', RoleArn: 'arn:aws:iam::222233334444:role/Export' }];
  }),
  edit('check no certificate', 'NET4[TlsVerified]', 'AWS::Lambda::Function', (p) => {
    p.Environment = { Variables: { ...p.Environment?.Variables, NODE_TLS_REJECT_UNAUTHORIZED: '0' } };
  }),
  edit('take a function out of the VPC', 'NET5[FunctionInVpc]', 'AWS::Lambda::Function', (p) => {
    delete p.VpcConfig;
  }),
];

const patches: readonly Mutation[] = [
  edit('take code from the bucket of a stranger', 'PAT1[PipelineSource]', 'AWS::Lambda::Function', (p) => {
    p.Code = { S3Bucket: 'strangers-bucket', S3Key: 'code.zip' };
  }),
  edit(
    'build what a repository elsewhere holds',
    'PAT1[PipelineSource]',
    'AWS::CodePipeline::Pipeline',
    (p) => {
      const [source] = p.Stages[0].Actions;
      source.ActionTypeId.Provider = 'CodeStarSourceConnection';
      source.Configuration = { FullRepositoryId: 'someone/shop', BranchName: 'main' };
    },
  ),
  edit('release where the gate should judge', 'PAT1[ScanGate]', 'AWS::CodePipeline::Pipeline', (p) => {
    const gate = p.Stages.find((each: Json) => each.Name === 'Gate').Actions[0];
    gate.Configuration.EnvironmentVariables = gate.Configuration.EnvironmentVariables.replace(
      'gate',
      'release',
    );
  }),
  edit(
    'start another program than the image says',
    'PAT1[TaskHardening]',
    'AWS::ECS::TaskDefinition',
    (p) => {
      p.ContainerDefinitions[0].Command = ['sh', '-c', 'sleep 1'];
    },
  ),
  edit('keep the capabilities of root', 'PAT1[TaskHardening]', 'AWS::ECS::TaskDefinition', (p) => {
    delete p.ContainerDefinitions[0].LinuxParameters;
  }),
  edit('refuse a fix', 'PAT2[HostPatches]', 'AWS::SSM::PatchBaseline', (p) => {
    p.RejectedPatches = ['openssl*'];
  }),
  edit('wait a quarter for security fixes', 'PAT2[HostPatches]', 'AWS::SSM::PatchBaseline', (p) => {
    for (const rule of p.ApprovalRules.PatchRules) rule.ApproveAfterDays = 90;
  }),
  edit('patch in a window of another kind', 'PAT2[HostPatches]', 'AWS::SSM::MaintenanceWindow', (p) => {
    p.Cutoff = p.Duration;
  }),
  mutation('open sessions that nobody records', 'LOG1[SessionRecorded]', (mutant) =>
    mutant.add(mutant.one('AWS::SSM::PatchBaseline'), 'Sessions', 'AWS::SSM::Document', {
      DocumentType: 'Session',
      Content: { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: {} },
    }),
  ),
  mutation('let everybody sign up', 'ADM2[UserPool]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::ClientVpnEndpoint'), 'People', 'AWS::Cognito::UserPool', {
      Policies: { PasswordPolicy: { MinimumLength: 6 } },
    }),
  ),
  edit('trust a service that nothing uses', 'DAT2[Trust]', 'AWS::IAM::Role', (p) => {
    p.AssumeRolePolicyDocument.Statement[0].Principal = { Service: 'lambda.amazonaws.com' };
  }),
];

const edge = /"Scope":"CLOUDFRONT"/;
const ruleNamed = (p: Json, name: string): Json => p.Rules.find((rule: Json) => rule.Name === name);

const detours: readonly Mutation[] = [
  edit('ask the origin below the admin screen', 'ADM1[PathKept]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.Origins[0].OriginPath = '/admin';
  }),
  edit(
    'rewrite what is forwarded',
    'ADM1[PathKept]',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    (p) => {
      p.Transforms = [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [] } }];
    },
    /^FrontLoadBalancerPublicShop/,
  ),
  mutation('rewrite paths at the edge', 'NET2[EdgeCode]', (mutant) => {
    const distribution = mutant.one('AWS::CloudFront::Distribution');
    const code = mutant.add(distribution, 'Rewrite', 'AWS::CloudFront::Function', { Name: 'rewrite' });
    behavior(distribution.p).FunctionAssociations = [
      { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [code.id, 'FunctionARN'] } },
    ];
    return distribution;
  }),
  edit('use a web ACL from elsewhere', 'NET2[WebAclAttached]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.WebACLId = 'arn:aws:wafv2:us-east-1:222233334444:global/webacl/other/1';
  }),
  edit(
    'open admin paths to those who know a word',
    'ADM1[WebAclRefusesAdmin]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const known = {
        ByteMatchStatement: {
          FieldToMatch: { SingleHeader: { Name: 'x-support' } },
          PositionalConstraint: 'EXACTLY',
          SearchString: 'let-me-in',
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        },
      };
      for (const rule of p.Rules.filter((each: Json) => each.Action?.Block)) {
        rule.Statement = {
          AndStatement: { Statements: [{ NotStatement: { Statement: known } }, rule.Statement] },
        };
      }
    },
    edge,
  ),
  edit(
    'limit no sign-ins',
    'NET2[GuardedPaths]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'rate-login');
    },
    edge,
  ),
  edit(
    'limit sign-ins by what a visitor can forge alone',
    'NET2[GuardedPaths]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'rate-login-address');
    },
    edge,
  ),
  edit(
    'count sign-ins without their address',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const { RateBasedStatement: rate } = ruleNamed(p, 'rate-login').Statement;
      rate.CustomKeys = rate.CustomKeys.filter((key: Json) => !key.IP);
    },
    edge,
  ),
  edit(
    'know a sign-in by its path alone',
    'NET2[GuardedPaths]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const { AndStatement: tries } = ruleNamed(p, 'tries-login').Statement;
      const { OrStatement: ways } = tries.Statements[1];
      ways.Statements = ways.Statements.filter((each: Json) => each.RegexMatchStatement.FieldToMatch.UriPath);
      ways.Statements.push(ways.Statements[0]);
    },
    edge,
  ),
  edit(
    'let functions for staff through at the edge',
    'ADM1[FunctionsRefused]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const rule = p.Rules.find((each: Json) => each.Name === 'admin-paths');
      rule.Statement = rule.Statement.OrStatement.Statements[0];
    },
    edge,
  ),
  edit(
    'let bodies of any size through',
    'NET2[WebAclBlocks]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'large-bodies');
    },
    edge,
  ),
  edit(
    'count by a header of the visitor',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      ruleNamed(p, 'rate-login').Statement.RateBasedStatement.AggregateKeyType = 'FORWARDED_IP';
    },
    edge,
  ),
  edit(
    'serve the admin host to the Internet',
    'NET3[ListenerHosts]',
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    (p) => {
      p.Conditions[0].HostHeaderConfig.Values.push('kanri.midori-tea.example.jp');
    },
    /^FrontLoadBalancerPublicShop/,
  ),
  mutation('open a path to one address', 'ADM1[RuleOrder]', (mutant) => {
    const shop = mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /^FrontLoadBalancerPublicShop/);
    return mutant.add(shop, 'Office', 'AWS::ElasticLoadBalancingV2::ListenerRule', {
      ...shop.p,
      Priority: 0,
      Conditions: [
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/admin*'] } },
        { Field: 'source-ip', SourceIpConfig: { Values: ['198.51.100.7/32'] } },
      ],
    });
  }),
  edit(
    'lead past CloudFront',
    'NET2[ShopRecords]',
    'AWS::Route53::RecordSet',
    (p) => {
      p.AliasTarget.DNSName = { 'Fn::GetAtt': ['FrontLoadBalancer09A37305', 'DNSName'] };
    },
    /AliasTarget/,
  ),
  mutation('hand out a bucket of logs', 'NET2[PrivateOrigin]', (mutant) => {
    const distribution = mutant.one('AWS::CloudFront::Distribution');
    const bucket = mutant.add(
      distribution,
      'Media',
      'AWS::S3::Bucket',
      {},
      { 'secure-shop:data-class': 'customer-data' },
    );
    distribution.p.DistributionConfig.Origins.push({
      Id: 'media',
      DomainName: { 'Fn::GetAtt': [bucket.id, 'RegionalDomainName'] },
      S3OriginConfig: {},
      OriginAccessControlId: 'E1',
    });
    return distribution;
  }),
];

const vpn = (change: string, alter: (p: Json, mutant: Mutant) => void) =>
  mutation(change, 'ADM2[VpnSessions]', (mutant) => {
    const endpoint = mutant.one('AWS::EC2::ClientVpnEndpoint');
    alter(endpoint.p, mutant);
    return endpoint;
  });

const work: readonly Mutation[] = [
  vpn('let a function from elsewhere decide who connects', (p) => {
    p.ClientConnectOptions.LambdaFunctionArn =
      'arn:aws:lambda:ap-northeast-1:222233334444:function:AWSClientVPN-x';
  }),
  vpn('tell the handler that there is single sign-on', (_, mutant) => {
    const handler = mutant.one('AWS::Lambda::Function', /^ConnectionHandler/);
    handler.p.Environment.Variables.RULES = handler.p.Environment.Variables.RULES.replace(
      '"singleSignOn":false',
      '"singleSignOn":true',
    );
  }),
  vpn('ask a stranger for names', (p) => {
    p.DnsServers = ['203.0.113.53'];
  }),
  grant('let the refresh say which image runs', 'DAT2[ParameterWriters]', () => ({
    Action: 'ssm:PutParameter',
    Resource: 'arn:aws:ssm:ap-northeast-1:222233334444:parameter/secure-shop/x/image-digest',
  })),
  mutation('run the watch with the role of the rotation', 'DAT2[RoleShared]', (mutant) => {
    const watch = mutant.one('AWS::Lambda::Function', /^WatchB/);
    watch.p.Role = mutant.one('AWS::Lambda::Function', /^RotationFunction/).p.Role;
    return watch;
  }),
  edit(
    'call a function from elsewhere in a deployment',
    'DAT2[CustomResources]',
    'Custom::FirstRotation',
    (p) => {
      p.ServiceToken = 'arn:aws:lambda:ap-northeast-1:222233334444:function:x';
    },
  ),
  mutation('let machines outside take a role', 'DAT2[Trust]', (mutant) => {
    const role = mutant.one('AWS::IAM::Role', /^ShopTaskRole/);
    role.p.AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'rolesanywhere.amazonaws.com' },
    });
    return role;
  }),
  edit('copy a secret under the key of AWS', 'DAT1[Copies]', 'AWS::SecretsManager::Secret', (p) => {
    p.ReplicaRegions = [{ Region: 'us-west-2' }];
  }),
  edit('copy the files under the key of AWS', 'DAT1[Copies]', 'AWS::EFS::FileSystem', (p) => {
    p.ReplicationConfiguration = { Destinations: [{ Region: 'us-west-2' }] };
  }),
  mutation('delete all media after a month', 'DAT1[VersionsKept]', (mutant) =>
    mutant.add(
      mutant.one('AWS::EFS::FileSystem'),
      'Pictures',
      'AWS::S3::Bucket',
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] } },
      { 'secure-shop:data-class': 'customer-data' },
    ),
  ),
  edit('run a digest that no pipeline releases', 'PAT1[ImageByDigest]', 'AWS::ECS::TaskDefinition', (p) => {
    const image = p.ContainerDefinitions[0].Image['Fn::Join'][1];
    image[image.length - 1] = `sha256:${'0'.repeat(64)}`;
  }),
  edit(
    'go on when the gate fails',
    'PAT1[BuildSteps]',
    'AWS::CodeBuild::Project',
    (p) => {
      p.Source.BuildSpec = p.Source.BuildSpec.replace('node index.mjs', 'node index.mjs || true');
    },
    /^PipelineRelease/,
  ),
  edit('close the way to the gate', 'PAT1[WeeklyRebuild]', 'AWS::CodePipeline::Pipeline', (p) => {
    p.DisableInboundStageTransitions = [{ StageName: 'Gate', Reason: 'later' }];
  }),
  edit('judge an image of its own', 'PAT1[ScanGate]', 'AWS::CodePipeline::Pipeline', (p) => {
    for (const stage of p.Stages)
      for (const action of stage.Actions)
        if (action.Configuration.EnvironmentVariables)
          action.Configuration.EnvironmentVariables = action.Configuration.EnvironmentVariables.replace(
            '#{codepipeline.PipelineExecutionId}',
            'sha256:1',
          );
  }),
  edit(
    'rebuild once a month',
    'PAT1[WeeklyRebuild]',
    'AWS::Scheduler::Schedule',
    (p) => {
      p.ScheduleExpression = 'cron(0 18 1 * ? *)';
    },
    /^WeeklyRun/,
  ),
  mutation('let the schedule start nothing', 'PAT1[WeeklyRebuild]', (mutant) => {
    mutant.one('AWS::IAM::ManagedPolicy', /^WeeklyRunRole/).p.PolicyDocument.Statement = [];
    return mutant.one('AWS::Scheduler::Schedule', /^WeeklyRun/);
  }),
  edit('freeze a runtime', 'PAT2[Runtimes]', 'AWS::Lambda::Function', (p) => {
    p.RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'x' };
  }),
  mutation('start a host that nobody patches', 'PAT2[HostPatches]', (mutant) =>
    mutant.add(mutant.one('AWS::SSM::PatchBaseline'), 'Second', 'AWS::EC2::Instance', { Tags: [] }),
  ),
  edit(
    'refuse the logs their key',
    'LOG1[LogKeyUsable]',
    'AWS::KMS::Key',
    (p) => {
      p.KeyPolicy.Statement = p.KeyPolicy.Statement.filter(
        (each: Json) => !/^logs/.test(each.Principal.Service ?? ''),
      );
    },
    /^LogsKey/,
  ),
  alarm('look at a metric that does not exist', (p) => {
    p.MetricName = 'Faults';
  }),
  alarm('look into another namespace', (p) => {
    p.Namespace = 'Custom/Lambda';
  }),
  edit(
    'write a failed rotation to a log',
    'ALM1[EventsEnabled]',
    'AWS::Events::Rule',
    (p, { resource }) => {
      p.Targets = [
        { Id: 'log', Arn: { 'Fn::GetAtt': ['AdminCredentialRotationFunctionLogs74F8A6A4', 'Arn'] } },
      ];
      resource.Properties = p;
    },
    /^AdminCredentialAlarmsFailed/,
  ),
  edit(
    'listen to another service',
    'ALM1[EventPatterns]',
    'AWS::Events::Rule',
    (p) => {
      p.EventPattern.source = ['aws.rds'];
    },
    /^AdminCredentialAlarmsFailed/,
  ),
  edit('rotate on the 31st', 'SEC1[RotationInterval]', 'AWS::SecretsManager::RotationSchedule', (p) => {
    p.RotationRules.ScheduleExpression = 'cron(0 17 31 * ? *)';
  }),
  mutation('call the rotation never', 'SEC1[RotationPermission]', (mutant) => {
    mutant.one('AWS::Lambda::Function', /^AdminCredentialRotationFunction/).p.ReservedConcurrentExecutions =
      0;
    return mutant.one('AWS::SecretsManager::RotationSchedule', /^AdminCredential/);
  }),
  mutation('let the rotation write nothing', 'SEC1[RotationPermission]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^AdminCredentialRotationFunctionRole/);
    policy.p.PolicyDocument.Statement = statements(policy.p).filter(
      (each) => !JSON.stringify(each).includes('PutSecretValue'),
    );
    return mutant.one('AWS::SecretsManager::RotationSchedule', /^AdminCredential/);
  }),
  mutation('let the refresh restart nothing', 'SEC2[Refreshed]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RefreshRefreshRole/);
    policy.p.PolicyDocument.Statement = statements(policy.p).filter(
      (each) => !JSON.stringify(each).includes('ecs:UpdateService'),
    );
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
  edit(
    'change the one login of the tasks',
    'SEC2[AlternatingUsers]',
    'AWS::SecretsManager::Secret',
    (p) => {
      const parts = p.GenerateSecretString.SecretStringTemplate['Fn::Join'][1];
      parts[0] = parts[0].replace('alternating-users', 'single-user');
    },
    /^ShopSecret/,
  ),
  mutation('replicate the database out of the VPC', 'NET5[OtherExit]', (mutant) =>
    mutant.add(mutant.one('AWS::RDS::DBCluster'), 'Replication', 'AWS::DMS::ReplicationInstance', {
      ReplicationInstanceClass: 'dms.t3.micro',
    }),
  ),
  mutation('give a replication instance a public address', 'NET1[PublicAddress]', (mutant) =>
    mutant.add(mutant.one('AWS::RDS::DBCluster'), 'Replication', 'AWS::DMS::ReplicationInstance', {
      PubliclyAccessible: true,
    }),
  ),
  mutation('add what no rule knows', 'NET2[KnownKinds]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'Unheard', 'AWS::Unheard::Thing', {}),
  ),
  mutation('let the functions mount the files', 'NET4[DatabaseLogins]', (mutant) => {
    const media = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsMedia/);
    const functions = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsFunctions/);
    const rule = { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049 };
    mutant.add(media, 'Out', 'AWS::EC2::SecurityGroupEgress', {
      ...rule,
      GroupId: { 'Fn::GetAtt': [functions.id, 'GroupId'] },
      DestinationSecurityGroupId: { 'Fn::GetAtt': [media.id, 'GroupId'] },
    });
    return mutant.add(media, 'In', 'AWS::EC2::SecurityGroupIngress', {
      ...rule,
      GroupId: { 'Fn::GetAtt': [media.id, 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [functions.id, 'GroupId'] },
    });
  }),
];

const beside: readonly Mutation[] = [
  mutation('put a notebook into the group of the tasks', 'NET4[GroupCarriers]', (mutant) => {
    const tasks = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsShopTasks/);
    return mutant.add(tasks, 'Notebook', 'AWS::SageMaker::NotebookInstance', {
      SecurityGroupIds: [{ 'Fn::GetAtt': [tasks.id, 'GroupId'] }],
    });
  }),
  edit(
    'alternate one login with itself',
    'SEC2[AlternatingUsers]',
    'AWS::SecretsManager::Secret',
    (p) => {
      const parts = p.GenerateSecretString.SecretStringTemplate['Fn::Join'][1];
      for (const [index, part] of parts.entries())
        if (typeof part === 'string') parts[index] = part.replace(/_b"/, '_a"');
    },
    /^ShopSecret/,
  ),
  edit('take the security headers off again', 'NET2[EdgeCode]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).FunctionAssociations = [{ EventType: 'viewer-response', FunctionARN: 'x' }];
  }),
  mutation('let people of a directory become the tasks', 'DAT2[Trust]', (mutant) => {
    const role = mutant.one('AWS::IAM::Role', /^ShopExecutionRole/);
    role.p.AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: 'arn:aws:iam::222233334444:saml-provider/Partner' },
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    });
    return role;
  }),
  edit('let the gate do nothing', 'PAT1[ScanGate]', 'AWS::CodePipeline::Pipeline', (p) => {
    const gate = p.Stages.find((each: Json) => each.Name === 'Gate').Actions[0];
    gate.Configuration.EnvironmentVariables = gate.Configuration.EnvironmentVariables.replace(
      '"gate"',
      '"noop"',
    );
  }),
  edit('build again where the gate should judge', 'PAT1[ScanGate]', 'AWS::CodePipeline::Pipeline', (p) => {
    const [, build, gate] = p.Stages;
    gate.Actions[0].Configuration.ProjectName = build.Actions[0].Configuration.ProjectName;
  }),
  mutation('lock the rotation out of the login it needs', 'SEC1[SecretPolicy]', (mutant) => {
    const policy = mutant.one('AWS::SecretsManager::ResourcePolicy', /^AdminCredential/);
    const condition = policy.p.ResourcePolicy.Statement[0].Condition.ArnNotEquals;
    condition['aws:PrincipalArn'] = condition['aws:PrincipalArn'].filter(
      (each: Json) => !/-rotation$/.test(JSON.stringify(each).replaceAll('"', '')),
    );
    return policy;
  }),
  mutation('let a function run as the tasks do', 'DAT2[RoleShared]', (mutant) => {
    const refresh = mutant.one('AWS::Lambda::Function', /^Refresh/);
    refresh.p.Role = mutant.one('AWS::ECS::TaskDefinition').p.TaskRoleArn;
    return refresh;
  }),
  edit(
    'tell of rotations that went well',
    'SEC2[RotationWatched]',
    'AWS::Events::Rule',
    (p) => {
      p.EventPattern.detail.eventName = ['RotationStarted'];
    },
    /^AdminCredentialAlarmsFailed/,
  ),
  mutation('forget what the function may do', 'SEC2[Refreshed]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RefreshRefreshRole/);
    policy.p.PolicyDocument.Statement = [];
    return mutant.one('AWS::Lambda::Function', /^Refresh/);
  }),
  mutation('measure nothing any more', 'ALM1[AlarmReacts]', (mutant) => {
    mutant.remove(mutant.one('AWS::Logs::MetricFilter', /^ConnectionHandler/));
    return mutant.one('AWS::CloudWatch::Alarm', /^ConnectionHandlerUndecided/);
  }),
  alarm('watch another function', (p) => {
    p.Dimensions[0].Value = 'another';
  }),
  mutation('back up with a role that may restore', 'DAT1[BackupSelection]', (mutant) => {
    mutant.one('AWS::IAM::Role', /^BackupRole/).p.ManagedPolicyArns = [
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores',
    ];
    return mutant.one('AWS::Backup::BackupSelection');
  }),
  edit('let everybody push images', 'PAT1[RepositoryPushers]', 'AWS::ECR::Repository', (p) => {
    delete p.RepositoryPolicyText;
  }),
  edit('let the agency push images', 'PAT1[RepositoryPushers]', 'AWS::ECR::Repository', (p) => {
    const [refusal] = p.RepositoryPolicyText.Statement;
    refusal.Condition.ArnNotEquals['aws:PrincipalArn'].push('arn:aws:iam::222233334444:role/Agency');
  }),
  mutation('let the build push where tasks run from', 'PAT1[RepositoryPushers]', (mutant) => {
    const [released, candidates] = mutant.all('AWS::ECR::Repository');
    if (!released || !candidates) throw new Error('the templates hold one repository');
    released.p.RepositoryPolicyText = candidates.p.RepositoryPolicyText;
    return released;
  }),
  edit('stop every task for a restart', 'SEC2[Rollout]', 'AWS::ECS::Service', (p) => {
    p.DeploymentConfiguration.MinimumHealthyPercent = 0;
  }),
  edit(
    'stop the rotation after three seconds',
    'SEC1[RotationPermission]',
    'AWS::Lambda::Function',
    (p) => {
      p.Timeout = 3;
    },
    /^RotationFunction/,
  ),
  mutation('forget that events may call the refresh', 'ALM1[EventsEnabled]', (mutant) => {
    mutant.remove(mutant.one('AWS::Lambda::Permission', /^RefreshRotatedAllowEventRule/));
    return mutant.one('AWS::Events::Rule', /^RefreshRotated/);
  }),
  edit('refuse every message', 'ALM1[TopicPublishers]', 'AWS::SNS::TopicPolicy', (p) => {
    statements(p).push({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*' });
  }),
  edit('restart no host', 'PAT2[HostPatches]', 'AWS::SSM::MaintenanceWindowTask', (p) => {
    p.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.RebootOption = ['NoReboot'];
  }),
  mutation('join a data subnet to a way out', 'NET4[DatabaseSubnets]', (mutant) => {
    const association = mutant.one('AWS::EC2::SubnetRouteTableAssociation', /^VpcdataSubnet1/);
    association.p.RouteTableId = { Ref: mutant.one('AWS::EC2::RouteTable', /^VpcappSubnet1/).id };
    return association;
  }),
  mutation('start a task that nobody defined here', 'ALM1[EventsEnabled]', (mutant) =>
    mutant.add(mutant.one('AWS::ECS::Cluster'), 'Nightly', 'AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 day)',
      Target: {
        Arn: { 'Fn::GetAtt': [mutant.one('AWS::ECS::Cluster').id, 'Arn'] },
        EcsParameters: { TaskDefinitionArn: 'arn:aws:ecs:ap-northeast-1:222233334444:task-definition/x:1' },
      },
    }),
  ),
  mutation('tell a function of a failed run', 'ALM1[EventsEnabled]', (mutant) => {
    const rule = mutant.one('AWS::Events::Rule', /^StalenessFailedRun/);
    const watch = mutant.one('AWS::Lambda::Function', /^WatchFunction/);
    rule.p.Targets = [{ Id: 'watch', Arn: { 'Fn::GetAtt': [watch.id, 'Arn'] } }];
    return rule;
  }),
];

/** What a second and a third look by strangers slipped past the rules, by class. */
const contractorTrust = (change: string, alter: (statement: Json) => void) =>
  edit(
    change,
    'OPS1[ContractorTrust]',
    'AWS::IAM::Role',
    (p) => alter(p.AssumeRolePolicyDocument.Statement[0]),
    /^ContractorRole/,
  );
/** Changes the policy that is the work of the contractor and the boundary of its role, which is named. */
const boundary = (change: string, alter: (statements: Json[], p: Json) => void) =>
  mutation(change, 'OPS1[ContractorBoundary]', (mutant): Handle => {
    const { p } = mutant.one('AWS::IAM::ManagedPolicy', /^ContractorWork/);
    alter(statements(p), p);
    return mutant.one('AWS::IAM::Role', /^ContractorRole/);
  });
const denied = (all: Json[], sid: string): Json => all.find(({ Sid }) => Sid === sid);

/** Changes the bucket of exports or what stands around it; the bucket is named. */
const desk = (change: string, finding: string, alter: (mutant: Mutant, bucket: Json) => void) =>
  mutation(change, `DAT3[${finding}]`, (mutant): Handle => {
    const bucket = mutant.one('AWS::S3::Bucket', /^Exports/);
    alter(mutant, bucket.p);
    return bucket;
  });
const exportsPolicy = (change: string, alter: (statement: (sid: string) => Json, all: Json[]) => void) =>
  desk(change, 'ExportsClosed', (mutant) => {
    const all = statements(mutant.one('AWS::S3::BucketPolicy', /^ExportsPolicy/).p);
    alter((sid) => denied(all, sid), all);
  });

/** Changes the rule of the load balancer's web ACL that closes the export screens besides the admin paths. */
const screens = (change: string, alter: (rule: Json, mutant: Mutant, acl: Json) => void) =>
  mutation(change, 'DAT3[ExportScreens]', (mutant): Handle => {
    const acl = mutant.one('AWS::WAFv2::WebACL', /^RegionalWebAcl/);
    alter(
      acl.p.Rules.find(({ Name }: Json) => Name === 'admin-paths'),
      mutant,
      acl.p,
    );
    return acl;
  });

const exported: readonly Mutation[] = [
  screens('let the CSV screens of EC-CUBE be used', (rule, _, acl) => {
    acl.Rules.splice(acl.Rules.indexOf(rule), 1);
  }),
  screens('count who uses the CSV screens', (rule) => {
    rule.Action = { Count: {} };
  }),
  screens('close the CSV screens as they are written only', (rule) => {
    const [, closing] = rule.Statement.OrStatement.Statements;
    closing.RegexPatternSetReferenceStatement.TextTransformations = [{ Priority: 0, Type: 'NONE' }];
  }),
  screens('close the CSV screens to the Internet only', (rule) => {
    const { Statements } = rule.Statement.OrStatement;
    Statements[1] = {
      AndStatement: {
        Statements: [
          Statements[1],
          {
            ByteMatchStatement: {
              FieldToMatch: { SingleHeader: { Name: 'host' } },
              SearchString: 'www.midori-tea.example.jp',
              PositionalConstraint: 'EXACTLY',
              TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }],
            },
          },
        ],
      },
    };
  }),
  screens('let whoever passes the admin host use every screen', (_, __, acl) => {
    acl.Rules.unshift({
      Name: 'staff',
      Priority: 1,
      Action: { Allow: {} },
      VisibilityConfig: acl.VisibilityConfig,
      Statement: {
        ByteMatchStatement: {
          FieldToMatch: { SingleHeader: { Name: 'host' } },
          SearchString: 'kanri.midori-tea.example.jp',
          PositionalConstraint: 'STARTS_WITH',
          TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }],
        },
      },
    });
  }),
  screens('forget the orders', (_, mutant) => {
    const set = mutant.one('AWS::WAFv2::RegexPatternSet', /^RegionalWebAclExportPaths/);
    set.p.RegularExpressionList = set.p.RegularExpressionList.map((each: string) =>
      each.replace('order', 'nothing'),
    );
  }),
  exportsPolicy('let exports be copied into another bucket', (statement) => {
    const { Action } = statement('OnlyNamedPeopleRead');
    statement('OnlyNamedPeopleRead').Action = Action.filter((each: string) => !/Replication/.test(each));
  }),
  exportsPolicy('let everybody of the account read exports', (of, all) => {
    all.splice(all.indexOf(of('OnlyNamedPeopleRead')), 1);
  }),
  exportsPolicy('let an administrator read exports beside the named people', (of) => {
    of('OnlyNamedPeopleRead').Condition.ArnNotEquals['aws:PrincipalArn'] = [
      'arn:aws:iam::333344445555:role/midori-tea-production-exports-of-midori',
      'arn:aws:iam::333344445555:role/Administrator',
    ];
  }),
  exportsPolicy('let old versions of exports be read by anybody', (of) => {
    of('OnlyNamedPeopleRead').Action = 's3:GetObject';
  }),
  exportsPolicy('let exports be opened from everywhere', (of) => {
    of('OnlyFromNamedAddresses').Condition.NotIpAddress['aws:SourceIp'] = '0.0.0.0/0';
  }),
  exportsPolicy('refuse other addresses to some only', (of) => {
    of('OnlyFromNamedAddresses').Condition.StringEquals = { 'aws:PrincipalTag/strict': 'yes' };
  }),
  exportsPolicy('close one folder of the exports only', (of) => {
    of('OnlyNamedPeopleRead').Resource = 'arn:aws:s3:::midori-tea-production-exports-333344445555/haruto/one';
  }),
  exportsPolicy('let anybody write into the exports', (of, all) => {
    all.splice(all.indexOf(of('OnlyExportsWrite')), 1);
  }),
  exportsPolicy('let exports be written from the Internet', (of, all) => {
    all.splice(all.indexOf(of('OnlyThroughEndpoint')), 1);
  }),
  desk('keep exports', 'ExportsDeleted', (_, { LifecycleConfiguration }) => {
    delete LifecycleConfiguration.Rules[0].ExpirationInDays;
  }),
  desk('keep exports for a year', 'ExportsDeleted', (_, { LifecycleConfiguration }) => {
    LifecycleConfiguration.Rules[0].ExpirationInDays = 365;
  }),
  desk('delete the exports of one person only', 'ExportsDeleted', (_, { LifecycleConfiguration }) => {
    LifecycleConfiguration.Rules[0].Prefix = 'haruto/';
  }),
  desk('keep old versions of exports', 'ExportsDeleted', (_, { LifecycleConfiguration }) => {
    delete LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration;
  }),
  desk('tell nobody that an export was opened', 'ExportsHeard', (mutant) => {
    mutant.one('AWS::Events::Rule', /^Opened/).p.State = 'DISABLED';
  }),
  desk('record who writes exports, and not who reads them', 'ExportsHeard', (mutant) => {
    mutant.one('AWS::CloudTrail::Trail').p.EventSelectors[0].ReadWriteType = 'WriteOnly';
  }),
  desk('record nothing of the exports', 'ExportsHeard', (mutant) => {
    mutant.one('AWS::CloudTrail::Trail').p.EventSelectors[0].DataResources = [];
  }),
];

const operators: readonly Mutation[] = [
  contractorTrust('let a contractor in without MFA', ({ Condition }) => {
    delete Condition.Bool;
  }),
  contractorTrust('let a contractor in that shows no MFA at all', ({ Condition }) => {
    Condition.BoolIfExists = Condition.Bool;
    delete Condition.Bool;
  }),
  contractorTrust('let a contractor in without an external id', ({ Condition }) => {
    delete Condition.StringEquals['sts:ExternalId'];
  }),
  contractorTrust('let a contractor name its sessions as it likes', ({ Condition }) => {
    Condition.StringEquals['sts:RoleSessionName'] = 'work';
  }),
  contractorTrust('let a contractor sign in where nobody hears it', ({ Condition }) => {
    delete Condition.StringEquals['aws:RequestedRegion'];
  }),
  contractorTrust('let a contract never end', ({ Condition }) => {
    delete Condition.DateLessThan;
  }),
  contractorTrust('let a contract end later than it says', ({ Condition }) => {
    Condition.DateLessThan['aws:CurrentTime'] = '2037-03-31T15:00:00.000Z';
  }),
  contractorTrust('let another firm in beside the contractor', (statement) => {
    statement.Principal = { AWS: [statement.Principal.AWS, 'arn:aws:iam::123412341234:root'] };
  }),
  contractorTrust('let a contractor bring tags along', (statement) => {
    statement.Action = ['sts:AssumeRole', 'sts:TagSession'];
  }),
  edit(
    'let a contractor work on for twelve hours',
    'OPS1[ContractorTrust]',
    'AWS::IAM::Role',
    (p) => {
      p.MaxSessionDuration = 43200;
    },
    /^ContractorRole/,
  ),
  edit(
    'let a contractor in by a role that says nothing of a contract',
    'DAT2[Trust]',
    'AWS::IAM::Role',
    (_, { resource }) => {
      delete resource.Metadata['secure-shop:contractor'];
    },
    /^ContractorRole/,
  ),
  boundary('let the boundary of a contractor leave everything', (all, p) => {
    p.PolicyDocument.Statement = [
      ...all.filter(({ Sid }) => Sid !== 'NothingElse'),
      { Effect: 'Allow', Action: '*', Resource: '*' },
    ];
  }),
  boundary('let the boundary of a contractor leave decryption', (all) => {
    denied(all, 'NothingElse').NotAction.push('kms:Decrypt');
    all.push({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });
  }),
  boundary('let the boundary of a contractor leave its own policies', (all) => {
    denied(all, 'NothingElse').NotAction.push('iam:CreatePolicyVersion');
    all.push({ Effect: 'Allow', Action: 'iam:CreatePolicyVersion', Resource: 'arn:aws:iam::*:policy/*' });
  }),
  boundary('let the boundary of a contractor leave every log', (all) => {
    for (const { Sid } of [...all])
      if (Sid === 'ReadBuildLogsNowhereElse') all.splice(all.indexOf(denied(all, Sid)), 1);
    denied(all, 'ReadBuildLogs').Resource = '*';
  }),
  edit(
    'give a contractor no boundary',
    'OPS1[ContractorBoundary]',
    'AWS::IAM::Role',
    (p) => {
      delete p.PermissionsBoundary;
    },
    /^ContractorRole/,
  ),
  mutation('tell nobody that a contractor signed in', 'OPS1[ContractorHeard]', (mutant): Handle => {
    mutant.one('AWS::Events::Rule', /^ContractorUsed/).p.State = 'DISABLED';
    return mutant.one('AWS::IAM::Role', /^ContractorRole/);
  }),
  edit(
    'take from a contractor the policy that cuts it off',
    'OPS1[ContractorRevocable]',
    'AWS::IAM::Role',
    (p) => {
      p.ManagedPolicyArns = p.ManagedPolicyArns.filter(({ Ref }: Json) => !/Revocation/.test(Ref));
    },
    /^ContractorRole/,
  ),
  mutation('let a contractor read a secret', 'OPS1[OperatorReads]', (mutant): Handle => {
    const { p } = mutant.one('AWS::IAM::ManagedPolicy', /^ContractorWork/);
    denied(statements(p), 'NothingElse').NotAction.push('secretsmanager:GetSecretValue');
    const Resource = secretArn(mutant);
    statements(p).push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource });
    const secret = mutant.one('AWS::SecretsManager::ResourcePolicy', /^ShopSecretPolicy/);
    secret.p.ResourcePolicy.Statement = secret.p.ResourcePolicy.Statement.filter(
      ({ Effect }: Json) => Effect !== 'Deny',
    );
    return mutant.one('AWS::IAM::Role', /^ContractorRole/);
  }),
  mutation('let the hours of a contractor attach any policy', 'DAT2[PassRole]', (mutant): Handle => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^ContractorHoursKeeper/);
    delete statements(policy.p)[0].Condition;
    return policy;
  }),
  mutation('let the policy that closes a role open something', 'DAT2[PassRole]', (mutant): Handle => {
    statements(mutant.one('AWS::IAM::ManagedPolicy', /^ContractorHoursClosed/).p).push({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::shop/*',
    });
    return mutant.one('AWS::IAM::ManagedPolicy', /^ContractorHoursKeeper/);
  }),
];

export const furtherMutations: readonly Mutation[] = [
  ...grants,
  ...outside,
  ...paths,
  ...hearing,
  ...stores,
  ...patches,
  ...detours,
  ...work,
  ...operators,
  ...exported,
  ...beside,
];
