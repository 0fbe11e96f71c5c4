import { CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { runPacks } from '../../../lib/checks/packs/index.ts';
import { openOutcomes } from '../../../lib/checks/recorder/row.ts';
import type { ConnectionRules } from '../../../lib/environment/admin/connection-handler/decision.ts';
import { type AdminApp, adminApp, adminSettings, certificateArn } from './support/admin-app.ts';
import { account, region } from './support/shop.ts';

const samlProviderArn = `arn:aws:iam::${account}:saml-provider/Staff`;

/** The logical id of the only resource of a type whose properties match. */
function only(template: Template, type: string, properties: unknown = {}): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }));
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

/**
 * What the templates must say for the invariants to hold. Each is run on the stack as it is, and on the stack broken
 * on purpose, where it must fail.
 */
const invariants = {
  'NET3: the admin listener lets in VPN clients, on its own port, and nobody else': (template: Template) => {
    const clients = only(template, 'AWS::EC2::SecurityGroup');
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        SourceSecurityGroupId: { 'Fn::GetAtt': [clients, 'GroupId'] },
        IpProtocol: 'tcp',
        FromPort: 8443,
        ToPort: 8443,
      }),
    ]);
    expect(JSON.stringify(rules)).toMatch(/SecurityGroupsAdminListener/);
  },
  'NET3: the admin listener serves the admin host only, over TLS': (template: Template) => {
    template.allResourcesProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 8443,
      Protocol: 'HTTPS',
      SslPolicy: Match.stringLikeRegexp('^ELBSecurityPolicy-TLS13-1-2-Res-'),
      DefaultActions: [
        { Type: 'fixed-response', FixedResponseConfig: Match.objectLike({ StatusCode: '403' }) },
      ],
    });
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Conditions: [
        {
          Field: 'host-header',
          HostHeaderConfig: {
            Values: ['admin.hana-candles.example.jp', 'admin.hana-candles.example.jp?8443'],
          },
        },
      ],
    });
  },
  'NET4: VPN clients get out to the admin listener and nowhere else': (template: Template) => {
    const clients = only(template, 'AWS::EC2::SecurityGroup');
    // An inline rule to nowhere keeps EC2 from adding one to everywhere.
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress'));
    expect(rules.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        GroupId: { 'Fn::GetAtt': [clients, 'GroupId'] },
        IpProtocol: 'tcp',
        FromPort: 8443,
        ToPort: 8443,
      }),
    ]);
    expect(JSON.stringify(rules)).toMatch(/SecurityGroupsAdminListener/);
    template.hasResourceProperties('AWS::EC2::ClientVpnEndpoint', {
      SecurityGroupIds: [{ 'Fn::GetAtt': [clients, 'GroupId'] }],
    });
  },
  'NET4: nobody is authorized to more than the subnets of the listener and the resolver': (
    template: Template,
  ) => {
    const rules = Object.values(template.findResources('AWS::EC2::ClientVpnAuthorizationRule'));
    expect(rules.map(({ Properties }) => Properties.TargetNetworkCidr).sort()).toEqual([
      '10.20.0.0/19',
      '10.20.0.2/32',
      '10.20.32.0/19',
    ]);
    template.resourceCountIs('AWS::EC2::ClientVpnRoute', 0);
    template.hasResourceProperties('AWS::EC2::ClientVpnEndpoint', {
      SplitTunnel: true,
      ClientRouteEnforcementOptions: { Enforced: true },
    });
  },
  'ADM2: a client needs a certificate of the authority': (template: Template) => {
    template.allResourcesProperties('AWS::EC2::ClientVpnEndpoint', {
      ServerCertificateArn: certificateArn,
      AuthenticationOptions: Match.arrayWith([
        {
          Type: 'certificate-authentication',
          MutualAuthentication: { ClientRootCertificateChainArn: certificateArn },
        },
      ]),
      SelfServicePortal: 'disabled',
    });
  },
  'ADM2: the handler is asked about every connection, and sessions end': (template: Template) => {
    const handler = only(template, 'AWS::Lambda::Function', {
      FunctionName: Match.stringLikeRegexp('^AWSClientVPN-'),
    });
    template.allResourcesProperties('AWS::EC2::ClientVpnEndpoint', {
      ClientConnectOptions: { Enabled: true, LambdaFunctionArn: { 'Fn::GetAtt': [handler, 'Arn'] } },
      SessionTimeoutHours: 8,
      DisconnectOnSessionTimeout: true,
    });
  },
  'LOG1: every connection is recorded, encrypted, and kept': (template: Template) => {
    const [endpoint] = Object.values(template.findResources('AWS::EC2::ClientVpnEndpoint'));
    const { Enabled, CloudwatchLogGroup } = endpoint?.Properties.ConnectionLogOptions ?? {};
    expect(Enabled).toBe(true);
    const groups = template.findResources('AWS::Logs::LogGroup');
    expect(groups[CloudwatchLogGroup.Ref]?.DeletionPolicy).toBe('RetainExceptOnCreate');
    template.allResourcesProperties('AWS::Logs::LogGroup', {
      KmsKeyId: Match.anyValue(),
      RetentionInDays: 400,
    });
  },
} satisfies Record<string, (template: Template) => void>;

