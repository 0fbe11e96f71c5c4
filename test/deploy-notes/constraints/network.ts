import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, isObject, type Json, type JsonObject, list, object } from '../json.ts';
import { matches, statements } from '../policies.ts';

function first(environment: DeployedEnvironment, ...types: string[]): JsonObject | undefined {
  return resources(environment, ...types)[0]?.properties;
}

const internetGateway: Constraint = {
  id: 'internet-gateway-for-vpc-origin',
  says: 'the VPC of a VPC origin has an internet gateway attached',
  violations: (environment) =>
    resources(environment, 'AWS::CloudFront::VpcOrigin').length > 0 &&
    resources(environment, 'AWS::EC2::VPCGatewayAttachment').every(
      ({ properties }) => properties.InternetGatewayId === undefined,
    )
      ? [`${environment.name}: no internet gateway is attached`]
      : [],
  breakIn(environment) {
    const attachment = first(environment, 'AWS::EC2::VPCGatewayAttachment');
    if (attachment) delete attachment.InternetGatewayId;
    return attachment !== undefined;
  },
};

const subnetRoom: Constraint = {
  id: 'subnet-room',
  says: 'every group of subnets has one in three zones, used or not, so that another tier moves none',
  violations: (environment) => {
    const zones = new Map<string, Set<string>>();
    for (const { stack, properties } of resources(environment, 'AWS::EC2::Subnet')) {
      const tag = list(properties.Tags).find((each) => at(each, 'Key') === 'aws-cdk:subnet-name');
      const group = String(at(tag, 'Value'));
      const zone = text(environment, stack, properties.AvailabilityZone);
      zones.set(group, (zones.get(group) ?? new Set()).add(zone));
    }
    return [...zones]
      .filter(([, { size }]) => size !== 3)
      .map(([group, { size }]) => `${environment.name}: ${group} subnets in ${size} zones`);
  },
  breakIn(environment) {
    const [subnet] = resources(environment, 'AWS::EC2::Subnet');
    if (subnet) delete object(subnet.stack.template.Resources)[subnet.id];
    return subnet !== undefined;
  },
};

function zonesOf(environment: DeployedEnvironment, stack: Resource['stack'], subnets: Json): string[] {
  return list(subnets).map((subnet) => {
    const found = target(environment, stack, subnet);
    return found ? text(environment, found.stack, found.properties.AvailabilityZone) : '';
  });
}

