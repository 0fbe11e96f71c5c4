import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { IApplyRule, NagPack } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { acknowledgementPack } from '../recorder/acknowledgements.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { isOpen, type Row } from '../recorder/row.ts';

/**
 * A cdk-nag pack that leaves a row for every rule on every resource.
 *
 * It reports findings whether or not they are acknowledged: the CDK itself moves those with a qualified id to
 * the suppressed ones, with their reason. cdk-nag would drop the ones with a bare id without a trace.
 */
export class RecordingPack implements IPolicyValidationPlugin {
  readonly name: string;
  private readonly pack: NagPack;
  private readonly recorder: Recorder;
  private findings: Row[] = [];

  constructor(pack: NagPack, recorder: Recorder) {
    this.pack = pack;
    this.recorder = recorder;
    this.name = pack.readPackName;
    // `applyRule` is protected: a subclass for each of the packs would say the same thing four times.
    Object.defineProperty(pack, 'applyRule', {
      value: (params: IApplyRule) => {
        this.findings.push(...recorder.record(pack.readPackName, params));
      },
    });
  }

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.validateScope(context.appConstruct);
  }

  validateScope(root: IConstruct): PolicyValidationPluginReport {
    this.findings = [];
    this.recorder.begin(this.name, root);
    this.pack.validateScope(root);
    return report(this.findings, ({ rule, outcome }) =>
      outcome === 'error' ? `The rule threw, so nothing is known: ${rule.info}` : rule.info,
    );
  }
}

/** Findings about the acknowledgements themselves. Registered last: it needs to know which of them were of use. */
export class AcknowledgementAudit implements IPolicyValidationPlugin {
  readonly name = acknowledgementPack;
  private readonly recorder: Recorder;
  private readonly packsKnown: readonly string[];

  constructor(recorder: Recorder, packsKnown: readonly string[]) {
    this.recorder = recorder;
    this.packsKnown = packsKnown;
  }

  validate(_context: IPolicyValidationContext): PolicyValidationPluginReport {
    const rows = this.recorder.auditAcknowledgements(this.packsKnown);
    // "fatal" is what the CDK never lets anyone acknowledge.
    return report(rows.filter(isOpen), ({ rule }) => rule.info, 'fatal');
  }
}

function report(
  findings: readonly Row[],
  describe: (row: Row) => string,
  severity?: string,
): PolicyValidationPluginReport {
  const violations = new Map<string, PolicyViolation>();
  for (const row of findings) {
    const key = `${row.finding} ${row.outcome === 'error'}`;
    const violation = violations.get(key) ?? {
      ruleName: row.finding,
      description: describe(row),
      severity: severity ?? row.rule.severity,
      violatingResources: [],
    };
    violation.violatingResources.push({ constructPath: row.resource.path, locations: ['Properties'] });
    violations.set(key, violation);
  }
  return { success: violations.size === 0, violations: [...violations.values()] };
}
