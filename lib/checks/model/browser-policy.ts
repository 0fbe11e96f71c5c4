import type { Resource } from './templates.ts';
import { at, list, text, type Value } from './values.ts';

/** What a secure browser opens, as its policies of Chrome say. */
export interface BrowserPolicy {
  /** As they are written, such as `https://admin.example.jp:8443`. */
  readonly opened: readonly string[];
  /** Whether it opens nothing else. */
  readonly elseShut: boolean;
}

/**
 * @param settings AWS::WorkSpacesWeb::BrowserSettings
 * @returns undefined when its policies cannot be read
 */
export function browserPolicyOf({ properties }: Resource): BrowserPolicy | undefined {
  const policy = parse(text(properties.BrowserPolicy));
  if (policy === undefined) return undefined;
  const policyNamed = (name: string) => list(at(policy, 'chromePolicies', name, 'value'));
  const addresses = [
    ...policyNamed('URLAllowlist'),
    ...list(at(properties, 'WebContentFilteringPolicy', 'AllowedUrls')),
  ];
  return {
    opened: addresses.map((address) => text(address) ?? ''),
    elseShut: policyNamed('URLBlocklist').includes('*'),
  };
}

function parse(policy: string | undefined): Value | undefined {
  try {
    return policy === undefined ? undefined : (JSON.parse(policy) as Value);
  } catch {
    return undefined;
  }
}
