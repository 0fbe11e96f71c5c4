import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { StackTemplate } from '../../templates/template-tree.ts';

export type ChangeKind = 'created' | 'changed' | 'replaced' | 'removed';

export interface ResourceChange {
  readonly id: string;
  readonly type: string;
  readonly kind: ChangeKind;
  /** Whether only AWS can tell that it is replaced: some values of a property can be changed in place. */
  readonly uncertain: boolean;
  /** Properties that differ, those that make AWS replace the resource first. */
  readonly properties: readonly string[];
}

const kinds: Readonly<Partial<Record<ResourceImpact, ChangeKind>>> = {
  [ResourceImpact.WILL_CREATE]: 'created',
  [ResourceImpact.WILL_UPDATE]: 'changed',
  [ResourceImpact.MAY_REPLACE]: 'changed',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.WILL_DESTROY]: 'removed',
  [ResourceImpact.WILL_ORPHAN]: 'removed',
};

/** What CloudFormation would do to each resource, by AWS's own schemas; what stays as it is is left out. */
export function changesBetween(
  before: StackTemplate | undefined,
  after: StackTemplate | undefined,
): ResourceChange[] {
  const [old, next] = [resourcesIn(before), resourcesIn(after)];
  // Most stacks stay as they are, which the diff would find out in several passes.
  if (old === next) return [];
  // It asks objects for methods, which those of a parsed template need not have, and compares each section by itself.
  const { resources } = fullDiff({ Resources: JSON.parse(old) }, { Resources: JSON.parse(next) });
  const changes: ResourceChange[] = [];
  resources.forEachDifference((id, difference) => {
    const kind = kinds[difference.changeImpact];
    if (kind === undefined) return;
    const updates = Object.entries(difference.propertyUpdates).filter(([, { isDifferent }]) => isDifferent);
    const replaces = ([, { changeImpact }]: (typeof updates)[number]) =>
      changeImpact === ResourceImpact.WILL_REPLACE ? 0 : 1;
    changes.push({
      id,
      type: difference.newResourceType ?? difference.oldResourceType ?? '',
      kind,
      uncertain: difference.changeImpact === ResourceImpact.MAY_REPLACE,
      properties: updates.toSorted((one, other) => replaces(one) - replaces(other)).map(([name]) => name),
    });
  });
  return changes;
}

/** Whether AWS itself sees nothing of the change. */
export function isSilent({ kind, properties }: ResourceChange): boolean {
  return kind === 'changed' && properties.length === 0;
}

function resourcesIn(stack: StackTemplate | undefined): string {
  return JSON.stringify(stack?.template.Resources ?? {});
}