type Invariant = keyof typeof invariants;

/** One way to break each invariant, as a careless change would. */
const mutations: Record<Invariant, (admin: Stack) => void> = {
  'NET3: the admin listener lets in VPN clients, on its own port, and nobody else': (admin) =>
    override(admin, 'AWS::EC2::SecurityGroupIngress', {
      SourceSecurityGroupId: undefined,
      CidrIp: '10.20.0.0/16',
    }),
  'NET3: the admin listener serves the admin host only, over TLS': (admin) =>
    override(admin, 'AWS::ElasticLoadBalancingV2::Listener', {
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'the shop' }],
    }),
  'NET4: VPN clients get out to the admin listener and nowhere else': (admin) =>
    override(admin, 'AWS::EC2::SecurityGroup', { SecurityGroupEgress: undefined }),
  'NET4: nobody is authorized to more than the subnets of the listener and the resolver': (admin) => {
    const vpn = admin.node.findChild('Vpn').node.findChild('Endpoint') as ec2.ClientVpnEndpoint;
    vpn.addAuthorizationRule('Everything', { cidr: '10.20.0.0/16' });
  },
  'ADM2: a client needs a certificate of the authority': (admin) =>
    override(admin, 'AWS::EC2::ClientVpnEndpoint', {
      AuthenticationOptions: [
        { Type: 'federated-authentication', FederatedAuthentication: { SAMLProviderArn: samlProviderArn } },
      ],
    }),
  'ADM2: the handler is asked about every connection, and sessions end': (admin) =>
    override(admin, 'AWS::EC2::ClientVpnEndpoint', { ClientConnectOptions: { Enabled: false } }),
  'LOG1: every connection is recorded, encrypted, and kept': (admin) =>
    override(admin, 'AWS::Logs::LogGroup', { RetentionInDays: 30 }),
};

function override(admin: Stack, type: string, properties: Record<string, unknown>): void {
  const found = admin.node.findAll().filter(CfnResource.isCfnResource);
  const resources = found.filter(({ cfnResourceType }) => cfnResourceType === type);
  expect(resources).not.toHaveLength(0);
  for (const resource of resources) {
    for (const [name, value] of Object.entries(properties)) resource.addPropertyOverride(name, value);
  }
}

