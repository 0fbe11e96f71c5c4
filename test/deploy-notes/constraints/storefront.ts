import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Constraint } from '../constraint.ts';
import { type DeployedEnvironment, label, type Resource, resources, target, text } from '../environment.ts';
import { at, isObject, type JsonObject, list, object } from '../json.ts';

interface VpcOrigin {
  readonly distribution: Resource;
  readonly origin: JsonObject;
  readonly loadBalancer: Resource | undefined;
}

function vpcOrigins(environment: DeployedEnvironment): VpcOrigin[] {
  return resources(environment, 'AWS::CloudFront::Distribution').flatMap((distribution) =>
    list(at(distribution.properties, 'DistributionConfig', 'Origins'))
      .filter(isObject)
      .filter((origin) => isObject(origin.VpcOriginConfig))
      .map((origin) => {
        const vpcOrigin = target(
          environment,
          distribution.stack,
          at(origin, 'VpcOriginConfig', 'VpcOriginId'),
        );
        const arn = vpcOrigin && at(vpcOrigin.properties, 'VpcOriginEndpointConfig', 'Arn');
        return {
          distribution,
          origin,
          loadBalancer: vpcOrigin && target(environment, vpcOrigin.stack, arn),
        };
      }),
  );
}

function listenersOf(environment: DeployedEnvironment, loadBalancer: Resource | undefined): Resource[] {
  return resources(environment, 'AWS::ElasticLoadBalancingV2::Listener').filter(({ stack, properties }) => {
    const of = target(environment, stack, properties.LoadBalancerArn);
    return of !== undefined && of.id === loadBalancer?.id && of.stack.name === loadBalancer.stack.name;
  });
}

/** Listeners CloudFront speaks to. */
function publicListeners(environment: DeployedEnvironment, { loadBalancer }: VpcOrigin): Resource[] {
  return listenersOf(environment, loadBalancer).filter(({ properties }) => properties.Port === 443);
}

/** Names of a certificate made here; undefined for one that is brought along. */
function certificateNames(environment: DeployedEnvironment, listener: Resource): string[] | undefined {
  const certificate = target(
    environment,
    listener.stack,
    at(listener.properties, 'Certificates', 0, 'CertificateArn'),
  );
  if (!certificate) return undefined;
  const { DomainName: domain, SubjectAlternativeNames: others } = certificate.properties;
  return [domain, ...list(others)].map((name) => text(environment, certificate.stack, name));
}

const originCertificate: Constraint = {
  id: 'origin-certificate',
  says: 'the load balancer’s certificate names the origin and every host a viewer may ask for',
  violations: (environment) =>
    vpcOrigins(environment).flatMap((found) => {
      const aliases = list(at(found.distribution.properties, 'DistributionConfig', 'Aliases'));
      const hosts = [found.origin.DomainName, ...aliases].map((host) =>
        text(environment, found.distribution.stack, host),
      );
      return publicListeners(environment, found).flatMap((listener) => {
        const names = certificateNames(environment, listener);
        return names === undefined
          ? []
          : hosts
              .filter((host) => !names.includes(host))
              .map((host) => `${label(listener)}: no certificate for ${host}`);
      });
    }),
  breakIn(environment) {
    const [found] = vpcOrigins(environment);
    if (
      !found ||
      publicListeners(environment, found).every((listener) => !certificateNames(environment, listener))
    ) {
      return false;
    }
    found.origin.DomainName = { 'Fn::GetAtt': ['LoadBalancer', 'DNSName'] };
    return true;
  },
};

/** Policies of listeners that still speak TLS 1.2, with forward secrecy only. */
function speaksTls12(policy: string): boolean {
  return (
    /^ELBSecurityPolicy-TLS13-1-2-(Res|FIPS)/.test(policy) ||
    policy === 'ELBSecurityPolicy-FS-1-2-Res-2020-10'
  );
}

const originTls: Constraint = {
  id: 'origin-tls',
  says: 'CloudFront and the public listener have TLS 1.2 in common, and nothing older',
  violations: (environment) =>
    vpcOrigins(environment).flatMap((found) => {
      const vpcOrigin = target(
        environment,
        found.distribution.stack,
        at(found.origin, 'VpcOriginConfig', 'VpcOriginId'),
      );
      const config = vpcOrigin && at(vpcOrigin.properties, 'VpcOriginEndpointConfig');
      const protocols = list(at(config, 'OriginSSLProtocols'));
      return [
        ...(at(config, 'OriginProtocolPolicy') === 'https-only' && protocols.join() === 'TLSv1.2'
          ? []
          : [
              `${label(found.distribution)}: origin speaks ${String(at(config, 'OriginProtocolPolicy'))} ${protocols.join()}`,
            ]),
        ...publicListeners(environment, found)
          .filter(({ properties }) => !speaksTls12(String(properties.SslPolicy)))
          .map((listener) => `${label(listener)}: ${String(listener.properties.SslPolicy)}`),
      ];
    }),
  breakIn(environment) {
    const [found] = vpcOrigins(environment);
    const [listener] = found ? publicListeners(environment, found) : [];
    if (listener) listener.properties.SslPolicy = 'ELBSecurityPolicy-TLS13-1-3-2021-06';
    return listener !== undefined;
  },
};

