import { App, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Acknowledgement, ResourceRef, Row, RuleRef } from './row.ts';
import { sourceLocations } from './source-location.ts';

/** Pack name under which the findings about acknowledgements themselves are reported. */
export const acknowledgementPack = 'Acknowledgements';

const rule = (id: string, info: string, explanation: string): RuleRef => ({
  pack: acknowledgementPack,
  id: `${acknowledgementPack}-${id}`,
  severity: 'error',
  info,
  explanation,
});

export const acknowledgementRules = {
  qualified: rule(
    'Qualified',
    'The acknowledgement names a rule without its pack, so the finding would vanish from every report.',
    'Write the id as "Pack::Rule", such as "AwsSolutions::AwsSolutions-S1": only then the finding stays in the report together with its reason.',
  ),
  narrow: rule(
    'Narrow',
    'The acknowledgement stands on an app, stage or stack and covers resources nobody looked at.',
    'Move it to the construct it is about: resources added later would be accepted unseen.',
  ),
  current: rule(
    'Current',
    'The acknowledgement matches no finding.',
    'Remove it: the finding it accepted is gone, or its id is misspelt; left standing it would silently accept the next one.',
  ),
  explained: rule(
    'Explained',
    'The acknowledgement gives no reason a reviewer could judge.',
    'Name the control that compensates, in a sentence of at least 20 characters.',
  ),
};

const shortestReason = 20;

interface Standing {
  readonly acknowledgement: Acknowledgement;
  readonly construct: IConstruct;
  matches: number;
}

/** Every acknowledgement in a construct tree, found once, and which of them are of use. */
export class Acknowledgements {
  private readonly byConstruct = new Map<IConstruct, Map<string, Standing>>();
  private readonly inEffectAt = new Map<IConstruct, ReadonlyMap<string, Standing>>();

  constructor(root: IConstruct) {
    for (const construct of root.node.findAll()) this.collect(construct);
  }

  private collect(construct: IConstruct): void {
    for (const { type, data, trace } of construct.node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY || !isRecord(data)) continue;
      for (const [id, reason] of Object.entries(data)) {
        const here = this.byConstruct.get(construct) ?? new Map<string, Standing>();
        this.byConstruct.set(construct, here);
        const source = sourceLocations(trace)[0];
        here.set(id, {
          acknowledgement: {
            id,
            reason: String(reason),
            path: construct.node.path,
            scope: scopeOf(construct),
            ...(source && { source }),
          },
          construct,
          matches: 0,
        });
      }
    }
  }

  /** The nearest acknowledgement of this finding, which from then on counts as being of use. */
  match(resource: CfnResource, pack: string, finding: string): Acknowledgement | undefined {
    const standing = this.inEffect(resource).get(qualified(pack, finding));
    if (!standing) return undefined;
    standing.matches += 1;
    return standing.acknowledgement;
  }

  private inEffect(construct: IConstruct): ReadonlyMap<string, Standing> {
    const known = this.inEffectAt.get(construct);
    if (known) return known;
    const outer = construct.node.scope ? this.inEffect(construct.node.scope) : new Map<string, Standing>();
    const own = this.byConstruct.get(construct);
    const all = own ? new Map([...outer, ...own]) : outer;
    this.inEffectAt.set(construct, all);
    return all;
  }

  /**
   * Judges the acknowledgements themselves, after every pack has run.
   *
   * @param packsRun packs whose findings are known; an acknowledgement of another pack cannot be called stale
   * @param packsKnown every pack by name, so that an id written without its pack is recognized
   */
  audit(packsRun: readonly string[], packsKnown: readonly string[]): Row[] {
    const rows: Row[] = [];
    for (const standings of this.byConstruct.values()) {
      for (const { acknowledgement, construct, matches } of standings.values()) {
        const { id, reason, scope } = acknowledgement;
        const [namespace = '', bareId = ''] = splitOnce(id, '::');
        const isAnnotation = /^annotation$/i.test(namespace);
        const unqualified = isAnnotation && packsKnown.some((pack) => bareId.startsWith(`${pack}-`));
        // What is left under this prefix acknowledges a warning of the CDK itself, which is no rule of a pack.
        if (isAnnotation && !unqualified) continue;

        const judged = (against: RuleRef, holds: boolean): Row => ({
          rule: against,
          finding: `${against.id}[${isAnnotation ? bareId : id}]`,
          resource: constructRef(construct),
          outcome: holds ? 'compliant' : 'non-compliant',
          ...(holds ? {} : { reason: against.info }),
          acknowledgement,
        });
        rows.push(
          judged(acknowledgementRules.qualified, !unqualified),
          judged(acknowledgementRules.narrow, scope === 'construct'),
          judged(acknowledgementRules.explained, reason.trim().length >= shortestReason),
        );
        const decidable = packsRun.includes(namespace) || !packsKnown.includes(namespace);
        if (!unqualified && decidable) rows.push(judged(acknowledgementRules.current, matches > 0));
      }
    }
    return rows;
  }
}

/** The id under which CDK looks an acknowledgement up; it writes hyphens for spaces. */
export function qualified(pack: string, finding: string): string {
  return `${pack}::${finding}`.replaceAll(' ', '-');
}

function scopeOf(construct: IConstruct): Acknowledgement['scope'] {
  if (App.isApp(construct)) return 'app';
  if (Stage.isStage(construct)) return 'stage';
  return Stack.isStack(construct) ? 'stack' : 'construct';
}

function constructRef(construct: IConstruct): ResourceRef {
  const stage = Stage.of(construct);
  const inner = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  const resource = inner && CfnResource.isCfnResource(inner) ? inner : undefined;
  return {
    environment: stage?.node.path ?? '',
    stack:
      scopeOf(construct) === 'app' || scopeOf(construct) === 'stage' ? '' : stackName(Stack.of(construct)),
    logicalId: resource ? String(resource.stack.resolve(resource.logicalId)) : '',
    type: resource?.cfnResourceType ?? '',
    path: construct.node.path,
    sources: [],
  };
}

/** The name in AWS; a nested stack has none before the deploy and is called after its parent. */
export function stackName(stack: Stack): string {
  const parent = stack.nestedStackParent;
  return parent ? `${stackName(parent)}/${stack.node.id}` : stack.stackName;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + separator.length)];
}
