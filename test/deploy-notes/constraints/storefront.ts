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

const certificateSizes: Constraint = {
  id: 'certificate-names',
  says: 'no certificate has more than ten names',
  violations: (environment) =>
    resources(environment, 'AWS::CertificateManager::Certificate')
      .filter(({ properties }) => list(properties.SubjectAlternativeNames).length > 9)
      .map((certificate) => `${label(certificate)}: more than 10 names`),
  breakIn(environment) {
    const [certificate] = resources(environment, 'AWS::CertificateManager::Certificate');
    if (certificate) {
      certificate.properties.SubjectAlternativeNames = Array.from(
        { length: 10 },
        (_, index) => `s${index}.example.jp`,
      );
    }
    return certificate !== undefined;
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

const ruleType = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** The strings or pairs a condition compares with. */
function comparisons(condition: JsonObject): string[] {
  return Object.entries(condition)
    .filter(([name]) => name.endsWith('Config') || name === 'Values' || name === 'RegexValues')
    .flatMap(([name, value]) =>
      name.endsWith('Config')
        ? [...list(at(value, 'Values')), ...list(at(value, 'RegexValues'))]
        : list(value),
    )
    .map((value) => (isObject(value) ? String(value.Value) : String(value)));
}

function ruleProblems({ properties }: Resource): string[] {
  const conditions = list(properties.Conditions).filter(isObject);
  const all = conditions.flatMap(comparisons);
  const expressions = conditions.flatMap((condition) =>
    Object.values(condition).flatMap((value) => list(at(value, 'RegexValues')).map(String)),
  );
  const wildcards = all
    .filter((value) => !expressions.includes(value))
    .reduce((count, value) => count + (value.match(/[*?]/g)?.length ?? 0), 0);
  return [
    ...conditions
      .filter((condition) => comparisons(condition).length > 3)
      .map(() => 'more than 3 values in a condition'),
    ...(all.length > 5 ? [`${all.length} values`] : []),
    ...(wildcards > 6 ? [`${wildcards} wildcards`] : []),
    ...all.filter((value) => value.length > 128).map((value) => `a value of ${value.length} characters`),
    ...expressions
      .filter((value) => /\(\?[=!<>]|\\[1-9pP]/.test(value))
      .map((value) => `${value} looks around or back`),
  ];
}

const listenerRules: Constraint = {
  id: 'listener-rules',
  says: 'listener rules fit into the quotas of the load balancer',
  violations(environment) {
    const rules = resources(environment, ruleType);
    const places = rules.map((rule) => {
      const listener = target(environment, rule.stack, rule.properties.ListenerArn);
      return `${listener ? label(listener) : '?'} ${String(rule.properties.Priority)}`;
    });
    return [
      ...rules.flatMap((rule) => ruleProblems(rule).map((problem) => `${label(rule)}: ${problem}`)),
      ...(rules.length > 100 ? [`${rules.length} rules`] : []),
      ...places.filter((place, index) => places.indexOf(place) !== index).map((place) => `${place}: twice`),
    ];
  },
  breakIn(environment) {
    const [rule] = resources(environment, ruleType);
    if (rule) {
      const values = ['/a*', '/b*', '/c*', '/d*', '/e*', '/f*'];
      rule.properties.Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: values } }];
    }
    return rule !== undefined;
  },
};

