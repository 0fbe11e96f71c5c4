import { harmlessInBrowser } from './browser-mutations.ts';
import { arn, edit, type Handle, type Json, type Mutant, type Mutation, mutation } from './mutate.ts';

const functionType = 'AWS::Lambda::Function';
const ruleType = 'AWS::Events::Rule';

/** The functions that the shop's controls are carried out by, by the start of their logical ids. */
const functions = [
  'RotationFunction',
  'Refresh',
  'WatchB',
  'WatchFunction',
  'ConnectionHandler',
  'FirstRotationWait',
  'VpcOriginIngressReader',
  'VpcDefaultGroupCloser',
] as const;

const settings = (p: Json) => p.Environment.Variables;

const reference = (p: Json, name: RegExp, version: string) => {
  const secret = p.ContainerDefinitions[0].Secrets.find((each: Json) => name.test(each.Name));
  const parts = secret.ValueFrom['Fn::Join'][1];
  parts[1] = parts[1].replace(/::$/, version);
};

/** A control that is in place and does not work: never started, stopped at once, or told to look elsewhere. */
export const controlMutations: readonly Mutation[] = [
  ...functions.map((name) =>
    edit(
      `let ${name} never run`,
      'ALM1[FunctionRuns]',
      functionType,
      (p) => {
        p.ReservedConcurrentExecutions = 0;
      },
      new RegExp(`^${name}`),
    ),
  ),
  edit(
    'stop the watch over rotations after three seconds',
    'ALM1[FunctionRuns]',
    functionType,
    (p) => {
      p.Timeout = 3;
    },
    /^WatchB/,
  ),
  mutation('throttle the handler of VPN connections to nothing', 'ADM2[VpnSessions]', (mutant) => {
    mutant.one(functionType, /^ConnectionHandler/).p.ReservedConcurrentExecutions = 0;
    return mutant.one('AWS::EC2::ClientVpnEndpoint');
  }),
  mutation('throttle the refresh to nothing', 'SEC2[Refreshed]', (mutant) => {
    mutant.one(functionType, /^Refresh/).p.ReservedConcurrentExecutions = 0;
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
  edit(
    'stop the refresh before its deployment can end',
    'SEC2[Refreshed]',
    functionType,
    (p) => {
      p.Timeout = 60;
    },
    /^Refresh/,
  ),
  mutation('watch the payment page once a month, and tell nobody', 'ALM1[PageWatched]', (mutant) =>
    mutant.add(mutant.one('AWS::ECS::Service'), 'PageWatch', 'AWS::Synthetics::Canary', {
      Name: 'page',
      StartCanaryAfterCreation: true,
      Schedule: { Expression: 'rate(30 days)' },
    }),
  ),
  mutation('hand no event to a function', 'ALM1[FunctionRuns]', (mutant) => {
    const code = mutant.one(functionType, /^Refresh/);
    return mutant.add(code, 'Mapping', 'AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: code.id },
      Enabled: false,
    });
  }),
  mutation('call the watch over rotations by nothing', 'ALM1[FunctionRuns]', (mutant) => {
    mutant.remove(mutant.one(ruleType, /^WatchHourly/));
    mutant.remove(mutant.one('AWS::Lambda::Permission', /^WatchHourly/));
    return mutant.one(functionType, /^WatchB/);
  }),
  mutation('measure overdue rotations no more', 'ALM1[Measured]', (mutant) => {
    mutant.remove(mutant.one(ruleType, /^WatchHourly/));
    return mutant.one('AWS::SecretsManager::Secret', /^ShopSecret/);
  }),
  mutation('look at the age of the image once a month', 'ALM1[Measured]', (mutant) => {
    mutant.one(ruleType, /^WatchTwiceADay/).p.ScheduleExpression = 'rate(30 days)';
    return mutant.one('AWS::ECR::Repository');
  }),
  ...(
    [
      ['service', (p) => (settings(p).SERVICE = 'another')],
      ['cluster', (p) => (settings(p).CLUSTER = 'another')],
    ] as const satisfies readonly (readonly [string, (p: Json) => unknown])[]
  ).map(([what, alter]) =>
    edit(`restart another ${what} after a rotation`, 'SEC2[Refreshed]', functionType, alter, /^Refresh/),
  ),
  ...(
    [
      ['watch one rotation less', /^WatchB/, (p) => settings(p).SECRETS['Fn::Join'][1].splice(3, 1)],
      [
        'watch another pipeline',
        /^WatchFunction/,
        (p) => {
          p.Environment = JSON.parse(JSON.stringify(p.Environment).replaceAll('-patching', '-other'));
        },
      ],
      [
        'watch another repository',
        /^WatchFunction/,
        (p) => {
          settings(p).SETTINGS['Fn::Join'][1][1] = 'another';
        },
      ],
      [
        'tell the watch nothing',
        /^WatchFunction/,
        (p) => {
          delete p.Environment;
        },
      ],
      [
        'ask another register who may connect',
        /^ConnectionHandler/,
        (p) => {
          settings(p).REGISTER = '/secure-shop/another/vpn/certificates';
        },
      ],
    ] as const satisfies readonly (readonly [string, RegExp, (p: Json) => unknown])[]
  ).map(([change, like, alter]) => edit(change, 'ALM1[FunctionSettings]', functionType, alter, like)),
  edit(
    'send failed events to a topic of nobody',
    'ALM1[DeadLetters]',
    functionType,
    (p) => {
      p.DeadLetterConfig.TargetArn = 'arn:aws:sns:ap-northeast-1:222233334444:another';
    },
    /^Refresh/,
  ),
  mutation('repeat a failed restart of the shop, as often as Lambda likes', 'ALM1[Repeats]', (mutant) => {
    mutant.remove(mutant.one('AWS::Lambda::EventInvokeConfig', /^Refresh/));
    return mutant.one(functionType, /^Refresh(?!.*Role)/);
  }),
  edit(
    'drop events of a throttled function after a minute',
    'ALM1[Promised]',
    'AWS::Lambda::EventInvokeConfig',
    (p) => {
      p.MaximumEventAgeInSeconds = 60;
    },
    /^Refresh/,
  ),
  edit(
    'have a function that is not shown rotate',
    'SEC1[RotationPermission]',
    'AWS::SecretsManager::RotationSchedule',
    (p) => {
      p.RotationLambdaARN = 'arn:aws:lambda:ap-northeast-1:222233334444:function:another';
    },
  ),
  mutation(
    'let Secrets Manager call the rotation for another secret',
    'SEC1[RotationPermission]',
    (mutant) => {
      mutant.one('AWS::Lambda::Permission', /^AdminCredentialRotation/).p.SourceArn =
        'arn:aws:secretsmanager:ap-northeast-1:222233334444:secret:another';
      return mutant.one('AWS::SecretsManager::RotationSchedule', /^AdminCredential/);
    },
  ),
  ...[':AWSPREVIOUS:', ':AWSPENDING:', '::0e6d3b7a-0000-4000-8000-000000000000'].map((version) =>
    edit(
      `start containers with the password of "${version}"`,
      'SEC1[ContainerSecrets]',
      'AWS::ECS::TaskDefinition',
      (p) => reference(p, /PASSWORD/, version),
    ),
  ),
];

const set = (p: Json, path: string, value: Json) => {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = p;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step];
  }
  at[last] = value;
};

