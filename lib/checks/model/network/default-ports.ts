import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, isTrue, list, numeric, text, type Value } from '../values.ts';

/** Ports that an engine listens on when the template names none; the first part of a name that fits. */
const engines: readonly (readonly [name: RegExp, ...ports: readonly number[]])[] = [
  [/postgres/, 5432],
  // Aurora's older engine name says nothing of the dialect.
  [/mysql|mariadb|^aurora$/, 3306],
  [/sqlserver/, 1433],
  [/oracle/, 1521],
  [/db2/, 50000],
  [/docdb/, 27017],
  [/neptune/, 8182],
  [/memcached/, 11211],
  [/redis|valkey/, 6379],
];

const types: Readonly<Record<string, readonly number[]>> = {
  'AWS::DocDB::DBCluster': [27017],
  'AWS::Neptune::DBCluster': [8182],
  'AWS::Redshift::Cluster': [5439],
  'AWS::RedshiftServerless::Workgroup': [5439],
  'AWS::ElastiCache::ReplicationGroup': [6379],
  // Reads from replicas have a port of their own.
  'AWS::ElastiCache::ServerlessCache': [6379, 6380],
  'AWS::MemoryDB::Cluster': [6379],
};

/** @returns undefined when only a deploy knows: then it is whatever the groups let in */
export function defaultPorts(resource: Resource, graph: EnvironmentGraph): readonly number[] | undefined {
  const own = enginePorts(resource);
  const options = optionPorts(resource.properties.OptionGroupName, graph);
  return own && options && [...own, ...options];
}

/** Options that listen where nothing is written of it. */
const listening = /^(OEM|OEM_AGENT|SSL|MEMCACHED)$/;

/** Options of an engine listen on ports of their own: TLS of Oracle, memcached of MySQL. */
function optionPorts(name: Value | undefined, graph: EnvironmentGraph): readonly number[] | undefined {
  if (name === undefined) return [];
  const group = graph.target(name, 'AWS::RDS::OptionGroup');
  if (!group) return undefined;
  const ports = list(group.properties.OptionConfigurations).flatMap((option) => {
    const port = at(option, 'Port');
    if (port !== undefined) return [numeric(port)];
    const kind = text(at(option, 'OptionName'));
    return kind === undefined || listening.test(kind) ? [undefined] : [];
  });
  return ports.includes(undefined) ? undefined : ports.flatMap((port) => port ?? []);
}

function enginePorts({ type, properties }: Resource): readonly number[] | undefined {
  if (type === 'AWS::OpenSearchService::Domain')
    return isTrue(at(properties, 'DomainEndpointOptions', 'EnforceHTTPS')) ? [443] : [80, 443];
  const written = properties.Port ?? properties.DBPort ?? at(properties, 'Endpoint', 'Port');
  if (written !== undefined) {
    const port = numeric(written);
    return port === undefined ? undefined : [port];
  }
  const engine = (text(properties.Engine) ?? text(properties.EngineFamily) ?? '').toLowerCase();
  const [, ...usual] = engines.find(([name]) => name.test(engine)) ?? [];
  if (type === 'AWS::ElastiCache::ServerlessCache' && engine === 'memcached') return [11211, 11212];
  return types[type] ?? (usual.length > 0 ? usual : undefined);
}
