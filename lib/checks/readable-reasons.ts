import { constructPath } from './model/declarations.ts';
import type { EnvironmentGraph, Resource } from './model/templates.ts';

/** As the CDK makes logical ids: names of constructs, and eight digits of a hash. */
const cdkLogicalId = /\b[A-Za-z0-9]+[0-9A-F]{8}\b/g;

/**
 * Names constructs by their path where a reason names their logical ids: `production/Data/Media` instead of
 * `Media8F1C2D3E`. What a template says nothing more of keeps its logical id.
 *
 * @returns the reason as a person reads it; `near` tells apart what has the same logical id in several stacks
 */
export function readableReasons(
  graph: EnvironmentGraph,
): (reason: string, near: { stack: string }) => string {
  const byLogicalId = new Map<string, Resource[]>();
  for (const resource of graph.resources) {
    if (resource.path === undefined) continue;
    byLogicalId.set(resource.logicalId, [...(byLogicalId.get(resource.logicalId) ?? []), resource]);
  }
  const meant = (candidates: readonly Resource[], stack: string): Resource | undefined =>
    candidates.length === 1 ? candidates[0] : candidates.find((each) => each.stack === stack);
  return (reason, { stack }) =>
    reason.replace(cdkLogicalId, (logicalId) => {
      const resource = meant(byLogicalId.get(logicalId) ?? [], stack);
      return resource ? constructPath(resource) : logicalId;
    });
}
