import type { Constraint } from '../constraint.ts';
import {
  type DeployedEnvironment,
  label,
  type Resource,
  resources,
  resourcesOf,
  target,
  text,
} from '../environment.ts';
import { at, isObject, type JsonObject, list, type object } from '../json.ts';
import { covers, statements } from '../policies.ts';

const clusterType = 'AWS::RDS::DBCluster';

function isMySql(cluster: Resource): boolean {
  return cluster.properties.Engine === 'aurora-mysql';
}

function parametersOf(environment: DeployedEnvironment, cluster: Resource): Resource | undefined {
  return target(environment, cluster.stack, cluster.properties.DBClusterParameterGroupName);
}

/** First versions that run as Serverless v2, by engine and major version. */
const serverlessSince: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'aurora-postgresql': { '16': 1, '17': 4, '18': 3 },
};

function runsServerless(cluster: Resource): boolean {
  const version = String(cluster.properties.EngineVersion);
  if (isMySql(cluster))
    return /^8\.0\.mysql_aurora\.3\.(0[2-9]|[1-9]\d)/.test(version) || version.startsWith('8.4');
  const [major = '', minor = ''] = version.split('.');
  const since = serverlessSince['aurora-postgresql']?.[major];
  return since !== undefined && Number(minor) >= since;
}

const engine: Constraint = {
  id: 'database-engine',
  says: 'the engine version runs as Serverless v2',
  violations: (environment) =>
    resources(environment, clusterType)
      .filter((cluster) => !runsServerless(cluster))
      .map(
        (cluster) => `${label(cluster)}: ${cluster.properties.Engine} ${cluster.properties.EngineVersion}`,
      ),
  breakIn(environment) {
    const [cluster] = resources(environment, clusterType);
    if (cluster) cluster.properties.EngineVersion = '13.4';
    return cluster !== undefined;
  },
};

const tls: Constraint = {
  id: 'database-tls',
  says: 'the cluster parameter group requires TLS, by the name the engine knows',
  violations: (environment) =>
    resources(environment, clusterType).flatMap((cluster) => {
      const parameters = parametersOf(environment, cluster)?.properties.Parameters;
      const required = isMySql(cluster)
        ? at(parameters, 'require_secure_transport') === 'ON'
        : at(parameters, 'rds.force_ssl') === '1';
      return required ? [] : [`${label(cluster)}: does not require TLS`];
    }),
  breakIn(environment) {
    const [cluster] = resources(environment, clusterType);
    const parameters = cluster && parametersOf(environment, cluster);
    if (parameters) parameters.properties.Parameters = { force_ssl: '1' };
    return parameters !== undefined;
  },
};

const auditEventNames = /^(CONNECT|QUERY_DCL|QUERY_DDL|TABLE)(,(CONNECT|QUERY_DCL|QUERY_DDL|TABLE))*$/;

/** The setting that names the events in an option group of an instance. */
function auditSettings(environment: DeployedEnvironment): JsonObject[] {
  return resources(environment, 'AWS::RDS::OptionGroup').flatMap(({ properties }) =>
    list(properties.OptionConfigurations).flatMap((option) =>
      list(at(option, 'OptionSettings'))
        .filter(isObject)
        .filter(({ Name }) => Name === 'SERVER_AUDIT_EVENTS'),
    ),
  );
}

const auditEvents: Constraint = {
  id: 'database-audit-events',
  says: 'the audit log of MySQL names events as AWS spells them, and none that logs statements on data',
  violations: (environment) => [
    ...resources(environment, clusterType)
      .filter(isMySql)
      .filter((cluster) => {
        const parameters = parametersOf(environment, cluster)?.properties.Parameters;
        return !auditEventNames.test(String(at(parameters, 'server_audit_events') ?? ''));
      })
      .map((cluster) => `${label(cluster)}: server_audit_events`),
    ...auditSettings(environment)
      .filter(({ Value }) => !auditEventNames.test(String(Value)))
      .map(({ Value }) => `${environment.name}: SERVER_AUDIT_EVENTS is ${Value}`),
  ],
  breakIn(environment) {
    const [setting] = auditSettings(environment);
    if (setting) setting.Value = 'connect, query';
    return setting !== undefined;
  },
};

function logTypes(cluster: Resource): string[] {
  return list(cluster.properties.EnableCloudwatchLogsExports).map(String);
}

const logTypesOf = {
  mysql: ['audit', 'error', 'general', 'slowquery', 'instance', 'iam-db-auth-error'],
  postgresql: ['postgresql', 'instance', 'iam-db-auth-error'],
};

const knownLogTypes: Constraint = {
  id: 'database-log-types',
  says: 'the cluster exports only logs its engine has',
  violations: (environment) =>
    resources(environment, clusterType).flatMap((cluster) => {
      const known = isMySql(cluster) ? logTypesOf.mysql : logTypesOf.postgresql;
      return logTypes(cluster)
        .filter((type) => !known.includes(type))
        .map((type) => `${label(cluster)}: no log "${type}"`);
    }),
  breakIn(environment) {
    const [cluster] = resources(environment, clusterType);
    if (cluster) cluster.properties.EnableCloudwatchLogsExports = ['upgrade'];
    return cluster !== undefined;
  },
};

