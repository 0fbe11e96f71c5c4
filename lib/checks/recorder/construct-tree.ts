import { App, type CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { creationTrace } from '../../declarations/keys.ts';
import type { Acknowledgement, ResourceRef } from './row.ts';
import { acknowledgedPlaces, sourceLocations } from './source-location.ts';

/** What a row says of its resource, read from the construct. */
export function describeResource(node: CfnResource): ResourceRef {
  const stack = Stack.of(node);
  const trace = node.node.metadata.findLast(({ type }) => type === creationTrace)?.data;
  return {
    environment: Stage.of(node)?.node.path ?? '',
    stack: stackName(stack),
    logicalId: String(stack.resolve(node.logicalId)),
    type: node.cfnResourceType,
    path: node.node.path,
    sources: sourceLocations(trace),
  };
}

/** The name in AWS; a nested stack has none before the deploy and is called after its parent. */
function stackName(stack: Stack): string {
  const parent = stack.nestedStackParent;
  return parent ? `${stackName(parent)}/${stack.node.id}` : stack.stackName;
}

export function* acknowledgementsBelow(root: IConstruct): Generator<Acknowledgement> {
  for (const construct of root.node.findAll()) {
    const places = acknowledgedPlaces(construct.node.metadata);
    for (const { type, data } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      for (const [id, reason] of Object.entries(data as Record<string, unknown>)) {
        const source = places.get(id);
        yield {
          id,
          reason: String(reason),
          path: construct.node.path,
          scope: scopeOf(construct),
          ...(source && { source }),
        };
      }
    }
  }
}

function scopeOf(construct: IConstruct): Acknowledgement['scope'] {
  if (App.isApp(construct)) return 'app';
  if (Stage.isStage(construct)) return 'stage';
  return Stack.isStack(construct) ? 'stack' : 'construct';
}
