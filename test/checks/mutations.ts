import { browserMutations } from './browser-mutations.ts';
import {
  besideMutations,
  controlMutations,
  declarationMutations,
  propertyMutations,
  unheardMutations,
} from './control-mutations.ts';
import { furtherMutations } from './further-mutations.ts';
import { arn, drop, edit, type Json, type Mutant, type Mutation, mutation } from './mutate.ts';
import { promiseMutations } from './promise-mutations.ts';

const open = (name: string, port: number, source: Json) =>
  mutation(`open ${name} on port ${port} to ${JSON.stringify(source)}`, 'NET', (mutant) => {
    const group = mutant.one('AWS::EC2::SecurityGroup', new RegExp(name));
    return mutant.add(group, 'OpenedByMutation', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [group.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...source,
    });
  });

const behavior = (p: Json) => p.DistributionConfig.DefaultCacheBehavior;
const fileBehavior = (p: Json) =>
  p.DistributionConfig.CacheBehaviors.find((each: Json) => each.PathPattern === '/html/*');
const headers = (p: Json) => p.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
const attributes = (p: Json, key: string) => p.LoadBalancerAttributes.find((each: Json) => each.Key === key);
const container = (p: Json) => p.ContainerDefinitions[0];
const withoutAccessPoint = (p: Json) =>
  p.FileSystemPolicy.Statement.find((each: Json) => each.Condition?.Null);
const statements = (p: Json) => p.PolicyDocument.Statement;
const parameters = (p: Json) => p.Parameters;

/** Changes the text of the call that switches the protection of the database on. */
function reprogram(mutant: Mutant, change: (input: string) => string): void {
  const { p } = mutant.one('AWS::Scheduler::Schedule', /modifyDBCluster/);
  const parts = p.Target.Input['Fn::Join'][1];
  p.Target.Input['Fn::Join'][1] = parts.map((part: Json) => (typeof part === 'string' ? change(part) : part));
}

