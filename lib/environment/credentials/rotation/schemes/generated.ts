import { Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import type { GeneratedSecret, Version } from '../secret.ts';
import type { SchemeSteps } from './scheme.ts';

export const generated: SchemeSteps<GeneratedSecret> = {
  create({ fields, secret }) {
    const next: Record<string, unknown> = { ...fields };
    for (const name of secret.names) {
      const before = fields[name];
      next[name] = generatePassword(secret.length);
      if (secret.grace) next[`${name}_PREVIOUS`] = typeof before === 'string' ? before : next[name];
    }
    for (const name of secret.fixed) {
      if (typeof fields[name] !== 'string' || fields[name] === '')
        next[name] = generatePassword(secret.length);
    }
    return next;
  },

  // The value lives in the secret alone: there is no server to tell.
  async set() {},

  async test(_run, current, pending) {
    assertComplete(current, pending);
  },

  async finish(_run, current, pending, promote) {
    assertComplete(current, pending);
    await promote();
  },

  async settle() {},
  async probe() {},
};

function assertComplete(
  current: Version<GeneratedSecret>,
  { fields, secret }: Version<GeneratedSecret>,
): void {
  const changed = secret.fixed.filter((name) => {
    const before = current.fields[name];
    return typeof before === 'string' && before !== '' && before !== fields[name];
  });
  if (changed.length > 0) {
    const keys = changed.map((name) => `key "${name}"`).join(', ');
    throw new Fault(
      'malformed',
      `${keys}: differs from AWSCURRENT, though it is to stay; start a new rotation`,
    );
  }
  const missing = [...secret.names, ...secret.fixed].filter((name) => {
    const value = fields[name];
    return typeof value !== 'string' || value.length < 16;
  });
  if (missing.length > 0) {
    throw new Fault('malformed', missing.map((name) => `key "${name}": holds no generated value`).join('; '));
  }
}
