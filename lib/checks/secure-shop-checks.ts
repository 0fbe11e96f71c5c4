import { readFileSync } from 'node:fs';
import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
  type PolicyViolation,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { packName } from '../declarations/pack-name.ts';
import {
  checkTemplates,
  danglingReference,
  type EnvironmentReview,
  type EnvironmentRow,
} from './check-templates.ts';
import { rules } from './rules/index.ts';

/**
 * Reports at synth where an invariant of the shop does not hold: register it like a cdk-nag pack,
 * `Validations.of(app).addPlugins(new SecureShopChecks())`.
 *
 * The stacks of a stage are one environment and are checked together. A finding is acknowledged by its qualified id:
 * `Validations.of(construct).acknowledge({ id: 'SecureShop::SecureShop-NET1[PublicSubnet]', reason })`.
 */
export class SecureShopChecks implements IPolicyValidationPlugin {
  readonly name = packName;
  /** Of all its rules, as acknowledgements name them behind the pack. */
  readonly ruleIds: string[] = [...rules.map((rule) => rule.id), danglingReference.id];
  /** What each environment's templates were found to be, by the path of its stage. */
  readonly reviews = new Map<string, EnvironmentReview>();

  private readonly scope: IConstruct | undefined;

  /** @param scope what to check; all stacks when left out */
  constructor(scope?: IConstruct) {
    this.scope = scope;
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = new Map<string, PolicyViolation>();
    this.reviews.clear();
    for (const [stage, stacks] of byStage(context, this.scope)) {
      const review = checkTemplates(stacks.map(readTemplate));
      this.reviews.set(stage, review);
      const files = new Map(stacks.map((stack) => [stack.stackConstructPath, stack.templatePath]));
      for (const row of review.rows) this.report(row, files, violations);
    }
    return {
      success: [...violations.values()].every((violation) => violation.severity !== 'error'),
      violations: [...violations.values()],
    };
  }

  private report(
    row: EnvironmentRow,
    files: ReadonlyMap<string, string>,
    violations: Map<string, PolicyViolation>,
  ): void {
    if (row.outcome !== 'non-compliant' && row.outcome !== 'undecided') return;
    const severity = row.outcome === 'non-compliant' ? 'error' : 'warning';
    const key = `${row.rule} ${severity} ${row.reason}`;
    const resource = {
      resourceLogicalId: row.resource.logicalId,
      templatePath: files.get(row.resource.stack),
      locations: ['Properties'],
    };
    const known = violations.get(key);
    if (known) known.violatingResources.push(resource);
    else {
      violations.set(key, {
        ruleName: row.rule,
        description: `${row.resource.logicalId} ${row.reason}`,
        severity,
        violatingResources: [resource],
      });
    }
  }
}

function readTemplate(stack: PolicyValidationStack) {
  return {
    name: stack.stackConstructPath,
    template: JSON.parse(readFileSync(stack.templatePath, 'utf8')) as unknown,
    region: stack.region,
    account: stack.accountId,
  };
}

/** Stacks grouped by the stage they are in, as the construct tree has it. */
function byStage(
  context: IPolicyValidationContext,
  scope = context.appConstruct,
): Map<string, PolicyValidationStack[]> {
  const stages = new Map<string, string>();
  for (const construct of scope.node.findAll()) {
    if (Stack.isStack(construct)) stages.set(construct.node.path, Stage.of(construct)?.node.path ?? '');
  }
  const grouped = new Map<string, PolicyValidationStack[]>();
  for (const stack of context.stackTemplates) {
    const stage = stages.get(stack.stackConstructPath);
    if (stage === undefined) continue;
    const same = grouped.get(stage);
    if (same) same.push(stack);
    else grouped.set(stage, [stack]);
  }
  return grouped;
}
