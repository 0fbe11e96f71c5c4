import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Databases } from './database.ts';
import { Deadline, inBackground, pause } from './deadline.ts';
import { asFault, Fault, RotationError, type Step, steps } from './errors.ts';
import { alternatingUsers } from './schemes/alternating-users.ts';
import { generated } from './schemes/generated.ts';
import { notEnabled } from './schemes/one-at-a-time.ts';
import type { Run, SchemeSteps } from './schemes/scheme.ts';
import { singleUser } from './schemes/single-user.ts';
import { identityDifferences, type Secret, type Version, withOrigin } from './secret.ts';
import { madeFromKey } from './secret-reader.ts';
import { SecretStore, type Versions } from './store.ts';

/** What Secrets Manager sends. */
export interface RotationEvent {
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  readonly Step: string;
}

export interface RotationOptions {
  readonly secretsManager: Pick<SecretsManagerClient, 'send'>;
  readonly databases: Databases;
  /** Milliseconds the step may take in all; below the function's own timeout. */
  readonly milliseconds: number;
  /** Milliseconds for which a fault that may pass by itself is waited out. @default 8000 */
  readonly patience?: number;
  /** Told what the rotation left as it was, in words that are safe in any log. @default nobody */
  readonly warn?: (warning: string) => void;
}

const schemes = { 'alternating-users': alternatingUsers, 'single-user': singleUser, generated };

/**
 * One step of a rotation. Each may be repeated, come late or come twice: it then finds its work done.
 *
 * @throws RotationError, and nothing else
 */
export async function rotate(event: RotationEvent, options: RotationOptions): Promise<void> {
  const { SecretId: secretId, ClientRequestToken: token, Step: step } = event;
  const { secretsManager, databases, milliseconds, patience = 8000, warn = () => {} } = options;
  const deadline = new Deadline(milliseconds);
  const run: Run = {
    secretId,
    token,
    store: new SecretStore(secretsManager, deadline),
    databases,
    deadline,
    patience,
    warn,
  };
  // Counted from the first fault on: a step that was slow before is tried again all the same.
  let waiting: Deadline | undefined;
  while (true) {
    try {
      await perform(run, asStep(step));
      return;
    } catch (thrown) {
      const fault = asFault(thrown);
      waiting ??= deadline.within(patience);
      if (fault.transient && waiting.remaining > 250) {
        await pause(250);
        continue;
      }
      throw new RotationError(secretId, step, fault);
    }
  }
}

function asStep(step: string): Step {
  const known = steps.find((one) => one === step);
  if (known === undefined) throw new Fault('internal', `unknown step; the steps are ${steps.join(', ')}`);
  return known;
}

async function perform(run: Run, step: Step): Promise<void> {
  if (step === 'createSecret') return await create(run);
  const versions = await loadVersions(run);
  if (versions === undefined) {
    if (step === 'finishSecret') await settle(run);
    return;
  }
  const { current, pending } = versions;
  const scheme = stepsOf(current.secret);
  if (step === 'testSecret' && isProbe(current, pending)) return await scheme.probe(run, current);
  if (pending === undefined) {
    throw new Fault(
      'malformed',
      'the pending version holds nothing: createSecret did not finish; start a new rotation',
    );
  }
  assertMatches(current, pending);
  if (step === 'setSecret') return await scheme.set(run, current, pending);
  if (step === 'testSecret') return await scheme.test(run, current, pending);
  await finish(run, scheme, current, pending);
}

/** The steps of a scheme, for any secret: both versions were checked to have the same scheme. */
function stepsOf(secret: Secret): SchemeSteps<Secret> {
  return schemes[secret.scheme] as unknown as SchemeSteps<Secret>;
}

async function create(run: Run): Promise<void> {
  const { store, secretId, token } = run;
  const reading = inBackground(readCurrent(run));
  const versions = await store.versions(secretId);
  if (versions.current === token) return;
  if (!versions.rotationEnabled) throw new Fault('stale', notEnabled);
  assertPending(versions, token);
  const current = await reading;
  const fields = withOrigin(stepsOf(current.secret).create(current, run), current.id);
  if (await store.writePending(secretId, token, fields)) return;
  // The version has its value already, from an earlier try or from another run: that one is as good.
  const winner = await readPending(run);
  if (winner === 'current') return;
  if (winner === undefined)
    throw new Fault('stale', 'the pending version was written and is gone again; start a new rotation');
  assertMatches(current, winner);
}

