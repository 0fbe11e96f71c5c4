import type { EnvironmentReview } from '../../checks/check-templates.ts';
import { constructPath, dataClassOf } from '../../checks/model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../checks/model/templates.ts';
import { at, display, isMap, list, text, type Value } from '../../checks/model/values.ts';
import { isClusterMember } from '../../checks/rules/rule.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import type { AccessRow, EnvironmentProof, Readable } from './proof.ts';

/** Who can read what: everything whose readers are declared, and besides it every key and the logs that hold addresses. */
export function readableOf({
  graph,
  access,
}: EnvironmentReview): Required<Pick<EnvironmentProof, 'access' | 'alsoReadable' | 'readable'>> {
  const guarded = access.targets();
  const others = alsoShown(graph).filter((resource) => !guarded.includes(resource));
  const shown = [...guarded, ...others];
  const byName = new Map(shown.map((resource) => [constructPath(resource), resource]));
  const explained = (row: AccessRow): AccessRow => {
    const why = reasonOf(byName.get(row.target.name), row.principal);
    return why === undefined ? row : { ...row, why };
  };
  return {
    access: access.matrix(guarded).map(explained),
    // Nobody is asked to declare who reads these, so that none of their readers is one too many.
    alsoReadable: access
      .matrix(others)
      .map((row) => explained({ ...row, declared: row.declared === true ? true : undefined })),
    readable: shown.map((resource) => describe(resource, graph)),
  };
}

function describe(resource: Resource, graph: EnvironmentGraph): Readable {
  const { type, properties } = resource;
  const cluster = isClusterMember(resource) && graph.target(properties.DBClusterIdentifier);
  return {
    name: constructPath(resource),
    type,
    about: holdsVisitors(resource) ? 'Logs that hold addresses' : display(text(properties.Description) ?? ''),
    ...(cluster && { partOf: constructPath(cluster) }),
  };
}

/** Why a store declares a reader. */
function reasonOf(target: Resource | undefined, principal: string): string | undefined {
  const declared = target?.metadata[declarationKeys.readers];
  return isMap(declared) ? text(declared[principal] as Value | undefined) : undefined;
}

function holdsVisitors(resource: Resource): boolean {
  return resource.type === 'AWS::S3::Bucket' && dataClassOf(resource) === 'logs';
}

function alsoShown(graph: EnvironmentGraph): Resource[] {
  const logs = graph.ofType('AWS::S3::Bucket').filter(holdsVisitors);
  return [...new Set([...graph.ofType('AWS::KMS::Key'), ...logs, ...logsOfVisitors(graph)])];
}

/** Log groups with the addresses of visitors and of people: of web ACLs, of the network and of the VPN. */
function logsOfVisitors(graph: EnvironmentGraph): Resource[] {
  const destinations = [
    ...graph
      .ofType('AWS::WAFv2::LoggingConfiguration')
      .flatMap(({ properties }) => list(properties.LogDestinationConfigs)),
    ...graph
      .ofType('AWS::EC2::FlowLog')
      .flatMap(({ properties }) => [properties.LogGroupName, properties.LogDestination]),
    ...graph
      .ofType('AWS::EC2::ClientVpnEndpoint')
      .map(({ properties }) => at(properties, 'ConnectionLogOptions', 'CloudwatchLogGroup')),
  ];
  return destinations.flatMap((value) => graph.target(value, 'AWS::Logs::LogGroup') ?? []);
}
