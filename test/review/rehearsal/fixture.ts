import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { answerOfListener } from '../../../lib/checks/model/requests/load-balancer.ts';
import { parseRequest, parseTarget, type WireRequest } from '../../../lib/checks/model/requests/request.ts';
import { answerOfWebAcl } from '../../../lib/checks/model/requests/web-acl.ts';
import { EnvironmentGraph, type TemplateInput } from '../../../lib/checks/model/templates.ts';
import { parseShop, type Shop, type ShopInput } from '../../../lib/config/index.ts';
import { ports, ShopSecurityGroups } from '../../../lib/environment/network/security-groups.ts';
import { addPublicListenerRules } from '../../../lib/environment/perimeter/listener-rules.ts';
import { PerimeterStack } from '../../../lib/environment/perimeter/stack.ts';
import { ShopEdge } from '../../../lib/environment/storefront/edge.ts';
import { ShopLoadBalancer } from '../../../lib/environment/storefront/load-balancer.ts';
import { RegionalWebAcl } from '../../../lib/environment/storefront/regional-web-acl.ts';
import { type RehearsalEnvironment, Rehearser } from '../../../lib/review/rehearsal/rehearse.ts';

export type EnvironmentInput = ShopInput['environments'][string];

export const environmentInput: EnvironmentInput = {
  account: '111122223333',
  region: 'ap-northeast-1',
  domain: 'shop.example.jp',
  aliases: ['www.shop.example.jp'],
  hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.jp' },
  alarms: { emails: ['owner@example.jp'] },
  admin: { people: [{ name: 'hana', email: 'hana@example.jp' }] },
  mail: 'none',
};

/** A back office of its own making, for what the presets do not have. */
export const customPlatform: ShopInput['platform'] = {
  preset: 'custom',
  engine: 'postgresql',
  port: 8080,
  healthPath: '/healthz',
  buildContext: '.',
  adminPaths: ['/staff/back.office', '/admin'],
  publicPaths: ['/admin/status'],
  loginPaths: ['/login'],
  checkoutPaths: ['/checkout'],
  uploadPaths: ['/reviews/photos'],
};

export function shopWith(platform: ShopInput['platform'], environment: Partial<EnvironmentInput> = {}): Shop {
  return parseShop({
    name: 'hana-candles',
    platform,
    payment: { provider: 'stripe' },
    environments: { production: { ...environmentInput, ...environment } },
  });
}

/** The way of a request through one environment: perimeter, CloudFront, load balancer, VPN. */
export function synthesizeWay(shop: Shop): RehearsalEnvironment {
  const assembly = synthesizeAssembly(shop);
  const templates = assembly.stacks.map((stack) => ({
    name: stack.stackName,
    template: stack.template as unknown,
    region: stack.environment.region,
    account: stack.environment.account,
  }));
  rmSync(assembly.directory, { recursive: true, force: true });
  return { name: 'production', templates };
}

