import { drop, edit, type Json, type Mutation, mutation } from './mutate.ts';

/** One weakening an invariant that only the promise of its construct can tell. */
export const promiseMutations: readonly Mutation[] = [
  edit('let no name be resolved in the network', 'NET1[Promised]', 'AWS::EC2::VPC', (p) => {
    p.EnableDnsSupport = false;
  }),
  edit('switch the distribution off', 'NET2[Promised]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.Enabled = false;
  }),
  edit(
    'call an error of the shop healthy',
    'NET3[Promised]',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    (p) => {
      p.Matcher.HttpCode = '200-499';
    },
  ),
  edit(
    'take the source out of a rule of a group',
    'NET4[Promised]',
    'AWS::EC2::SecurityGroupIngress',
    (p) => {
      delete p.SourceSecurityGroupId;
    },
    /^SecurityGroupsDatabasefrom/,
  ),
  edit(
    'block names only when one kind of answer is asked for',
    'NET5[Promised]',
    'AWS::Route53Resolver::FirewallRuleGroup',
    (p) => {
      p.FirewallRules[0].Qtype = 'TXT';
    },
  ),
  edit('make the list of admin paths end early', 'ADM1[Promised]', 'AWS::WAFv2::RegexPatternSet', (p) => {
    p.RegularExpressionList[0] += '$';
  }),
  edit('show no banner to who connects', 'ADM2[Promised]', 'AWS::EC2::ClientVpnEndpoint', (p) => {
    p.ClientLoginBannerOptions.Enabled = false;
  }),
  edit(
    'turn a value that must stay into one that rotates',
    'SEC1[Promised]',
    'AWS::SecretsManager::Secret',
    (p) => {
      p.GenerateSecretString.SecretStringTemplate = '{"scheme":"other"}';
    },
    /^ApplicationSecret/,
  ),
  edit('run no task of the shop', 'SEC2[Promised]', 'AWS::ECS::Service', (p) => {
    p.DesiredCount = 0;
  }),
  edit('give monthly backups five weeks', 'DAT1[Promised]', 'AWS::Backup::BackupPlan', (p) => {
    p.BackupPlan.BackupPlanRule[1].Lifecycle.DeleteAfterDays = 36;
  }),
  edit(
    'let the flow log no longer be written',
    'DAT2[Promised]',
    'AWS::IAM::ManagedPolicy',
    (p) => {
      p.PolicyDocument.Statement[0].Effect = 'Deny';
    },
    /^FlowLogRole/,
  ),
  edit(
    'build by steps that come with the source',
    'PAT1[Promised]',
    'AWS::CodeBuild::Project',
    (p) => {
      p.Source.BuildSpec = 'buildspec.yml';
    },
    /^PipelineBuild/,
  ),
  edit('install where only a scan was meant', 'PAT2[Promised]', 'AWS::SSM::Association', (p) => {
    p.Parameters.Operation = ['Install'];
  }),
  edit('send the trail to another folder', 'LOG1[Promised]', 'AWS::CloudTrail::Trail', (p) => {
    p.S3KeyPrefix = 'elsewhere';
  }),
  edit('count a text that nobody logs', 'ALM1[Promised]', 'AWS::Logs::MetricFilter', (p) => {
    p.FilterPattern = '"no such words"';
  }),
  drop(
    'remove a resource together with what it says of itself',
    'PAT1[Promised]',
    'AWS::CloudFormation::WaitCondition',
    'AWS::CloudFormation::WaitConditionHandle',
  ),
  mutation('export another value than the one that is exported', 'NET2[Promised]', (mutant) => {
    const key = mutant.one('AWS::KMS::Key', /^AlarmsKey/);
    const template = mutant.templates.find(({ name }) => name === key.stack)?.template as Json;
    const [, output] = Object.entries<Json>(template.Outputs)[0] as [string, Json];
    output.Value = 'arn:aws:kms:ap-northeast-1:222233334444:key/other';
    return mutant.one('AWS::KMS::Key');
  }),
  mutation('run one more call of AWS on a schedule', 'PAT1[Promised]', (mutant) => {
    const schedule = mutant.one('AWS::Scheduler::Schedule');
    const Target = {
      ...schedule.p.Target,
      Arn: 'arn:aws:scheduler:::aws-sdk:rds:deleteDBCluster',
      Input: '{}',
    };
    return mutant.add(schedule, 'Another', schedule.resource.Type, { ...schedule.p, Target });
  }),
  mutation('run a shell on the hosts', 'PAT2[Promised]', (mutant) =>
    mutant.add(mutant.one('AWS::SSM::Association'), 'Another', 'AWS::SSM::Association', {
      Name: 'AWS-RunShellScript',
      Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
    }),
  ),
  mutation('declare a further reader of a secret', 'NET2[Promised]', (mutant) => {
    const secret = mutant.one('AWS::SecretsManager::Secret', /secure-shop:readers/);
    secret.resource.Metadata['secure-shop:readers']['production/Storefront/Shop/Other'] = 'because';
    return secret;
  }),
  mutation('hand the template to a macro', 'NET2[Promised]', (mutant) => {
    const vpc = mutant.one('AWS::EC2::VPC');
    const template = mutant.templates.find(({ name }) => name === vpc.stack)?.template as Json;
    template.Transform = 'Rewrite';
    return { ...vpc, id: Object.keys(template.Resources)[0] as string };
  }),
  mutation('take the promises out of a template', 'NET2[Promised]', (mutant) => {
    const vpc = mutant.one('AWS::EC2::VPC');
    const template = mutant.templates.find(({ name }) => name === vpc.stack)?.template as Json;
    delete template.Metadata['secure-shop:promises'];
    return { ...vpc, id: Object.keys(template.Resources)[0] as string };
  }),
  mutation('let functions out to the addresses of a list of their own', 'NET5[Promised]', (mutant) => {
    const rule = mutant.one('AWS::EC2::SecurityGroupEgress', /^SecurityGroupsFunctionsto/);
    const Entries = [{ Cidr: '203.0.113.0/24' }];
    mutant.add(rule, 'List', 'AWS::EC2::PrefixList', { AddressFamily: 'IPv4', MaxEntries: 1, Entries });
    const { DestinationSecurityGroupId: _, ...rest } = rule.p;
    const DestinationPrefixListId = { 'Fn::GetAtt': ['List', 'PrefixListId'] };
    return mutant.add(rule, 'Out', rule.resource.Type, { ...rest, DestinationPrefixListId });
  }),
  mutation('let another group of the shop at its media', 'NET4[Promised]', (mutant) => {
    const rule = mutant.one('AWS::EC2::SecurityGroupIngress', /^SecurityGroupsMediafrom/);
    const SourceSecurityGroupId = mutant.one(rule.resource.Type, /^SecurityGroupsEndpointsfrom/).p.GroupId;
    return mutant.add(rule, 'In', rule.resource.Type, { ...rule.p, SourceSecurityGroupId });
  }),
  mutation('give the subnets of the data a way out', 'NET1[Promised]', (mutant) => {
    const route = mutant.one('AWS::EC2::Route');
    const RouteTableId = { Ref: mutant.one('AWS::EC2::RouteTable', /^Vpcdata/).id };
    return mutant.add(route, 'Out', 'AWS::EC2::Route', { ...route.p, RouteTableId });
  }),
  mutation('send customers to pages without TLS', 'NET3[Promised]', (mutant) => {
    const rule = mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /RefuseHealthPath/);
    const RedirectConfig = { Protocol: 'HTTP', Port: '80', StatusCode: 'HTTP_302' };
    return mutant.add(rule, 'Plain', rule.resource.Type, {
      ...rule.p,
      Priority: 9,
      Actions: [{ Type: 'redirect', RedirectConfig }],
    });
  }),
  mutation('record only while a parameter says so', 'LOG1[Promised]', (mutant) => {
    const trail = mutant.one('AWS::CloudTrail::Trail');
    mutant.addParameter(trail, 'Records', { Type: 'String', Default: 'yes' });
    const template = mutant.templates.find(({ name }) => name === trail.stack)?.template as Json;
    template.Conditions = { ...template.Conditions, Records: { 'Fn::Equals': [{ Ref: 'Records' }, 'yes'] } };
    trail.resource.Condition = 'Records';
    return trail;
  }),
  mutation('let everybody put events on the bus', 'DAT2[PublicPolicy]', (mutant) =>
    mutant.add(mutant.one('AWS::Events::Rule'), 'Bus', 'AWS::Events::EventBusPolicy', {
      StatementId: 'all',
      Principal: '*',
      Action: 'events:PutEvents',
    }),
  ),
  mutation('let whoever takes the name of a bucket call a function', 'DAT2[PublicFunction]', (mutant) => {
    const code = mutant.one('AWS::Lambda::Function', /^RotationFunction/);
    return mutant.add(code, 'Uploads', 'AWS::Lambda::Permission', {
      FunctionName: { Ref: code.id },
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::anything',
    });
  }),
  edit(
    'hear of a clock only when it ran less than never',
    'ALM1[AlarmReacts]',
    'AWS::CloudWatch::Alarm',
    (p) => {
      delete p.Dimensions;
      Object.assign(p, { Namespace: 'Shop/Clock', MetricName: 'Heartbeat', Statistic: 'Sum' });
      Object.assign(p, { ComparisonOperator: 'LessThanThreshold', Threshold: 0 });
    },
    /^AlarmsServerErrors/,
  ),
  edit('sign no mails', 'NET5[Promised]', 'AWS::SES::EmailIdentity', (p) => {
    p.DkimAttributes = { SigningEnabled: false };
  }),
];
