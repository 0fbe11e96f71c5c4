/** @import { PageEnvironment } from '../model.ts' */

/**
 * A construct path below its environment, which a heading names already.
 *
 * @param {PageEnvironment} environment
 * @param {string} name
 */
export function within({ name: environment }, name) {
  return environment && name.startsWith(`${environment}/`) ? name.slice(environment.length + 1) : name;
}
