import { isMap } from '../values.ts';

/** What a template writes, read no further than needed. */
export type Written = Readonly<Record<string, unknown>>;
export type Resources = Record<string, Written>;

/** What one resource of the Serverless Application Model becomes. */
export interface Expanded {
  readonly resources: Resources;
  /** What `!Ref Function.Alias` and the like mean, by the part after the dot. */
  readonly parts?: Readonly<Record<string, string>>;
  /** What of it is not expanded here. */
  readonly left: readonly string[];
}

export function mapOf(value: unknown): Written {
  return isMap(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** An ARN in the account and region of the stack; `rest` names its values as `${name}`. */
export const arnHere = (service: string, rest: string, values: Written) => ({
  'Fn::Sub': [`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`, values],
});

/** What a function is called that stands for what nobody knows here; what follows says what that is. */
export const unknownPrefix = 'Fn::Serverless ';

/** A value that nobody knows here: functions of no such name are known only to a deploy. */
export const unknownTo = (what: string) => ({ [unknownPrefix + what]: '' });

export function isIntrinsic(value: unknown): value is Written {
  const [key, ...others] = Object.keys(mapOf(value));
  return others.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

/** Of a map, the entries that are written, under the given names. */
export function pick(from: Written, ...names: readonly string[]): Written {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}

/** Names of the entries that nothing here reads. */
export function unread(from: Written, known: readonly string[]): readonly string[] {
  return Object.keys(from).filter((name) => !known.includes(name));
}

/** Tags are a map to the Serverless Application Model, and a list to CloudFormation. */
export function tagList(written: unknown): Written {
  const tags = Object.entries(mapOf(written)).map(([Key, Value]) => ({ Key, Value }));
  return tags.length > 0 ? { Tags: tags } : {};
}

/** An object in a bucket: by its URI, by its parts, or known to a deploy only. */
export function objectOf(written: unknown): { readonly Bucket: unknown; readonly Key: unknown } {
  const { Bucket, Key } = mapOf(written);
  if (Bucket !== undefined) return { Bucket, Key };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(typeof written === 'string' ? written : '') ?? [];
  return { Bucket: bucket ?? unknownTo('bucket of packages'), Key: key ?? unknownTo('package') };
}

/** Letters and digits of a text, as logical ids take them. */
export function lettersOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[^A-Za-z0-9]/g, '') : '';
}

/** A value that is given, or that of what is made in its place: always, or where a condition leaves none. */
export function givenOrMade(
  given: unknown,
  made: unknown,
): { readonly value: unknown; readonly isMade: boolean } {
  if (given === undefined) return { value: made, isMade: true };
  const [condition, ...branches] = listOf(mapOf(given)['Fn::If']);
  if (!branches.some(isNoValue)) return { value: given, isMade: false };
  return {
    value: { 'Fn::If': [condition, ...branches.map((each) => (isNoValue(each) ? made : each))] },
    isMade: true,
  };
}

export function isNoValue(value: unknown): boolean {
  return mapOf(value).Ref === 'AWS::NoValue';
}
