import { dataClassOf } from '../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../model/templates.ts';

/** Where to report what the whole environment lacks: the archive that would have held it, or the network. */
export function whereToReportAbsence(graph: EnvironmentGraph): Resource | undefined {
  const archive = graph
    .ofType('AWS::S3::Bucket')
    .find((bucket) => dataClassOf(bucket) === 'logs' && bucket.properties.ObjectLockEnabled !== undefined);
  return archive ?? graph.ofType('AWS::EC2::VPC')[0] ?? graph.resources[0];
}