export const networkMutations: readonly Mutation[] = [
  edit('give a subnet public addresses', 'NET1[PublicSubnet]', 'AWS::EC2::Subnet', (p) => {
    p.MapPublicIpOnLaunch = true;
  }),
  edit('send a route to the internet gateway', 'NET1[InternetRoute]', 'AWS::EC2::Route', (p) => {
    delete p.NatGatewayId;
    p.GatewayId = 'igw-0123456789abcdef0';
  }),
  mutation('add a public subnet with a route of its own', 'NET1[InternetRoute]', (mutant) => {
    const gateway = mutant.one('AWS::EC2::InternetGateway');
    mutant.add(gateway, 'PublicTable', 'AWS::EC2::RouteTable', {
      VpcId: { Ref: mutant.one('AWS::EC2::VPC').id },
    });
    return mutant.add(gateway, 'PublicRoute', 'AWS::EC2::Route', {
      RouteTableId: { Ref: 'PublicTable' },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: { Ref: gateway.id },
    });
  }),
  mutation('route the data subnets out through the NAT gateway', 'NET4[DatabaseSubnets]', (mutant) => {
    const table = mutant.one('AWS::EC2::RouteTable', /dataSubnet1/);
    mutant.add(table, 'DataWayOut', 'AWS::EC2::Route', {
      RouteTableId: { Ref: table.id },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: mutant.one('AWS::EC2::NatGateway').id },
    });
    return mutant.one('AWS::RDS::DBSubnetGroup');
  }),
  drop(
    'stop closing the default security group',
    'NET1[DefaultGroup]',
    'Custom::VpcRestrictDefaultSG',
    'AWS::EC2::VPC',
  ),
  mutation('peer with another network', 'NET1[OtherNetwork]', (mutant) => {
    const vpc = mutant.one('AWS::EC2::VPC');
    return mutant.add(vpc, 'Peer', 'AWS::EC2::VPCPeeringConnection', {
      VpcId: { Ref: vpc.id },
      PeerVpcId: 'vpc-1',
    });
  }),
  edit('give tasks public addresses', 'NET1[PublicAddress]', 'AWS::ECS::Service', (p) => {
    p.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = 'ENABLED';
  }),
  edit('make the database publicly accessible', 'NET1[PublicAddress]', 'AWS::RDS::DBInstance', (p) => {
    p.PubliclyAccessible = true;
  }),
  edit(
    'turn the load balancer to the Internet',
    'NET1[PublicAddress]',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (p) => {
      p.Scheme = 'internet-facing';
    },
  ),
  mutation('add an elastic address', 'NET1[PublicAddress]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'Address', 'AWS::EC2::EIP', { Domain: 'vpc' }),
  ),
  mutation('open a second entrance by a function URL', 'NET2[OtherEntrance]', (mutant) => {
    const code = mutant.one('AWS::Lambda::Function');
    return mutant.add(code, 'Url', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: arn(code.id) });
  }),
  edit('serve plain HTTP', 'NET2[ViewerProtocol]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).ViewerProtocolPolicy = 'allow-all';
  }),
  edit('serve plain HTTP under one path', 'NET2[ViewerProtocol]', 'AWS::CloudFront::Distribution', (p) => {
    fileBehavior(p).ViewerProtocolPolicy = 'allow-all';
  }),
  edit('accept TLS 1.0 from browsers', 'NET2[ViewerTls]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.ViewerCertificate.MinimumProtocolVersion = 'TLSv1';
  }),
  edit('fall back to the default certificate', 'NET2[ViewerTls]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.ViewerCertificate = { CloudFrontDefaultCertificate: true };
  }),
  edit(
    'detach the web ACL from the distribution',
    'NET2[WebAclAttached]',
    'AWS::CloudFront::Distribution',
    (p) => {
      delete p.DistributionConfig.WebACLId;
    },
  ),
  edit('cache pages for everyone', 'NET2[CachePolicy]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6';
  }),
  edit('keep pages as files are kept', 'NET2[CachePolicy]', 'AWS::CloudFront::Distribution', (p) => {
    behavior(p).CachePolicyId = fileBehavior(p).CachePolicyId;
  }),
  edit('ask for the account as for a file', 'NET2[CachePolicy]', 'AWS::CloudFront::Distribution', (p) => {
    fileBehavior(p).PathPattern = '/mypage*';
  }),
  edit('send cookies for files', 'NET2[CachePolicy]', 'AWS::CloudFront::Distribution', (p) => {
    fileBehavior(p).OriginRequestPolicyId = behavior(p).OriginRequestPolicyId;
  }),
  ...['AWSManagedRulesPHPRuleSet', 'AWSManagedRulesAnonymousIpList'].map((group) =>
    edit(
      `drop ${group}`,
      'NET2[WebAclRules]',
      'AWS::WAFv2::WebACL',
      (p) => {
        p.Rules = p.Rules.filter((rule: Json) => rule.Statement.ManagedRuleGroupStatement?.Name !== group);
      },
      /"Scope":"CLOUDFRONT"/,
    ),
  ),
  edit('speak HTTP to the origin', 'NET2[OriginTls]', 'AWS::CloudFront::VpcOrigin', (p) => {
    p.VpcOriginEndpointConfig.OriginProtocolPolicy = 'http-only';
  }),
  edit('accept TLS 1.0 from the origin', 'NET2[OriginTls]', 'AWS::CloudFront::VpcOrigin', (p) => {
    p.VpcOriginEndpointConfig.OriginSSLProtocols = ['TLSv1', 'TLSv1.2'];
  }),
  edit('add an origin on the Internet', 'NET2[PrivateOrigin]', 'AWS::CloudFront::Distribution', (p) => {
    p.DistributionConfig.Origins.push({
      Id: 'elsewhere',
      DomainName: 'old.example.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
  }),
  edit('drop the security headers', 'NET2[SecurityHeadersUsed]', 'AWS::CloudFront::Distribution', (p) => {
    delete behavior(p).ResponseHeadersPolicyId;
  }),
  edit('drop HSTS', 'NET2[SecurityHeaders]', 'AWS::CloudFront::ResponseHeadersPolicy', (p) => {
    delete headers(p).StrictTransportSecurity;
  }),
  edit('shorten HSTS to a day', 'NET2[SecurityHeaders]', 'AWS::CloudFront::ResponseHeadersPolicy', (p) => {
    headers(p).StrictTransportSecurity.AccessControlMaxAgeSec = 86400;
  }),
  edit(
    'drop the content-security-policy',
    'NET2[SecurityHeaders]',
    'AWS::CloudFront::ResponseHeadersPolicy',
    (p) => {
      delete headers(p).ContentSecurityPolicy;
    },
  ),
  edit(
    'allow scripts from everywhere',
    'NET2[SecurityHeaders]',
    'AWS::CloudFront::ResponseHeadersPolicy',
    (p) => {
      headers(p).ContentSecurityPolicy.ContentSecurityPolicy = "script-src *; object-src 'none'";
    },
  ),
  ...['IpReputation', 'KnownBadInputs', 'CommonRuleSet', 'SQLi'].map((group) =>
    edit(
      `remove ${group}`,
      'NET2[WebAclRules]',
      'AWS::WAFv2::WebACL',
      (p) => {
        p.Rules = p.Rules.filter((rule: Json) => !JSON.stringify(rule.Statement).includes(group));
      },
      /"Scope":"CLOUDFRONT"/,
    ),
  ),
  edit('count what a managed group finds', 'NET2[WebAclBlocks]', 'AWS::WAFv2::WebACL', (p) => {
    p.Rules.find((rule: Json) => rule.OverrideAction).OverrideAction = { Count: {} };
  }),
  edit('count what an own rule finds', 'NET2[WebAclBlocks]', 'AWS::WAFv2::WebACL', (p) => {
    p.Rules.find((rule: Json) => rule.Action?.Block).Action = { Count: {} };
  }),
  edit('count one managed rule', 'NET2[WebAclBlocks]', 'AWS::WAFv2::WebACL', (p) => {
    const group = p.Rules.find((rule: Json) =>
      JSON.stringify(rule.Statement).includes('CommonRuleSet'),
    ).Statement;
    group.ManagedRuleGroupStatement.RuleActionOverrides = [
      { Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } },
    ];
  }),
  edit('let a country through before every rule', 'NET2[WebAclBlocks]', 'AWS::WAFv2::WebACL', (p) => {
    p.Rules.unshift({
      Name: 'trusted',
      Priority: -1,
      Action: { Allow: {} },
      Statement: { GeoMatchStatement: { CountryCodes: ['JP'] } },
    });
  }),
  edit(
    'remove every rate limit',
    'NET2[WebAclRules]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => !rule.Statement.RateBasedStatement);
    },
    /"Scope":"CLOUDFRONT"/,
  ),
  open('PublicListener', 443, { CidrIp: '0.0.0.0/0' }),
  open('PublicListener', 443, { CidrIpv6: '::/0' }),
  open('PublicListener', 443, { CidrIp: '10.20.0.0/16' }),
  open('AdminListener', 8443, { CidrIp: '10.20.0.0/16' }),
  open('Database', 3306, { CidrIp: '10.20.0.0/16' }),
  open('ShopTasks', 8080, { CidrIp: '203.0.113.0/24' }),
  open('Endpoints', 443, { CidrIp: '10.0.0.0/8' }),
  mutation('let the load balancer reach the database', 'NET4[DatabaseClients]', (mutant) => {
    const group = mutant.one('AWS::EC2::SecurityGroup', /Database/);
    return mutant.add(group, 'Opened', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [group.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 13306,
      ToPort: 13306,
      SourceSecurityGroupId: {
        'Fn::GetAtt': [mutant.one('AWS::EC2::SecurityGroup', /PublicListener/).id, 'GroupId'],
      },
    });
  }),
  edit('open a range of ports to a group', 'NET4[WideGroup]', 'AWS::EC2::SecurityGroupIngress', (p) => {
    p.FromPort = 0;
    p.ToPort = 65535;
  }),
  edit('let everything out of a group', 'NET5[Egress]', 'AWS::EC2::SecurityGroup', (p) => {
    p.SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }];
  }),
  edit(
    'serve the admin or public listener over HTTP',
    'NET3[ListenerTls]',
    'AWS::ElasticLoadBalancingV2::Listener',
    (p) => {
      p.Protocol = 'HTTP';
    },
  ),
  edit(
    'weaken the TLS policy of a listener',
    'NET3[ListenerTls]',
    'AWS::ElasticLoadBalancingV2::Listener',
    (p) => {
      p.SslPolicy = 'ELBSecurityPolicy-TLS13-1-0-2021-06';
    },
  ),
  edit(
    'fall back to the oldest TLS policy',
    'NET3[ListenerTls]',
    'AWS::ElasticLoadBalancingV2::Listener',
    (p) => {
      delete p.SslPolicy;
    },
  ),
  edit(
    'keep malformed headers',
    'NET3[LoadBalancerHeaders]',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (p) => {
      attributes(p, 'routing.http.drop_invalid_header_fields.enabled').Value = 'false';
    },
  ),
  edit(
    'let the load balancer be deleted',
    'NET3[LoadBalancerProtected]',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (p) => {
      p.LoadBalancerAttributes.push({ Key: 'deletion_protection.enabled', Value: 'false' });
    },
  ),
  mutation('protect the load balancer no more', 'NET3[LoadBalancerProtected]', (mutant) => {
    mutant.remove(mutant.one('AWS::Scheduler::Schedule', /modifyLoadBalancerAttributes/));
    return mutant.one('AWS::ElasticLoadBalancingV2::LoadBalancer');
  }),
  drop(
    'detach the web ACL from the load balancer',
    'NET3[WebAclAssociated]',
    'AWS::WAFv2::WebACLAssociation',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ),
  mutation(
    'forward everything before the admin paths are refused',
    'ADM1[ListenerRefusesAdmin]',
    (mutant) => {
      const forward = mutant
        .all('AWS::ElasticLoadBalancingV2::ListenerRule')
        .find(({ p }) => p.Actions[0].Type === 'forward');
      if (!forward) throw new Error('no rule forwards');
      return mutant.add(forward, 'Shortcut', 'AWS::ElasticLoadBalancingV2::ListenerRule', {
        ...forward.p,
        Priority: 0,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      });
    },
  ),
  mutation('forward whatever no rule refuses', 'ADM1[ListenerRefusesAdmin]', (mutant) => {
    for (const rule of mutant.all('AWS::ElasticLoadBalancingV2::ListenerRule')) {
      if (rule.p.Actions[0].Type === 'fixed-response')
        rule.p.Actions = [{ Type: 'forward', TargetGroupArn: 'arn:x' }];
    }
    return mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /RefuseAdminPaths/);
  }),
  mutation('drop the refusal of admin paths at the listener', 'ADM1[ListenerRefusesAdmin]', (mutant) => {
    for (const rule of mutant.all('AWS::ElasticLoadBalancingV2::ListenerRule')) {
      if (/RefuseAdminPaths/.test(rule.id)) mutant.remove(rule);
    }
    return mutant.one('AWS::ElasticLoadBalancingV2::Listener', /admin-paths/);
  }),
  edit(
    'drop the refusal of admin paths at the edge',
    'ADM1[WebAclRefusesAdmin]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'admin-paths');
    },
    /"Scope":"CLOUDFRONT"/,
  ),
  edit(
    'refuse only the plain spelling at the edge',
    'ADM1[WebAclRefusesAdmin]',
    'AWS::WAFv2::WebACL',
    (p) => {
      p.Rules = p.Rules.filter((rule: Json) => rule.Name !== 'deceptive-path');
      const rule = p.Rules.find((each: Json) => each.Name === 'admin-paths');
      rule.Statement = JSON.parse(
        JSON.stringify(rule.Statement).replaceAll(
          /URL_DECODE_UNI|LOWERCASE|NORMALIZE_PATH_WIN|UTF8_TO_UNICODE/g,
          'NONE',
        ),
      );
    },
    /"Scope":"CLOUDFRONT"/,
  ),
  drop(
    'detach the DNS firewall',
    'NET5[DnsFirewallAssociated]',
    'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    'AWS::EC2::VPC',
  ),
  mutation('let DNS through when the firewall fails', 'NET5[FailClosed]', (mutant) => {
    const vpc = mutant.one('AWS::EC2::VPC');
    return mutant.add(vpc, 'FailOpen', 'AWS::Route53Resolver::FirewallConfig', {
      ResourceId: { Ref: vpc.id },
      FirewallFailOpen: 'ENABLED',
    });
  }),
  edit(
    'only alert on unknown names',
    'NET5[DnsAllowList]',
    'AWS::Route53Resolver::FirewallRuleGroup',
    (p) => {
      for (const rule of p.FirewallRules) if (rule.Action === 'BLOCK') rule.Action = 'ALERT';
    },
  ),
  edit(
    'allow every name',
    'NET5[DnsDomains]',
    'AWS::Route53Resolver::FirewallDomainList',
    (p) => {
      p.Domains = [...p.Domains, '*.com'];
    },
    /Allowed/,
  ),
  edit(
    'let the DNS firewall be removed at once',
    'NET5[DnsFirewallLocked]',
    'AWS::Route53Resolver::FirewallRuleGroupAssociation',
    (p) => {
      p.MutationProtection = 'DISABLED';
    },
  ),
  mutation('lock the DNS firewall never', 'NET5[DnsFirewallLocked]', (mutant) => {
    mutant.one('AWS::Scheduler::Schedule', /updateFirewallRuleGroupAssociation/).p.State = 'DISABLED';
    return mutant.one('AWS::Route53Resolver::FirewallRuleGroupAssociation');
  }),
  edit('drop the policy of an endpoint', 'NET5[EndpointPolicy]', 'AWS::EC2::VPCEndpoint', (p) => {
    delete p.PolicyDocument;
  }),
];

