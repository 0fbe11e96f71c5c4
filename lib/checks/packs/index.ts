import { Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { packName } from '../../declarations/pack-name.ts';
import type { EnvironmentReview } from '../check-templates.ts';
import { Recorder, type RecorderProps } from '../recorder/recorder.ts';
import { AcknowledgementAudit, RecordingPack } from './recording-pack.ts';
import { RecordingSecureShopChecks, recordReview } from './secure-shop.ts';

/** The stock packs by the name their rules begin with. */
const stockPacks: Readonly<Record<string, () => NagPack>> = {
  AwsSolutions: () => new AwsSolutionsChecks(),
  'NIST.800.53.R5': () => new NIST80053R5Checks(),
  'PCI.DSS.321': () => new PCIDSS321Checks(),
  'HIPAA.Security': () => new HIPAASecurityChecks(),
};

export const packNames: readonly string[] = [...Object.keys(stockPacks), packName];

export interface PackOptions {
  /** Packs to run, by name. @default all of `packNames` */
  readonly packs?: readonly string[];
}

/**
 * Registers the packs, so that every synth of the app runs them and fails on an open finding.
 *
 * @returns the record of every rule on every resource, filled during the synth
 */
export function addPacks(app: IConstruct, { packs = packNames }: PackOptions = {}): Recorder {
  const recorder = new Recorder();
  Validations.of(app).addPlugins(
    ...stock(packs, recorder),
    ...(packs.includes(packName) ? [new RecordingSecureShopChecks(recorder)] : []),
    new AcknowledgementAudit(recorder, packNames),
  );
  return recorder;
}

export interface RunPacksOptions extends PackOptions, RecorderProps {
  /** What our own pack found in each environment's templates, which it reads instead of constructs. */
  readonly reviews?: ReadonlyMap<string, EnvironmentReview>;
}

/** Runs the packs on a construct tree that is final: one that was synthesized, or loaded from a template. */
export function runPacks(root: IConstruct, options: RunPacksOptions = {}): Recorder {
  const { packs = packNames, reviews } = options;
  const recorder = new Recorder(options);
  for (const pack of stock(packs, recorder)) pack.validateScope(root);
  if (reviews) {
    recorder.begin(packName, root);
    for (const [environment, review] of reviews) recordReview(recorder, environment, review);
  }
  if (options.auditAcknowledgements !== false) recorder.auditAcknowledgements(packNames);
  return recorder;
}

function stock(packs: readonly string[], recorder: Recorder): RecordingPack[] {
  return packs.flatMap((name) => {
    const create = stockPacks[name];
    return create ? [new RecordingPack(create(), recorder)] : [];
  });
}