async function readCurrent(run: Run): Promise<Version> {
  const current = await run.store.read(run.secretId, 'AWSCURRENT');
  if (current !== undefined) return current;
  throw new Fault(
    'malformed',
    'no version carries AWSCURRENT, or it holds nothing; write its value (put-secret-value)',
    { stage: 'AWSCURRENT' },
  );
}

/** @returns undefined when this rotation has been completed already */
async function loadVersions(
  run: Run,
): Promise<{ current: Version; pending: Version | undefined } | undefined> {
  const reading = inBackground(readCurrent(run));
  const pending = await readPending(run);
  if (pending === 'current') return undefined;
  const current = await reading;
  return current.id === run.token ? undefined : { current, pending };
}

/** @returns undefined for a version that holds nothing, and `current` when the label has moved to it already */
async function readPending(run: Run): Promise<Version | 'current' | undefined> {
  const { store, secretId, token } = run;
  // Secrets Manager may show a version a moment after it was written.
  for (let tries = 0; ; tries++) {
    let refused: Fault | undefined;
    const pending = await store.read(secretId, 'AWSPENDING', token).catch((thrown) => {
      refused = asFault(thrown);
      if (refused.category !== 'secrets-manager') throw refused;
      return undefined;
    });
    if (pending !== undefined) return pending;
    // InvalidRequest also says that this version does not carry the label: the labels tell which of the two it is.
    const versions = await store.versions(secretId);
    if (versions.current === token) return 'current';
    assertPending(versions, token);
    if (refused !== undefined) throw refused;
    if (tries === 3) return undefined;
    await pause(150);
  }
}

function assertPending({ stages }: Versions, token: string): void {
  const labels = stages[token];
  if (labels === undefined) {
    throw new Fault(
      'stale',
      'the token carries no label of this secret: a newer rotation began, or the labels were moved by hand; start a new rotation',
    );
  }
  if (!labels.includes('AWSPENDING')) {
    throw new Fault(
      'stale',
      'AWSPENDING is on another version: a newer rotation has begun, or it was moved by hand; start a new rotation',
    );
  }
}

/** Before any connection: what a rotation never changes must not differ, whoever wrote the pending version. */
function assertMatches(current: Version, pending: Version): void {
  const madeFrom = pending.fields[madeFromKey];
  if (madeFrom !== undefined && madeFrom !== current.id) {
    throw new Fault('stale', 'AWSCURRENT moved since this rotation began; start a new rotation');
  }
  const differences = identityDifferences(pending.secret, current.secret);
  if (differences.length > 0) {
    const keys = differences.map((key) => `"${key === 'database' ? 'dbname' : key}"`).join(', ');
    throw new Fault('malformed', `differs from AWSCURRENT in ${keys}; start a new rotation`);
  }
}

/**
 * With RotateImmediately off, Secrets Manager runs testSecret alone, on a copy of the current version or on one that
 * holds nothing. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
function isProbe(current: Version, pending: Version | undefined): boolean {
  return pending === undefined || JSON.stringify(current.fields) === JSON.stringify(pending.fields);
}

async function finish(
  run: Run,
  scheme: SchemeSteps<Secret>,
  current: Version,
  pending: Version,
): Promise<void> {
  const { store, secretId, token } = run;
  const promote = async () => {
    if (await store.promote(secretId, token, current.id)) return;
    const { current: now } = await store.versions(secretId);
    if (now === token) return;
    if (now === current.id) {
      throw new Fault(
        'secrets-manager',
        'Secrets Manager refuses to move AWSCURRENT, though it is where it was; look at the labels (describe-secret), then start a new rotation',
      );
    }
    throw new Fault('stale', 'AWSCURRENT moved since this rotation began; start a new rotation');
  };
  try {
    await scheme.finish(run, current, pending, promote);
  } catch (thrown) {
    // Another run with the same token may have been faster, and its change is what made this one fail.
    const labels = await store.versions(secretId).catch(() => undefined);
    if (labels?.current !== token) throw thrown;
    return await settle(run);
  }
  await store.clearPending(secretId, token);
}

/** The label has moved already: what a run that died right afterwards left undone is done now. */
async function settle(run: Run): Promise<void> {
  const current = await readCurrent(run);
  await stepsOf(current.secret).settle(run, current);
  const { stages } = await run.store.versions(run.secretId);
  if (stages[run.token]?.includes('AWSPENDING')) await run.store.clearPending(run.secretId, run.token);
}
