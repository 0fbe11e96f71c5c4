import { UserError } from '../cli/user-error.ts';
import type { Environment, Shop } from './index.ts';

/** @throws UserError when the shop has several environments and none, or an unknown one, is named */
export function chooseEnvironment(shop: Shop, name: string | undefined): Environment {
  const known = Object.keys(shop.environments);
  const chosen = name ?? (known.length === 1 ? known[0] : undefined);
  if (chosen === undefined) {
    throw new UserError([
      `name one of the environments ${known.join(', ')} with --environment, such as "--environment ${known[0]}"`,
    ]);
  }
  const environment = shop.environments[chosen];
  if (!environment) {
    throw unknownEnvironment(chosen, known, 'the config');
  }
  return environment;
}

export function unknownEnvironment(name: string, known: readonly string[], place: string): UserError {
  return new UserError([`no environment "${name}" in ${place}; it has ${known.join(', ')}`]);
}
