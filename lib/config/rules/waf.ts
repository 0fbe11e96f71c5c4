import { managedGroupNames, managedGroups } from '../managed-rule-groups.ts';
import { managedGroupsOf } from '../platform.ts';
import { quote } from '../problem.ts';
import { alternatives, closest } from '../suggest.ts';
import { type EnvironmentDraft, environmentPath, type PlatformDraft, type Report } from './rule.ts';

/** AWS takes an exception for a rule that it does not know, and goes on blocking: a misspelt one would change nothing. */
export function checkWafExceptions(
  name: string,
  { waf }: EnvironmentDraft,
  platform: PlatformDraft | undefined,
  report: Report,
): void {
  const asked = platform && managedGroupsOf(platform);
  const seen = new Map<string, number>();
  for (const [index, exception] of (waf?.exceptions ?? []).entries()) {
    const { group, rule } = exception ?? {};
    if (group === undefined) continue;
    const path = environmentPath(name, 'waf', 'exceptions', index);
    if (asked && !asked.includes(group)) {
      report([...path, 'group'], `found ${quote(group)}, which this shop does not ask; remove the exception`);
    }
    if (rule === undefined) continue;
    const advice = unknownRule(group, rule);
    if (advice !== undefined) report([...path, 'rule'], `found ${quote(rule)}; ${advice}`);
    const paths = [...(exception?.paths ?? [])].sort().join(' ');
    const first = seen.get(`${group} ${rule} ${paths}`);
    seen.set(`${group} ${rule} ${paths}`, first ?? index);
    if (first !== undefined) report(path, `found the same as entry [${first}] of the list; remove one`);
  }
}

/** @returns what to write instead; undefined for a rule of the group */
function unknownRule(group: keyof typeof managedGroups, rule: string): string | undefined {
  const rules: readonly string[] = managedGroups[group].rules;
  if (rules.includes(rule)) return undefined;
  const home = managedGroupNames.find((other) =>
    (managedGroups[other].rules as readonly string[]).includes(rule),
  );
  if (home !== undefined) return `it is a rule of the group ${quote(home)}: write group: ${quote(home)}`;
  const meant = closest(rule, rules);
  return meant === undefined ? `write ${alternatives(rules)}` : `did you mean ${quote(meant)}?`;
}
