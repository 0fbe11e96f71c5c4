import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import type { Edit, EditedResource, Properties } from './edited.ts';
import { harmlessPartEdits, refusedPartEdits } from './part-edits.ts';

const statement = (index: number) => ({
  Sid: `Statement${index}`,
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
  Resource: `arn:aws:s3:::a-bucket-with-a-long-name-number-${index}/*`,
});
const policy = (statements: number) => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: statements }, (_, index) => statement(index)),
});
const inVpc = ({ Properties: { VpcConfig } }: EditedResource) => VpcConfig !== undefined;
const path = (object: unknown, ...steps: (string | number)[]): Properties =>
  steps.reduce((here, step) => (here as Properties)[step], object) as Properties;

/** Edits of the example shop for which AWS would refuse its deploy. */
export const refusedEdits: readonly Edit[] = [
  {
    id: 'template-limits',
    says: 'more outputs than 200',
    make: ({ stacks: [stack] }) => {
      const outputs = Object.fromEntries(
        Array.from({ length: 201 }, (_, index) => [`Out${index}`, { Value: 'x' }]),
      );
      Object.assign(stack?.template ?? {}, {
        Outputs: { ...(stack?.template.Outputs as object), ...outputs },
      });
    },
  },
  {
    id: 'stack-names',
    says: 'a name of 129 letters',
    alone: true,
    make: ({ stacks }) => {
      stacks[0] = { ...(stacks[0] as StackTemplate), name: 'x'.repeat(129) };
    },
  },
  {
    id: 'dangling-reference',
    says: 'a Ref to nothing',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').KmsKeyId = { Ref: 'Nothing' };
    },
  },
  {
    id: 'dangling-reference',
    says: 'a GetAtt of nothing',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').KmsKeyId = { 'Fn::GetAtt': ['Nothing', 'Arn'] };
    },
  },
  {
    id: 'dangling-reference',
    says: 'an attribute that its type has not',
    make: (shop) => {
      const { stack } = shop.one('AWS::SNS::Topic');
      const [id] =
        Object.entries(stack.template.Resources).find(([, { Type }]) => Type === 'AWS::SNS::Topic') ?? [];
      shop.add(stack.name.split('-').at(-1) ?? '', 'Out', {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::GetAtt': [id, 'TopicURL'] } },
      });
    },
  },
  {
    id: 'dangling-reference',
    says: 'a Sub of nothing',
    make: (shop) => {
      shop.properties('AWS::SNS::Topic').DisplayName = { 'Fn::Sub': `\${${'Nothing'}}` };
    },
  },
  {
    id: 'dangling-reference',
    says: 'DependsOn to nothing',
    make: (shop) => {
      shop.one('AWS::SNS::Topic').resource.DependsOn = ['Nothing'];
    },
  },
  {
    id: 'dangling-reference',
    says: 'a condition that is not there',
    make: (shop) => {
      shop.one('AWS::SNS::Topic').resource.Condition = 'Nothing';
    },
  },
  {
    id: 'resource-schema',
    says: 'a property that its type has not',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').RetentionDays = 30;
    },
  },
  {
    id: 'resource-schema',
    says: 'a property that must be, taken out',
    alone: true,
    make: (shop) => {
      delete shop.properties('AWS::EC2::Subnet').VpcId;
    },
  },
  {
    id: 'resource-schema',
    says: 'a value that its type does not know',
    make: (shop) => {
      shop.properties('AWS::WAFv2::WebACL').Scope = 'GLOBAL';
    },
  },
  {
    id: 'dns-fails-closed',
    constraint: 'resource-schema',
    says: 'a type that CloudFormation does not make',
    make: (shop) =>
      shop.add('network', 'FailOpen', { Type: 'AWS::Route53Resolver::FirewallConfig', Properties: {} }),
  },
  {
    id: 'resource-schema',
    says: 'a text where a number belongs',
    make: (shop) => {
      shop.properties('AWS::Lambda::Function').Timeout = 'long';
    },
  },
  {
    id: 'physical-names',
    says: 'a role name of 65 characters',
    make: (shop) => {
      shop.properties('AWS::IAM::Role').RoleName = 'r'.repeat(65);
    },
  },
  {
    id: 'physical-names',
    says: 'a vault name with a dot',
    make: (shop) => {
      shop.properties('AWS::Backup::BackupVault').BackupVaultName = 'shop.backups';
    },
  },
  {
    id: 'physical-names',
    says: 'a bucket name in capitals',
    make: (shop) => {
      shop.properties('AWS::S3::Bucket').BucketName = 'Shop-Media';
    },
  },
  {
    id: 'unique-names',
    says: 'two log groups of one name',
    constraint: 'unique-in-aws',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').LogGroupName = '/twice';
      shop.add('vault', 'Twice', { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/twice' } });
      shop.add('vault', 'Thrice', { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/twice' } });
    },
  },
  {
    id: 'unique-names',
    says: 'a priority used twice',
    constraint: 'unique-in-aws',
    make: (shop) => shop.repeat('AWS::ElasticLoadBalancingV2::ListenerRule'),
  },
  {
    id: 'rotation-one-schedule',
    says: 'two schedules of one secret',
    constraint: 'unique-in-aws',
    make: (shop) => shop.repeat('AWS::SecretsManager::RotationSchedule'),
  },
  {
    id: 'unique-names',
    says: 'a web ACL rule of a priority that another has',
    constraint: 'unique-in-aws',
    make: (shop) => {
      const [one, other] = shop.properties('AWS::WAFv2::WebACL').Rules as Properties[];
      if (one && other) one.Priority = other.Priority;
    },
  },
  {
    id: 'one-detector',
    says: 'a second GuardDuty detector',
    constraint: 'unique-in-aws',
    make: (shop) => shop.repeat('AWS::GuardDuty::Detector'),
  },
  {
    id: 'no-stack-cycles',
    says: 'a resource that waits for itself',
    constraint: 'circular',
    make: (shop) => {
      const { id, resource, stack } = shop.one('AWS::SNS::Topic');
      shop.add(stack.name.split('-').at(-1) ?? '', 'Circle', { Type: 'AWS::SNS::Topic', DependsOn: id });
      resource.DependsOn = 'Circle';
    },
  },
  {
    id: 'cross-stack-values',
    says: 'an export dropped while imported',
    alone: true,
    constraint: 'export-missing',
    make: ({ stacks }) => {
      const network = stacks.find(({ name }) => name.endsWith('-network'));
      const outputs = network?.template.Outputs as Properties;
      delete outputs[Object.keys(outputs).find((name) => name.includes('Vpcapp')) ?? ''];
    },
  },
  {
    id: 'cross-stack-values',
    says: 'an output dropped while read',
    alone: true,
    constraint: 'export-missing',
    make: ({ stacks }) => {
      const perimeter = stacks.find(({ name }) => name.endsWith('-perimeter'));
      Object.assign(perimeter?.template ?? {}, { Outputs: {} });
    },
  },
  {
    id: 'cross-stack-values',
    says: 'an export of a name that another has',
    alone: true,
    constraint: 'export-taken',
    make: ({ stacks }) => {
      const [one, other] = stacks.filter(
        ({ template }) =>
          Object.keys((template.Outputs ?? {}) as object).length > 0 &&
          JSON.stringify(template.Outputs).includes('"Export"'),
      );
      const [taken] = Object.values(one?.template.Outputs as Properties);
      Object.assign(other?.template.Outputs as Properties, {
        Taken: taken && { Value: 'x', Export: path(taken, 'Export') },
      });
    },
  },
  {
    id: 'iam-sizes',
    says: '21 managed policies',
    make: (shop) => {
      shop.properties('AWS::IAM::Role').ManagedPolicyArns = Array.from(
        { length: 21 },
        (_, index) => `arn:aws:iam::aws:policy/P${index}`,
      );
    },
  },
  {
    id: 'iam-sizes',
    says: 'inline policies of more than 10,240 characters',
    make: (shop) => {
      shop.properties('AWS::IAM::Role').Policies = [{ PolicyName: 'large', PolicyDocument: policy(70) }];
    },
  },
  {
    id: 'iam-sizes',
    says: 'a trust policy of more than 2,048 characters',
    make: (shop) => {
      shop.properties('AWS::IAM::Role').AssumeRolePolicyDocument = policy(20);
    },
  },
  {
    id: 'policy-sizes',
    says: 'a managed policy of more than 6,144 characters',
    make: (shop) => {
      shop.properties('AWS::IAM::ManagedPolicy').PolicyDocument = policy(50);
    },
  },
  {
    id: 'iam-texts',
    says: 'a typographic quote',
    make: (shop) => {
      shop.properties('AWS::IAM::Role').Description = 'Backs up the shop’s stores';
    },
  },
  {
    id: 'policy-documents',
    says: 'an identity policy with a principal',
    make: (shop) => {
      path(shop.properties('AWS::IAM::ManagedPolicy'), 'PolicyDocument', 'Statement', 0).Principal = '*';
    },
  },
  {
    id: 'policy-documents',
    says: 'an action without its service',
    make: (shop) => {
      path(shop.properties('AWS::IAM::ManagedPolicy'), 'PolicyDocument', 'Statement', 0).Action = 'GetObject';
    },
  },
  {
    id: 'policy-documents',
    says: 'a key that nobody may change',
    make: (shop) => {
      shop.properties('AWS::KMS::Key').KeyPolicy = {
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }],
      };
    },
  },
  {
    id: 'template-sections',
    says: 'an attribute that no resource has',
    make: (shop) => {
      shop.one('AWS::SNS::Topic').resource.Dependson = [];
    },
  },
  {
    id: 'template-sections',
    says: 'an output without a value',
    make: ({ stacks: [stack] }) => {
      Object.assign(stack?.template ?? {}, { Outputs: { ...(stack?.template.Outputs as object), More: {} } });
    },
  },
  {
    id: 'template-sections',
    says: 'a snapshot of a topic',
    make: (shop) => {
      shop.one('AWS::SNS::Topic').resource.DeletionPolicy = 'Snapshot';
    },
  },
  {
    id: 'cross-stack-values',
    says: 'an output read in another region',
    constraint: 'export-missing',
    alone: true,
    make: ({ stacks }) => {
      const reader = stacks.find(({ name }) => name.endsWith('-storefront'));
      const moved = JSON.parse(
        JSON.stringify(reader?.template).replaceAll('"Region":"us-east-1"', '"Region":"us-west-2"'),
      );
      Object.assign(reader?.template ?? {}, moved);
    },
  },
  {
    id: 'stack-names',
    says: 'two stacks of one name',
    alone: true,
    make: ({ stacks }) => {
      const [one, other] = stacks;
      if (one && other) stacks.push({ ...one, name: other.name });
    },
  },
  {
    id: 'network-blocks',
    says: 'a subnet outside its VPC',
    make: (shop) => {
      shop.properties('AWS::EC2::Subnet').CidrBlock = '192.168.0.0/24';
    },
  },
  {
    id: 'network-blocks',
    says: 'a VPC of /8',
    make: (shop) => {
      shop.properties('AWS::EC2::VPC').CidrBlock = '10.0.0.0/8';
    },
  },
  {
    id: 'unique-names',
    says: 'two subnets whose addresses overlap',
    constraint: 'unique-in-aws',
    make: (shop) => shop.repeat('AWS::EC2::Subnet'),
  },
  {
    id: 'security-group-rules',
    says: 'CloudFront’s list twice',
    make: (shop) => {
      const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourcePrefixListId: 'pl-58a04531' };
      shop.properties('AWS::EC2::SecurityGroup').SecurityGroupIngress = [
        rule,
        { ...rule, FromPort: 8443, ToPort: 8443 },
      ];
    },
  },
  {
    id: 'security-group-texts',
    says: 'an apostrophe',
    make: (shop) => {
      shop.properties('AWS::EC2::SecurityGroup').GroupDescription = "The shop's tasks";
    },
  },
  {
    id: 'nat-after-attachment',
    says: 'a NAT gateway that does not wait',
    constraint: 'needed-late',
    make: (shop) => {
      shop.one('AWS::EC2::NatGateway').resource.DependsOn = [];
    },
  },
  {
    id: 'policies-before-use',
    says: 'a service that does not wait',
    constraint: 'needed-late',
    make: (shop) => {
      shop.one('AWS::ECS::Service').resource.DependsOn = [];
    },
  },
  {
    id: 'service-after-listener',
    says: 'a service before its listener',
    constraint: 'needed-late',
    make: (shop) => {
      const { resource } = shop.one('AWS::ECS::Service');
      const waits = [resource.DependsOn ?? []].flat();
      resource.DependsOn = waits.filter((id) => !/Listener|Rule|Public/.test(id));
    },
  },
  {
    id: 'service-after-roles',
    says: 'a service before the policies of its roles',
    constraint: 'needed-late',
    make: (shop) => {
      const { resource } = shop.one('AWS::ECS::Service');
      resource.DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !/Policy|Grant|Role/.test(id));
    },
  },
  {
    id: 'rotation-ready',
    says: 'a rotation that does not wait',
    constraint: 'needed-late',
    make: (shop) => {
      shop.one('AWS::SecretsManager::RotationSchedule').resource.DependsOn = [];
    },
  },
  {
    id: 'rotation-permission',
    says: 'a rotation before its permission',
    constraint: 'needed-late',
    make: (shop) => {
      for (const { resource } of shop.all('AWS::SecretsManager::RotationSchedule')) resource.DependsOn = [];
    },
  },
  {
    id: 'custom-resource-path',
    says: 'a custom resource before the way out',
    constraint: 'needed-late',
    make: (shop) => {
      shop.one('Custom::VpcRestrictDefaultSG').resource.DependsOn = [];
    },
  },
  {
    id: 'rotation-concurrency',
    says: 'a rotation function that may run once',
    make: (shop) => {
      for (const { resource } of shop.all('AWS::Lambda::Function'))
        if (Number(resource.Properties.ReservedConcurrentExecutions) > 1)
          resource.Properties.ReservedConcurrentExecutions = 1;
    },
  },
  {
    id: 'rotation-schedule',
    says: 'a window that opens at half past',
    make: (shop) => {
      path(shop.properties('AWS::SecretsManager::RotationSchedule'), 'RotationRules').ScheduleExpression =
        'cron(30 17/12 * * ? *)';
    },
  },
  {
    id: 'function-limits',
    says: '5 KB of environment',
    make: (shop) => {
      shop.properties('AWS::Lambda::Function').Environment = { Variables: { LONG: 'x'.repeat(5000) } };
    },
  },
  {
    id: 'function-limits',
    says: 'a variable that Lambda keeps for itself',
    make: (shop) => {
      shop.properties('AWS::Lambda::Function').Environment = { Variables: { AWS_REGION: 'x' } };
    },
  },
  {
    id: 'function-limits',
    says: 'a timeout of an hour',
    make: (shop) => {
      shop.properties('AWS::Lambda::Function').Timeout = 3600;
    },
  },
  {
    id: 'log-retention',
    says: '31 days',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').RetentionInDays = 31;
    },
  },
  {
    id: 'key-numbers',
    says: 'a waiting period of 5 days',
    make: (shop) => {
      shop.properties('AWS::KMS::Key').PendingWindowInDays = 5;
    },
  },
  {
    id: 'parameter-values',
    says: 'a value of 9 KB',
    make: (shop) =>
      shop.add('vault', 'Long', {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: 'x'.repeat(9000) },
      }),
  },
  {
    id: 'queue-numbers',
    says: 'messages kept for a year',
    make: (shop) =>
      shop.add('vault', 'Queue', {
        Type: 'AWS::SQS::Queue',
        Properties: { MessageRetentionPeriod: 31_536_000 },
      }),
  },
  {
    id: 'rule-targets',
    says: 'six targets',
    make: (shop) => {
      const properties = shop.properties('AWS::Events::Rule');
      const [target] = properties.Targets as Properties[];
      properties.Targets = Array.from({ length: 6 }, (_, index) => ({ ...target, Id: `T${index}` }));
    },
  },
  {
    id: 'alarm-numbers',
    says: 'a period of 45 seconds',
    make: (shop) => {
      shop.properties('AWS::CloudWatch::Alarm', ({ Properties: { Period } }) => Period !== undefined).Period =
        45;
    },
  },
  {
    id: 'listener-rules',
    says: 'six values',
    make: (shop) => {
      shop.properties('AWS::ElasticLoadBalancingV2::ListenerRule').Conditions = [
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/a*', '/b*', '/c*', '/d*', '/e*', '/f*'] } },
      ];
    },
  },
  {
    id: 'listener-certificate',
    says: 'HTTPS without a certificate',
    make: (shop) => {
      delete shop.properties('AWS::ElasticLoadBalancingV2::Listener').Certificates;
    },
  },
  {
    id: 'balancer-numbers',
    says: 'an answer awaited longer than the next question',
    make: (shop) => {
      Object.assign(shop.properties('AWS::ElasticLoadBalancingV2::TargetGroup'), {
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 20,
      });
    },
  },
  {
    id: 'balancer-zones',
    says: 'one zone',
    make: (shop) => {
      const properties = shop.properties('AWS::ElasticLoadBalancingV2::LoadBalancer');
      properties.Subnets = (properties.Subnets as unknown[]).slice(0, 1);
    },
  },
  {
    id: 'certificate-names',
    says: 'eleven names',
    make: (shop) => {
      shop.properties('AWS::CertificateManager::Certificate').SubjectAlternativeNames = Array.from(
        { length: 10 },
        (_, index) => `s${index}.example.jp`,
      );
    },
  },
  {
    id: 'certificate-names',
    says: 'an alias without a certificate',
    make: (shop) => {
      path(shop.properties('AWS::CloudFront::Distribution'), 'DistributionConfig').Aliases = [
        'elsewhere.example.net',
      ];
    },
  },
  {
    id: 'distribution-limits',
    says: 'a behaviour that leads to no origin',
    make: (shop) => {
      path(
        shop.properties('AWS::CloudFront::Distribution'),
        'DistributionConfig',
        'DefaultCacheBehavior',
      ).TargetOriginId = 'nowhere';
    },
  },
  {
    id: 'origin-limits',
    says: 'a read timeout of three minutes',
    make: (shop) => {
      path(
        shop.properties('AWS::CloudFront::Distribution'),
        'DistributionConfig',
        'Origins',
        0,
        'VpcOriginConfig',
      ).OriginReadTimeout = 180;
    },
  },
  {
    id: 'security-header-lengths',
    says: 'a policy of 2,000 characters',
    make: (shop) => {
      path(
        shop.properties('AWS::CloudFront::ResponseHeadersPolicy'),
        'ResponseHeadersPolicyConfig',
        'SecurityHeadersConfig',
        'ContentSecurityPolicy',
      ).ContentSecurityPolicy = 'https://pay.example.com '.repeat(80);
    },
  },
  {
    id: 'edge-in-us-east-1',
    says: 'a web ACL of CloudFront at home',
    make: (shop) => {
      shop.properties('AWS::WAFv2::WebACL', ({ Properties: { Scope } }) => Scope === 'REGIONAL').Scope =
        'CLOUDFRONT';
    },
  },
  {
    id: 'waf-log-names',
    says: 'logs in a group of another name',
    make: (shop) => {
      shop.properties('AWS::WAFv2::LoggingConfiguration').LogDestinationConfigs = [
        'arn:aws:logs:us-east-1:111122223333:log-group:waf',
      ];
    },
  },
  {
    id: 'waf-reserved-metrics',
    says: 'a metric called All',
    make: (shop) => {
      path(shop.properties('AWS::WAFv2::WebACL'), 'VisibilityConfig').MetricName = 'All';
    },
  },
  {
    id: 'waf-quotas',
    says: 'a rate of 5',
    make: (shop) => {
      const rules = shop.properties('AWS::WAFv2::WebACL').Rules as Properties[];
      const rate = rules.find((rule) => path(rule, 'Statement').RateBasedStatement !== undefined);
      path(rate, 'Statement', 'RateBasedStatement').Limit = 5;
    },
  },
  {
    id: 'task-size',
    says: 'a pair that Fargate has not',
    make: (shop) => {
      shop.properties('AWS::ECS::TaskDefinition').Memory = '512';
    },
  },
  {
    id: 'task-secret-keys',
    says: 'a key without its two colons',
    make: (shop) => {
      path(shop.properties('AWS::ECS::TaskDefinition'), 'ContainerDefinitions', 0).Secrets = [
        {
          Name: 'PASSWORD',
          ValueFrom: 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:shop:password',
        },
      ];
    },
  },
  {
    id: 'database-numbers',
    says: 'backups for 60 days',
    make: (shop) => {
      shop.properties('AWS::RDS::DBCluster').BackupRetentionPeriod = 60;
    },
  },
  {
    id: 'database-insights-retention',
    says: 'insights for 90 days',
    make: (shop) => {
      shop.properties('AWS::RDS::DBCluster').PerformanceInsightsRetentionPeriod = 90;
    },
  },
  {
    id: 'database-windows',
    says: 'windows that overlap',
    make: (shop) => {
      Object.assign(shop.properties('AWS::RDS::DBCluster'), {
        PreferredBackupWindow: '18:00-19:00',
        PreferredMaintenanceWindow: 'sun:18:30-sun:19:30',
      });
    },
  },
  {
    id: 'database-subnets',
    says: 'one zone',
    make: (shop) => {
      const properties = shop.properties('AWS::RDS::DBSubnetGroup');
      properties.SubnetIds = (properties.SubnetIds as unknown[]).slice(0, 1);
    },
  },
  {
    id: 'backup-retention-in-lock',
    says: 'longer than the lock takes',
    make: (shop) => {
      path(shop.properties('AWS::Backup::BackupPlan'), 'BackupPlan', 'BackupPlanRule', 0).Lifecycle = {
        DeleteAfterDays: 3650,
      };
    },
  },
  {
    id: 'backup-continuous-limit',
    says: 'continuous backups for 60 days',
    constraint: 'backup-retention-in-lock',
    make: (shop) => {
      Object.assign(path(shop.properties('AWS::Backup::BackupPlan'), 'BackupPlan', 'BackupPlanRule', 0), {
        EnableContinuousBackup: true,
        Lifecycle: { DeleteAfterDays: 60 },
      });
    },
  },
  {
    id: 'dns-priorities',
    says: 'priority 100',
    make: (shop) => {
      shop.properties('AWS::Route53Resolver::FirewallRuleGroupAssociation').Priority = 100;
    },
  },
  {
    id: 'dns-names',
    says: 'an underscore',
    make: (shop) => {
      (shop.properties('AWS::Route53Resolver::FirewallDomainList').Domains as string[]).push(
        '_dmarc.example.com',
      );
    },
  },
  {
    id: 'build-numbers',
    says: 'a build of three minutes',
    make: (shop) => {
      shop.properties('AWS::CodeBuild::Project').TimeoutInMinutes = 3;
    },
  },
  {
    id: 'pipeline-stages',
    says: 'one stage',
    make: (shop) => {
      const properties = shop.properties('AWS::CodePipeline::Pipeline');
      properties.Stages = (properties.Stages as unknown[]).slice(0, 1);
    },
  },
  {
    id: 'network-numbers',
    says: 'flow logs every half hour',
    make: (shop) => {
      shop.properties('AWS::EC2::FlowLog').MaxAggregationInterval = 1800;
    },
  },
  {
    id: 'host-windows',
    says: 'a window that ends before it begins to end',
    make: (shop) =>
      shop.add('patching', 'Window', {
        Type: 'AWS::SSM::MaintenanceWindow',
        Properties: {
          Name: 'window',
          Schedule: 'cron(0 18 ? * SUN *)',
          Duration: 2,
          Cutoff: 2,
          AllowUnassociatedTargets: false,
        },
      }),
  },
  {
    id: 'vpn-client-addresses',
    says: 'clients inside the VPC',
    make: (shop) => {
      const vpc = shop.properties('AWS::EC2::VPC').CidrBlock;
      shop.add('network', 'Vpn', {
        Type: 'AWS::EC2::ClientVpnEndpoint',
        Properties: {
          ClientCidrBlock: vpc,
          AuthenticationOptions: [{ Type: 'certificate-authentication' }],
          ConnectionLogOptions: { Enabled: false },
          ServerCertificateArn: 'arn:aws:acm:ap-northeast-1:111122223333:certificate/1',
        },
      });
    },
  },
  {
    id: 'vpn-one-subnet-per-zone',
    says: 'a second subnet of a zone',
    make: (shop) => {
      const [subnet] = shop.all('AWS::EC2::Subnet');
      for (const id of ['One', 'Two'])
        shop.add('network', id, {
          Type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
          Properties: { ClientVpnEndpointId: 'cvpn-endpoint-1', SubnetId: { Ref: subnet?.id } },
        });
    },
  },
  {
    id: 'restore-test-names',
    says: 'a hyphen',
    constraint: 'physical-names',
    make: (shop) => {
      shop.properties('AWS::Backup::RestoreTestingPlan').RestoreTestingPlanName = 'monthly-restore';
    },
  },
  ...refusedPartEdits,
];

