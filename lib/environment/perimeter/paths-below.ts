import { escapeForPattern, patternsOf } from './spelling.ts';
import { pathMatches, type Statement } from './statements.ts';

/**
 * Paths come in plain spelling, as the rules on admin paths let no other pass: only case, doubled slashes and the
 * front controller before them are left.
 */
export function pathsBelow(paths: readonly string[]): Statement[] {
  const alternatives = paths.map((path) =>
    path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => `/+${escapeForPattern(segment)}`)
      .join(''),
  );
  return patternsOf(alternatives, (group) => `(?i)^(?:/+index\\.php)?(?:${group.join('|')})(?:[/;.]|$)`).map(
    pathMatches,
  );
}
