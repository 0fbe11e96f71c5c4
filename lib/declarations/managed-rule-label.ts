/** Labels that are not made from the name of their rule. */
const oddLabels: Readonly<Record<string, string>> = {
  UserAgent_BadBots_HEADER: 'BadBots_Header',
  Host_localhost_HEADER: 'Host_Localhost_Header',
  PROPFIND_METHOD: 'Propfind_Method',
};

const partNames: Readonly<Record<string, string>> = {
  BODY: 'Body',
  COOKIE: 'Cookie',
  HEADER: 'Header',
  QUERYARGUMENTS: 'QueryArguments',
  QUERYSTRING: 'QueryString',
  URIPATH: 'URIPath',
};

/**
 * The last part of the label that a rule of AWS's managed groups leaves, such as `GenericLFI_URIPath`.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
export function managedRuleLabel(rule: string): string {
  return oddLabels[rule] ?? rule.replace(/[A-Z]+$/, (part) => partNames[part] ?? part);
}
