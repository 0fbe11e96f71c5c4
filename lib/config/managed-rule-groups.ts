/**
 * AWS's managed rule groups by the names they have here, with the rules that an exception may name.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const managedGroups = {
  'ip-reputation': {
    group: 'AWSManagedRulesAmazonIpReputationList',
    namespace: 'amazon-ip-list',
    rules: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList', 'AWSManagedIPDDoSList'],
  },
  'anonymous-ip': {
    group: 'AWSManagedRulesAnonymousIpList',
    namespace: 'anonymous-ip-list',
    rules: ['AnonymousIPList'],
  },
  core: {
    group: 'AWSManagedRulesCommonRuleSet',
    namespace: 'core-rule-set',
    rules: [
      'UserAgent_BadBots_HEADER',
      'SizeRestrictions_QUERYSTRING',
      'SizeRestrictions_Cookie_HEADER',
      'SizeRestrictions_URIPATH',
      ...onParts('EC2MetaDataSSRF', 'BODY COOKIE URIPATH QUERYARGUMENTS'),
      ...onParts('GenericLFI', 'QUERYARGUMENTS URIPATH BODY'),
      ...onParts('RestrictedExtensions', 'URIPATH QUERYARGUMENTS'),
      ...onParts('GenericRFI', 'QUERYARGUMENTS BODY URIPATH'),
      ...onParts('CrossSiteScripting', 'COOKIE QUERYARGUMENTS BODY URIPATH'),
    ],
  },
  'known-bad-inputs': {
    group: 'AWSManagedRulesKnownBadInputsRuleSet',
    namespace: 'known-bad-inputs',
    rules: [
      ...onParts('JavaDeserializationRCE', 'HEADER BODY URIPATH QUERYSTRING'),
      'Host_localhost_HEADER',
      'PROPFIND_METHOD',
      'ExploitablePaths_URIPATH',
      ...onParts('Log4JRCE', 'HEADER QUERYSTRING BODY URIPATH'),
      'ReactJSRCE_BODY',
    ],
  },
  'sql-injection': {
    group: 'AWSManagedRulesSQLiRuleSet',
    namespace: 'sql-database',
    rules: [
      ...onParts('SQLi', 'QUERYARGUMENTS BODY COOKIE URIPATH'),
      ...onParts('SQLiExtendedPatterns', 'QUERYARGUMENTS BODY'),
    ],
  },
  php: {
    group: 'AWSManagedRulesPHPRuleSet',
    namespace: 'php-app',
    rules: onParts('PHPHighRiskMethodsVariables', 'HEADER QUERYSTRING BODY'),
  },
  wordpress: {
    group: 'AWSManagedRulesWordPressRuleSet',
    namespace: 'wordpress-app',
    rules: ['WordPressExploitableCommands_QUERYSTRING', 'WordPressExploitablePaths_URIPATH'],
  },
  linux: {
    group: 'AWSManagedRulesLinuxRuleSet',
    namespace: 'linux-os',
    rules: onParts('LFI', 'URIPATH QUERYSTRING HEADER'),
  },
  unix: {
    group: 'AWSManagedRulesUnixRuleSet',
    namespace: 'posix-os',
    rules: onParts('UNIXShellCommandsVariables', 'QUERYSTRING BODY HEADER'),
  },
} satisfies Record<string, { group: string; namespace: string; rules: readonly string[] }>;

export type ManagedGroup = keyof typeof managedGroups;
export const managedGroupNames = Object.keys(managedGroups) as [ManagedGroup, ...ManagedGroup[]];

function onParts(rule: string, parts: string): string[] {
  return parts.split(' ').map((part) => `${rule}_${part}`);
}