/** Sets one property of the first resource of a type, and expects the resource to be named. */
const setting = (rule: string, type: string, path: string, value: Json, like?: RegExp) =>
  edit(
    `set ${path} of ${type} to ${JSON.stringify(value)}`,
    rule,
    `AWS::${type}`,
    (p) => set(p, path, value),
    like,
  );

const edge = /"Scope":"CLOUDFRONT"/;
const allowed = /^DnsFirewallAllowed/;
const countryRule = (p: Json) => p.Rules.find((rule: Json) => rule.Name === 'countries');

/** What the config says and the template no longer does. */
export const declarationMutations: readonly Mutation[] = [
  edit(
    'admit visitors of every country',
    'NET2[Countries]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'countries');
    },
    edge,
  ),
  edit(
    'admit visitors of one country more',
    'NET2[Countries]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const rule = countryRule(p);
      rule.Statement = JSON.parse(JSON.stringify(rule.Statement).replace('"JP"', '"JP","ZZ"'));
    },
    edge,
  ),
  edit(
    'count visitors of other countries',
    'NET2[Countries]',
    'AWS::WAFv2::WebACL',
    (p) => {
      countryRule(p).Action = { Count: {} };
    },
    edge,
  ),
  edit('serve every country from CloudFront', 'NET2[Countries]', 'AWS::CloudFront::Distribution', (p) => {
    delete p.DistributionConfig.Restrictions;
  }),
  mutation('tell one address less', 'ALM1[Subscribers]', (mutant) => {
    const [, second] = mutant.all('AWS::SNS::Subscription');
    if (!second) throw new Error('the example tells one address only');
    mutant.remove(second);
    return mutant.one('AWS::SNS::Topic');
  }),
  mutation('tell a stranger what is broken', 'ALM1[Subscribers]', (mutant) => {
    const { stack, id, resource } = mutant.one('AWS::SNS::Subscription');
    return mutant.add({ stack, id, resource, p: resource.Properties }, 'Stranger', resource.Type, {
      ...resource.Properties,
      Endpoint: 'stranger@example.net',
    });
  }),
  edit(
    'let out to one name more',
    'NET5[DeclaredDomains]',
    'AWS::Route53Resolver::FirewallDomainList',
    (p) => p.Domains.push('drop.example.net'),
    allowed,
  ),
  mutation('let out to a second list of names', 'NET5[DeclaredDomains]', (mutant) => {
    const group = mutant.one('AWS::Route53Resolver::FirewallRuleGroup');
    group.p.FirewallRules.push({
      Action: 'ALLOW',
      Priority: 50,
      FirewallDomainListId: { 'Fn::GetAtt': ['MoreNames', 'Id'] },
    });
    mutant.add(group, 'MoreNames', 'AWS::Route53Resolver::FirewallDomainList', {
      Domains: ['drop.example.net'],
    });
    return group;
  }),
  ...(
    [
      ['let people connect at any hour', (rules) => delete rules.hours],
      ['let a stranger connect', (rules) => rules.people.push({ name: 'stranger' })],
    ] as const satisfies readonly (readonly [string, (rules: Json) => unknown])[]
  ).map(([change, alter]) =>
    edit(
      change,
      'ADM2[ConnectionRules]',
      functionType,
      (p) => {
        const rules = JSON.parse(settings(p).RULES);
        alter(rules);
        settings(p).RULES = JSON.stringify(rules);
      },
      /^ConnectionHandler/,
    ),
  ),
];

