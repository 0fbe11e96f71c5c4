import {
  at,
  display,
  hasUnknown,
  isMap,
  list,
  text,
  token,
  tokenSource,
  tokensIn,
  type Value,
  type ValueMap,
} from '../../../checks/model/values.ts';
import { type CidrBlock, overlaps, parseCidr } from '../../../config/cidr.ts';
import type { DeployedResource } from './deployment.ts';
import { resourceType } from './resource-types.ts';
import { type Scope, type UniqueRow, unique } from './unique.ts';

/** Something that only one resource can have at a time: a name, a priority, addresses. */
export interface Claim {
  /** Equal for what cannot exist twice; holds tokens where it is a reference. */
  readonly key: string;
  /** For people: `Priority 110 of ListenerA`. */
  readonly what: string;
  /** With a block, claims of one key collide only where their blocks overlap. */
  readonly block?: CidrBlock;
  /** The error's name in AWS. */
  readonly error: string;
  readonly source: string;
}

/** Names that are one per account, or one in all of AWS, rather than one per region. */
const wideScopes: Readonly<Record<string, Scope>> = {
  'AWS::S3::Bucket': 'world',
  'AWS::IAM::Role': 'account',
  'AWS::IAM::User': 'account',
  'AWS::IAM::Group': 'account',
  'AWS::IAM::InstanceProfile': 'account',
  'AWS::Route53::RecordSet': 'account',
};

/** IAM and RDS keep names apart without regard to case. */
const ignoringCase = /^AWS::(IAM|RDS)::/;

/** What a row of the table tells better, and what is put in place of another rather than created. */
const notByIdentity = new Set([
  'AWS::S3::BucketPolicy',
  'AWS::Route53::RecordSet',
  'AWS::WAFv2::WebACLAssociation',
  'AWS::EC2::VPCGatewayAttachment',
]);

const customNames =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html';

const claimed = new WeakMap<DeployedResource, readonly Claim[]>();

/** What a resource takes for itself. What only a deploy would know is not among it. */
export function claimsOf(resource: DeployedResource): readonly Claim[] {
  const known = claimed.get(resource);
  if (known) return known;
  const { identity } = resourceType(resource.type);
  const rows = unique.filter(({ type }) => type === resource.type);
  if (identity && !notByIdentity.has(resource.type)) {
    rows.push({
      type: resource.type,
      of: identity,
      scope: wideScopes[resource.type] ?? 'region',
      ignoringCase: ignoringCase.test(resource.type),
      error: 'AlreadyExists',
      source: customNames,
    });
  }
  const claims = rows.flatMap((row) => claimsBy(row, resource));
  claimed.set(resource, claims);
  return claims;
}

function claimsBy(row: UniqueRow, resource: DeployedResource): Claim[] {
  const { properties, stack, id } = resource;
  if (row.given?.some((name) => properties[name] === undefined || properties[name] === false)) return [];
  const itself = { Ref: token(stack.name, id, 'Ref') };
  const holders =
    row.members === undefined
      ? [{ ...properties, ...itself }]
      : list(properties[row.members])
          .filter(isMap)
          .map((member) => ({ ...properties, ...member, ...itself }));
  return holders.flatMap((holder) => claimsOfHolder(row, resource, holder));
}

function claimsOfHolder(row: UniqueRow, { stack, type }: DeployedResource, holder: ValueMap): Claim[] {
  const parts = row.of.map((path) => valuesAt(holder, path.split('.')));
  if (parts.some((values) => values.length === 0)) return [];
  const apart = (row.orBy ?? []).map((path) => valuesAt(holder, path.split('.'))[0] ?? '');
  const { account = '', region = '' } = stack;
  const scope = { world: '', account, region: `${account} ${region}` }[row.scope ?? 'region'];

  return combinations(parts).flatMap((combination): Claim[] => {
    if ([...combination, ...apart].some(hasUnknown)) return [];
    const block = row.addresses ? parseCidr(combination.at(-1) ?? '') : undefined;
    if (row.addresses && !block) return [];
    const compared = block ? combination.slice(0, -1) : combination;
    const key = JSON.stringify([
      row.like ?? type,
      scope,
      row.error,
      [...compared, ...apart].map((value) => spelledOnce(value, row)),
    ]);
    return [
      {
        key,
        what: describe(row, combination),
        ...(block && { block }),
        error: row.error,
        source: row.source,
      },
    ];
  });
}

/** Attributes that are what `Ref` is: a security group is known by its `GroupId`. */
const ownIds = new Set(['Id', 'GroupId', 'SubnetId', 'RouteTableId', 'InternetGatewayId']);
const tokens = new RegExp(tokenSource, 'g');

/** One of the spellings of a value that AWS takes for the same. */
function spelledOnce(value: string, { ignoringCase: anyCase = false, dns = false }: UniqueRow): string {
  const written = value.replace(tokens, (whole) => {
    const [parts] = tokensIn(whole);
    return parts && ownIds.has(parts.attribute) ? token(parts.stack, parts.logicalId, 'Ref') : whole;
  });
  const named = dns && written.endsWith('.') ? written.slice(0, -1) : written;
  return anyCase || dns ? named.toLowerCase() : named;
}

export function collide(one: Claim, other: Claim): boolean {
  if (one.key !== other.key) return false;
  return one.block && other.block ? overlaps(one.block, other.block) : true;
}

function describe({ of, type }: UniqueRow, values: readonly string[]): string {
  const [last = '', ...parents] = values.toReversed();
  if (of.length === 0) return `the one ${type} of an account and region`;
  const property =
    of
      .at(-1)
      ?.split('.')
      .filter((step) => step !== '*')
      .at(-1) ?? '';
  const within = parents.toReversed().map(display).join(', ');
  return `${property} ${display(last)}${within && ` of ${within}`}`;
}

function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): string[] {
  if (step === undefined) {
    const written = text(value) ?? (typeof value === 'boolean' ? String(value) : undefined);
    return written === undefined ? [] : [written];
  }
  if (step === '*') return list(value).flatMap((member) => valuesAt(member, rest));
  return isMap(value) ? valuesAt(at(value, step), rest) : [];
}

function combinations(parts: readonly (readonly string[])[]): string[][] {
  return parts.reduce<string[][]>(
    (all, values) => all.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
}