/** Edits that AWS takes. */
export const harmlessEdits: readonly Omit<Edit, 'id'>[] = [
  {
    says: 'a reader more, which no rotation waits for',
    make: (shop) => {
      const { MonitoringRoleArn, MonitoringInterval, ...Properties } =
        shop.properties('AWS::RDS::DBInstance');
      shop.add('data', 'Reader', { Type: 'AWS::RDS::DBInstance', Properties });
    },
  },
  {
    says: 'a topic more',
    make: (shop) =>
      shop.add('detection', 'More', { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'more' } }),
  },
  {
    says: 'the same name in another region',
    make: (shop) => {
      for (const stack of ['vault', 'perimeter'])
        shop.add(stack, 'Same', { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/same' } });
    },
  },
  {
    says: 'the same priority on another listener',
    make: (shop) =>
      shop.repeat('AWS::ElasticLoadBalancingV2::ListenerRule', {
        ListenerArn: 'arn:aws:elasticloadbalancing:ap-northeast-1:111122223333:listener/app/x/1/2',
      }),
  },
  {
    says: 'a priority that nobody has',
    make: (shop) => shop.repeat('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: 49_999 }),
  },
  {
    says: 'a function with more memory and time',
    make: (shop) => {
      Object.assign(shop.properties('AWS::Lambda::Function', inVpc), { MemorySize: 1024, Timeout: 900 });
    },
  },
  {
    says: 'a role name of 64 characters',
    make: (shop) => {
      shop.properties('AWS::IAM::Role', ({ Properties }) => Properties.RoleName === undefined).RoleName =
        'r'.repeat(64);
    },
  },
  {
    says: 'an output that nobody reads',
    make: ({ stacks: [stack] }) => {
      Object.assign(stack?.template ?? {}, {
        Outputs: { ...(stack?.template.Outputs as object), More: { Value: 'x' } },
      });
    },
  },
  {
    says: 'a parameter, and a reference to it',
    make: (shop) => {
      const { stack, resource } = shop.one('AWS::SNS::Topic');
      Object.assign(stack.template, {
        Parameters: { ...(stack.template.Parameters as object), Title: { Type: 'String', Default: 'x' } },
      });
      resource.Properties.DisplayName = {
        'Fn::Sub': `\${${'Title'}}-\${${'!Literal'}}-\${${'AWS::Region'}}`,
      };
    },
  },
  {
    says: 'a resource that waits for more',
    make: (shop) => {
      const { resource } = shop.one('AWS::ECS::Service');
      const { id } = shop.one('AWS::ECS::Cluster');
      resource.DependsOn = [...[resource.DependsOn ?? []].flat(), id];
    },
  },
  {
    says: 'another retention of logs',
    make: (shop) => {
      shop.properties('AWS::Logs::LogGroup').RetentionInDays = 731;
    },
  },
  {
    says: 'numbers written as text',
    make: (shop) => {
      Object.assign(shop.properties('AWS::ElasticLoadBalancingV2::TargetGroup'), {
        HealthCheckIntervalSeconds: '30',
        HealthCheckTimeoutSeconds: '5',
      });
    },
  },
  {
    says: 'a third-party type',
    make: (shop) => shop.add('vault', 'Theirs', { Type: 'Acme::Shop::Thing', Properties: { Anything: 1 } }),
  },
  ...harmlessPartEdits,
];