const pattern = (change: string, rule: string, like: RegExp, type: string, alter: (detail: Json) => void) =>
  mutation(change, rule, (mutant) => {
    alter(mutant.one(ruleType, like).p.EventPattern.detail);
    return mutant.one(type);
  });

/** Events that no longer reach anybody, though their rule is there. */
export const unheardMutations: readonly Mutation[] = [
  pattern(
    'hear of findings that were put away',
    'ALM1[EventsHeard]',
    /^ThreatsShared/,
    'AWS::AccessAnalyzer::Analyzer',
    (detail) => {
      detail.status = ['ARCHIVED'];
    },
  ),
  mutation('let findings wait where nobody reads them', 'ALM1[EventsHeard]', (mutant) => {
    mutant.remove(mutant.one(ruleType, /^FindingsEveryFiveMinutes/));
    return mutant.one('AWS::GuardDuty::Detector');
  }),
  mutation('let the function that reads findings tell nobody', 'ALM1[EventsHeard]', (mutant) => {
    const { p } = mutant.one('AWS::IAM::ManagedPolicy', /^FindingsFunction/);
    p.PolicyDocument.Statement = p.PolicyDocument.Statement.filter(
      ({ Action }: Json) => Action !== 'sns:Publish',
    );
    return mutant.one('AWS::AccessAnalyzer::Analyzer');
  }),
  mutation('let findings reach a queue that nobody reads', 'ALM1[EventsHeard]', (mutant) => {
    const rule = mutant.one(ruleType, /^ThreatsThreat/);
    rule.p.Targets[0].Arn = rule.p.Targets[0].DeadLetterConfig.Arn;
    return mutant.one('AWS::GuardDuty::Detector');
  }),
  pattern(
    'hear of harmless vulnerabilities only',
    'ALM1[EventsHeard]',
    /^WatchCriticalFinding/,
    'AWS::ECR::Repository',
    (detail) => {
      detail.severity = ['LOW'];
    },
  ),
  pattern(
    'hear of tasks in another cluster',
    'ALM1[EventsHeard]',
    /^WatchTaskStarted/,
    'AWS::ECS::Service',
    (detail) => {
      detail.clusterArn = ['arn:aws:ecs:ap-northeast-1:222233334444:cluster/another'];
    },
  ),
  pattern(
    'hear of missing associations instead of patches',
    'ALM1[EventsHeard]',
    /^WatchHostCompliance/,
    'AWS::SSM::PatchBaseline',
    (detail) => {
      detail['compliance-type'] = ['Association'];
    },
  ),
  pattern(
    'hear of fewer changes to the DNS firewall',
    'ALM1[EventsHeard]',
    /^DnsFirewallOpened/,
    'AWS::Route53Resolver::FirewallRuleGroup',
    (detail) => detail.eventName.shift(),
  ),
  edit(
    'hear of failed runs of another pipeline',
    'ALM1[EventPatterns]',
    ruleType,
    (p) => {
      p.EventPattern.detail.pipeline = ['another'];
    },
    /^StalenessFailedRun/,
  ),
  setting('ALM1[EventsEnabled]', 'Events::Rule', 'EventBusName', 'another', /^DnsFirewallOpened/),
  edit(
    'hand the refresh a constant',
    'ALM1[EventsEnabled]',
    ruleType,
    (p) => {
      p.Targets[0].Input = '{}';
    },
    /^RefreshRotated/,
  ),
  mutation('count nothing in the log of the handler', 'ALM1[AlarmReacts]', (mutant) => {
    mutant.one('AWS::Logs::MetricFilter', /^ConnectionHandler/).p.MetricTransformations[0].MetricValue = '0';
    return mutant.one('AWS::CloudWatch::Alarm', /^ConnectionHandlerUndecided/);
  }),
];

