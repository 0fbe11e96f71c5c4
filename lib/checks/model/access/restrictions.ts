import type { EnvironmentGraph } from '../templates.ts';
import { map, tokensIn, type ValueMap } from '../values.ts';
import { texts } from './policies.ts';

/**
 * Condition keys that tie an anonymous or cross-account grant to callers somebody chose: an account, an
 * organization, a network of one's own or the resource that a service acts for.
 */
const restrictingKeys = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:userid',
  'kms:calleraccount',
  'lambda:eventsourcetoken',
  's3:dataaccesspointaccount',
  'elasticfilesystem:accessedviamounttarget',
  'elasticfilesystem:accesspointarn',
];

/** Keys that tie a grant to an account, whose value must then be the environment's own. */
const accountKeys = [
  'aws:principalaccount',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:resourceaccount',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
];

/** Keys that tie a grant to one resource or principal, which must then be of the environment. */
const arnKeys = ['aws:principalarn', 'aws:sourcearn', 'elasticfilesystem:accesspointarn'];

/** Keys that tie a grant to a network, which must then be in the templates. */
const networkKeys = ['aws:sourcevpc', 'aws:sourcevpce'];

/**
 * Whether a condition of the statement must be met by callers that somebody chose. A declared shop has chosen its own
 * account and its own resources: an organization, which may be anyone's, or a pattern over accounts ties nothing there.
 *
 * @param more keys that tie this kind of policy too
 */
export function isRestricted(
  conditions: ValueMap,
  graph: EnvironmentGraph,
  more: readonly string[] = [],
): boolean {
  const ties = graph.declaration === undefined ? tiesSomebody : tiesOwn;
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      // A negated operator excludes some callers and lets in all others; these two are met when the key is missing.
      !/Not|Null|IfExists$|^ForAllValues:/.test(operator) &&
      Object.entries(map(keys)).some(
        ([key, values]) =>
          [...restrictingKeys, ...more].includes(key.toLowerCase()) &&
          texts(values).length > 0 &&
          texts(values).every((value) => ties(key.toLowerCase(), value, graph)),
      ),
  );
}

function tiesSomebody(_: string, value: string, graph: EnvironmentGraph): boolean {
  return value !== '*' && !isForeignAccount(value, graph.account);
}

function tiesOwn(key: string, value: string, graph: EnvironmentGraph): boolean {
  if (!tiesSomebody(key, value, graph)) return false;
  if (accountKeys.includes(key)) return graph.account === undefined || value === graph.account;
  if (networkKeys.includes(key)) return graph.target(value) !== undefined;
  // An ARN without an account and without a reference, such as that of a bucket, may be anyone's.
  if (arnKeys.includes(key))
    return tokensIn(value).length > 0 || /^arn:[^:]*:[^:]*:[^:]*:\d{12}:/.test(value);
  return !['aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceorgid', 'aws:resourceorgid'].includes(
    key,
  );
}

/**
 * Accounts of AWS itself that deliver load-balancer logs, in the regions where they are not a service principal:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logDeliveryAccounts = new Set([
  '127311923021',
  '033677994240',
  '027434742980',
  '797873946194',
  '098369216593',
  '754344448648',
  '589379963580',
  '718504428378',
  '383597477331',
  '600734575887',
  '114774131450',
  '783225319266',
  '582318560864',
  '985666609251',
  '054676820928',
  '156460612806',
  '652711504416',
  '635631232127',
  '009996457667',
  '897822967062',
  '076674570225',
  '507241528517',
]);

/** Whether an ARN or id names an account with which AWS delivers the logs of load balancers. */
export function isLogDelivery(value: string): boolean {
  return logDeliveryAccounts.has(/^\d{12}$/.test(value) ? value : (value.split(':')[4] ?? ''));
}

/** Whether an ARN or account id names an account by its number where nobody told which one is the environment's own. */
export function isAnyAccount(value: string, graph: EnvironmentGraph): boolean {
  const account = /^\d{12}$/.test(value) ? value : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
  return account !== undefined && graph.accountIsGuessed && !logDeliveryAccounts.has(account);
}

/** CloudFront itself, as buckets name it that have no access control of origins yet. */
export function isOriginAccessIdentity(principal: string, graph: EnvironmentGraph): boolean {
  return (
    graph.target(principal, 'AWS::CloudFront::CloudFrontOriginAccessIdentity') !== undefined ||
    /^arn:[^:]*:iam::cloudfront:user\/CloudFront Origin Access Identity /.test(principal)
  );
}

/** Whether an ARN or account id names an account that is not the environment's own. */
export function isForeignAccount(value: string, ownAccount: string | undefined): boolean {
  const account = /^\d{12}$/.test(value) ? value : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(value)?.[1];
  if (account !== undefined && logDeliveryAccounts.has(account)) return false;
  return account !== undefined && ownAccount !== undefined && account !== ownAccount;
}