const natZones: Constraint = {
  id: 'nat-zones',
  says: 'what opens connections stands in subnets with a way out, and a gateway in manual mode serves their zones',
  violations: (environment) => {
    const served = resources(environment, 'AWS::EC2::NatGateway').flatMap(({ stack, properties }) =>
      list(properties.AvailabilityZoneAddresses).map((each) =>
        text(environment, stack, at(each, 'AvailabilityZone')),
      ),
    );
    if (served.length === 0) return [];
    const used = [
      ...resources(environment, 'AWS::ECS::Service').map((each) => ({
        each,
        subnets: at(each.properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'),
      })),
      ...resources(environment, 'AWS::Lambda::Function').map((each) => ({
        each,
        subnets: at(each.properties, 'VpcConfig', 'SubnetIds'),
      })),
    ];
    return used.flatMap(({ each, subnets }) =>
      zonesOf(environment, each.stack, subnets)
        .filter((zone) => !served.includes(zone))
        .map((zone) => `${label(each)}: stands in ${zone}`),
    );
  },
  breakIn(environment) {
    const gateway = resources(environment, 'AWS::EC2::NatGateway').find(
      ({ properties }) => list(properties.AvailabilityZoneAddresses).length > 0,
    );
    const [first] = list(gateway?.properties.AvailabilityZoneAddresses);
    if (isObject(first)) first.AvailabilityZone = 'ap-northeast-1z';
    return isObject(first);
  },
};

const natAfterInterfaces: Constraint = {
  id: 'nat-after-interfaces',
  says: 'a regional NAT gateway is made after network interfaces that it can find',
  violations: (environment) =>
    resources(environment, 'AWS::EC2::NatGateway')
      .filter(
        ({ stack, dependsOn }) =>
          !resources(environment, 'AWS::EC2::VPCEndpoint').some(
            (endpoint) =>
              endpoint.stack.name === stack.name &&
              endpoint.properties.VpcEndpointType === 'Interface' &&
              dependsOn.includes(endpoint.id),
          ),
      )
      .map((nat) => `${label(nat)}: waits for no interface`),
  breakIn(environment) {
    const [nat] = resources(environment, 'AWS::EC2::NatGateway');
    if (nat) nat.declaration.DependsOn = [];
    return nat !== undefined;
  },
};

const subnetSizes: Constraint = {
  id: 'subnet-sizes',
  says: 'every subnet is a /27 or larger',
  violations: (environment) =>
    resources(environment, 'AWS::EC2::Subnet')
      .filter(
        (subnet) => Number(text(environment, subnet.stack, subnet.properties.CidrBlock).split('/')[1]) > 27,
      )
      .map((subnet) => `${label(subnet)}: ${subnet.properties.CidrBlock}`),
  breakIn(environment) {
    const subnet = first(environment, 'AWS::EC2::Subnet');
    if (subnet) subnet.CidrBlock = '10.0.0.0/28';
    return subnet !== undefined;
  },
};

interface FirewallRule {
  readonly group: Resource;
  readonly rule: JsonObject;
  readonly domains: string[];
}

/** The rules of every rule group in the order in which they are tried. */
function firewallRules(environment: DeployedEnvironment): FirewallRule[] {
  return resources(environment, 'AWS::Route53Resolver::FirewallRuleGroup').flatMap((group) =>
    list(group.properties.FirewallRules)
      .filter(isObject)
      .sort((one, other) => Number(one.Priority) - Number(other.Priority))
      .map((rule) => ({ group, rule, domains: domainsOf(environment, group, rule) })),
  );
}

function domainsOf(environment: DeployedEnvironment, group: Resource, rule: JsonObject): string[] {
  const found = target(environment, group.stack, rule.FirewallDomainListId);
  return found ? list(found.properties.Domains).map((domain) => text(environment, found.stack, domain)) : [];
}

/** Lists of what is let out. */
function allowedDomains(environment: DeployedEnvironment): string[] {
  return firewallRules(environment)
    .filter(({ rule }) => rule.Action === 'ALLOW')
    .flatMap(({ domains }) => domains);
}

function allows(domains: readonly string[], name: string): boolean {
  return domains.some((domain) => matches(domain, name));
}

/** Changes the list of allowed domains. */
function changeAllowed(environment: DeployedEnvironment, change: (domains: string[]) => string[]): boolean {
  const allowing = firewallRules(environment).find(({ rule }) => rule.Action === 'ALLOW');
  const found = allowing && target(environment, allowing.group.stack, allowing.rule.FirewallDomainListId);
  if (found) found.properties.Domains = change(allowing.domains);
  return found !== undefined;
}

const lastRuleBlocks: Constraint = {
  id: 'dns-last-rule-blocks',
  says: 'a name on no list is not answered',
  violations: (environment) =>
    resources(environment, 'AWS::Route53Resolver::FirewallRuleGroup').flatMap((group) => {
      const last = firewallRules(environment)
        .filter((rule) => rule.group.id === group.id)
        .at(-1);
      return last?.rule.Action === 'BLOCK' && last.domains.includes('*')
        ? []
        : [`${label(group)}: the last rule lets through`];
    }),
  breakIn(environment) {
    const group = first(environment, 'AWS::Route53Resolver::FirewallRuleGroup');
    if (group)
      group.FirewallRules = list(group.FirewallRules).filter((rule) => at(rule, 'Action') !== 'BLOCK');
    return group !== undefined;
  },
};

const trustsRedirection: Constraint = {
  id: 'dns-trusts-redirection',
  says: 'an allowed name may be an alias of another one',
  violations: (environment) =>
    firewallRules(environment)
      .filter(
        ({ rule }) =>
          rule.Action === 'ALLOW' && rule.FirewallDomainRedirectionAction !== 'TRUST_REDIRECTION_DOMAIN',
      )
      .map(({ group, rule }) => `${label(group)}: rule ${rule.Priority} inspects the whole chain`),
  breakIn(environment) {
    const allowing = firewallRules(environment).find(({ rule }) => rule.Action === 'ALLOW');
    if (allowing) delete allowing.rule.FirewallDomainRedirectionAction;
    return allowing !== undefined;
  },
};

const notAllOfAws: Constraint = {
  id: 'dns-not-all-of-aws',
  says: 'no name under which any customer of AWS can receive data is let out',
  violations(environment) {
    const domains = allowedDomains(environment);
    return environment.stacks
      .filter(
        ({ region }) =>
          region !== 'us-east-1' || environment.stacks.every((stack) => stack.region === region),
      )
      .slice(0, 1)
      .flatMap(({ region }) =>
        [
          `stranger.s3.${region}.amazonaws.com`,
          'stranger.s3.amazonaws.com',
          `abc123.execute-api.${region}.amazonaws.com`,
          `stranger.lambda-url.${region}.on.aws`,
          'd111111abcdef8.cloudfront.net',
          `kinesis.${region}.amazonaws.com`,
        ]
          .filter((name) => allows(domains, name))
          .map((name) => `${environment.name}: ${name} is let out`),
      );
  },
  breakIn: (environment) => changeAllowed(environment, (domains) => [...domains, '*.amazonaws.com']),
};

function homeRegion(environment: DeployedEnvironment): string {
  return resources(environment, 'AWS::EC2::VPC')[0]?.stack.region ?? '';
}

/** Names tasks and functions look up, by what the environment holds. */
function namesInUse(environment: DeployedEnvironment): string[] {
  const region = homeRegion(environment);
  const has = (type: string) => resources(environment, type).length > 0;
  return [
    ...(has('AWS::ECS::Service')
      ? [
          `api.ecr.${region}.amazonaws.com`,
          `111122223333.dkr.ecr.${region}.amazonaws.com`,
          `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`,
          `logs.${region}.amazonaws.com`,
          `ssm.${region}.amazonaws.com`,
        ]
      : []),
    ...(has('AWS::RDS::DBCluster') ? [`shop.cluster-abc123.${region}.rds.amazonaws.com`] : []),
    ...(has('AWS::EFS::FileSystem') ? [`fs-0123456789abcdef0.efs.${region}.amazonaws.com`] : []),
    ...(has('AWS::SecretsManager::Secret') ? [`secretsmanager.${region}.amazonaws.com`] : []),
  ];
}

const dnsNamesInUse: Constraint = {
  id: 'dns-names-in-use',
  says: 'the DNS firewall answers every name of AWS the shop itself looks up',
  violations(environment) {
    const domains = allowedDomains(environment);
    return namesInUse(environment)
      .filter((name) => !allows(domains, name))
      .map((name) => `${environment.name}: ${name} is blocked`);
  },
  breakIn: (environment) =>
    changeAllowed(environment, (domains) => domains.filter((domain) => !domain.includes('.ecr.'))),
};

const s3EndpointLayers: Constraint = {
  id: 's3-endpoint-layers',
  says: 'image layers pass the S3 endpoint',
  violations: (environment) =>
    resources(environment, 'AWS::EC2::VPCEndpoint')
      .filter(
        ({ stack, properties }) =>
          text(environment, stack, properties.ServiceName).endsWith('.s3') &&
          properties.PolicyDocument !== undefined,
      )
      .filter(
        ({ stack, properties }) =>
          !statements(environment, stack, properties.PolicyDocument).some(
            (statement) =>
              statement.allows &&
              statement.actions.some((action) => matches(action, 's3:GetObject')) &&
              statement.resources.some((resource) =>
                matches(resource, `arn:aws:s3:::prod-${stack.region}-starport-layer-bucket/layer`),
              ) &&
              statement.conditions.length === 0,
          ),
      )
      .map((endpoint) => `${label(endpoint)}: image layers do not pass`),
  breakIn(environment) {
    for (const { properties } of resources(environment, 'AWS::EC2::VPCEndpoint')) {
      if (!JSON.stringify(properties).includes('starport')) continue;
      const policy = object(properties.PolicyDocument);
      policy.Statement = list(policy.Statement).filter(
        (statement) => !JSON.stringify(statement).includes('starport'),
      );
      return true;
    }
    return false;
  },
};

export const network: Constraint[] = [
  internetGateway,
  natAfterInterfaces,
  natZones,
  subnetRoom,
  subnetSizes,
  lastRuleBlocks,
  trustsRedirection,
  notAllOfAws,
  dnsNamesInUse,
  s3EndpointLayers,
];