const originLimits: Constraint = {
  id: 'origin-limits',
  says: 'timeouts of the origin are within CloudFront’s quotas',
  violations: (environment) =>
    vpcOrigins(environment)
      .filter(({ origin }) => {
        const read = Number(at(origin, 'VpcOriginConfig', 'OriginReadTimeout') ?? 30);
        const keepAlive = Number(at(origin, 'VpcOriginConfig', 'OriginKeepaliveTimeout') ?? 5);
        return read < 1 || read > 120 || keepAlive < 1 || keepAlive > 300;
      })
      .map(({ distribution }) => `${label(distribution)}: timeouts of its origin`),
  breakIn(environment) {
    const [found] = vpcOrigins(environment);
    if (found) object(found.origin.VpcOriginConfig).OriginReadTimeout = 180;
    return found !== undefined;
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

const headerLengths: Constraint = {
  id: 'security-header-lengths',
  says: 'security headers are no longer than CloudFront takes',
  violations: (environment) =>
    resources(environment, 'AWS::CloudFront::ResponseHeadersPolicy').flatMap((policy) => {
      const config = policy.properties.ResponseHeadersPolicyConfig;
      const values = [
        at(config, 'SecurityHeadersConfig', 'ContentSecurityPolicy', 'ContentSecurityPolicy'),
        ...list(at(config, 'CustomHeadersConfig', 'Items')).map((item) => at(item, 'Value')),
      ];
      return values
        .map((value) => text(environment, policy.stack, value))
        .filter((value) => value.length > 1783)
        .map((value) => `${label(policy)}: a header of ${value.length} characters`);
    }),
  breakIn(environment) {
    for (const { properties } of resources(environment, 'AWS::CloudFront::ResponseHeadersPolicy')) {
      const policy = at(
        properties,
        'ResponseHeadersPolicyConfig',
        'SecurityHeadersConfig',
        'ContentSecurityPolicy',
      );
      if (!isObject(policy)) continue;
      policy.ContentSecurityPolicy = 'https://pay.example.com '.repeat(80);
      return true;
    }
    return false;
  },
};

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

/** Memory in MiB for each CPU size of Fargate: from, to, step. */
const memoryFor: Readonly<Record<string, readonly [from: number, to: number, step: number]>> = {
  '512': [1024, 4096, 1024],
  '1024': [2048, 8192, 1024],
  '2048': [4096, 16_384, 1024],
  '4096': [8192, 30_720, 1024],
};

const taskSize: Constraint = {
  id: 'task-size',
  says: 'tasks have a pair of CPU and memory that Fargate offers',
  violations: (environment) =>
    resources(environment, taskType)
      .filter(({ properties }) => {
        const [from, to, step] = memoryFor[String(properties.Cpu)] ?? [0, 0, 1];
        const memory = Number(properties.Memory);
        return memory < from || memory > to || (memory - from) % step !== 0;
      })
      .map(
        (task) => `${label(task)}: ${String(task.properties.Cpu)} CPU, ${String(task.properties.Memory)} MiB`,
      ),
  breakIn(environment) {
    const [task] = resources(environment, taskType);
    if (task) task.properties.Memory = '512';
    return task !== undefined;
  },
};

const taskSecretKeys: Constraint = {
  id: 'task-secret-keys',
  says: 'tasks read one key of a secret by the ARN form ECS knows',
  violations: (environment) =>
    resources(environment, taskType).flatMap((task) =>
      list(task.properties.ContainerDefinitions).flatMap((container) =>
        list(at(container, 'Secrets'))
          .map((secret) => text(environment, task.stack, at(secret, 'ValueFrom')))
          .filter((from) => !/^arn:aws:ssm:[a-z0-9-]+:\d{12}:parameter\/.+$|:[A-Za-z0-9_.-]+::$/.test(from))
          .map((from) => `${label(task)}: ${from}`),
      ),
    ),
  breakIn(environment) {
    for (const { properties } of resources(environment, taskType)) {
      const secrets = list(at(properties.ContainerDefinitions, 0, 'Secrets')).filter(isObject);
      const ofSecret = secrets.find(({ ValueFrom }) => JSON.stringify(ValueFrom).includes('::'));
      if (!ofSecret) continue;
      ofSecret.ValueFrom = 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:shop:password';
      return true;
    }
    return false;
  },
};

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

const serviceAfterListener: Constraint = {
  id: 'service-after-listener',
  says: 'a service is made after its target group hangs on a listener',
  violations: (environment) =>
    resources(environment, 'AWS::ECS::Service')
      .filter(({ stack, properties, dependsOn }) =>
        list(properties.LoadBalancers).some((balanced) => {
          const group = target(environment, stack, at(balanced, 'TargetGroupArn'));
          return !dependsOn.some((id) =>
            JSON.stringify(at(stack.template, 'Resources', id, 'Properties', 'Actions') ?? '').includes(
              group?.id ?? '?',
            ),
          );
        }),
      )
      .map((service) => `${label(service)}: does not wait for a listener rule`),
  breakIn(environment) {
    const [service] = resources(environment, 'AWS::ECS::Service');
    if (service) service.declaration.DependsOn = [];
    return service !== undefined;
  },
};

const serviceAfterRoles: Constraint = {
  id: 'service-after-roles',
  says: 'a service is made after what its task is allowed, by either of its roles',
  violations: (environment) =>
    resources(environment, 'AWS::ECS::Service').flatMap((service) => {
      const task = target(environment, service.stack, service.properties.TaskDefinition);
      const roles = ['ExecutionRoleArn', 'TaskRoleArn'].map((name) =>
        task ? target(environment, task.stack, task.properties[name])?.id : undefined,
      );
      return resources(environment, 'AWS::IAM::ManagedPolicy')
        .filter(
          ({ stack, id, properties }) =>
            stack.name === service.stack.name &&
            list(properties.Roles).some((value) => roles.includes(target(environment, stack, value)?.id)) &&
            !service.dependsOn.includes(id),
        )
        .map((policy) => `${label(service)}: does not wait for ${policy.id}`);
    }),
  breakIn(environment) {
    const [service] = resources(environment, 'AWS::ECS::Service');
    if (service) service.declaration.DependsOn = [];
    return service !== undefined;
  },
};

const functionLimits: Constraint = {
  id: 'function-limits',
  says: 'functions fit into the quotas of Lambda, and reserve less than a new account has',
  violations(environment) {
    const functions = resources(environment, 'AWS::Lambda::Function');
    const reserved = functions.reduce(
      (sum, { properties }) => sum + Number(properties.ReservedConcurrentExecutions ?? 0),
      0,
    );
    return [
      ...functions.flatMap((each) => {
        const { stack, properties } = each;
        const variables = Object.entries(object(at(properties, 'Environment', 'Variables')))
          .map(([name, value]) => name.length + text(environment, stack, value).length)
          .reduce((sum, length) => sum + length, 0);
        return [
          ...(text(environment, stack, properties.Description).length > 256
            ? [`${label(each)}: description`]
            : []),
          ...(variables > 4096 ? [`${label(each)}: ${variables} bytes of environment`] : []),
          ...(Number(properties.Timeout ?? 3) > 900 ? [`${label(each)}: timeout`] : []),
        ];
      }),
      ...(reserved > 100 ? [`${reserved} concurrent executions reserved`] : []),
    ];
  },
  breakIn(environment) {
    const [each] = resources(environment, 'AWS::Lambda::Function');
    if (each) each.properties.ReservedConcurrentExecutions = 500;
    return each !== undefined;
  },
};

export const storefront: Constraint[] = [
  originCertificate,
  certificateSizes,
  originTls,
  policyNamed,
  listenerRules,
  originLimits,
  originKeepAlive,
  headerLengths,
  originGroup,
  taskSize,
  taskSecretKeys,
  writableFolders,
  serviceAfterListener,
  serviceAfterRoles,
  functionLimits,
];