const keepsBlocked = {
  DefaultBehavior: 'DROP',
  Filters: [
    {
      Behavior: 'KEEP',
      Requirement: 'MEETS_ANY',
      Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
    },
  ],
};
const logging = 'WAFv2::LoggingConfiguration';
const selector = (field: string, value: string) => ({ Field: field, Equals: [value] });

/** Single properties whose other value takes a protection away. */
export const propertyMutations: readonly Mutation[] = [
  setting('LOG1[WebAclLogContent]', logging, 'LoggingFilter', keepsBlocked),
  ...[{ UriPath: {} }, { QueryString: {} }, { Method: {} }, { SingleHeader: { Name: 'user-agent' } }].map(
    (field) =>
      edit(`hide ${JSON.stringify(field)} from the log`, 'LOG1[WebAclLogContent]', `AWS::${logging}`, (p) =>
        p.RedactedFields.push(field),
      ),
  ),
  setting('LOG1[Trail]', 'CloudTrail::Trail', 'AdvancedEventSelectors', [
    { FieldSelectors: [selector('eventCategory', 'Management'), selector('readOnly', 'true')] },
  ]),
  setting(
    'LOG1[FunctionLogs]',
    'ECS::TaskDefinition',
    'ContainerDefinitions.0.LogConfiguration.LogDriver',
    'splunk',
  ),
  setting('LOG1[SessionLogs]', 'RDS::DBCluster', 'DBClusterIdentifier', 'another'),
  setting('NET5[Egress]', 'EC2::SecurityGroup', 'SecurityGroupEgress', [], /^VpnClients/),
  setting('NET5[EndpointPolicy]', 'EC2::VPCEndpoint', 'PrivateDnsEnabled', false, /"Interface"/),
  setting('NET5[EndpointPolicy]', 'EC2::VPCEndpoint', 'RouteTableIds', [], /"Gateway"/),
  setting('NET3[LoadBalancerHeaders]', 'ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes', [
    { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
    { Key: 'routing.http.xff_header_processing.mode', Value: 'preserve' },
  ]),
  edit(
    'use a rule group of another vendor under the same name',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      const group = p.Rules.find((rule: Json) => rule.Statement.ManagedRuleGroupStatement);
      group.Statement.ManagedRuleGroupStatement.VendorName = 'Another';
    },
    edge,
  ),
  setting('ADM2[VpnSessions]', 'EC2::ClientVpnEndpoint', 'ClientRouteEnforcementOptions.Enforced', false),
  setting('DAT1[ShopKeys]', 'Lambda::Function', 'KmsKeyArn', undefined, /^WatchB/),
  edit('let one role alone delete no backup', 'DAT1[VaultLocked]', 'AWS::Backup::BackupVault', (p) => {
    p.AccessPolicy.Statement[0].Principal = { AWS: 'arn:aws:iam::222233334444:role/another' };
  }),
  edit('keep backups longer than the vault does', 'DAT1[BackupPlan]', 'AWS::Backup::BackupPlan', (p) => {
    p.BackupPlan.BackupPlanRule[0].Lifecycle.DeleteAfterDays = 3650;
  }),
  edit('restore what another vault holds', 'DAT1[RestoreTested]', 'AWS::Backup::RestoreTestingPlan', (p) => {
    p.RecoveryPointSelection.IncludeVaults = [
      'arn:aws:backup:ap-northeast-1:222233334444:backup-vault:another',
    ];
  }),
  mutation('select for the test of another plan', 'DAT1[RestoreSelections]', (mutant) => {
    mutant.one('AWS::Backup::RestoreTestingSelection', /"EFS"/).p.RestoreTestingPlanName = 'another';
    return mutant.one('AWS::EFS::FileSystem');
  }),
  setting('DAT1[AccessPointUser]', 'EFS::AccessPoint', 'RootDirectory.Path', '/'),
  setting('DAT1[AccessPointUser]', 'EFS::AccessPoint', 'PosixUser.SecondaryGids', ['0']),
  setting('PAT1[PipelineArtifacts]', 'CodePipeline::Pipeline', 'ArtifactStore.Location', 'another'),
  setting('PAT2[PlatformVersion]', 'ECS::Service', 'LaunchType', 'EC2'),
  setting('PAT2[Runtimes]', 'Lambda::Function', 'Layers', [
    'arn:aws:lambda:ap-northeast-1:222233334444:layer:another:1',
  ]),
  setting('SEC2[Rollout]', 'ECS::Service', 'DeploymentConfiguration.Alarms.Rollback', false),
  setting('ALM1[Detection]', 'GuardDuty::Detector', 'FindingPublishingFrequency', undefined),
  ...(
    [
      ['ECS::TaskDefinition', 'PidMode', 'task'],
      [
        'ECS::TaskDefinition',
        'ContainerDefinitions.0.ExtraHosts',
        [{ Hostname: 'pay', IpAddress: '203.0.113.9' }],
      ],
      ['ECS::TaskDefinition', 'ContainerDefinitions.0.LinuxParameters.Devices', [{ HostPath: '/dev/kvm' }]],
      ['ECS::Service', 'ServiceConnectConfiguration', { Enabled: true }],
      ['Lambda::Function', 'FileSystemConfigs', [{ Arn: 'x', LocalMountPath: '/mnt/x' }]],
      ['WAFv2::WebACL', 'ApplicationConfig', { Attributes: [] }],
      ['CloudFront::Distribution', 'DistributionConfig.DefaultRootObject', 'admin'],
      ['CloudFront::Distribution', 'DistributionConfig.Origins.0.OriginCustomHeaders', [{ HeaderName: 'x' }]],
      ['EC2::FlowLog', 'DeliverCrossAccountRole', 'arn:aws:iam::999988887777:role/x'],
      ['Logs::LogGroup', 'LogGroupClass', 'DELIVERY'],
      ['S3::Bucket', 'InventoryConfigurations', [{ Id: 'x' }]],
    ] as const
  ).map(([type, path, value]) => setting('NET2[KnownProperties]', type, path, value)),
];

