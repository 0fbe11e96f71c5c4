import { type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { Recorder, type RecorderProps } from '../recorder/recorder.ts';
import { AcknowledgementAudit, RecordingPack } from './recording-pack.ts';

/** The stock packs by the name their rules begin with. */
const stockPacks: Readonly<Record<string, () => NagPack>> = {
  AwsSolutions: () => new AwsSolutionsChecks(),
  'NIST.800.53.R5': () => new NIST80053R5Checks(),
  'PCI.DSS.321': () => new PCIDSS321Checks(),
  'HIPAA.Security': () => new HIPAASecurityChecks(),
};

export const packNames: readonly string[] = Object.keys(stockPacks);

export interface AddPacksOptions {
  /** Packs to run, by name. @default all of `packNames` */
  readonly packs?: readonly string[];
}

/**
 * Registers the packs, so that every synth of the app runs them and fails on an open finding.
 *
 * @returns the record of every rule on every resource, filled during the synth
 */
export function addPacks(app: IConstruct, options: AddPacksOptions = {}): Recorder {
  const recorder = new Recorder();
  Validations.of(app).addPlugins(...pluginsFor(recorder, options));
  return recorder;
}

/** Runs the packs on a construct tree that is final: one that was synthesized, or loaded from a template. */
export function runPacks(root: IConstruct, options: AddPacksOptions & RecorderProps = {}): Recorder {
  const recorder = new Recorder(options);
  for (const plugin of pluginsFor(recorder, options)) plugin.validateScope(root);
  return recorder;
}

interface TreePlugin extends IPolicyValidationPlugin {
  validateScope(root: IConstruct): unknown;
}

function pluginsFor(recorder: Recorder, { packs = packNames }: AddPacksOptions): TreePlugin[] {
  const recording = packs.flatMap((name) => {
    const create = stockPacks[name];
    return create ? [new RecordingPack(create(), recorder)] : [];
  });
  return [...recording, new AcknowledgementAudit(recorder, packNames)];
}
