import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import type { Edit, Edited, EditedResource, Properties } from './edited.ts';

const roomOf = ({ name }: StackTemplate) => name.split('-').at(-1) ?? '';
const at = (value: unknown, ...steps: (string | number)[]): Properties =>
  steps.reduce((here, step) => (here as Properties)[step], value) as Properties;
const rows = (value: unknown, ...steps: (string | number)[]) =>
  at(value, ...steps) as unknown as Properties[];

/** Takes every statement out of the shop's policies that says a word. */
function silence(shop: Edited, type: string, property: string, word: RegExp): void {
  for (const { resource } of shop.all(type)) {
    const document = at(resource.Properties, property);
    document.Statement = rows(document, 'Statement').filter((each) => !word.test(JSON.stringify(each)));
  }
}

/** Takes resources away, and whatever waits for them with them. */
function remove(shop: Edited, type: string, where: (resource: EditedResource) => boolean = () => true): void {
  for (const { stack, id, resource } of shop.all(type)) {
    if (!where(resource)) continue;
    Reflect.deleteProperty(stack.template.Resources, id);
    for (const other of Object.values(stack.template.Resources) as EditedResource[])
      if (other.DependsOn) other.DependsOn = [other.DependsOn].flat().filter((each) => each !== id);
  }
}

function second(shop: Edited, type: string, where?: (resource: EditedResource) => boolean): EditedResource {
  const { stack, resource } = shop.one(type, where);
  const twin = structuredClone(resource);
  Object.assign(stack.template.Resources, { Second: twin });
  return twin;
}

const aRecord = ({ Properties: { Type, Name } }: EditedResource) => Type === 'A' && typeof Name === 'string';
const aGateway = ({ Properties: { VpcEndpointType } }: EditedResource) => VpcEndpointType === 'Gateway';

const twice = (says: string, make: Edit['make']): Edit => ({
  id: 'unique-names',
  constraint: 'unique-in-aws',
  alone: true,
  says,
  make,
});
const closed = (says: string, make: Edit['make'], alone = true): Edit => ({
  id: 'not-admitted',
  alone,
  says,
  make,
});