/** The same as a cloud assembly in a temporary folder. */
export function synthesizeAssembly(shop: Shop): CloudAssembly {
  const environment = shop.environments.production;
  if (!environment) throw new Error('the shop has no production environment');
  const app = new App({ analyticsReporting: false });
  const { account, region } = environment;

  const perimeter = new PerimeterStack(app, 'Perimeter', {
    shop,
    environment,
    env: { account, region: 'us-east-1' },
    crossRegionReferences: true,
  });
  const home = new Stack(app, 'Home', { env: { account, region }, crossRegionReferences: true });
  const vpc = new ec2.Vpc(home, 'Vpc', {
    availabilityZones: environment.network.availabilityZones,
    subnetConfiguration: [{ name: 'app', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
  });
  const securityGroups = new ShopSecurityGroups(home, 'Groups', { vpc, containerPort: shop.platform.port });
  const { platform } = shop;
  const accessLogs = new s3.Bucket(home, 'AccessLogs', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER });
  const { loadBalancer, publicListener, targetGroup } = new ShopLoadBalancer(home, 'Front', {
    environment,
    platform,
    vpc,
    securityGroups,
    accessLogs,
  });
  addPublicListenerRules(publicListener, {
    platform,
    hosts: [environment.domain, ...environment.aliases],
    targetGroup,
  });
  new RegionalWebAcl(home, 'RegionalWebAcl', {
    shopName: shop.name,
    environment,
    platform,
    loadBalancer,
    logsKey: new kms.Key(home, 'LogsKey'),
  });
  new ShopEdge(home, 'Edge', {
    environment,
    platform: shop.platform,
    paymentHosts: shop.paymentHosts,
    loadBalancer,
    certificate: acm.Certificate.fromCertificateArn(
      home,
      'EdgeCertificate',
      `arn:aws:acm:us-east-1:${account}:certificate/00000000-1111-2222-3333-444444444444`,
    ),
    webAclArn: perimeter.webAclArn,
    accessLogs,
  });
  addAdminAccess(home, {
    vpc,
    securityGroups,
    loadBalancer,
    targetGroup,
    certificate: acm.Certificate.fromCertificateArn(
      home,
      'AdminCertificate',
      `arn:aws:acm:${region}:${account}:certificate/00000000-1111-2222-3333-444444444444`,
    ),
    host: environment.admin.host,
  });

  return app.synth();
}

interface AdminAccessProps {
  readonly vpc: ec2.Vpc;
  readonly securityGroups: ShopSecurityGroups;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly certificate: acm.ICertificate;
  readonly host: string;
}

/** VPN clients to the admin listener, and nothing else. */
function addAdminAccess(stack: Stack, props: AdminAccessProps): void {
  const { vpc, securityGroups, loadBalancer, targetGroup, certificate, host } = props;
  const listener = loadBalancer.addListener('Admin', {
    port: ports.adminHttps,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [certificate],
    open: false,
    defaultAction: elbv2.ListenerAction.fixedResponse(403),
  });
  new elbv2.ApplicationListenerRule(stack, 'AdminHost', {
    listener,
    priority: 1,
    conditions: [elbv2.ListenerCondition.hostHeaders([host])],
    action: elbv2.ListenerAction.forward([targetGroup]),
  });
  const clients = new ec2.SecurityGroup(stack, 'VpnClients', { vpc, allowAllOutbound: false });
  clients.addEgressRule(securityGroups.adminListener, ec2.Port.tcp(ports.adminHttps));
  securityGroups.adminListener.addIngressRule(clients, ec2.Port.tcp(ports.adminHttps));
  const vpn = vpc.addClientVpnEndpoint('Vpn', {
    cidr: '10.250.0.0/22',
    serverCertificateArn: certificate.certificateArn,
    clientCertificateArn: certificate.certificateArn,
    authorizeAllUsersToVpcCidr: false,
    securityGroups: [clients],
    vpcSubnets: { subnetGroupName: 'app' },
  });
  vpn.addAuthorizationRule('ToVpc', { cidr: vpc.vpcCidrBlock });
  new route53.ARecord(stack, 'AdminName', {
    zone: new route53.PrivateHostedZone(stack, 'AdminZone', { zoneName: host, vpc }),
    target: route53.RecordTarget.fromAlias(new targets.LoadBalancerTarget(loadBalancer)),
  });
}

export function rehearserOf(...environments: readonly RehearsalEnvironment[]): Rehearser {
  return new Rehearser(environments);
}

export const layers = ['edge web ACL', 'regional web ACL', 'public listener'] as const;
export type Layer = (typeof layers)[number];

/** Each layer for itself, so that none leans on another: which of them let a request line pass. */
export function layersThatLetPass(environment: RehearsalEnvironment): (target: string) => Layer[] {
  const graph = new EnvironmentGraph(environment.templates);
  const [listener] = graph
    .ofType('AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ properties }) => properties.Port === ports.https);
  const acls = graph.ofType('AWS::WAFv2::WebACL');
  const refusedBy = (scope: string, request: WireRequest) =>
    acls.some(
      (acl) =>
        acl.properties.Scope === scope && answerOfWebAcl(graph, acl, request).outcome.action === 'block',
    );
  return (target) => {
    // As the request line has it, whether or not a URL could be written that way.
    const request = { ...parseRequest({ url: 'https://shop.example.jp/' }), ...parseTarget(target) };
    const refused: Record<Layer, boolean> = {
      'edge web ACL': refusedBy('CLOUDFRONT', request),
      'regional web ACL': refusedBy('REGIONAL', request),
      'public listener':
        listener !== undefined && answerOfListener(graph, listener, request).action === 'respond',
    };
    return layers.filter((layer) => !refused[layer]);
  };
}

/** A copy of an environment with one thing broken in its templates. */
export function broken(
  environment: RehearsalEnvironment,
  breakIt: (resources: Record<string, BrokenResource>) => void,
): RehearsalEnvironment {
  const templates = structuredClone(environment.templates) as TemplateInput[];
  for (const { template } of templates) {
    breakIt((template as { Resources: Record<string, BrokenResource> }).Resources);
  }
  return { ...environment, templates };
}

export interface BrokenResource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a mutation reaches into template JSON of any shape
  Properties: any;
}