describe('the admin stack', () => {
  const sound = adminApp();
  const template = sound.template();

  describe.each(Object.keys(invariants) as Invariant[])('%s', (name) => {
    it('holds', () => {
      invariants[name](template);
    });

    it('is seen to be broken when it is', () => {
      const broken = adminApp();
      mutations[name](broken.admin);
      expect(() => invariants[name](broken.template())).toThrow();
    });
  });

  it("satisfies the shop's own rules on the VPN and the listener, which see it broken too", () => {
    const review = (app: AdminApp) => {
      const stacks = app.app.node.findAll().filter(Stack.isStack);
      const rows = checkTemplates(
        stacks.map((stack) => ({
          name: stack.node.id,
          template: Template.fromStack(stack).toJSON(),
          region,
          account,
        })),
      ).rows;
      return rows.filter(
        ({ outcome, resource }) => outcome === 'non-compliant' && resource.stack === 'Admin',
      );
    };
    expect(review(adminApp())).toEqual([]);
    const broken = adminApp();
    override(broken.admin, 'AWS::EC2::SecurityGroupEgress', { FromPort: 22, ToPort: 22 });
    expect(review(broken).map(({ rule }) => rule)).toContain('SecureShop-NET4[VpnEgress]');
  });

  it('leaves no pack of cdk-nag a finding', () => {
    const { admin, template: synthesized } = adminApp(adminSettings({ certificateArn, samlProviderArn }));
    synthesized();
    const recorder = runPacks(admin, {
      packs: ['AwsSolutions', 'NIST.800.53.R5', 'PCI.DSS.321', 'HIPAA.Security'],
    });
    const rows = recorder.rows;
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ outcome }) => openOutcomes.has(outcome) || outcome === 'acknowledged')).toEqual([]);
  });

  it('asks for single sign-on besides the certificate when configured, of the same person', () => {
    const federated = adminApp(adminSettings({ certificateArn, samlProviderArn })).template();
    federated.hasResourceProperties('AWS::EC2::ClientVpnEndpoint', {
      AuthenticationOptions: [
        Match.objectLike({ Type: 'certificate-authentication' }),
        Match.objectLike({
          Type: 'federated-authentication',
          FederatedAuthentication: { SAMLProviderArn: samlProviderArn },
        }),
      ],
    });
    expect(rulesOf(federated)).toMatchObject({
      singleSignOn: true,
      people: [
        { name: 'hana', email: 'hana@example.jp' },
        { name: 'ken', email: 'ken@example.jp' },
      ],
    });
    // Without it, nobody needs the addresses.
    expect(rulesOf(template).people).toEqual([{ name: 'hana' }, { name: 'ken' }]);
  });

  it('lets the handler read the register of the people in the config, and nothing else of AWS', () => {
    const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ([id, each]) => (id.startsWith('ConnectionHandler') ? [each] : []),
    );
    const statements = policy?.Properties.PolicyDocument.Statement as { Action: string; Resource: unknown }[];
    expect(statements.flatMap(({ Action }) => Action)).toEqual([
      'kms:Decrypt', // its own settings
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sns:Publish',
      'ssm:GetParametersByPath',
    ]);
    const folder = `arn:aws:ssm:${region}:${account}:parameter/secure-shop/hana-candles/production/vpn/certificates`;
    expect(statements.at(-1)?.Resource).toEqual([`${folder}/hana`, `${folder}/ken`]);
  });

  it('rings before the revocation list or the server certificate expires, and when the handler cannot decide', () => {
    const topic = { AlarmActions: [Match.anyValue()] };
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...topic,
      Namespace: 'AWS/ClientVPN',
      MetricName: 'CrlDaysToExpiry',
      Threshold: 30,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...topic,
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: certificateArn }],
      Threshold: 45,
    });
    template.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '"could not decide"' });
    for (const alarm of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
      expect(alarm.Properties.AlarmActions).toHaveLength(1);
    }
  });

  it('knows the address of the admin host in the VPC only', () => {
    template.hasResourceProperties('AWS::Route53::HostedZone', {
      Name: 'admin.hana-candles.example.jp.',
      VPCs: [Match.anyValue()],
    });
    template.hasResourceProperties('AWS::EC2::ClientVpnEndpoint', { DnsServers: ['10.20.0.2'] });
  });

  it.each([
    ['starter', 1],
    ['standard', 1],
    ['high-availability', 2],
  ])('attaches the VPN of tier %s to no zone, and its door may to %i', (tier, zones) => {
    const { template: tierTemplate } = adminApp({ ...adminSettings(), tier });
    tierTemplate().resourceCountIs('AWS::EC2::ClientVpnTargetNetworkAssociation', 0);
    const [door] = Object.values(tierTemplate().findResources('Custom::VpnDoor'));
    expect(door?.Properties.SubnetIds).toHaveLength(zones);
  });

  it('lets the door attach this endpoint to its own subnet, with the group of clients, and set one schedule', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
    const statements = policies
      .filter(([id]) => id.startsWith('VpnDoorFunction'))
      .flatMap(
        ([, { Properties }]) => Properties.PolicyDocument.Statement as { Sid?: string; Resource: unknown }[],
      );
    const resourcesOf = (sid: string) => JSON.stringify(statements.find(({ Sid }) => Sid === sid)?.Resource);
    expect(resourcesOf('AttachAndTakeOff')).toMatch(/client-vpn-endpoint\/",\{"Ref":"VpnEndpoint/);
    expect(resourcesOf('TheseSubnets')?.match(/subnet\//g)).toHaveLength(1);
    expect(resourcesOf('WithTheGroupOfClients')).toContain('VpnClients');
    expect(resourcesOf('OneSchedule')).toMatch(/:schedule\/default\/hana-candles-production-vpn-door"/);
    expect(JSON.stringify(statements)).not.toMatch(/"Resource":"\*"/);
  });

  it('has a runbook with no rights of its own, which says who asks', () => {
    const [runbook] = Object.values(template.findResources('AWS::SSM::Document'));
    expect(runbook?.Properties).toMatchObject({
      Name: 'hana-candles-production-vpn',
      DocumentType: 'Automation',
    });
    const { content } = { content: runbook?.Properties.Content };
    expect(content.assumeRole).toBeUndefined();
    expect(content.mainSteps[0].inputs).toEqual({ Service: 'sts', Api: 'GetCallerIdentity' });
    for (const step of content.mainSteps.slice(2))
      expect(step.inputs.InputPayload.by).toBe('{{ whoAsks.Arn }}');
  });

  it('looks at the door every five minutes, and says once a day who opened it', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(5 minutes)',
      Targets: [Match.objectLike({ Input: '{"action":"watch"}' })],
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 0 * * ? *)',
      Targets: [Match.objectLike({ Input: '{"action":"word"}' })],
    });
  });

  it('has no way in at all until the config names a certificate, and says so', () => {
    const { admin, template: closed } = adminApp(adminSettings({}));
    for (const type of [
      'AWS::EC2::ClientVpnEndpoint',
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::EC2::SecurityGroupIngress',
    ]) {
      closed().resourceCountIs(type, 0);
    }
    closed().hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/secure-shop/hana-candles/production/vpn/credentials-key',
    });
    Annotations.fromStack(admin).hasInfo('*', Match.stringLikeRegexp('run "secure-shop vpn init"'));
  });
});

function rulesOf(template: Template): ConnectionRules {
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
  return JSON.parse(handler?.Properties.Environment.Variables.RULES);
}