const added = (change: string, type: string, properties: Json = {}) =>
  mutation(`add ${change}`, 'NET2[KnownKinds]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'AddedByMutation', `AWS::${type}`, properties),
  );

/** What stands beside the stacks, or comes in place of a part of them. */
export const besideMutations: readonly Mutation[] = [
  added('a resolver of a stranger', 'EC2::DHCPOptions', { DomainNameServers: ['203.0.113.9'] }),
  added('a way for all names', 'Route53Resolver::ResolverRule', { RuleType: 'FORWARD', DomainName: '.' }),
  added('a filter that hides threats', 'GuardDuty::Filter', { Action: 'ARCHIVE' }),
  added('a rule that silences alarms', 'CloudWatch::AlarmMuteRule'),
  added('tasks beside the service', 'ECS::TaskSet'),
  mutation('patch by a script', 'PAT2[HostPatches]', (mutant) => {
    mutant.one('AWS::SSM::MaintenanceWindowTask').p.TaskArn = 'AWS-RunShellScript';
    return mutant.one('AWS::SSM::MaintenanceWindow');
  }),
  setting('PAT2[HostPatches]', 'SSM::MaintenanceWindow', 'StartDate', '2040-01-01T00:00:00Z'),
  setting('PAT2[HostPatches]', 'SSM::PatchBaseline', 'Sources', [{ Name: 'mirror', Products: ['*'] }]),
  setting(
    'PAT2[HostPatches]',
    'SSM::PatchBaseline',
    'ApprovalRules.PatchRules.0.PatchFilterGroup.PatchFilters',
    [{ Key: 'SEVERITY', Values: ['Critical'] }],
  ),
  mutation('scan other hosts than there are', 'PAT2[HostPatches]', (mutant) => {
    const scan = mutant.one('AWS::SSM::Association');
    mutant.add(scan, 'Host', 'AWS::EC2::Instance', { Tags: [] });
    return scan;
  }),
  mutation('patch another group than that of the hosts', 'PAT2[HostPatches]', (mutant) => {
    const baseline = mutant.one('AWS::SSM::PatchBaseline');
    mutant.add(baseline, 'Host', 'AWS::EC2::Instance', {
      Tags: [{ Key: 'PatchGroup', Value: 'another' }],
    });
    return baseline;
  }),
  mutation('open sessions that no document describes', 'LOG1[SessionRecorded]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'Host', 'AWS::EC2::Instance', {}),
  ),
  mutation('start a host with a disk in the clear', 'ADM2[HostAccess]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'Host', 'AWS::EC2::Instance', {
      MetadataOptions: { HttpTokens: 'required' },
    }),
  ),
  edit(
    'write a password beside the generated value',
    'SEC1[PlainSecret]',
    'AWS::SecretsManager::Secret',
    (p) => {
      p.GenerateSecretString.SecretStringTemplate = '{"username":"shop","password":"hunter2hunter2"}';
      p.GenerateSecretString.GenerateStringKey = 'unused';
    },
  ),
  edit('generate a password of one digit', 'SEC1[PlainSecret]', 'AWS::SecretsManager::Secret', (p) => {
    Object.assign(p.GenerateSecretString, {
      ExcludeLowercase: true,
      ExcludeUppercase: true,
      ExcludeCharacters: '012345678',
    });
  }),
  edit(
    'accept certificates of another authority',
    'ADM2[VpnAuthentication]',
    'AWS::EC2::ClientVpnEndpoint',
    (p) => {
      p.AuthenticationOptions[0].MutualAuthentication.ClientRootCertificateChainArn =
        'arn:aws:acm:ap-northeast-1:222233334444:certificate/another';
    },
  ),
  edit(
    'let a service change the code of a function',
    'DAT2[PublicFunction]',
    'AWS::Lambda::Permission',
    (p) => {
      p.Action = 'lambda:*';
    },
  ),
];

