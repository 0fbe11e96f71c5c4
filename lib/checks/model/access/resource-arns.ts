import { nameProperty } from '../resource-types.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { hasUnknown, soleToken, text, token } from '../values.ts';
import type { Answer } from './answers.ts';
import { globMatches } from './patterns.ts';

export function arnToken(resource: Resource): string {
  return token(resource.stack, resource.logicalId, 'Arn');
}

const arnShape: Readonly<Record<string, (region: string, account: string) => string>> = {
  'AWS::SecretsManager::Secret': (r, a) => `arn:aws:secretsmanager:${r}:${a}:secret:`,
  'AWS::KMS::Key': (r, a) => `arn:aws:kms:${r}:${a}:key/`,
  'AWS::S3::Bucket': () => 'arn:aws:s3:::',
  'AWS::EFS::FileSystem': (r, a) => `arn:aws:elasticfilesystem:${r}:${a}:file-system/`,
  'AWS::DynamoDB::Table': (r, a) => `arn:aws:dynamodb:${r}:${a}:table/`,
  'AWS::SQS::Queue': (r, a) => `arn:aws:sqs:${r}:${a}:`,
  'AWS::RDS::DBCluster': (r, a) => `arn:aws:rds:${r}:${a}:cluster:`,
  'AWS::RDS::DBInstance': (r, a) => `arn:aws:rds:${r}:${a}:db:`,
  'AWS::IAM::Role': (_, a) => `arn:aws:iam::${a}:role/`,
  'AWS::Lambda::Function': (r, a) => `arn:aws:lambda:${r}:${a}:function:`,
};

/** Whether a `Resource` pattern covers the target; `unknown` when only the deployed name could tell. */
export function matchesResource(
  pattern: string,
  target: Resource,
  suffix: string,
  graph: EnvironmentGraph,
): Answer {
  const own = arnToken(target);
  if (globMatches(pattern, own + suffix)) return 'yes';
  // A secret's ARN ends in six random characters, which people write as question marks.
  if (pattern.startsWith(own))
    return suffix === '' ? 'yes' : globMatches(pattern, own + suffix) ? 'yes' : 'no';
  if (soleToken(pattern)) return 'no';
  if (hasUnknown(pattern)) return 'unknown';
  const shape = arnShape[target.type];
  if (!shape || !pattern.startsWith('arn:')) return 'no';
  // A region or account that nobody told is taken to be the one that the pattern means.
  const [, , , patternRegion = '*', patternAccount = '*'] = pattern.split(':');
  const prefix = shape(target.region ?? patternRegion, graph.account ?? patternAccount);
  const property = nameProperty[target.type];
  const name = property ? text(target.properties[property]) : undefined;
  if (name !== undefined && !hasUnknown(name)) {
    const random = target.type === 'AWS::SecretsManager::Secret' ? '-AbCdEf' : '';
    return globMatches(withAccount(pattern, graph), prefix + name + random + suffix) ? 'yes' : 'no';
  }
  if (!/[*?]/.test(pattern)) return 'no';
  // The name is made at deploy time: only a pattern that leaves it open altogether surely covers it.
  const probes = ['a', 'zz9-Q'].map((probe) =>
    globMatches(withAccount(pattern, graph), prefix + probe + suffix),
  );
  if (probes.every(Boolean)) return 'yes';
  const generated = prefix + target.stack;
  const fixed = withAccount(pattern, graph).split(/[*?]/)[0] ?? '';
  return fixed.length > prefix.length && generated.toLowerCase().startsWith(fixed.toLowerCase())
    ? 'unknown'
    : 'no';
}

function withAccount(pattern: string, graph: EnvironmentGraph): string {
  return graph.account ? pattern.replaceAll('$'.concat('{AWS::AccountId}'), graph.account) : pattern;
}
