import { type Rule, type UnorderedRule, visibility } from './statements.ts';

/**
 * The place of each rule in a web ACL, by its name. A number belongs to its rule for good: whatever the config adds or
 * takes away, no other rule moves. A new rule takes a number in the gap where it is to be asked.
 */
const places: Readonly<Record<string, number>> = {
  // What no customer asks for, before anything that costs or counts.
  'deceptive-path': 100,
  'admin-paths': 120,
  'admin-rest-route': 130,
  'admin-functions': 140,
  'blocked-addresses': 190,
  countries: 200,
  // Labels, before the limits that read them.
  'tries-login': 280,
  'tries-card': 290,
  'rate-all': 300,
  'rate-changes': 305,
  'rate-login': 310,
  'rate-login-address': 315,
  'rate-checkout': 320,
  'rate-checkout-address': 325,
  'rate-pages': 330,
  // AWS's own groups.
  'ip-reputation': 400,
  'anonymous-ip': 410,
  core: 420,
  'known-bad-inputs': 430,
  'sql-injection': 440,
  php: 500,
  wordpress: 510,
  linux: 520,
  unix: 530,
  'bot-control': 600,
  'account-takeover': 610,
  'large-bodies': 700,
  // These read labels of the groups above.
  'no-user-agent': 710,
  'outside-exceptions': 720,
};

/**
 * Gives each rule its place, and a metric that no web ACL of another environment or shop of the account writes to.
 *
 * @param webAclName its own metric; unlike any other in the account
 */
export function placeRules(webAclName: string, rules: readonly UnorderedRule[]): Rule[] {
  return rules
    .map((rule) => ({
      ...rule,
      priority: placeOf(rule.name),
      visibilityConfig: visibility(`${webAclName}-${rule.name}`),
    }))
    .sort((one, other) => one.priority - other.priority);
}

function placeOf(name: string): number {
  const place = places[name];
  if (place === undefined) throw new Error(`the rule "${name}" has no place: give it one in rule-places.ts`);
  return place;
}