/** Changes that take nothing away: none of them is a finding. */
export const harmless: readonly { readonly change: string; make(mutant: Mutant): void }[] = [
  {
    change: 'refuse one more path at the load balancer',
    make(mutant) {
      const rule = mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /RefuseHealthPath/);
      mutant.add(rule, 'Refused', rule.resource.Type, {
        ...rule.p,
        Priority: 99,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/.git/*'] } }],
      });
    },
  },
  {
    change: 'write a rule of a group once more',
    make(mutant) {
      const rule = mutant.one('AWS::EC2::SecurityGroupIngress', /^SecurityGroupsMediafrom/);
      mutant.add(rule, 'Same', rule.resource.Type, { ...rule.p, Description: 'The same, in other words' });
    },
  },
  {
    change: 'keep the performance of a database longer',
    make(mutant) {
      mutant.one('AWS::RDS::DBInstance').p.PerformanceInsightsRetentionPeriod = 31;
    },
  },
  ...harmlessInBrowser,
  {
    change: 'let a contractor work for half an hour at a time',
    make(mutant) {
      mutant.one('AWS::IAM::Role', /^ContractorRole/).p.MaxSessionDuration = 1800;
    },
  },
  {
    change: 'name the current version of a secret',
    make: (mutant) => reference(mutant.one('AWS::ECS::TaskDefinition').p, /PASSWORD/, ':AWSCURRENT:'),
  },
  {
    change: 'give a function more time and company',
    make(mutant) {
      const watch = mutant.one(functionType, /^WatchB/);
      watch.p.Timeout = 120;
      watch.p.ReservedConcurrentExecutions = 5;
    },
  },
  {
    change: 'hide a token of the shop from the log',
    make(mutant) {
      mutant
        .one('AWS::WAFv2::LoggingConfiguration')
        .p.RedactedFields.push({ SingleHeader: { Name: 'x-api-key' } });
    },
  },
  {
    change: 'hear of every severity and every task',
    make(mutant) {
      delete mutant.one(ruleType, /^ThreatsThreat/).p.EventPattern.detail.severity;
      delete mutant.one(ruleType, /^WatchTaskStarted/).p.EventPattern.detail.clusterArn;
    },
  },
  {
    change: 'check the health of a container',
    make(mutant) {
      const [container] = mutant.one('AWS::ECS::TaskDefinition').p.ContainerDefinitions;
      container.HealthCheck = { Command: ['CMD', 'true'] };
    },
  },
  {
    change: 'look twice an hour',
    make(mutant) {
      mutant.one(ruleType, /^WatchHourly/).p.ScheduleExpression = 'rate(30 minutes)';
    },
  },
  ...(
    [
      ['every call of a service', { source: ['aws.backup'], 'detail-type': ['AWS API Call via CloudTrail'] }],
      ['all that a service says', { source: ['aws.health'] }],
      ['what begins with a word', { source: ['aws.guardduty'], 'detail-type': [{ prefix: 'GuardDuty' }] }],
      [
        'calls besides rotations',
        {
          source: ['aws.secretsmanager'],
          'detail-type': ['AWS Service Event via CloudTrail', 'AWS API Call via CloudTrail'],
          detail: { eventName: ['RotationFailed', 'DeleteSecret'] },
        },
      ],
      [
        'critical threats apart from the others',
        {
          source: ['aws.guardduty'],
          'detail-type': ['GuardDuty Finding'],
          detail: { severity: [{ numeric: ['>=', 9] }] },
        },
      ],
    ] as const
  ).map(([what, EventPattern]) => ({
    change: `hear of ${what}`,
    make(mutant: Mutant) {
      const rule = mutant.one(ruleType, /^ThreatsThreat/);
      mutant.add(rule, 'OwnRule', ruleType, { ...structuredClone(rule.p), EventPattern });
    },
  })),
  {
    change: 'hear of events of an application on a bus of its own',
    make(mutant) {
      const rule = mutant.one(ruleType, /^ThreatsThreat/);
      mutant.add(rule, 'OwnRule', ruleType, {
        ...structuredClone(rule.p),
        EventBusName: 'orders',
        EventPattern: { source: ['shop.orders'] },
      });
    },
  },
  {
    change: 'run a short function of their own by the clock',
    make(mutant) {
      const own = ownFunction(mutant, { Timeout: 5 });
      mutant.add(own, 'OwnClock', ruleType, {
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Id: 'Own', Arn: arn(own.id) }],
      });
      mutant.add(own, 'OwnPermission', 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn(own.id),
        Principal: 'events.amazonaws.com',
        SourceArn: arn('OwnClock'),
      });
    },
  },
  {
    change: 'call a function from the shop, which sends mail and pictures that its code names',
    make(mutant) {
      const own = ownFunction(mutant, {}, /^Refresh/);
      const role = mutant.one('AWS::IAM::Role', /^ShopTaskRole/);
      mutant.add(own, 'OwnCall', policyType, {
        PolicyName: 'call',
        PolicyDocument: allow('lambda:InvokeFunction', arn(own.id)),
        Roles: [{ Ref: role.id }],
      });
      mutant.add(own, 'OwnMail', policyType, {
        PolicyName: 'mail',
        PolicyDocument: allow('ses:SendEmail', arnOf('ses', 'identity/example.jp')),
        Roles: [{ Ref: 'OwnRole' }],
      });
      mutant.add(own, 'OwnPictures', policyType, {
        PolicyName: 'pictures',
        PolicyDocument: allow('s3:GetObject', 'arn:aws:s3:::pictures/*'),
        Roles: [{ Ref: 'OwnRole' }],
      });
    },
  },
  {
    change: 'read from the bucket that calls a function',
    make(mutant) {
      const own = ownFunction(mutant, {});
      const bucket = mutant.one('AWS::S3::Bucket', /^PipelineArtifacts/);
      bucket.p.NotificationConfiguration = {
        LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arn(own.id) }],
      };
      mutant.add(own, 'OwnPermission', 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn(own.id),
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
      });
      mutant.add(own, 'OwnReading', policyType, {
        PolicyName: 'read',
        PolicyDocument: allow('s3:ListBucket', arn(bucket.id)),
        Roles: [{ Ref: 'OwnRole' }],
      });
    },
  },
  {
    change: 'keep images of their own that no pipeline builds, and hear of what is found in them',
    make(mutant) {
      const repository = mutant.one('AWS::ECR::Repository');
      const own = mutant.add(
        repository,
        'OwnImages',
        'AWS::ECR::Repository',
        { ...structuredClone(repository.p), RepositoryName: 'own' },
        repository.resource.Metadata,
      );
      own.resource.DeletionPolicy = own.resource.UpdateReplacePolicy = 'Retain';
      const findings = mutant.one(ruleType, /^WatchCriticalFinding/);
      findings.p.EventPattern.detail.resources.details.awsEcrContainerImage.repositoryName.push({
        Ref: own.id,
      });
    },
  },
  {
    change: 'add a topic, an alarm, a role and a function that have nothing to do with the shop',
    make(mutant) {
      const topic = mutant.one('AWS::SNS::Topic');
      const own = mutant.add(topic, 'OwnTopic', topic.resource.Type, {
        KmsMasterKeyId: topic.p.KmsMasterKeyId,
      });
      mutant.add(topic, 'OwnTopicPolicy', 'AWS::SNS::TopicPolicy', {
        Topics: [{ Ref: own.id }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'sns:Publish',
              Resource: { Ref: own.id },
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      });
      const errors = mutant.one('AWS::CloudWatch::Alarm', /^AlarmsServerErrors/);
      const { AlarmActions: _, ...silent } = structuredClone(errors.p);
      mutant.add(errors, 'OwnAlarm', errors.resource.Type, { ...silent, Threshold: 5000 });
      const AssumeRolePolicyDocument = {
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
        ],
      };
      mutant.add(errors, 'UnusedRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument });
    },
  },
  {
    change: 'write down what AWS does anyway',
    make(mutant) {
      Object.assign(mutant.one('AWS::ECS::Service').p, {
        DeploymentController: { Type: 'ECS' },
        SchedulingStrategy: 'REPLICA',
      });
      mutant.one('AWS::ElasticLoadBalancingV2::LoadBalancer').p.IpAddressType = 'ipv4';
      mutant.one('AWS::RDS::DBCluster').p.NetworkType = 'IPV4';
      mutant.one('AWS::Logs::LogGroup').p.LogGroupClass = 'STANDARD';
      Object.assign(mutant.one('AWS::KMS::Key').p, { KeySpec: 'SYMMETRIC_DEFAULT', MultiRegion: false });
    },
  },
];

const policyType = 'AWS::IAM::Policy';
const arnOf = (service: string, what: string) => ({
  'Fn::Join': [':', ['arn:aws', service, { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, what]],
});
const allow = (Action: string, Resource: Json) => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });

/** A function as an owner adds one, with a role and an alarm of its own. */
function ownFunction(mutant: Mutant, properties: Json, like = /^WatchFunction/): Handle {
  const beside = mutant.one(functionType, like);
  const { Code, DeadLetterConfig, LoggingConfig, Runtime, VpcConfig } = structuredClone(beside.p);
  mutant.add(beside, 'OwnRole', 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    },
  });
  const own = mutant.add(beside, 'Own', functionType, {
    ...{ Code, DeadLetterConfig, LoggingConfig, Runtime, VpcConfig },
    ...{ Handler: 'index.handler', Role: arn('OwnRole') },
    ...properties,
  });
  for (const metric of [/"MetricName":"Errors"/, /"MetricName":"Throttles"/]) {
    const alarm = mutant.one('AWS::CloudWatch::Alarm', metric);
    mutant.add(beside, `Own${alarm.p.MetricName}`, 'AWS::CloudWatch::Alarm', {
      ...structuredClone(alarm.p),
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: own.id } }],
    });
  }
  return own;
}
