import {
  at,
  display,
  hasToken,
  isFalse,
  isMap,
  list,
  numeric,
  text,
  type Value,
} from '../../../checks/model/values.ts';
import type { DeployedResource } from '../model/deployment.ts';
import { valuesAt } from './checks.ts';
import { type Demand, eachResource, type Found, grouped } from './demand.ts';
import { api, docs } from './pages.ts';

/** A container and port that a service names must be in its task; what a container mounts, among its volumes. */
const services = eachResource('task-parts', ['AWS::ECS::Service'], (service, deployment) => {
  const [task] = deployment.referred(service, service.properties.TaskDefinition);
  if (task?.type !== 'AWS::ECS::TaskDefinition') return [];
  const containers = list(task.properties.ContainerDefinitions);
  return list(service.properties.LoadBalancers).flatMap((balancer): Found[] => {
    const name = text(at(balancer, 'ContainerName'));
    const port = numeric(at(balancer, 'ContainerPort'));
    const container = containers.find((each) => at(each, 'Name') === name);
    const ports = list(at(container, 'PortMappings')).map((mapping) => numeric(at(mapping, 'ContainerPort')));
    if (name === undefined || hasToken(name) || (container && (port === undefined || ports.includes(port))))
      return [];
    return [
      {
        says: container
          ? `sends requests to port ${port} of ${name}, which ${task.id} does not open (InvalidParameterException)`
          : `sends requests to the container ${name}, which ${task.id} does not have (InvalidParameterException)`,
        way: container ? `Open the port in its PortMappings.` : 'Write the name of one of its containers.',
        source: `${api.ecs}/API_CreateService.html`,
      },
    ];
  });
});

const volumes = eachResource('task-parts', ['AWS::ECS::TaskDefinition'], ({ properties }) => {
  const names = list(properties.Volumes).map((volume) => at(volume, 'Name'));
  return valuesAt(properties, ['ContainerDefinitions', '*', 'MountPoints', '*', 'SourceVolume'])
    .filter((name) => !names.includes(name))
    .map((name) => ({
      says: `mounts the volume ${display(name)}, which it does not have (ClientException)`,
      way: 'Add it to Volumes, or write the name of one.',
      source: `${api.ecs}/API_MountPoint.html`,
    }));
});

/** What one container says of another, of its ports, and of a file system. */
const containers = eachResource('task-parts', ['AWS::ECS::TaskDefinition'], ({ properties }) => {
  const written = list(properties.ContainerDefinitions);
  const names = written.map((each) => at(each, 'Name'));
  const ports =
    properties.NetworkMode === 'awsvpc' ? written.flatMap((each) => list(at(each, 'PortMappings'))) : [];
  const mounted = valuesAt(properties, ['Volumes', '*', 'EFSVolumeConfiguration']);
  return [
    ...valuesAt(properties, ['ContainerDefinitions', '*', 'DependsOn', '*', 'ContainerName'])
      .filter((name) => !names.includes(name))
      .map((name) => `lets a container wait for ${display(name)}, which it does not have`),
    ...(written.length > 0 && written.every((each) => isFalse(at(each, 'Essential')))
      ? ['has no essential container']
      : []),
    ...ports
      .filter(
        (port) => at(port, 'HostPort') !== undefined && at(port, 'HostPort') !== at(port, 'ContainerPort'),
      )
      .map(
        (port) =>
          `maps port ${display(at(port, 'HostPort'))} to ${display(at(port, 'ContainerPort'))}, which awsvpc does not`,
      ),
    ...mounted
      .filter(
        (volume) =>
          at(volume, 'AuthorizationConfig') !== undefined && at(volume, 'TransitEncryption') !== 'ENABLED',
      )
      .map(() => 'mounts a file system by an access point or a role without TransitEncryption'),
  ].map((says) => ({
    says: `${says} (ClientException)`,
    way: 'Write what the parts of a task say of each other.',
    source: `${api.ecs}/API_RegisterTaskDefinition.html`,
  }));
});