export const dataMutations: readonly Mutation[] = [
  edit('put a secret under the default key', 'SEC1[SecretKey]', 'AWS::SecretsManager::Secret', (p) => {
    delete p.KmsKeyId;
  }),
  mutation('share the customer-data key with a secret', 'SEC1[SecretKey]', (mutant) => {
    const secret = mutant.one('AWS::SecretsManager::Secret');
    secret.p.KmsKeyId = mutant.one('AWS::RDS::DBCluster').p.KmsKeyId;
    return secret;
  }),
  mutation('drop a rotation schedule', 'SEC1[RotationSchedule]', (mutant) => {
    const schedule = mutant.one('AWS::SecretsManager::RotationSchedule');
    mutant.remove(schedule);
    return mutant.one('AWS::SecretsManager::Secret', new RegExp(`^${schedule.p.SecretId.Ref}$`));
  }),
  edit('rotate every 90 days', 'SEC1[RotationInterval]', 'AWS::SecretsManager::RotationSchedule', (p) => {
    p.RotationRules = { AutomaticallyAfterDays: 90 };
  }),
  edit(
    'rotate every quarter by cron',
    'SEC1[RotationInterval]',
    'AWS::SecretsManager::RotationSchedule',
    (p) => {
      p.RotationRules = { ScheduleExpression: 'cron(0 16 1 */3 ? *)' };
    },
  ),
  edit('rotate by nobody', 'SEC1[RotationInterval]', 'AWS::SecretsManager::RotationSchedule', (p) => {
    delete p.RotationLambdaARN;
  }),
  mutation('remove the policy of a secret', 'SEC1[SecretPolicy]', (mutant) => {
    const policy = mutant.one('AWS::SecretsManager::ResourcePolicy');
    const id = policy.p.SecretId.Ref;
    mutant.remove(policy);
    return mutant.one('AWS::SecretsManager::Secret', new RegExp(`^${id}$`));
  }),
  edit('let everyone read a secret', 'DAT2[PublicPolicy]', 'AWS::SecretsManager::ResourcePolicy', (p) => {
    p.ResourcePolicy.Statement = [
      { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' },
    ];
  }),
  edit(
    'exempt another role from the refusal of a secret',
    'SEC1[SecretPolicy]',
    'AWS::SecretsManager::ResourcePolicy',
    (p) => {
      p.ResourcePolicy.Statement[0].Condition.ArnNotEquals['aws:PrincipalArn'].push(
        'arn:aws:iam::999988887777:role/contractor',
      );
    },
  ),
  edit('write a password into the environment', 'SEC1[PlainSecret]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).Environment = [
      ...(container(p).Environment ?? []),
      { Name: 'DATABASE_PASSWORD', Value: 'hunter2hunter2' },
    ];
  }),
  edit('write a token into a function', 'SEC1[PlainSecret]', 'AWS::Lambda::Function', (p) => {
    p.Environment = { Variables: { API_TOKEN: 'abcdef123456' } };
  }),
  edit('write the master password into the template', 'SEC1[MasterSecret]', 'AWS::RDS::DBCluster', (p) => {
    p.MasterUserPassword = 'correct horse battery staple';
  }),
  mutation('watch no rotation', 'SEC2[RotationWatched]', (mutant) => {
    for (const rule of mutant.all('AWS::Events::Rule')) {
      if (JSON.stringify(rule.p).includes('Rotation')) mutant.remove(rule);
    }
    for (const alarm of mutant.all('AWS::CloudWatch::Alarm'))
      if (alarm.p.MetricName === 'Errors') mutant.remove(alarm);
    return mutant.one('AWS::SecretsManager::RotationSchedule');
  }),
  ...(
    [
      ['AWS::RDS::DBCluster', 'StorageEncrypted'],
      ['AWS::EFS::FileSystem', 'Encrypted'],
      ['AWS::RDS::DBCluster', 'KmsKeyId'],
      ['AWS::EFS::FileSystem', 'KmsKeyId'],
      ['AWS::S3::Bucket', 'BucketEncryption'],
      ['AWS::Backup::BackupVault', 'EncryptionKeyArn'],
      ['AWS::ECR::Repository', 'EncryptionConfiguration'],
    ] as const
  ).map(([type, property]) =>
    edit(`drop ${property} of ${type}`, 'DAT1[Encrypted]', type, (p) => {
      delete p[property];
    }),
  ),
  mutation('encrypt the database with the key for credentials', 'DAT1[Encrypted]', (mutant) => {
    const cluster = mutant.one('AWS::RDS::DBCluster');
    cluster.p.KmsKeyId = mutant.one('AWS::SecretsManager::Secret').p.KmsKeyId;
    return cluster;
  }),
  edit('let the database be deleted', 'DAT1[DeletionProtection]', 'AWS::RDS::DBCluster', (p) => {
    p.DeletionProtection = false;
  }),
  mutation('switch the protection of the database off', 'DAT1[DeletionProtection]', (mutant) => {
    reprogram(mutant, (input) => input.replace('"DeletionProtection":true', '"DeletionProtection":false'));
    return mutant.one('AWS::RDS::DBCluster');
  }),
  mutation('restore a copy of the database among its clients', 'NET4[GroupCarriers]', (mutant) => {
    const test = mutant.one('AWS::Backup::RestoreTestingSelection', /"Aurora"/);
    const { p } = mutant.one('AWS::RDS::DBCluster');
    test.p.RestoreMetadataOverrides.vpcSecurityGroupIds = {
      'Fn::Join': ['', ['["', ...p.VpcSecurityGroupIds, '"]']],
    };
    return test;
  }),
  mutation('let a VPN client into copies of restore tests', 'NET4[GroupCarriers]', (mutant) => {
    const copies = mutant.one('AWS::EC2::SecurityGroup', /^RestoredDatabase/);
    mutant.add(copies, 'FromAnywhere', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [copies.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 15432,
      ToPort: 15432,
      CidrIp: '10.0.0.0/8',
    });
    return mutant.one('AWS::Backup::RestoreTestingSelection', /"Aurora"/);
  }),
  mutation('let the reader of copies change the live database', 'DAT2[ControlEdits]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RestoreReaderCopies/);
    policy.p.PolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'rds:ModifyDBCluster',
      Resource: 'arn:aws:rds:ap-northeast-1:222233334444:cluster:*',
    });
    return policy;
  }),
  mutation('let the reader of copies mount them by changing a function', 'DAT2[ControlEdits]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /^RestoreReaderCopies/);
    policy.p.PolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'lambda:UpdateFunctionConfiguration',
      Resource: 'arn:aws:lambda:ap-northeast-1:222233334444:function:restored-files',
    });
    return policy;
  }),
  mutation('set the password with the call that protects', 'DAT2[ControlEdits]', (mutant) => {
    reprogram(mutant, (input) => input.replace('true}', 'true,"MasterUserPassword":"known"}'));
    return mutant.one('AWS::IAM::ManagedPolicy', /rds:ModifyDBCluster(?!.*rds:CreateDBInstance)/);
  }),
  mutation('let a function take the role that protects', 'DAT2[ControlEdits]', (mutant) => {
    const policy = mutant.one('AWS::IAM::ManagedPolicy', /rds:ModifyDBCluster(?!.*rds:CreateDBInstance)/);
    const role = mutant
      .all('AWS::IAM::Role')
      .find(({ stack, id }) => stack === policy.stack && id === policy.p.Roles[0].Ref);
    role?.p.AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    return policy;
  }),
  edit(
    'delete the file system with its stack',
    'DAT1[DeletionProtection]',
    'AWS::EFS::FileSystem',
    (_, { resource }) => {
      resource.DeletionPolicy = 'Delete';
    },
  ),
  edit(
    'delete a key with its stack',
    'DAT1[DeletionProtection]',
    'AWS::KMS::Key',
    (_, { resource }) => {
      delete resource.DeletionPolicy;
    },
    /CustomerData/,
  ),
  edit('keep database backups a day', 'DAT1[Recoverable]', 'AWS::RDS::DBCluster', (p) => {
    p.BackupRetentionPeriod = 1;
  }),
  edit('stop versioning a bucket', 'DAT1[Recoverable]', 'AWS::S3::Bucket', (p) => {
    p.VersioningConfiguration = { Status: 'Suspended' };
  }),
  mutation('back up the database no more', 'DAT1[BackedUp]', (mutant) => {
    mutant.remove(mutant.one('AWS::Backup::BackupSelection', /Database/));
    return mutant.one('AWS::RDS::DBCluster');
  }),
  mutation('back up the files no more', 'DAT1[BackedUp]', (mutant) => {
    mutant.remove(mutant.one('AWS::Backup::BackupSelection', /Media/));
    return mutant.one('AWS::EFS::FileSystem');
  }),
  edit('unlock the vault', 'DAT1[VaultLocked]', 'AWS::Backup::BackupVault', (p) => {
    delete p.LockConfiguration;
  }),
  edit('let the vault lock be removed', 'DAT1[VaultLocked]', 'AWS::Backup::BackupVault', (p) => {
    delete p.LockConfiguration.ChangeableForDays;
  }),
  edit('keep backups a week', 'DAT1[BackupPlan]', 'AWS::Backup::BackupPlan', (p) => {
    for (const rule of p.BackupPlan.BackupPlanRule) rule.Lifecycle = { DeleteAfterDays: 7 };
  }),
  edit('stop rotating a key', 'DAT1[KeyRotation]', 'AWS::KMS::Key', (p) => {
    p.EnableKeyRotation = false;
  }),
  edit('open a bucket to the public', 'DAT1[BucketClosed]', 'AWS::S3::Bucket', (p) => {
    p.PublicAccessBlockConfiguration.BlockPublicPolicy = false;
  }),
  edit('drop the public access block', 'DAT1[BucketClosed]', 'AWS::S3::Bucket', (p) => {
    delete p.PublicAccessBlockConfiguration;
  }),
  edit('let everyone read a bucket', 'DAT2[PublicPolicy]', 'AWS::S3::BucketPolicy', (p) => {
    statements(p).push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' });
  }),
  edit('accept requests to a bucket without TLS', 'DAT1[TlsOnlyPolicy]', 'AWS::S3::BucketPolicy', (p) => {
    p.PolicyDocument.Statement = statements(p).filter(
      (each: Json) => !JSON.stringify(each).includes('SecureTransport'),
    );
  }),
  edit('let another account publish to the topic', 'DAT2[PublicPolicy]', 'AWS::SNS::TopicPolicy', (p) => {
    statements(p).push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'sns:Publish',
      Resource: '*',
    });
  }),
  edit('let everyone decrypt', 'DAT2[PublicPolicy]', 'AWS::KMS::Key', (p) => {
    p.KeyPolicy.Statement.push({ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' });
  }),
  edit('let another account decrypt', 'DAT2[PublicPolicy]', 'AWS::KMS::Key', (p) => {
    p.KeyPolicy.Statement.push({
      Effect: 'Allow',
      Principal: { AWS: '999988887777' },
      Action: 'kms:*',
      Resource: '*',
    });
  }),
  edit('connect to the database without TLS', 'NET4[DatabaseTls]', 'AWS::RDS::DBCluster', (p) => {
    delete p.DBClusterParameterGroupName;
  }),
  edit('stop requiring TLS', 'NET4[ParameterGroupTls]', 'AWS::RDS::DBClusterParameterGroup', (p) => {
    delete parameters(p)['rds.force_ssl'];
    delete parameters(p).require_secure_transport;
  }),
  edit('mount files without TLS', 'DAT1[FileSystemMount]', 'AWS::ECS::TaskDefinition', (p) => {
    p.Volumes.find((volume: Json) => volume.EFSVolumeConfiguration).EFSVolumeConfiguration.TransitEncryption =
      'DISABLED';
  }),
  edit('act as root on the files', 'DAT1[AccessPointUser]', 'AWS::EFS::AccessPoint', (p) => {
    p.PosixUser.Uid = '0';
  }),
  edit('drop the policy of the file system', 'DAT1[TlsOnly]', 'AWS::EFS::FileSystem', (p) => {
    delete p.FileSystemPolicy;
  }),
  edit('let clients mount without an access point', 'DAT1[AccessPointOnly]', 'AWS::EFS::FileSystem', (p) => {
    p.FileSystemPolicy.Statement = p.FileSystemPolicy.Statement.filter(
      (each: Json) => !JSON.stringify(each).includes('AccessPointArn'),
    );
  }),
  edit(
    'refuse an access point instead of its absence',
    'DAT1[AccessPointOnly]',
    'AWS::EFS::FileSystem',
    (p) => {
      withoutAccessPoint(p).Condition.Null['elasticfilesystem:AccessPointArn'] = 'false';
    },
  ),
  edit('refuse one role without an access point', 'DAT1[AccessPointOnly]', 'AWS::EFS::FileSystem', (p) => {
    withoutAccessPoint(p).Principal = { AWS: 'arn:aws:iam::222233334444:role/clerk' };
  }),
  edit(
    'refuse only to write without an access point',
    'DAT1[AccessPointOnly]',
    'AWS::EFS::FileSystem',
    (p) => {
      withoutAccessPoint(p).Action = 'elasticfilesystem:ClientWrite';
    },
  ),
];

export const accessMutations: readonly Mutation[] = [
  ...(
    [
      ['every action', { Action: '*', Resource: '*' }, 'DAT2[WildcardPolicy]'],
      ['every secret', { Action: 'secretsmanager:GetSecretValue', Resource: '*' }, 'DAT2[WildcardPolicy]'],
      ['every key', { Action: 'kms:Decrypt', Resource: '*' }, 'DAT2[WildcardPolicy]'],
      ['every bucket', { Action: 's3:*', Resource: 'arn:aws:s3:::*' }, 'DAT2[WildcardPolicy]'],
      ['every role', { Action: 'iam:PassRole', Resource: '*' }, 'DAT2[PassRole]'],
      [
        'every role of the account',
        { Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/*' },
        'DAT2[PassRole]',
      ],
      ['everything but IAM', { NotAction: 'iam:*', Resource: '*' }, 'DAT2[WildcardPolicy]'],
      ['its own policies', { Action: 'iam:PutRolePolicy', Resource: '*' }, 'DAT2[PassRole]'],
    ] as const
  ).map(([what, statement, rule]) =>
    edit(`widen a policy to ${what}`, rule, 'AWS::IAM::ManagedPolicy', (p) => {
      statements(p).push({ Effect: 'Allow', ...statement });
    }),
  ),
  mutation('let an uninvolved function read a secret', 'DAT2[UndeclaredReader]', (mutant) => {
    const secret = mutant.one('AWS::SecretsManager::Secret');
    const policy = mutant.add(secret, 'Curious', 'AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'secretsmanager:Get*', Resource: { Ref: secret.id } }],
      },
      Roles: [{ Ref: 'CuriousRole' }],
    });
    mutant.add(secret, 'CuriousRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } });
    for (const each of mutant.all('AWS::SecretsManager::ResourcePolicy'))
      if (each.p.SecretId.Ref === secret.id) mutant.remove(each);
    return policy;
  }),
  mutation('let an uninvolved role decrypt customer data', 'DAT2[UndeclaredReader]', (mutant) => {
    const key = mutant.one('AWS::KMS::Key', /CustomerData/);
    mutant.add(key, 'CuriousRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } });
    return mutant.add(key, 'Curious', 'AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: arn(key.id) }] },
      Roles: [{ Ref: 'CuriousRole' }],
    });
  }),
  mutation('reach a secret by assuming its reader', 'DAT2[UndeclaredReader]', (mutant) => {
    const role = mutant.one('AWS::IAM::Role', /^ShopExecutionRole/);
    mutant.add(role, 'StrangerRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] } });
    role.p.AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: arn('StrangerRole') },
    });
    return role;
  }),
  edit('let everyone assume a role', 'DAT2[Trust]', 'AWS::IAM::Role', (p) => {
    p.AssumeRolePolicyDocument.Statement[0].Principal = '*';
  }),
  edit('let another account assume a role', 'DAT2[Trust]', 'AWS::IAM::Role', (p) => {
    p.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: 'arn:aws:iam::999988887777:root' };
  }),
  edit('attach AdministratorAccess', 'DAT2[BroadManagedPolicy]', 'AWS::IAM::Role', (p) => {
    p.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  }),
  edit('open a shell in tasks', 'DAT2[TaskShell]', 'AWS::ECS::Service', (p) => {
    p.EnableExecuteCommand = true;
  }),
  edit('query the database over HTTP', 'DAT2[DatabaseShell]', 'AWS::RDS::DBCluster', (p) => {
    p.EnableHttpEndpoint = true;
  }),
  edit('let everyone call a function', 'DAT2[PublicFunction]', 'AWS::Lambda::Permission', (p) => {
    p.Principal = '*';
    delete p.SourceArn;
    delete p.SourceAccount;
  }),
];

export const operationMutations: readonly Mutation[] = [
  edit('run an image by tag', 'PAT1[ImageByDigest]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).Image = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/shop:latest';
  }),
  edit('run somebody else’s image', 'PAT1[ImageByDigest]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).Image = 'wordpress:6';
  }),
  edit('run as root', 'PAT1[TaskHardening]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).User = 'root';
  }),
  edit('write the root file system', 'PAT1[TaskHardening]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).ReadonlyRootFilesystem = false;
  }),
  edit('run privileged', 'PAT1[TaskHardening]', 'AWS::ECS::TaskDefinition', (p) => {
    container(p).Privileged = true;
  }),
  edit('stop scanning images', 'PAT1[Repository]', 'AWS::ECR::Repository', (p) => {
    p.ImageScanningConfiguration = { ScanOnPush: false };
  }),
  edit('let tags move', 'PAT1[Repository]', 'AWS::ECR::Repository', (p) => {
    p.ImageTagMutability = 'MUTABLE';
  }),
  mutation('rebuild the image no more', 'PAT1[WeeklyRebuild]', (mutant) => {
    for (const each of [...mutant.all('AWS::Scheduler::Schedule'), ...mutant.all('AWS::Events::Rule')]) {
      if (each.p.ScheduleExpression) mutant.remove(each);
    }
    return mutant.one('AWS::CodePipeline::Pipeline');
  }),
  mutation('switch the weekly rebuild off', 'PAT1[WeeklyRebuild]', (mutant) => {
    for (const each of [...mutant.all('AWS::Scheduler::Schedule'), ...mutant.all('AWS::Events::Rule')]) {
      if (each.p.ScheduleExpression) each.p.State = 'DISABLED';
    }
    return mutant.one('AWS::CodePipeline::Pipeline');
  }),
  edit('let critical vulnerabilities pass', 'PAT1[ScanGate]', 'AWS::CodePipeline::Pipeline', (p) => {
    for (const stage of p.Stages) {
      stage.Actions = stage.Actions.filter((action: Json) => !/scan/i.test(JSON.stringify(action)));
    }
  }),
  edit('stay on old database versions', 'PAT2[EnginePatches]', 'AWS::RDS::DBInstance', (p) => {
    p.AutoMinorVersionUpgrade = false;
  }),
  edit('patch the database at any time', 'PAT2[EnginePatches]', 'AWS::RDS::DBCluster', (p) => {
    delete p.PreferredMaintenanceWindow;
  }),
  edit('run a function on a dead runtime', 'PAT2[Runtimes]', 'AWS::Lambda::Function', (p) => {
    p.Runtime = 'nodejs16.x';
  }),
  edit(
    'keep evidence a month',
    'LOG1[LogRetention]',
    'AWS::Logs::LogGroup',
    (p) => {
      p.RetentionInDays = 30;
    },
    /Trail|FlowLog/,
  ),
  edit('keep logs a week', 'LOG1[LogRetention]', 'AWS::Logs::LogGroup', (p) => {
    p.RetentionInDays = 7;
  }),
  edit('drop the key of a log group', 'LOG1[LogEncrypted]', 'AWS::Logs::LogGroup', (p) => {
    delete p.KmsKeyId;
  }),
  drop('drop the flow log', 'LOG1[FlowLogs]', 'AWS::EC2::FlowLog', 'AWS::EC2::VPC'),
  edit('record accepted connections only', 'LOG1[FlowLogTraffic]', 'AWS::EC2::FlowLog', (p) => {
    p.TrafficType = 'ACCEPT';
  }),
  drop(
    'record DNS queries no more',
    'LOG1[DnsQueryLogs]',
    'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
    'AWS::EC2::VPC',
  ),
  edit('switch the trail off', 'LOG1[Trail]', 'AWS::CloudTrail::Trail', (p) => {
    p.IsLogging = false;
  }),
  edit('stop validating the trail', 'LOG1[Trail]', 'AWS::CloudTrail::Trail', (p) => {
    p.EnableLogFileValidation = false;
  }),
  edit('record one region only', 'LOG1[Trail]', 'AWS::CloudTrail::Trail', (p) => {
    p.IsMultiRegionTrail = false;
  }),
  edit('record nothing but reads', 'LOG1[Trail]', 'AWS::CloudTrail::Trail', (p) => {
    p.EventSelectors = [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }];
  }),
  mutation('remove the trail', 'LOG1[Trail]', (mutant) => {
    mutant.remove(mutant.one('AWS::CloudTrail::Trail'));
    return mutant.one('AWS::S3::Bucket', /ObjectLockEnabled/);
  }),
  edit(
    'unlock the archive',
    'LOG1[ArchiveLocked]',
    'AWS::S3::Bucket',
    (p) => {
      p.ObjectLockConfiguration.Rule.DefaultRetention.Mode = 'GOVERNANCE';
    },
    /ObjectLockEnabled/,
  ),
  edit(
    'lock the archive for a month',
    'LOG1[ArchiveLocked]',
    'AWS::S3::Bucket',
    (p) => {
      p.ObjectLockConfiguration.Rule.DefaultRetention = { Mode: 'COMPLIANCE', Days: 30 };
    },
    /ObjectLockEnabled/,
  ),
  edit(
    'drop the lock of the archive',
    'LOG1[ArchiveLocked]',
    'AWS::S3::Bucket',
    (p) => {
      delete p.ObjectLockConfiguration;
      delete p.ObjectLockEnabled;
    },
    /ObjectLockEnabled/,
  ),
  edit(
    'expire logs after a month',
    'LOG1[ArchiveKept]',
    'AWS::S3::Bucket',
    (p) => {
      p.LifecycleConfiguration = { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] };
    },
    /AccessLogs/,
  ),
  drop('log a web ACL no more', 'LOG1[WebAclLogs]', 'AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::WebACL'),
  edit('log session cookies', 'LOG1[WebAclLogContent]', 'AWS::WAFv2::LoggingConfiguration', (p) => {
    delete p.RedactedFields;
  }),
  edit('log requests at CloudFront no more', 'LOG1[AccessLogs]', 'AWS::CloudFront::Distribution', (p) => {
    delete p.DistributionConfig.Logging;
  }),
  edit(
    'log requests at the load balancer no more',
    'LOG1[AccessLogs]',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    (p) => {
      attributes(p, 'access_logs.s3.enabled').Value = 'false';
    },
  ),
  edit('export the database log no more', 'LOG1[SessionLogs]', 'AWS::RDS::DBCluster', (p) => {
    delete p.EnableCloudwatchLogsExports;
  }),
  edit('log the shop nowhere', 'LOG1[FunctionLogs]', 'AWS::ECS::TaskDefinition', (p) => {
    delete container(p).LogConfiguration;
  }),
  edit('silence an alarm', 'ALM1[AlarmHeard]', 'AWS::CloudWatch::Alarm', (p) => {
    p.AlarmActions = [];
  }),
  edit('switch the actions of an alarm off', 'ALM1[AlarmHeard]', 'AWS::CloudWatch::Alarm', (p) => {
    p.ActionsEnabled = false;
  }),
  mutation('unsubscribe everyone', 'ALM1[TopicSubscribed]', (mutant) => {
    for (const each of mutant.all('AWS::SNS::Subscription')) mutant.remove(each);
    return mutant.one('AWS::SNS::Topic');
  }),
  edit('publish alarms in clear text', 'ALM1[TopicEncrypted]', 'AWS::SNS::Topic', (p) => {
    delete p.KmsMasterKeyId;
  }),
  edit('switch an event rule off', 'ALM1[EventsEnabled]', 'AWS::Events::Rule', (p) => {
    p.State = 'DISABLED';
  }),
  edit('keep EventBridge from the topic', 'ALM1[TopicPublishers]', 'AWS::SNS::TopicPolicy', (p) => {
    p.PolicyDocument.Statement = statements(p).filter((each: Json) => each.Effect === 'Deny');
  }),
];

/** On the admin VPN and on detection, as far as the example has them. */
export const adminMutations: readonly Mutation[] = [
  edit(
    'ask VPN clients for no certificate',
    'ADM2[VpnAuthentication]',
    'AWS::EC2::ClientVpnEndpoint',
    (p) => {
      p.AuthenticationOptions = [
        { Type: 'federated-authentication', FederatedAuthentication: { SAMLProviderArn: 'arn:x' } },
      ];
    },
  ),
  edit('check VPN connections no more', 'ADM2[VpnSessions]', 'AWS::EC2::ClientVpnEndpoint', (p) => {
    delete p.ClientConnectOptions;
  }),
  edit('let VPN sessions last', 'ADM2[VpnSessions]', 'AWS::EC2::ClientVpnEndpoint', (p) => {
    delete p.SessionTimeoutHours;
  }),
  edit('record VPN connections no more', 'LOG1[SessionLogs]', 'AWS::EC2::ClientVpnEndpoint', (p) => {
    p.ConnectionLogOptions = { Enabled: false };
  }),
  edit('use the default group for the VPN', 'NET4[VpnEgress]', 'AWS::EC2::ClientVpnEndpoint', (p) => {
    delete p.SecurityGroupIds;
  }),
  ...(
    [
      ['the load balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', (p) => p.SecurityGroups],
      ['the tasks', 'AWS::ECS::Service', (p) => p.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups],
      ['the database', 'AWS::RDS::DBCluster', (p) => p.VpcSecurityGroupIds],
    ] as const satisfies readonly (readonly [string, string, (p: Json) => Json])[]
  ).map(([whose, type, groups]) =>
    mutation(`give VPN clients the group of ${whose}`, 'NET4[VpnEgress]', (mutant) => {
      const endpoint = mutant.one('AWS::EC2::ClientVpnEndpoint');
      endpoint.p.SecurityGroupIds = groups(mutant.one(type).p);
      return endpoint;
    }),
  ),
  ...(
    [
      ['any name', ['*']],
      ['every name of the domain', ['*.midori-tea.example.jp']],
      ['any name without saying so', undefined],
    ] as const
  ).map(([change, names]) =>
    edit(
      `serve the admin screens under ${change}`,
      'NET3[ListenerHosts]',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      (p) => {
        p.Conditions = names
          ? [{ Field: 'host-header', HostHeaderConfig: { Values: names } }]
          : [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }];
      },
      /kanri\.midori-tea/,
    ),
  ),
  mutation('authorize VPN clients to the data subnets', 'NET4[VpnAuthorization]', (mutant) => {
    const rule = mutant.one('AWS::EC2::ClientVpnAuthorizationRule');
    return mutant.add(rule, 'ToTheData', 'AWS::EC2::ClientVpnAuthorizationRule', {
      ...rule.p,
      TargetNetworkCidr: '10.0.0.0/8',
    });
  }),
  edit(
    'authorize VPN clients to everything',
    'NET4[VpnAuthorization]',
    'AWS::EC2::ClientVpnAuthorizationRule',
    (p) => {
      p.TargetNetworkCidr = '0.0.0.0/0';
    },
  ),
  mutation('let VPN clients out to the database', 'NET4[VpnEgress]', (mutant) => {
    const group = mutant
      .all('AWS::EC2::SecurityGroup')
      .find(({ stack }) => stack === mutant.one('AWS::EC2::ClientVpnEndpoint').stack);
    if (!group) throw new Error('the VPN has no group');
    return mutant.add(group, 'VpnToData', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': [group.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 3306,
      ToPort: 3306,
      CidrIp: '10.0.0.0/8',
    });
  }),
  edit('switch threat detection off', 'ALM1[Detection]', 'AWS::GuardDuty::Detector', (p) => {
    p.Enable = false;
  }),
  edit('copy backups nowhere', 'DAT1[BackupPlan]', 'AWS::Backup::BackupPlan', (p) => {
    for (const rule of p.BackupPlan.BackupPlanRule) delete rule.CopyActions;
  }),
  drop(
    'test restores no more',
    'DAT1[RestoreTested]',
    'AWS::Backup::RestoreTestingPlan',
    'AWS::Backup::BackupPlan',
  ),
  edit(
    'lose failed events',
    'ALM1[DeadLetters]',
    'AWS::Lambda::Function',
    (p) => {
      delete p.DeadLetterConfig;
    },
    /RotationFunction/,
  ),
  edit(
    'log a function to a group that nobody made',
    'LOG1[FunctionLogs]',
    'AWS::Lambda::Function',
    (p) => {
      delete p.LoggingConfig;
    },
    /RotationFunction/,
  ),
  edit(
    'record fewer sign-ins of the database',
    'LOG1[DatabaseAudit]',
    'AWS::RDS::DBClusterParameterGroup',
    (p) => {
      delete parameters(p).log_connections;
      delete parameters(p).server_audit_logging;
    },
  ),
  mutation('back up by no plan', 'DAT1[BackupSelection]', (mutant) => {
    const selection = mutant.one('AWS::Backup::BackupSelection');
    selection.p.BackupSelection.Resources = [];
    return selection;
  }),
  edit('forget what a key is for', 'DAT2[KeyClass]', 'AWS::KMS::Key', (_, { resource }) => {
    delete resource.Metadata['secure-shop:data-class'];
  }),
  mutation('make a user with a key that never changes', 'DAT2[NoUsers]', (mutant) =>
    mutant.add(mutant.one('AWS::KMS::Key'), 'Clerk', 'AWS::IAM::AccessKey', { UserName: 'clerk' }),
  ),
  mutation('let Secrets Manager call no rotation', 'SEC1[RotationPermission]', (mutant) => {
    for (const each of mutant.all('AWS::Lambda::Permission')) {
      if (each.p.Principal === 'secretsmanager.amazonaws.com') mutant.remove(each);
    }
    return mutant.one('AWS::SecretsManager::RotationSchedule');
  }),
  edit(
    'take the rotation out of the network',
    'SEC2[RotationNetwork]',
    'AWS::Lambda::Function',
    (p) => {
      delete p.VpcConfig;
    },
    /RotationFunction/,
  ),
  edit('hand out artifacts in clear text', 'PAT1[PipelineArtifacts]', 'AWS::CodePipeline::Pipeline', (p) => {
    delete p.ArtifactStore.EncryptionKey;
  }),
  edit(
    'name no admin paths',
    'ADM1[AdminPathsDeclared]',
    'AWS::WAFv2::WebACL',
    (_, { resource }) => {
      delete resource.Metadata['secure-shop:admin-paths'];
    },
    /"Scope":"CLOUDFRONT"/,
  ),
];

/** What each remaining rule is for, one mutation a rule. */
export const ruleMutations: readonly Mutation[] = [
  edit('start tasks in the default group', 'NET1[DefaultGroupUnused]', 'AWS::ECS::Service', (p) => {
    p.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups = [];
  }),
  mutation('let a function connect as if it were the shop', 'NET4[DatabaseLogins]', (mutant) => {
    const service = mutant.one('AWS::ECS::Service');
    const refresh = mutant.one('AWS::Lambda::Function', /^Refresh/);
    refresh.p.VpcConfig.SecurityGroupIds = service.p.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups;
    return refresh;
  }),
  mutation('let VPN clients reach the database', 'NET4[VpnReach]', (mutant) => {
    const everything = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
    mutant.one('AWS::EC2::SecurityGroup', /^VpnClients/).p.SecurityGroupEgress = [everything];
    mutant.one('AWS::EC2::SecurityGroup', /Database/).p.SecurityGroupIngress = [everything];
    mutant.one('AWS::EC2::ClientVpnAuthorizationRule').p.TargetNetworkCidr = '0.0.0.0/0';
    return mutant.one('AWS::EC2::ClientVpnEndpoint');
  }),
  mutation('authorize no group of the identity provider', 'ADM2[VpnGroups]', (mutant) => {
    mutant.one('AWS::EC2::ClientVpnEndpoint').p.AuthenticationOptions.push({
      Type: 'federated-authentication',
    });
    const rule = mutant.one('AWS::EC2::ClientVpnAuthorizationRule');
    delete rule.p.AuthorizeAllGroups;
    return rule;
  }),
  edit(
    'hand a container a secret in clear text',
    'SEC1[ContainerSecrets]',
    'AWS::ECS::TaskDefinition',
    (p) => {
      container(p).Secrets[0].ValueFrom = 'hunter2hunter2';
    },
  ),
  mutation('keep a secret that names no readers', 'SEC1[SecretReaders]', (mutant) =>
    mutant.add(mutant.one('AWS::SecretsManager::Secret'), 'Forgotten', 'AWS::SecretsManager::Secret', {}),
  ),
  edit('encrypt performance data with the key of AWS', 'DAT1[InsightsKey]', 'AWS::RDS::DBInstance', (p) => {
    delete p.PerformanceInsightsKMSKeyId;
  }),
  mutation('forget old versions of customer data after a day', 'DAT1[VersionsKept]', (mutant) =>
    mutant.add(
      mutant.one('AWS::KMS::Key'),
      'Uploads',
      'AWS::S3::Bucket',
      {
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
        },
      },
      { 'secure-shop:data-class': 'customer-data' },
    ),
  ),
  edit(
    'let whoever the account likes decrypt',
    'DAT2[KeyPolicy]',
    'AWS::KMS::Key',
    (p) => {
      delete p.KeyPolicy.Statement.find((each: Json) => each.Sid === 'AccountUsesKeyThroughServices')
        .Condition;
    },
    /^CustomerDataKey/,
  ),
  edit('let a role that nobody knows decrypt', 'DAT2[KeyPolicy]', 'AWS::KMS::Key', (p) => {
    p.KeyPolicy.Statement.push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/contractor' },
      Action: 'kms:Decrypt',
      Resource: '*',
    });
  }),
  edit('publish the build log', 'PAT1[BuildProject]', 'AWS::CodeBuild::Project', (p) => {
    p.Visibility = 'PUBLIC_READ';
  }),
  edit('stay on an old Fargate platform', 'PAT2[PlatformVersion]', 'AWS::ECS::Service', (p) => {
    p.PlatformVersion = '1.3.0';
  }),
  ...(['AMAZON_LINUX_2', undefined] as const).map((system) =>
    mutation(
      `patch hosts by a baseline for ${system ?? 'no named system'}`,
      'PAT2[HostPatches]',
      (mutant) => {
        const baseline = mutant.one('AWS::SSM::PatchBaseline');
        baseline.p.OperatingSystem = system;
        mutant.addParameter(baseline, 'NewestImage', {
          Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
          Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64',
        });
        mutant.add(baseline, 'PatchedHost', 'AWS::EC2::Instance', {
          ImageId: { Ref: 'NewestImage' },
          Tags: [{ Key: 'PatchGroup', Value: baseline.p.PatchGroups[0] }],
        });
        return baseline;
      },
    ),
  ),
  edit('switch the patch window off', 'PAT2[HostPatches]', 'AWS::SSM::MaintenanceWindow', (p) => {
    p.Enabled = false;
  }),
  mutation('record changes for nobody', 'LOG1[ConfigRecorder]', (mutant) =>
    mutant.add(mutant.one('AWS::CloudTrail::Trail'), 'Recorder', 'AWS::Config::ConfigurationRecorder', {}),
  ),
  mutation('take the tag by which a rule picks from a subnet', 'LOG1[ConfigRecorder]', (mutant) => {
    const trail = mutant.one('AWS::CloudTrail::Trail');
    mutant.add(trail, 'Delivery', 'AWS::Config::DeliveryChannel', { S3BucketName: trail.p.S3BucketName });
    mutant.add(trail, 'PublicSubnets', 'AWS::Config::ConfigRule', {
      Source: { Owner: 'AWS', SourceIdentifier: 'SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED' },
      Scope: { TagKey: 'secure-shop:shop' },
    });
    const subnet = mutant.one('AWS::EC2::Subnet');
    subnet.p.Tags = subnet.p.Tags.filter((tag: Json) => tag.Key !== 'secure-shop:shop');
    return mutant.add(trail, 'Recorder', 'AWS::Config::ConfigurationRecorder', {});
  }),
  mutation('record less than a rule asks about', 'LOG1[ConfigRecorder]', (mutant) => {
    const trail = mutant.one('AWS::CloudTrail::Trail');
    mutant.add(trail, 'Delivery', 'AWS::Config::DeliveryChannel', { S3BucketName: trail.p.S3BucketName });
    mutant.add(trail, 'PublicBuckets', 'AWS::Config::ConfigRule', {
      Source: { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED' },
      Scope: { ComplianceResourceTypes: ['AWS::S3::Bucket'] },
    });
    return mutant.add(trail, 'Recorder', 'AWS::Config::ConfigurationRecorder', {
      RecordingGroup: {
        ResourceTypes: ['AWS::EC2::Subnet'],
        RecordingStrategy: { UseOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
      },
    });
  }),
  ...(
    [
      ['turn a hub on that checks against no standard', []],
      [
        'switch a control of a standard off',
        ['arn:aws:securityhub:ap-northeast-1:111122223333:control/pci-dss/v/4.0.1/S3.1'],
      ],
    ] as const
  ).map(([change, off]) =>
    mutation(change, 'ALM1[HubChecks]', (mutant) => {
      const detector = mutant.one('AWS::GuardDuty::Detector');
      mutant.add(detector, 'Recorder', 'AWS::Config::ConfigurationRecorder', {});
      if (off.length > 0)
        mutant.add(detector, 'Standard', 'AWS::SecurityHub::Standard', {
          StandardsArn: 'arn:aws:securityhub:ap-northeast-1::standards/pci-dss/v/4.0.1',
          DisabledStandardsControls: off.map((StandardsControlArn) => ({ StandardsControlArn, Reason: '-' })),
        });
      return mutant.add(detector, 'Hub', 'AWS::SecurityHub::Hub', { EnableDefaultStandards: false });
    }),
  ),
  mutation('look through a recorder that is not there', 'ALM1[HubChecks]', (mutant) => {
    const detector = mutant.one('AWS::GuardDuty::Detector');
    mutant.add(detector, 'Standard', 'AWS::SecurityHub::Standard', {
      StandardsArn: 'arn:aws:securityhub:ap-northeast-1::standards/pci-dss/v/4.0.1',
    });
    return mutant.add(detector, 'Hub', 'AWS::SecurityHub::Hub', { EnableDefaultStandards: false });
  }),
  mutation('let every CloudFront distribution in', 'NET3[ListenerSources]', (mutant) => {
    const origin = mutant.one('AWS::EC2::SecurityGroupIngress', /FromVpcOrigin/);
    origin.p.SourcePrefixListId = 'pl-58a04531';
    delete origin.p.SourceSecurityGroupId;
    return mutant.one('AWS::ElasticLoadBalancingV2::LoadBalancer');
  }),
  edit(
    'forward what no rule names',
    'NET3[ListenerDefault]',
    'AWS::ElasticLoadBalancingV2::Listener',
    (p) => {
      p.DefaultActions = [
        { Type: 'forward', TargetGroupArn: 'arn:aws:elasticloadbalancing:x:1:targetgroup/x/1' },
      ];
    },
  ),
  edit(
    'open a group to everyone by IPv6',
    'NET4[OpenGroup]',
    'AWS::EC2::SecurityGroup',
    (p) => {
      p.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv6: '::/0' }];
    },
    /PublicListener/,
  ),
  mutation('open a group to everyone by a rule', 'NET4[OpenGroupRule]', (mutant) => {
    const group = mutant.one('AWS::EC2::SecurityGroup', /PublicListener/);
    return mutant.add(group, 'Everyone', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [group.id, 'GroupId'] },
      IpProtocol: '-1',
      CidrIp: '0.0.0.0/0',
    });
  }),
  mutation('let the rotation function call the tasks', 'NET4[TaskIngress]', (mutant) => {
    const tasks = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsShopTasks/);
    const rotation = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsRotation/);
    return mutant.add(tasks, 'Sideways', 'AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [tasks.id, 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [rotation.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
    });
  }),
  mutation('let the check of a new image reach the database too', 'NET4[TaskIngress]', (mutant) => {
    const check = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsSmokeCheck/);
    const database = mutant.one('AWS::EC2::SecurityGroup', /^SecurityGroupsDatabase/);
    return mutant.add(check, 'Bridge', 'AWS::EC2::SecurityGroupEgress', {
      GroupId: { 'Fn::GetAtt': [check.id, 'GroupId'] },
      DestinationSecurityGroupId: { 'Fn::GetAtt': [database.id, 'GroupId'] },
      IpProtocol: 'tcp',
      FromPort: 15432,
      ToPort: 15432,
    });
  }),
  mutation('forward by a header before admin paths are refused', 'ADM1[RuleOrder]', (mutant) => {
    const refusal = mutant.one('AWS::ElasticLoadBalancingV2::ListenerRule', /RefuseAdminPaths1/);
    return mutant.add(refusal, 'Friends', 'AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: refusal.p.ListenerArn,
      Priority: 0,
      Conditions: [
        { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-friend', Values: ['yes'] } },
      ],
      Actions: [{ Type: 'forward', TargetGroupArn: 'arn:aws:elasticloadbalancing:x:1:targetgroup/x/1' }],
    });
  }),
  mutation('start a host with a shared key', 'ADM2[HostAccess]', (mutant) =>
    mutant.add(mutant.one('AWS::EC2::VPC'), 'Host', 'AWS::EC2::Instance', { KeyName: 'office' }),
  ),
  mutation('hear nothing when the rotation fails', 'ALM1[FunctionWatched]', (mutant) => {
    mutant.remove(mutant.one('AWS::CloudWatch::Alarm', /^RotationFunctionErrors/));
    return mutant.one('AWS::Lambda::Function', /^RotationFunction/);
  }),
];

export const mutations: readonly Mutation[] = [
  ...ruleMutations,
  ...networkMutations,
  ...dataMutations,
  ...accessMutations,
  ...operationMutations,
  ...adminMutations,
  ...browserMutations,
  ...furtherMutations,
  ...controlMutations,
  ...declarationMutations,
  ...unheardMutations,
  ...propertyMutations,
  ...besideMutations,
  ...promiseMutations,
];
