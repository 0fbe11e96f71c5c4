import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { refusalOf } from '../../cli/refusals.ts';
import { UserError } from '../../cli/user-error.ts';
import { codeThatRefuses } from '../../cli/written-files.ts';
import { isObject } from '../templates/template-file.ts';
import { parseJson } from '../templates/template-text.ts';

const format = 'secure-shop-rehearsal-1';

export interface StepRecord {
  readonly status: 'begun' | 'done' | 'failed' | 'left out';
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly ended?: string;
  /** What was seen, or why it failed. */
  readonly says: string;
}

/** What a run remembers, so that the next one goes on, or cleans up, whatever ended this one. */
export interface RehearsalState {
  readonly format: typeof format;
  /** Whose rehearsal it is: shop, environment that is rehearsed, account, region. */
  readonly of: string;
  readonly began: string;
  /** Since when something may stand in the account, and until when it did. ISO 8601, UTC. */
  standsSince?: string;
  stoodUntil?: string;
  /** Decided before the first deploy, which switches them on. */
  accountServices?: 'create' | 'existing';
  /** Of the VPN's server, once it is made. */
  certificateArn?: string;
  /** What a step must not forget when it is interrupted. */
  readonly notes: Record<string, string>;
  readonly steps: Record<string, StepRecord>;
}

/** What keeps the file of a run from being written, asked before anything is made. */
export function problemWithState(path: string): string | undefined {
  const code = codeThatRefuses(path);
  return code && stateProblem(path, code);
}

function stateProblem(path: string, code: string): string {
  return `${path}: cannot be written (${refusalOf(code)}); the rehearsal remembers there what it made: run it in a folder that you may write to`;
}

/** The file of a run; written whole or not at all. */
export class StateFile {
  readonly path: string;
  readonly state: RehearsalState;

  private constructor(path: string, state: RehearsalState) {
    this.path = path;
    this.state = state;
  }

  /** @throws UserError when the file is of another rehearsal, or is none */
  static open(path: string, of: string, now: Date): StateFile {
    if (!existsSync(path)) {
      return new StateFile(path, { format, of, began: now.toISOString(), notes: {}, steps: {} });
    }
    const found = parseJson(path, readFileSync(path, 'utf8'));
    if (!isObject(found) || found.format !== format || !isObject(found.steps) || !isObject(found.notes)) {
      throw new UserError([`${path}: is nothing that "secure-shop rehearse" wrote; move it away`]);
    }
    if (found.of !== of) {
      throw new UserError([
        `${path}: belongs to the rehearsal of ${String(found.of)}, not of ${of}; write another number with --number`,
      ]);
    }
    return new StateFile(path, found as unknown as RehearsalState);
  }

  get isNew(): boolean {
    return !existsSync(this.path);
  }

  save(): void {
    const draft = `${this.path}.new`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.state, null, 2)}\n`, { mode: 0o600 });
      renameSync(draft, this.path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new UserError([stateProblem(this.path, String(code))]);
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
