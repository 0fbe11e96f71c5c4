import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  Stack,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { packName } from '../../declarations/pack-name.ts';
import { danglingReference, type EnvironmentReview } from '../check-templates.ts';
import { guidanceOf } from '../guidance/index.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { RuleRef } from '../recorder/row.ts';
import { rules } from '../rules/index.ts';
import { SecureShopChecks } from '../secure-shop-checks.ts';

const ruleRefs = new Map<string, RuleRef>(
  [...rules, danglingReference].map(({ id, title }) => {
    const guidance = guidanceOf(id);
    return [
      id,
      {
        pack: packName,
        id,
        severity: 'error',
        info: title.en,
        infoJa: title.ja,
        explanation: guidance?.risk.en ?? '',
        ...(guidance && { guidance }),
      },
    ];
  }),
);

/** Our own pack, leaving its rows in the same record as the packs of cdk-nag. */
export class RecordingSecureShopChecks implements IPolicyValidationPlugin {
  readonly name = packName;
  private readonly checks = new SecureShopChecks();
  private readonly recorder: Recorder;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = this.checks.validate(context);
    const stackNames = namesByPath(context.appConstruct);
    this.recorder.begin(packName, context.appConstruct);
    for (const [environment, review] of this.checks.reviews) {
      recordReview(this.recorder, environment, review, (stack) => stackNames.get(stack) ?? stack);
    }
    return report;
  }
}

/** @param stackName the name in AWS of what the review calls a stack */
export function recordReview(
  recorder: Recorder,
  environment: string,
  review: EnvironmentReview,
  stackName: (stack: string) => string = (stack) => stack,
): void {
  for (const { rule: id, resource, outcome, reason } of review.rows) {
    const rule = ruleRefs.get(id);
    if (!rule) throw new Error(`the pack reports ${id}, which is none of its rules`);
    const stack = stackName(resource.stack);
    const { logicalId, type, path = `${stack}/${logicalId}` } = resource;
    const ref = { environment, stack, logicalId, type, path, sources: [] };
    recorder.add(rule, { resource: recorder.knownAs(ref), outcome, reason });
  }
}

function namesByPath(root: IConstruct): Map<string, string> {
  const stacks = root.node.findAll().filter((construct) => Stack.isStack(construct));
  return new Map(stacks.map((stack) => [stack.node.path, stack.stackName]));
}