/** Edits after which parts of a shop do not go together any more. */
export const refusedPartEdits: readonly Edit[] = [
  twice('a record of the same name with a dot', (shop) => {
    const { Properties } = second(shop, 'AWS::Route53::RecordSet', aRecord);
    const name = String(Properties.Name);
    Properties.Name = name.endsWith('.') ? name.slice(0, -1) : `${name}.`;
  }),
  twice('a record that a group of records has too', (shop) => {
    const { stack, resource } = shop.one('AWS::Route53::RecordSet', aRecord);
    const { HostedZoneId, ...record } = resource.Properties;
    shop.add(roomOf(stack), 'Records', {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: { HostedZoneId, RecordSets: [record] },
    });
  }),
  twice('a second target of one id', (shop) => {
    const targets = rows(shop.properties('AWS::Events::Rule'), 'Targets');
    targets.push(structuredClone(targets[0] as Properties));
  }),
  twice('a rule of a security group inside and beside it', (shop) => {
    const { stack, id, resource } = shop.one(
      'AWS::EC2::SecurityGroup',
      ({ Properties }) => Properties.SecurityGroupIngress === undefined,
    );
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' };
    resource.Properties.SecurityGroupIngress = [rule];
    shop.add(roomOf(stack), 'Beside', {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { 'Fn::GetAtt': [id, 'GroupId'] }, ...rule },
    });
  }),
  twice('a second policy of a bucket', (shop) => {
    second(shop, 'AWS::S3::BucketPolicy');
  }),
  twice('a second way to S3 in a route table', (shop) => {
    second(shop, 'AWS::EC2::VPCEndpoint', aGateway);
  }),
  twice('two endpoints that answer to one name', (shop) => {
    const { VpcId } = shop.properties('AWS::EC2::VPCEndpoint');
    for (const id of ['One', 'Other'])
      shop.add('network', id, {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcEndpointType: 'Interface',
          ServiceName: 'com.amazonaws.ap-northeast-1.ssm',
          PrivateDnsEnabled: true,
          VpcId,
        },
      });
  }),
  twice('a subnet with two route tables', (shop) => {
    const [one, other] = shop.all('AWS::EC2::SubnetRouteTableAssociation');
    Object.assign(other?.resource.Properties ?? {}, { SubnetId: one?.resource.Properties.SubnetId });
  }),
  twice('a second internet gateway', (shop) => {
    const { VpcId } = shop.properties('AWS::EC2::VPCGatewayAttachment');
    shop.add('network', 'Gateway', { Type: 'AWS::EC2::InternetGateway' });
    shop.add('network', 'Attached', {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId, InternetGatewayId: { Ref: 'Gateway' } },
    });
  }),
  twice('the same addresses for the VPC once more', (shop) => {
    const { id, resource } = shop.one('AWS::EC2::VPC');
    shop.add('network', 'More', {
      Type: 'AWS::EC2::VPCCidrBlock',
      Properties: { VpcId: { Ref: id }, CidrBlock: resource.Properties.CidrBlock },
    });
  }),
  twice('the same flow log twice', (shop) => {
    second(shop, 'AWS::EC2::FlowLog');
  }),
  twice('a queue read twice by one function', (shop) => {
    const { stack, id } = shop.one('AWS::Lambda::Function');
    shop.add(roomOf(stack), 'Orders', { Type: 'AWS::SQS::Queue' });
    for (const reader of ['One', 'Other'])
      shop.add(roomOf(stack), reader, {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: id }, EventSourceArn: { 'Fn::GetAtt': ['Orders', 'Arn'] } },
      });
  }),
  twice('one variable in the clear and from a secret', (shop) => {
    const [container] = rows(shop.properties('AWS::ECS::TaskDefinition'), 'ContainerDefinitions');
    const [secret] = rows(container, 'Secrets');
    Object.assign(container ?? {}, { Environment: [{ Name: secret?.Name, Value: 'x' }] });
  }),
  twice('a rule that compares the path twice', (shop) => {
    shop.properties('AWS::ElasticLoadBalancingV2::ListenerRule').Conditions = ['/a', '/b'].map((value) => ({
      Field: 'path-pattern',
      PathPatternConfig: { Values: [value] },
    }));
  }),
  twice('two behaviours for one path', (shop) => {
    const behaviors = rows(
      shop.properties('AWS::CloudFront::Distribution'),
      'DistributionConfig',
      'CacheBehaviors',
    );
    behaviors.push(structuredClone(behaviors[0] as Properties));
  }),
  twice('a tag twice', (shop) => {
    shop.properties('AWS::EC2::VPC').Tags = ['1', '2'].map((Value) => ({ Key: 'a', Value }));
  }),

  closed('a key that does not know CloudWatch Logs', (shop) =>
    silence(shop, 'AWS::KMS::Key', 'KeyPolicy', /logs\./),
  ),
  closed('a key that is for the logs of others', (shop) => {
    for (const { resource } of shop.all('AWS::KMS::Key'))
      for (const statement of rows(resource.Properties, 'KeyPolicy', 'Statement'))
        if (/logs\./.test(JSON.stringify(statement)))
          statement.Condition = {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:log-group:/theirs/*' },
          };
    shop.properties(
      'AWS::Logs::LogGroup',
      ({ Properties }) => Properties.KmsKeyId !== undefined && typeof Properties.LogGroupName !== 'object',
    ).LogGroupName = '/ours';
  }),
  closed('a key that does not know CloudTrail', (shop) =>
    silence(shop, 'AWS::KMS::Key', 'KeyPolicy', /cloudtrail/),
  ),
  closed('a log bucket that does not know CloudTrail', (shop) =>
    silence(shop, 'AWS::S3::BucketPolicy', 'PolicyDocument', /cloudtrail/),
  ),
  closed('a log bucket that does not know the load balancer', (shop) =>
    silence(shop, 'AWS::S3::BucketPolicy', 'PolicyDocument', /elasticloadbalancing/),
  ),
  closed('buckets without a policy', (shop) => remove(shop, 'AWS::S3::BucketPolicy')),
  closed('a rotation that nobody may start', (shop) =>
    remove(shop, 'AWS::Lambda::Permission', ({ Properties }) =>
      /secretsmanager/.test(String(Properties.Principal)),
    ),
  ),
  closed('a rotation that may start for another secret only', (shop) => {
    const ours = ({ Properties }: EditedResource) => /secretsmanager/.test(String(Properties.Principal));
    const { stack } = shop.one('AWS::SecretsManager::RotationSchedule');
    shop.add(roomOf(stack), 'Another', { Type: 'AWS::SecretsManager::Secret' });
    for (const { resource } of shop.all('AWS::Lambda::Permission'))
      if (ours(resource)) resource.Properties.SourceArn = { Ref: 'Another' };
  }),
  closed('a function that may not enter its VPC', (shop) => {
    for (const { resource } of shop.all('AWS::IAM::ManagedPolicy')) {
      const statements = rows(resource.Properties, 'PolicyDocument', 'Statement');
      for (const statement of statements)
        if (JSON.stringify(statement).includes('ec2:CreateNetworkInterface'))
          statement.Action = 'ec2:Describe*';
    }
  }),

  {
    id: 'property-choices',
    says: 'a secret that is written and generated',
    make: (shop) => {
      shop.properties(
        'AWS::SecretsManager::Secret',
        ({ Properties }) => Properties.GenerateSecretString !== undefined,
      ).SecretString = 'x';
    },
  },
  {
    id: 'property-choices',
    says: 'a rule of no event and no time',
    make: (shop) => {
      delete shop.properties('AWS::Events::Rule', ({ Properties }) => Properties.EventPattern !== undefined)
        .EventPattern;
    },
  },
  {
    id: 'property-choices',
    says: 'a listener that forwards to nothing',
    make: (shop) => {
      shop.properties('AWS::ElasticLoadBalancingV2::Listener').DefaultActions = [{ Type: 'forward' }];
    },
  },
  {
    id: 'property-choices',
    says: 'a target group without a protocol',
    make: (shop) => {
      delete shop.properties('AWS::ElasticLoadBalancingV2::TargetGroup').Protocol;
    },
  },
  {
    id: 'number-orders',
    says: 'more tasks at least than at most',
    make: (shop) => {
      Object.assign(shop.properties('AWS::ApplicationAutoScaling::ScalableTarget'), {
        MinCapacity: 9,
        MaxCapacity: 2,
      });
    },
  },
  {
    id: 'number-orders',
    says: 'files moved after they are deleted',
    make: (shop) => {
      shop.properties('AWS::S3::Bucket').LifecycleConfiguration = {
        Rules: [
          {
            Status: 'Enabled',
            ExpirationInDays: 30,
            Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 60 }],
          },
        ],
      };
    },
  },
  {
    id: 'tags',
    says: 'a tag of AWS’s own',
    make: (shop) => {
      shop.properties('AWS::EC2::VPC').Tags = [{ Key: 'aws:x', Value: '1' }];
    },
  },
  {
    id: 'task-parts',
    says: 'a container that the task does not have',
    make: (shop) => {
      Object.assign(rows(shop.properties('AWS::ECS::Service'), 'LoadBalancers')[0] ?? {}, {
        ContainerName: 'no',
      });
    },
  },
  {
    id: 'task-parts',
    says: 'a port that the container does not open',
    make: (shop) => {
      Object.assign(rows(shop.properties('AWS::ECS::Service'), 'LoadBalancers')[0] ?? {}, {
        ContainerPort: 9999,
      });
    },
  },
  {
    id: 'task-parts',
    says: 'a volume that the task does not have',
    make: (shop) => {
      const [container] = rows(shop.properties('AWS::ECS::TaskDefinition'), 'ContainerDefinitions');
      rows(container, 'MountPoints').push({ SourceVolume: 'no', ContainerPath: '/no' });
    },
  },
  {
    id: 'database-engine',
    says: 'an instance of another engine than its cluster',
    make: (shop) => {
      shop.properties('AWS::RDS::DBInstance').Engine = 'aurora';
    },
  },
  {
    id: 'database-engine',
    says: 'parameters of another version',
    make: (shop) => {
      shop.properties('AWS::RDS::DBClusterParameterGroup').Family = 'aurora-postgresql11';
    },
  },
  {
    id: 'database-engine',
    says: 'a user that RDS keeps for itself',
    make: (shop) => {
      shop.properties('AWS::RDS::DBCluster').MasterUsername = 'rdsadmin';
    },
  },
  {
    id: 'record-conflicts',
    says: 'a CNAME beside another record',
    make: (shop) => {
      const { stack, resource } = shop.one('AWS::Route53::RecordSet', aRecord);
      const { HostedZoneId, Name } = resource.Properties;
      shop.add(roomOf(stack), 'Alias', {
        Type: 'AWS::Route53::RecordSet',
        Properties: { HostedZoneId, Name, Type: 'CNAME', TTL: '60', ResourceRecords: ['x.example.jp'] },
      });
    },
  },
  {
    id: 'record-conflicts',
    says: 'a CNAME for the name of a zone',
    make: (shop) => {
      const { stack, id, resource } = shop.one('AWS::Route53::HostedZone');
      remove(shop, 'AWS::Route53::RecordSet', ({ Properties }) =>
        JSON.stringify(Properties.HostedZoneId).includes(id),
      );
      shop.add(roomOf(stack), 'Apex', {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: { Ref: id },
          Name: resource.Properties.Name,
          Type: 'CNAME',
          TTL: '60',
          ResourceRecords: ['x.example.jp'],
        },
      });
    },
  },
  {
    id: 'subscription-filters',
    says: 'three subscriptions of a log group',
    make: (shop) => {
      const { stack, id } = shop.one('AWS::Logs::LogGroup');
      for (const each of ['One', 'Two', 'Three'])
        shop.add(roomOf(stack), each, {
          Type: 'AWS::Logs::SubscriptionFilter',
          Properties: {
            LogGroupName: { Ref: id },
            FilterPattern: '',
            DestinationArn: 'arn:aws:kinesis:ap-northeast-1:333344445555:stream/x',
          },
        });
    },
  },
  {
    id: 'certificate-names',
    says: 'a validation of a name that is not in it',
    make: (shop) => {
      shop.properties('AWS::CertificateManager::Certificate').DomainValidationOptions = [
        { DomainName: 'another.example.org', HostedZoneId: 'Z0345678901CDEFGHIJKL' },
      ];
    },
  },
  {
    id: 'same-region',
    says: 'an alarm that rings elsewhere',
    make: (shop) => {
      shop.properties('AWS::CloudWatch::Alarm').AlarmActions = ['arn:aws:sns:us-west-2:333344445555:x'];
    },
  },
  {
    id: 'same-vpc',
    says: 'a function with a security group of another VPC',
    make: (shop) => {
      shop.add('network', 'Other', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.99.0.0/16' } });
      shop.add('network', 'OtherGroup', {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'x', VpcId: { Ref: 'Other' } },
      });
      const { template } = shop.stacks.find(({ name }) => name.endsWith('-network')) as StackTemplate;
      Object.assign(template.Outputs as object, {
        OtherGroup: { Value: { 'Fn::GetAtt': ['OtherGroup', 'GroupId'] }, Export: { Name: 'other-group' } },
      });
      const lambda = shop.properties(
        'AWS::Lambda::Function',
        ({ Properties }) => Properties.VpcConfig !== undefined,
      );
      at(lambda, 'VpcConfig').SecurityGroupIds = [{ 'Fn::ImportValue': 'other-group' }];
    },
  },
  ...[
    ['AWS::Events::Rule', 'cron(0 18 * * * *)'],
    ['AWS::Scheduler::Schedule', 'cron(0 18 * * *)'],
    ['AWS::Scheduler::Schedule', 'rate(1 hours)'],
    ['AWS::Scheduler::Schedule', 'cron(0 25 * * ? *)'],
  ].map(([type = '', expression]) => ({
    id: 'schedule-expressions',
    says: `${type} at ${expression}`,
    make: (shop: Edited) => {
      shop.properties(type).ScheduleExpression = expression;
    },
  })),
  {
    id: 'function-limits',
    says: 'a runtime that Lambda has given up',
    make: (shop) => {
      shop.properties('AWS::Lambda::Function').Runtime = 'nodejs12.x';
    },
  },
  {
    id: 'property-choices',
    says: 'a rule of a web ACL that decides and overrides',
    make: (shop) => {
      const [rule] = rows(shop.properties('AWS::WAFv2::WebACL'), 'Rules');
      Object.assign(rule ?? {}, { Action: { Block: {} }, OverrideAction: { None: {} } });
    },
  },
  {
    id: 'property-choices',
    says: 'a function of a zip without a handler',
    make: (shop) => {
      delete shop.properties('AWS::Lambda::Function').Handler;
    },
  },
  {
    id: 'task-parts',
    says: 'a container that waits for another that is not there',
    make: (shop) => {
      const [container] = rows(shop.properties('AWS::ECS::TaskDefinition'), 'ContainerDefinitions');
      Object.assign(container ?? {}, { DependsOn: [{ ContainerName: 'no', Condition: 'START' }] });
    },
  },
  {
    id: 'task-parts',
    says: 'a port of the host that is another one',
    make: (shop) => {
      const [container] = rows(shop.properties('AWS::ECS::TaskDefinition'), 'ContainerDefinitions');
      Object.assign(rows(container, 'PortMappings')[0] ?? {}, { HostPort: 80 });
    },
  },
  {
    id: 'record-conflicts',
    says: 'a text without quotes',
    make: (shop) => {
      const { stack, resource } = shop.one('AWS::Route53::RecordSet', aRecord);
      shop.add(roomOf(stack), 'Text', {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: resource.Properties.HostedZoneId,
          Name: 'text.midori-tea.example.jp',
          Type: 'TXT',
          TTL: '60',
          ResourceRecords: ['v=spf1 -all'],
        },
      });
    },
  },
  {
    id: 'target-group-balancer',
    says: 'a target group behind two load balancers',
    make: (shop) => {
      const { stack, resource } = shop.one('AWS::ElasticLoadBalancingV2::LoadBalancer');
      const [group] = shop.all('AWS::ElasticLoadBalancingV2::TargetGroup');
      const { Type, Properties } = structuredClone(resource);
      shop.add(roomOf(stack), 'OtherBalancer', { Type, Properties });
      shop.add(roomOf(stack), 'OtherListener', {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: {
          LoadBalancerArn: { Ref: 'OtherBalancer' },
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: group?.id } }],
        },
      });
    },
  },
  {
    id: 'event-patterns',
    says: 'a source that is no list',
    make: (shop) => {
      shop.properties(
        'AWS::Events::Rule',
        ({ Properties }) => Properties.EventPattern !== undefined,
      ).EventPattern = {
        source: 'aws.backup',
      };
    },
  },
  {
    id: 'replication-versions',
    says: 'a copy of a bucket without versions',
    make: (shop) => {
      shop.add('vault', 'Copied', {
        Type: 'AWS::S3::Bucket',
        Properties: {
          ReplicationConfiguration: {
            Role: 'arn:aws:iam::333344445555:role/x',
            Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }],
          },
        },
      });
    },
  },
  {
    id: 'same-region',
    says: 'a zone of another region',
    make: (shop) => {
      shop.properties('AWS::EC2::Subnet').AvailabilityZone = 'us-east-1a';
    },
  },
  {
    id: 'same-vpc',
    says: 'a rule for a group of another VPC',
    make: (shop) => {
      const { id } = shop.one('AWS::EC2::SecurityGroup');
      shop.add('network', 'Elsewhere', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.98.0.0/16' } });
      shop.add('network', 'ElsewhereGroup', {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'x', VpcId: { Ref: 'Elsewhere' } },
      });
      shop.add('network', 'ElsewhereRule', {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { 'Fn::GetAtt': [id, 'GroupId'] },
          IpProtocol: 'tcp',
          FromPort: 1,
          ToPort: 2,
          SourceSecurityGroupId: { 'Fn::GetAtt': ['ElsewhereGroup', 'GroupId'] },
        },
      });
    },
  },
  {
    id: 'no-stack-cycles',
    constraint: 'circular',
    alone: true,
    says: 'two stacks that import from each other',
    make: (shop) => {
      const data = shop.stacks.find(({ name }) => name.endsWith('-data')) as StackTemplate;
      Object.assign(data.template, {
        Outputs: { ...(data.template.Outputs as object), Back: { Value: 'x', Export: { Name: 'back' } } },
      });
      shop.add('network', 'Back', {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'back' } },
      });
    },
  },
];

/** Edits that look like them, and that AWS takes. */
export const harmlessPartEdits: readonly Omit<Edit, 'id'>[] = [
  {
    says: 'a record of another type',
    make: (shop) => {
      const { Properties } = second(shop, 'AWS::Route53::RecordSet', aRecord);
      Object.assign(Properties, { Type: 'TXT', TTL: '60', ResourceRecords: ['"x"'] });
      delete Properties.AliasTarget;
    },
  },
  {
    says: 'records told apart by weight',
    make: (shop) => {
      const { stack, resource } = shop.one('AWS::Route53::RecordSet', aRecord);
      for (const name of ['One', 'Other'])
        shop.add(roomOf(stack), `Weighted${name}`, {
          Type: 'AWS::Route53::RecordSet',
          Properties: {
            ...resource.Properties,
            Name: 'weighted.midori-tea.example.jp',
            SetIdentifier: name,
            Weight: 1,
          },
        });
    },
  },
  {
    says: 'another target of a rule',
    make: (shop) => {
      const targets = rows(shop.properties('AWS::Events::Rule'), 'Targets');
      targets.push({ ...structuredClone(targets[0] as Properties), Id: 'Another' });
    },
  },
  {
    says: 'rules for other addresses',
    make: (shop) => {
      shop.properties(
        'AWS::EC2::SecurityGroup',
        ({ Properties }) => Properties.SecurityGroupIngress === undefined,
      ).SecurityGroupIngress = ['10.0.0.0/8', '172.16.0.0/12'].map((CidrIp) => ({
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp,
      }));
    },
  },
  {
    says: 'a second VPC of the same addresses',
    make: (shop) => {
      const { CidrBlock } = shop.properties('AWS::EC2::VPC');
      shop.add('network', 'Other', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } });
    },
  },
  {
    says: 'a key that knows the logs by a pattern',
    make: (shop) => {
      for (const { resource } of shop.all('AWS::KMS::Key'))
        for (const statement of rows(resource.Properties, 'KeyPolicy', 'Statement'))
          if (/logs\./.test(JSON.stringify(statement))) statement.Action = 'kms:*';
    },
  },
  {
    says: 'a policy for the function by a pattern',
    make: (shop) => {
      for (const { resource } of shop.all('AWS::IAM::ManagedPolicy'))
        for (const statement of rows(resource.Properties, 'PolicyDocument', 'Statement'))
          if (JSON.stringify(statement).includes('ec2:CreateNetworkInterface')) statement.Action = 'ec2:*';
    },
  },
  {
    says: 'files moved before they are deleted',
    make: (shop) =>
      shop.add('vault', 'Moved', {
        Type: 'AWS::S3::Bucket',
        Properties: {
          LifecycleConfiguration: {
            Rules: [
              {
                Status: 'Enabled',
                ExpirationInDays: 90,
                Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 60 }],
              },
            ],
          },
        },
      }),
  },
  ...[
    'cron(0/15 8-18 ? * MON-FRI *)',
    'cron(0 9 L * ? *)',
    'cron(30 3 ? JAN,JUL 2#1 2026-2030)',
    'rate(1 day)',
  ].map((expression) => ({
    says: `a rule at ${expression}`,
    make: (shop: Edited) =>
      shop.add('vault', `At${expression.replace(/\W/g, '')}`, {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: expression },
      }),
  })),
];
