import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  everyOfType,
  exampleEnvironment,
  exampleFiles,
  resourcesOfType,
  type SynthesizedEnvironment,
  templateOf,
} from '../../support/synthesize.ts';

interface GroupRule {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
}

/** Every rule of a direction in the environment, in a group's own resource or apart. */
function rules(environment: SynthesizedEnvironment, direction: 'Ingress' | 'Egress'): GroupRule[] {
  const inline = Object.values(resourcesOfType(environment, 'AWS::EC2::SecurityGroup')).flatMap(
    ({ Properties }) => (Properties[`SecurityGroup${direction}`] ?? []) as GroupRule[],
  );
  const apart = Object.values(resourcesOfType(environment, `AWS::EC2::SecurityGroup${direction}`)).map(
    ({ Properties }) => Properties as unknown as GroupRule,
  );
  return [...inline, ...apart];
}

describe.each(exampleFiles)('the network of %s', (file) => {
  it('has no public subnet and no route to an internet gateway (NET1)', async () => {
    const environment = await exampleEnvironment(file);
    const subnets = Object.values(resourcesOfType(environment, 'AWS::EC2::Subnet'));
    expect(subnets.length).toBeGreaterThanOrEqual(4);
    for (const { Properties } of subnets) expect(Properties.MapPublicIpOnLaunch).toBe(false);
    for (const { Properties } of everyOfType(environment, 'AWS::EC2::Route')) {
      expect(Properties).not.toHaveProperty('GatewayId');
    }
    const nats = JSON.stringify(resourcesOfType(environment, 'AWS::EC2::NatGateway'));
    for (const id of Object.keys(resourcesOfType(environment, 'AWS::EC2::EIP'))) {
      expect(nats).toContain(id.split('/')[1]);
    }
  });

  it('opens no group to addresses, only to other groups (NET3, NET4)', async () => {
    const environment = await exampleEnvironment(file);
    const byAddress = rules(environment, 'Ingress').filter((rule) => rule.CidrIp !== undefined);
    expect(byAddress).toEqual([]);
  });

  it('leaves no group with the rule that lets everything out', async () => {
    const environment = await exampleEnvironment(file);
    for (const { Properties } of everyOfType(environment, 'AWS::EC2::SecurityGroup')) {
      const egress = (Properties.SecurityGroupEgress ?? []) as GroupRule[];
      expect(egress, JSON.stringify(Properties.GroupDescription)).not.toEqual([]);
    }
    const outward = rules(environment, 'Egress').filter((rule) => rule.CidrIp === '0.0.0.0/0');
    for (const rule of outward) expect(rule.IpProtocol).toBe('tcp');
    expect(outward.every((rule) => [443, 465, 587, 2465, 2587].includes(rule.FromPort ?? 0))).toBe(true);
  });

  it('writes every port as a number that starts and ends in the same place', async () => {
    const environment = await exampleEnvironment(file);
    for (const rule of rules(environment, 'Ingress')) {
      expect(rule.FromPort).toBeTypeOf('number');
      expect(rule.ToPort).toBe(rule.FromPort);
    }
  });

  it('answers allow-listed names only (NET5)', async () => {
    const environment = await exampleEnvironment(file);
    const [group] = Object.values(resourcesOfType(environment, 'AWS::Route53Resolver::FirewallRuleGroup'));
    const firewallRules = (group?.Properties.FirewallRules ?? []) as { Priority: number; Action: string }[];
    const actions = firewallRules.sort((a, b) => a.Priority - b.Priority).map(({ Action }) => Action);
    expect(actions).toEqual(['ALLOW', 'BLOCK']);
    const lists = Object.values(resourcesOfType(environment, 'AWS::Route53Resolver::FirewallDomainList')).map(
      ({ Properties }) => Properties.Domains as string[],
    );
    const allowed = lists.find((domains) => !domains.includes('*')) ?? [];
    expect(allowed).not.toContain('*.amazonaws.com');
    expect(allowed.filter((domain) => domain.split('.').length < 3 && domain.startsWith('*'))).toEqual([]);
  });

  it('tells a person when somebody lets the DNS firewall fail open, or takes it away (NET5, ALM1)', async () => {
    const environment = await exampleEnvironment(file);
    templateOf(environment, 'Network').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.route53resolver'],
        detail: { eventName: Match.arrayWith(['UpdateFirewallConfig', 'DisassociateFirewallRuleGroup']) },
      },
      Targets: [Match.objectLike({ Arn: Match.anyValue() })],
    });
  });

  it('keeps flow logs of all traffic, encrypted, for a year or more (LOG1)', async () => {
    const environment = await exampleEnvironment(file);
    templateOf(environment, 'Network').hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL' });
    for (const { Properties } of everyOfType(environment, 'AWS::Logs::LogGroup')) {
      expect(Properties.KmsKeyId).toBeDefined();
      expect(Properties.RetentionInDays).toBeGreaterThanOrEqual(365);
    }
  });
});

it('lets the shop call its own payment provider and no other', async () => {
  const stripe = await exampleEnvironment('examples/custom-high-availability.ts');
  const gmo = await exampleEnvironment('examples/eccube-standard.ts');
  const allowed = (environment: SynthesizedEnvironment) =>
    JSON.stringify(resourcesOfType(environment, 'AWS::Route53Resolver::FirewallDomainList'));
  expect(allowed(stripe)).toContain('api.stripe.com');
  expect(allowed(gmo)).not.toContain('stripe.com');
  expect(allowed(gmo)).toContain('mul-pay.jp');
});