const policyNamed: Constraint = {
  id: 'listener-policy-named',
  says: 'every listener is HTTPS and names a policy without TLS 1.0 and 1.1',
  violations: (environment) =>
    resources(environment, 'AWS::ElasticLoadBalancingV2::Listener')
      .filter(
        ({ properties }) =>
          properties.Protocol !== 'HTTPS' ||
          !/^ELBSecurityPolicy-TLS13-1-[23]/.test(String(properties.SslPolicy)),
      )
      .map((listener) => `${label(listener)}: ${String(listener.properties.SslPolicy)}`),
  breakIn(environment) {
    const [listener] = resources(environment, 'AWS::ElasticLoadBalancingV2::Listener');
    if (listener) delete listener.properties.SslPolicy;
    return listener !== undefined;
  },
};

const originKeepAlive: Constraint = {
  id: 'origin-keep-alive',
  says: 'CloudFront gives up an unused connection before the load balancer closes it',
  violations: (environment) =>
    vpcOrigins(environment).flatMap(({ distribution, origin }) => {
      const keepAlive = Number(at(origin, 'VpcOriginConfig', 'OriginKeepaliveTimeout') ?? 5);
      return resources(environment, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
        .filter(({ properties }) => keepAlive >= idleTimeout(properties))
        .map((balancer) => `${label(distribution)}: keeps connections longer than ${label(balancer)}`);
    }),
  breakIn(environment) {
    const [found] = vpcOrigins(environment);
    if (found) object(found.origin.VpcOriginConfig).OriginKeepaliveTimeout = 65;
    return found !== undefined;
  },
};

/** Seconds; 60 where the load balancer does not say. */
function idleTimeout(loadBalancer: JsonObject): number {
  const attribute = list(loadBalancer.LoadBalancerAttributes).find(
    (each) => at(each, 'Key') === 'idle_timeout.timeout_seconds',
  );
  return Number(at(attribute, 'Value') ?? 60);
}

const originGroup: Constraint = {
  id: 'vpc-origin-group',
  says: 'CloudFront’s own security group is looked up only after the VPC origin exists',
  violations: (environment) =>
    resources(environment, 'Custom::VpcOriginSecurityGroup')
      .filter(
        ({ stack, dependsOn }) =>
          !resources(environment, 'AWS::CloudFront::VpcOrigin').some(
            (origin) => origin.stack.name === stack.name && dependsOn.includes(origin.id),
          ),
      )
      .map((lookup) => `${label(lookup)}: does not wait for the VPC origin`),
  breakIn(environment) {
    const [lookup] = resources(environment, 'Custom::VpcOriginSecurityGroup');
    if (lookup) lookup.declaration.DependsOn = [];
    return lookup !== undefined;
  },
};

const taskType = 'AWS::ECS::TaskDefinition';

/** Build contexts by the preset a task's database variables tell. */
function contextOf(task: Resource): string | undefined {
  const names = JSON.stringify(at(task.properties.ContainerDefinitions, 0, 'Secrets'));
  if (names.includes('WORDPRESS_DB_HOST')) return 'platforms/woocommerce';
  return names.includes('SHOP_DB_HOST') ? 'examples/custom-shop' : 'platforms/ec-cube';
}

function declaredVolumes(dockerfile: string): string[] {
  return [...dockerfile.matchAll(/^VOLUME\s+(\[.*\]|.+)$/gm)].flatMap(([, value = '']) =>
    value.startsWith('[') ? list(JSON.parse(value)).map(String) : value.trim().split(/\s+/),
  );
}

function emptyMounts(task: Resource): string[] {
  const filled = list(task.properties.Volumes)
    .filter((volume) => at(volume, 'EFSVolumeConfiguration') !== undefined)
    .map((volume) => at(volume, 'Name'));
  return list(at(task.properties.ContainerDefinitions, 0, 'MountPoints'))
    .filter((mount) => !filled.includes(at(mount, 'SourceVolume')))
    .map((mount) => String(at(mount, 'ContainerPath')));
}

const writableFolders: Constraint = {
  id: 'task-writable-folders',
  says: 'every writable folder of a task is a VOLUME of its image, and no tmpfs is asked for',
  violations: (environment) =>
    resources(environment, taskType).flatMap((task) => {
      const context = contextOf(task);
      const file = context && join(context, 'Dockerfile');
      const volumes = file && existsSync(file) ? declaredVolumes(readFileSync(file, 'utf8')) : [];
      return [
        ...emptyMounts(task)
          .filter((folder) => !volumes.includes(folder))
          .map((folder) => `${label(task)}: ${folder} is no VOLUME in ${file}`),
        ...(at(task.properties.ContainerDefinitions, 0, 'LinuxParameters', 'Tmpfs') === undefined
          ? []
          : [`${label(task)}: Fargate has no tmpfs`]),
      ];
    }),
  breakIn(environment) {
    const [task] = resources(environment, taskType);
    const container = task && at(task.properties.ContainerDefinitions, 0);
    if (!isObject(container)) return false;
    container.MountPoints = [
      ...list(container.MountPoints),
      { SourceVolume: 'x', ContainerPath: '/var/nowhere' },
    ];
    return true;
  },
};

const reservations: Constraint = {
  id: 'function-reservations',
  says: 'functions reserve less than a new account has',
  violations(environment) {
    const reserved = resources(environment, 'AWS::Lambda::Function').reduce(
      (sum, { properties }) => sum + Number(properties.ReservedConcurrentExecutions ?? 0),
      0,
    );
    return reserved > 100 ? [`${reserved} concurrent executions reserved`] : [];
  },
  breakIn(environment) {
    const [each] = resources(environment, 'AWS::Lambda::Function');
    if (each) each.properties.ReservedConcurrentExecutions = 500;
    return each !== undefined;
  },
};

export const storefront: Constraint[] = [
  originCertificate,
  originTls,
  policyNamed,
  originKeepAlive,
  originGroup,
  writableFolders,
  reservations,
];
