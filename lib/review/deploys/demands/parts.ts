import { at, display, hasToken, list, numeric, text, type Value } from '../../../checks/model/values.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
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

/** Every instance of a cluster runs its engine, and its parameters are of a family of that engine's version. */
const engines = eachResource(
  'database-engine',
  ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  (database, deployment) => {
    const { properties } = database;
    const named = (property: string) => deployment.referred(database, properties[property]);
    const engine = text(properties.Engine);
    const cluster = named('DBClusterIdentifier').find(({ id }) => id !== database.id);
    const version = text(properties.EngineVersion ?? cluster?.properties.EngineVersion);
    const other = cluster && text(cluster.properties.Engine);
    const families = [...named('DBClusterParameterGroupName'), ...named('DBParameterGroupName')].map(
      (group) => ({
        id: group.id,
        family: text(group.properties.Family) ?? '',
      }),
    );
    return [
      ...(engine !== undefined && other !== undefined && engine !== other
        ? [`runs ${engine}, and its cluster ${cluster?.id} ${other}`]
        : []),
      ...families
        .filter(({ family }) => family !== '' && !hasToken(family) && !isOfFamily(engine, version, family))
        .map(
          ({ id, family }) =>
            `runs ${engine} ${version}, and its parameters ${id} are of the family ${family}`,
        ),
    ].map((says) => ({
      says: `${says} (InvalidParameterCombination)`,
      way: 'Write the engine and family of one version for all of them.',
      source: `${api.rds}/API_CreateDBClusterParameterGroup.html`,
    }));
  },
);

/** `aurora-mysql8.0` is of "aurora-mysql" 8.0.mysql_aurora.3.10.1, `aurora-postgresql17` of 17.5. */
function isOfFamily(engine: string | undefined, version: string | undefined, family: string): boolean {
  if (engine === undefined || hasToken(engine)) return true;
  if (!family.startsWith(engine)) return false;
  const of = family.slice(engine.length);
  return version === undefined || hasToken(version) || version === of || version.startsWith(`${of}.`);
}

const reservedUsers = /^(rdsadmin|admin_rds|rdsrepladmin|rds_superuser|rdsproxyadmin|root|postgres_rds)$/i;

const masterUsers = eachResource(
  'database-engine',
  ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  ({ properties }) => {
    const user = text(properties.MasterUsername);
    if (
      user === undefined ||
      hasToken(user) ||
      user.includes('{{') ||
      (/^[a-z]\w{0,62}$/i.test(user) && !reservedUsers.test(user))
    )
      return [];
    return [
      {
        says: `has the MasterUsername ${user} (InvalidParameterValue)`,
        way: 'Write another one: a letter first, then letters, digits and _.',
        source: `${api.rds}/API_CreateDBCluster.html`,
      },
    ];
  },
);

/** A name with a CNAME record has no other record, and the name of the zone has none of that type. */
const records: Demand = {
  id: 'record-conflicts',
  violations: (deployment) => {
    const written = deployment.resources
      .filter(({ type }) => type === 'AWS::Route53::RecordSet' || type === 'AWS::Route53::RecordSetGroup')
      .flatMap((of) => {
        const { RecordSets, ...own } = of.properties;
        const all: Value[] = RecordSets === undefined ? [own] : [...list(RecordSets)];
        return all.map((record) => ({
          of,
          zone: text(own.HostedZoneId ?? own.HostedZoneName) ?? '',
          name: (text(at(record, 'Name')) ?? '').toLowerCase().replace(/\.$/, ''),
          type: text(at(record, 'Type')) ?? '',
        }));
      })
      .filter(({ name }) => name !== '' && !hasToken(name));
    return grouped(written, ({ zone, name }) => `${zone} ${name}`).flatMap((together) => {
      const alias = together.find(({ type }) => type === 'CNAME');
      const other = together.find(({ type }) => type !== 'CNAME');
      const isZone = alias && zoneName(alias.of, deployment) === alias.name;
      if (!alias || !(other || isZone)) return [];
      return [
        {
          of: alias.of,
          says: other
            ? `gives ${alias.name} a CNAME record, where ${other.of.id} gives it one of type ${other.type} (InvalidChangeBatch, "conflicts with other records")`
            : `gives ${alias.name}, the name of its zone, a CNAME record (InvalidChangeBatch, "not permitted at apex")`,
          way: 'Write an A record with an AliasTarget, or another name.',
          source: `${docs}/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat`,
        },
      ];
    });
  },
};

function zoneName(record: DeployedResource, deployment: Deployment): string | undefined {
  const [zone] = deployment.referred(record, record.properties.HostedZoneId);
  const name = text(zone?.properties.Name ?? record.properties.HostedZoneName);
  return name?.toLowerCase().replace(/\.$/, '');
}

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
  engines,
  masterUsers,
  records,
  subscriptions,
  validation,
];
