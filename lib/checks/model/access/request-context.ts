import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, map, text, type ValueMap } from '../values.ts';
import { globMatches } from './patterns.ts';
import { coversAction, texts } from './policies.ts';
import type { Principal } from './principals.ts';
import { partsOfArn, spelled } from './resource-arns.ts';
import type { ContextValue, RequestContext } from './statement-conditions.ts';

const absent: ContextValue = { kind: 'absent' };
const chosenByCaller: ContextValue = { kind: 'chosen' };
const open: ContextValue = { kind: 'open' };
const known = (value: string | undefined): ContextValue =>
  value === undefined ? open : { kind: 'known', value };

/** Keys that only calls of an AWS service carry: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const ofServices = [
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'lambda:eventsourcetoken',
];

/** Keys whose value AWS gives, and a template cannot say. */
const ofOrganizations = [
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:userid',
];

/** What AWS puts into the context of a call of a principal for a target; what a caller chooses is `chosen`. */
export function contextOf(
  principal: Principal,
  {
    target,
    arn,
    action,
  }: { readonly target?: Resource | undefined; readonly arn: string; readonly action: string },
  graph: EnvironmentGraph,
  more: Readonly<Record<string, string>> = {},
): RequestContext {
  const isGroup = principal.resource?.type === 'AWS::IAM::Group';
  return (key) => {
    const given = more[key];
    if (given !== undefined) return known(given);
    if (ofServices.includes(key)) return absent;
    // Who is known only by what a policy asks of callers meets it.
    const isAnybody = principal.resource === undefined && principal.arn === undefined;
    if (ofOrganizations.includes(key)) return isAnybody ? chosenByCaller : open;
    switch (key) {
      case 'aws:principalarn':
        // A group calls nothing: its members do, each with a name of its own.
        return isGroup ? open : principal.arn === undefined ? chosenByCaller : known(principal.arn);
      case 'aws:principalaccount':
      case 'kms:calleraccount':
        return principal.arn === undefined
          ? chosenByCaller
          : known(partsOfArn(spelled(principal.arn, graph))[4]);
      case 'aws:currenttime':
      case 'aws:epochtime':
        return { kind: 'time' };
      case 'aws:principaltype':
        return principalType(principal);
      case 'aws:principalisawsservice':
        return known('false');
      case 'aws:username':
        return userName(principal);
      case 'aws:resourceaccount':
      case 's3:resourceaccount':
        return known(graph.account);
      case 'aws:requestedregion':
        return copiesElsewhere.test(action) ? chosenByCaller : regionOf(target, arn);
    }
    const [, tag] = /^(?:aws|secretsmanager|ec2|rds|iam|ssm|ecs):resourcetag\/(.+)$/.exec(key) ?? [];
    if (tag !== undefined) return mayRetag(principal, action) ? open : tagOf(target, tag);
    const [, own] = /^aws:principaltag\/(.+)$/.exec(key) ?? [];
    // A session may bring tags of its own, and a stack hands on those it is deployed with.
    if (own !== undefined) return principal.resource === undefined ? chosenByCaller : open;
    return chosenByCaller;
  };
}

/** Calls that are made in the region that gets the copy: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html */
const copiesElsewhere = /^(rds|ec2|fsx):(Copy|CreateDBInstanceReadReplica|CreateDBCluster)/;

/** Services whose calls for tags have names of their own. */
const tagCalls: Readonly<Record<string, readonly string[]>> = {
  ec2: ['CreateTags', 'DeleteTags'],
  elasticfilesystem: ['TagResource', 'UntagResource', 'CreateTags', 'DeleteTags'],
  es: ['AddTags', 'RemoveTags'],
  iam: ['TagRole', 'UntagRole', 'TagUser', 'UntagUser', 'TagPolicy', 'UntagPolicy'],
  rds: ['AddTagsToResource', 'RemoveTagsFromResource'],
  redshift: ['CreateTags', 'DeleteTags'],
  sqs: ['TagQueue', 'UntagQueue'],
};

/** Whether a principal may give things the tags that its permissions ask for. */
function mayRetag({ statements, unknownPolicies }: Principal, action: string): boolean {
  const service = action.slice(0, action.indexOf(':'));
  const calls = tagCalls[service] ?? ['TagResource', 'UntagResource'];
  return (
    unknownPolicies.length > 0 ||
    statements.some(
      (statement) =>
        statement.effect === 'Allow' &&
        calls.some((call) => coversAction(statement, `${service}:${call}`) !== 'no'),
    )
  );
}

/** The region that a call goes to: of IAM and the like any, of the rest where the thing is. */
function regionOf(target: Resource | undefined, arn: string): ContextValue {
  if (target === undefined || /::IAM::/.test(target.type)) return chosenByCaller;
  const written = arn.startsWith('arn:') ? partsOfArn(arn)[3] : undefined;
  if (written === undefined || written === '') return known(target.region);
  return /^[a-z0-9-]+$/.test(written) ? known(written) : open;
}

function principalType({ resource }: Principal): ContextValue {
  if (resource === undefined) return chosenByCaller;
  return known(/^AWS::IAM::(User|Group)$/.test(resource.type) ? 'User' : 'AssumedRole');
}

function userName({ resource }: Principal): ContextValue {
  if (resource === undefined) return chosenByCaller;
  if (resource.type === 'AWS::IAM::Group') return open;
  return resource.type === 'AWS::IAM::User' ? known(text(resource.properties.UserName)) : absent;
}

/** Stores whose tags count only where the account or the bucket is told so. */
const withoutTags = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** A tag that the template does not set may come with the stack. */
function tagOf(target: Resource | undefined, name: string): ContextValue {
  const { properties, type = '' } = target ?? {};
  if (withoutTags.includes(type)) return open;
  const tags = list(properties?.Tags ?? properties?.FileSystemTags);
  const found = tags.find((tag) => text(at(tag, 'Key'))?.toLowerCase() === name);
  return known(text(at(found, 'Value')));
}

/** Operators that leave the values, or patterns of them, that a key may then have. */
const narrowing: Readonly<Record<string, 'text' | 'pattern'>> = {
  StringEquals: 'text',
  Bool: 'text',
  StringLike: 'pattern',
  ArnEquals: 'pattern',
  ArnLike: 'pattern',
};

/**
 * What a statement's own condition says of the requests it allows: the context of a call that meets it, for asking
 * whether that call is then refused, or allowed by somebody else too.
 */
export function narrowed(context: RequestContext, conditions: ValueMap): RequestContext {
  const narrow = new Map<string, ContextValue>();
  for (const [operator, keys] of Object.entries(conditions)) {
    const as = narrowing[operator];
    if (as === undefined) continue;
    for (const [key, written] of Object.entries(map(keys))) {
      const values = texts(written);
      const plain = values.length > 0 && !values.some((value) => /\$\{|[\uE000-\uE002]/.test(value));
      if (plain) narrow.set(key.toLowerCase(), { kind: 'among', values, as });
    }
  }
  if (narrow.size === 0) return context;
  return (key) => {
    const before = context(key);
    return before.kind === 'chosen' && !isMultivalued(key) ? (narrow.get(key) ?? before) : before;
  };
}

/** Keys that hold several values at once: equal to one of them says nothing of the others. */
function isMultivalued(key: string): boolean {
  return ['aws:calledvia', 'aws:tagkeys', 'aws:principalorgpaths', 'dynamodb:*', 'ssm:*', 'cognito*'].some(
    (pattern) => globMatches(pattern, key),
  );
}