const logGroupsFirst: Constraint = {
  id: 'database-log-groups-first',
  says: 'the log groups of the database exist, encrypted and with an end, before the cluster does',
  violations: (environment) =>
    resources(environment, clusterType).flatMap((cluster) => {
      const identifier = text(environment, cluster.stack, cluster.properties.DBClusterIdentifier);
      return logTypes(cluster).flatMap((type) => {
        const name = `/aws/rds/cluster/${identifier}/${type}`;
        const group = resourcesOf(cluster.stack, 'AWS::Logs::LogGroup').find(
          ({ properties }) => text(environment, cluster.stack, properties.LogGroupName) === name,
        );
        if (!group) return [`${label(cluster)}: RDS would make ${name}`];
        return [
          ...(cluster.dependsOn.includes(group.id) ? [] : [`${label(cluster)}: does not wait for ${name}`]),
          ...(group.properties.KmsKeyId && group.properties.RetentionInDays
            ? []
            : [`${label(group)}: no key or no end`]),
        ];
      });
    }),
  breakIn(environment) {
    const [cluster] = resources(environment, clusterType);
    if (cluster) cluster.declaration.DependsOn = [];
    return cluster !== undefined;
  },
};

const withoutBacktrack = ['eu-north-1', 'sa-east-1'];

const backtrack: Constraint = {
  id: 'database-backtrack',
  says: 'backtrack is asked for only where AWS has it',
  violations: (environment) =>
    resources(environment, clusterType)
      .filter(
        (cluster) =>
          cluster.properties.BacktrackWindow !== undefined &&
          (!isMySql(cluster) || withoutBacktrack.includes(cluster.stack.region)),
      )
      .map(
        (cluster) =>
          `${label(cluster)}: no backtrack for ${cluster.properties.Engine} in ${cluster.stack.region}`,
      ),
  breakIn(environment) {
    const cluster = resources(environment, clusterType).find((each) => !isMySql(each));
    if (cluster) cluster.properties.BacktrackWindow = 86_400;
    return cluster !== undefined;
  },
};

function fileSystemVolumes(
  environment: DeployedEnvironment,
): { readonly of: Resource; readonly volume: ReturnType<typeof object> }[] {
  return resources(environment, 'AWS::ECS::TaskDefinition').flatMap((of) =>
    list(of.properties.Volumes).flatMap((volume) => {
      const configuration = at(volume, 'EFSVolumeConfiguration');
      return isObject(configuration) ? [{ of, volume: configuration }] : [];
    }),
  );
}

const accessPoint: Constraint = {
  id: 'media-access-point',
  says: 'the media volume is mounted through its access point, with TLS and the role of the task',
  violations: (environment) =>
    fileSystemVolumes(environment)
      .filter(
        ({ volume }) =>
          (volume.RootDirectory !== undefined && volume.RootDirectory !== '/') ||
          volume.TransitEncryption !== 'ENABLED' ||
          at(volume, 'AuthorizationConfig', 'IAM') !== 'ENABLED' ||
          at(volume, 'AuthorizationConfig', 'AccessPointId') === undefined,
      )
      .map(({ of }) => `${label(of)}: mounts a file system otherwise`),
  breakIn(environment) {
    const [found] = fileSystemVolumes(environment);
    if (found) found.volume.RootDirectory = '/media';
    return found !== undefined;
  },
};

const metricsGroup: Constraint = {
  id: 'database-metrics-group',
  says: 'Enhanced Monitoring may make its log group, which IAM judges as a stream without a name',
  violations: (environment) =>
    resources(environment, 'AWS::IAM::ManagedPolicy')
      .flatMap((policy) =>
        statements(environment, policy.stack, policy.properties.PolicyDocument).map((statement) => ({
          policy,
          statement,
        })),
      )
      .filter(
        ({ statement }) =>
          covers(statement, 'logs:CreateLogGroup') &&
          statement.resources.some((each) => each.includes('RDSOSMetrics')) &&
          !statement.resources.some((each) => /:log-group:RDSOSMetrics:log-stream:$/.test(each)),
      )
      .map(({ policy }) => `${label(policy)}: IAM refuses to make the group`),
  breakIn(environment) {
    for (const policy of resources(environment, 'AWS::IAM::ManagedPolicy')) {
      for (const { resources: named, source } of statements(
        environment,
        policy.stack,
        policy.properties.PolicyDocument,
      )) {
        if (!named.some((each) => each.endsWith(':RDSOSMetrics:log-stream:'))) continue;
        source.Resource = named.filter((each) => !each.endsWith(':log-stream:'));
        return true;
      }
    }
    return false;
  },
};

/** What a release has pinned so far, newest last. A release that raises a pin adds a line. */
const pinned: Readonly<Record<string, readonly string[]>> = {
  'aurora-postgresql': ['17.9'],
  'aurora-mysql': ['8.0.mysql_aurora.3.12.0'],
};

/** Below zero when the first is the older one. */
function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

const enginePin: Constraint = {
  id: 'database-engine-pin',
  says: 'the pinned version of the engine only ever rises, beside automatic upgrades',
  violations: (environment) =>
    resources(environment, clusterType).flatMap((cluster) => {
      const released = pinned[String(cluster.properties.Engine)] ?? [];
      const version = String(cluster.properties.EngineVersion);
      const falls = released.some(
        (older, index) => index > 0 && compareVersions(older, released[index - 1] ?? '') < 0,
      );
      return version === released.at(-1) && !falls
        ? []
        : [`${label(cluster)}: pins ${version} after ${released.join(', ')}`];
    }),
  breakIn(environment) {
    const [cluster] = resources(environment, clusterType);
    if (cluster) cluster.properties.EngineVersion = isMySql(cluster) ? '8.0.mysql_aurora.3.9.0' : '17.5';
    return cluster !== undefined;
  },
};

export const data: Constraint[] = [
  metricsGroup,
  engine,
  enginePin,
  tls,
  auditEvents,
  knownLogTypes,
  logGroupsFirst,
  backtrack,
  accessPoint,
];
