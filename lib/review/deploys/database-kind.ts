import { declarationKeys } from '../../declarations/keys.ts';
import type { StackChange } from './collisions.ts';
import { type Finding, findingOf } from './finding.ts';
import type { DeployedResource } from './model/deployment.ts';

/**
 * A database of another kind is made empty beside the old one, which CloudFormation keeps and nobody asks any more: the
 * deploy succeeds, and the shop has lost its orders. Only whoever moved the data may do it, and says so.
 */
export function databaseKindChanges({ stack, deployment, changes, before }: StackChange): Finding[] {
  if (deployment.isDisposable(stack)) return [];
  const current = before.stack(stack);
  const of = (kind: 'removed' | 'created') =>
    [...changes.values()]
      .filter((change) => change.kind === kind)
      .flatMap(({ id }) => {
        const resource =
          kind === 'removed'
            ? current?.deployment.resource(current.stack, id)
            : deployment.resource(stack, id);
        const database = resource && kindOf(resource);
        return database ? [{ resource, kind: database }] : [];
      });
  const [old] = of('removed');
  return of('created')
    .filter(
      ({ resource, kind }) =>
        old !== undefined &&
        old.kind !== kind &&
        resource.declaration.Metadata?.[declarationKeys.movedFrom] !== old.kind,
    )
    .map(({ resource, kind }) =>
      findingOf(resource, {
        effect: 'refused',
        constraint: 'database-kind',
        says: `is an empty database of kind "${kind}" in place of ${old?.resource.id}, whose kind is "${old?.kind}": the shop would start without its data`,
        way: `Write database: { kind: '${old?.kind}' } to keep it; or move the data by docs/runbooks/database-kind.md, which ends with database.movedFrom: '${old?.kind}'.`,
        source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html',
      }),
    );
}

function kindOf({ type, properties }: DeployedResource): 'aurora' | 'instance' | undefined {
  if (type === 'AWS::RDS::DBCluster') return 'aurora';
  return type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier === undefined
    ? 'instance'
    : undefined;
}