/** A target group hangs on one load balancer. */
const oneBalancer: Demand = {
  id: 'target-group-balancer',
  violations: (deployment) => {
    const balancers = new Map<DeployedResource, Set<DeployedResource>>();
    const note = (group: DeployedResource, of: readonly DeployedResource[]) => {
      const known = balancers.get(group) ?? new Set();
      for (const each of of) known.add(each);
      balancers.set(group, known);
    };
    for (const each of deployment.resources) {
      const rule = each.type === 'AWS::ElasticLoadBalancingV2::ListenerRule';
      if (!rule && each.type !== 'AWS::ElasticLoadBalancingV2::Listener') continue;
      const listeners = rule ? deployment.referred(each, each.properties.ListenerArn) : [each];
      const of = listeners.flatMap((listener) =>
        deployment.referred(listener, listener.properties.LoadBalancerArn),
      );
      for (const group of deployment.referred(
        each,
        rule ? each.properties.Actions : each.properties.DefaultActions,
      ))
        if (group.type === 'AWS::ElasticLoadBalancingV2::TargetGroup') note(group, of);
    }
    return [...balancers]
      .filter(([, of]) => of.size > 1)
      .map(([group, of]) => ({
        of: group,
        says: `gets requests from ${[...of].map(({ id }) => id).join(', ')}, and one load balancer only may send them (TargetGroupAssociationLimit)`,
        way: 'Make a target group for each load balancer.',
        source: `${docs}/elasticloadbalancing/latest/application/load-balancer-target-groups.html`,
      }));
  },
};

/** What an event is compared with is a list, and an object otherwise. */
const eventPatterns = eachResource('event-patterns', ['AWS::Events::Rule'], ({ properties }) => {
  const wrong = [...leaves(properties.EventPattern, [])].filter(({ value }) => !hasToken(String(value)));
  return wrong.map(({ path }) => ({
    says: `compares ${path.join('.')} with no list (InvalidEventPatternException)`,
    way: 'Put the value into a list.',
    source: `${docs}/eventbridge/latest/userguide/eb-event-patterns.html`,
  }));
});

/** Values of a pattern that stand outside of a list. */
function* leaves(
  value: Value | undefined,
  path: readonly string[],
): Generator<{ path: readonly string[]; value: Value }> {
  if (value === undefined || Array.isArray(value)) return;
  if (!isMap(value)) {
    if (path.length > 0) yield { path, value };
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    // Alternatives are a list of patterns.
    if (name !== '$or') yield* leaves(inner, [...path, name]);
  }
}

/** S3 copies versions, so there must be some. */
const replication = eachResource('replication-versions', ['AWS::S3::Bucket'], ({ properties }) =>
  properties.ReplicationConfiguration !== undefined &&
  at(properties.VersioningConfiguration, 'Status') !== 'Enabled'
    ? [
        {
          says: 'is replicated without versions (InvalidRequest)',
          way: 'Set VersioningConfiguration.Status to Enabled.',
          source: `${api.s3}/replication-requirements.html`,
        },
      ]
    : [],
);

const subscriptions: Demand = {
  id: 'subscription-filters',
  violations: ({ resources }) =>
    grouped(
      resources.filter(({ type }) => type === 'AWS::Logs::SubscriptionFilter'),
      ({ stack, properties }) => `${stack.region} ${display(properties.LogGroupName)}`,
    ).flatMap(([first, ...more]) =>
      first && more.length > 1
        ? [
            {
              of: first,
              says: `is one of ${more.length + 1} subscriptions of its log group, at most 2 (LimitExceededException)`,
              way: 'Let one destination hand the entries on.',
              source: `${docs}/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html`,
            },
          ]
        : [],
    ),
};

/** A certificate's validation is told of its own names only. */
const validation = eachResource(
  'certificate-names',
  ['AWS::CertificateManager::Certificate'],
  ({ properties }) => {
    const names = [properties.DomainName, ...list(properties.SubjectAlternativeNames)];
    return valuesAt(properties, ['DomainValidationOptions', '*', 'DomainName'])
      .filter((name) => !names.includes(name))
      .map((name) => ({
        says: `says how ${display(name)} is validated, which it does not name (ValidationException)`,
        way: 'Write the names of the certificate.',
        source: `${api.acm}/API_DomainValidationOption.html`,
      }));
  },
);

/** What parts of a shop say of each other. */
export const parts: readonly Demand[] = [
  services,
  volumes,
  containers,
  oneBalancer,
  eventPatterns,
  replication,
  subscriptions,
  validation,
];
