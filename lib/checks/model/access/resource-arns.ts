import { remembered } from '../remembered.ts';
import { nameProperty } from '../resource-types.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { text, token, tokenSource } from '../values.ts';
import { anyCharacter, anyText, freeText, type Hole, type Piece } from './patterns.ts';

/** What stands for a name or an account in the shapes below. */
type Shape = (region: string, account: string, name: string) => string;

const shapes: Readonly<Record<string, Shape>> = {
  'AWS::SecretsManager::Secret': (r, a, name) => `arn:aws:secretsmanager:${r}:${a}:secret:${name}`,
  'AWS::KMS::Key': (r, a, name) => `arn:aws:kms:${r}:${a}:key/${name}`,
  'AWS::KMS::ReplicaKey': (r, a, name) => `arn:aws:kms:${r}:${a}:key/${name}`,
  'AWS::S3::Bucket': (_r, _a, name) => `arn:aws:s3:::${name}`,
  'AWS::EFS::FileSystem': (r, a, name) => `arn:aws:elasticfilesystem:${r}:${a}:file-system/${name}`,
  'AWS::DynamoDB::Table': (r, a, name) => `arn:aws:dynamodb:${r}:${a}:table/${name}`,
  'AWS::DynamoDB::GlobalTable': (r, a, name) => `arn:aws:dynamodb:${r}:${a}:table/${name}`,
  'AWS::SQS::Queue': (r, a, name) => `arn:aws:sqs:${r}:${a}:${name}`,
  'AWS::SNS::Topic': (r, a, name) => `arn:aws:sns:${r}:${a}:${name}`,
  'AWS::RDS::DBCluster': (r, a, name) => `arn:aws:rds:${r}:${a}:cluster:${name}`,
  'AWS::RDS::DBInstance': (r, a, name) => `arn:aws:rds:${r}:${a}:db:${name}`,
  'AWS::IAM::Role': (_, a, name) => `arn:aws:iam::${a}:role${name}`,
  'AWS::IAM::User': (_, a, name) => `arn:aws:iam::${a}:user${name}`,
  'AWS::IAM::Group': (_, a, name) => `arn:aws:iam::${a}:group${name}`,
  'AWS::IAM::ManagedPolicy': (_, a, name) => `arn:aws:iam::${a}:policy${name}`,
  'AWS::IAM::InstanceProfile': (_, a, name) => `arn:aws:iam::${a}:instance-profile${name}`,
  'AWS::Lambda::Function': (r, a, name) => `arn:aws:lambda:${r}:${a}:function:${name}`,
  'AWS::CodeBuild::Project': (r, a, name) => `arn:aws:codebuild:${r}:${a}:project/${name}`,
  'AWS::EC2::Instance': (r, a, name) => `arn:aws:ec2:${r}:${a}:instance/${name}`,
  'AWS::EC2::LaunchTemplate': (r, a, name) => `arn:aws:ec2:${r}:${a}:launch-template/${name}`,
  'AWS::CodeCommit::Repository': (r, a, name) => `arn:aws:codecommit:${r}:${a}:${name}`,
  'AWS::ECR::Repository': (r, a, name) => `arn:aws:ecr:${r}:${a}:repository/${name}`,
  'AWS::StepFunctions::StateMachine': (r, a, name) => `arn:aws:states:${r}:${a}:stateMachine:${name}`,
  'AWS::ECS::Service': (r, a, name) => `arn:aws:ecs:${r}:${a}:service/${name}`,
  'AWS::ECS::TaskDefinition': (r, a, name) => `arn:aws:ecs:${r}:${a}:task-definition/${name}`,
  'AWS::SageMaker::NotebookInstance': (r, a, name) => `arn:aws:sagemaker:${r}:${a}:notebook-instance/${name}`,
  'AWS::Glue::Job': (r, a, name) => `arn:aws:glue:${r}:${a}:job/${name}`,
  'AWS::AppRunner::Service': (r, a, name) => `arn:aws:apprunner:${r}:${a}:service/${name}`,
  'AWS::CodePipeline::Pipeline': (r, a, name) => `arn:aws:codepipeline:${r}:${a}:${name}`,
  'AWS::S3::AccessPoint': (r, a, name) => `arn:aws:s3:${r}:${a}:accesspoint/${name}`,
  'AWS::EC2::Volume': (r, a, name) => `arn:aws:ec2:${r}:${a}:volume/${name}`,
  'AWS::Redshift::Cluster': (r, a, name) => `arn:aws:redshift:${r}:${a}:cluster:${name}`,
  'AWS::Kinesis::Stream': (r, a, name) => `arn:aws:kinesis:${r}:${a}:stream/${name}`,
  'AWS::KinesisFirehose::DeliveryStream': (r, a, name) => `arn:aws:firehose:${r}:${a}:deliverystream/${name}`,
  'AWS::OpenSearchService::Domain': (r, a, name) => `arn:aws:es:${r}:${a}:domain/${name}`,
  'AWS::Elasticsearch::Domain': (r, a, name) => `arn:aws:es:${r}:${a}:domain/${name}`,
  'AWS::Logs::LogGroup': (r, a, name) => `arn:aws:logs:${r}:${a}:log-group:${name}`,
  'AWS::Backup::BackupVault': (r, a, name) => `arn:aws:backup:${r}:${a}:backup-vault:${name}`,
};

/** What stands for the account where nobody told it: a pseudo parameter, as templates write it. */
export const accountReference = '$'.concat('{AWS::AccountId}');
export const regionReference = '$'.concat('{AWS::Region}');

/** Types below `/` or a path of their own. */
const pathed = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::InstanceProfile',
]);

/** Ids that a service gives, and names that differ from what CloudFormation makes elsewhere. */
const generated: Readonly<
  Record<string, { readonly begins?: string; readonly characters: RegExp; readonly lowercase?: true }>
> = {
  'AWS::KMS::Key': { characters: /[0-9a-fmrk-]/ },
  'AWS::KMS::ReplicaKey': { characters: /[0-9a-fmrk-]/ },
  'AWS::EFS::FileSystem': { begins: 'fs-', characters: /[0-9a-f]/ },
  'AWS::EC2::Instance': { begins: 'i-', characters: /[0-9a-f]/ },
  'AWS::EC2::LaunchTemplate': { begins: 'lt-', characters: /[0-9a-f]/ },
  'AWS::EC2::Volume': { begins: 'vol-', characters: /[0-9a-f]/ },
  'AWS::S3::AccessPoint': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::Redshift::Cluster': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::OpenSearchService::Domain': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::Elasticsearch::Domain': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::S3::Bucket': { characters: /[0-9a-z.-]/, lowercase: true },
  'AWS::RDS::DBCluster': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::RDS::DBInstance': { characters: /[0-9a-z-]/, lowercase: true },
  'AWS::ECR::Repository': { characters: /[0-9a-z._/-]/, lowercase: true },
};
const nameCharacters = /[0-9A-Za-z_.-]/;

/** The part of a secret's ARN that Secrets Manager adds: a hyphen and six characters. */
const secretSuffix = 'Suffix';

export function arnToken(resource: Resource): string {
  return token(resource.stack, resource.logicalId, 'Arn');
}

/** The name or id of a resource: as the template gives it, or a reference where only a deploy makes it. */
function nameOf(resource: Resource): string {
  const property = nameProperty[resource.type];
  const name = property === undefined ? undefined : text(resource.properties[property]);
  return name ?? token(resource.stack, resource.logicalId, 'Ref');
}

/** The ARN of a resource with everything in it that the template knows; a reference for types without a known shape. */
export function arnOf(resource: Resource, graph: EnvironmentGraph): string {
  const shape = shapes[resource.type];
  if (!shape) return arnToken(resource);
  const region = resource.region ?? regionReference;
  const account = graph.account ?? accountReference;
  const path = pathed.has(resource.type) ? (text(resource.properties.Path) ?? '/') : '';
  const suffix =
    resource.type === 'AWS::SecretsManager::Secret'
      ? token(resource.stack, resource.logicalId, secretSuffix)
      : '';
  return shape(region, account, path + nameOf(resource) + suffix);
}

/** The parts of an ARN; pseudo parameters have colons of their own. */
export function partsOfArn(arn: string): readonly (string | undefined)[] {
  const parts = arn.replace(/\$\{AWS::(\w+)\}/g, '\uE004$1\uE004').split(':');
  return parts.map((part) => part.replace(/\uE004(\w+)\uE004/g, '$${AWS::$1}'));
}

const tokens = new RegExp(tokenSource, 'g');
const separator = '\uE001';

/**
 * References to ARNs and names become what the template knows of them, so that two spellings of one thing are one text.
 */
export function spelled(written: string, graph: EnvironmentGraph): string {
  if (!written.includes('\uE000')) return written;
  return written.replace(tokens, (whole: string, body: string) => {
    const [stack = '', logicalId = '', attribute = ''] = body.split(separator);
    const resource = graph.get(stack, logicalId);
    if (!resource || !shapes[resource.type]) return whole;
    if (attribute === 'Arn') return arnOf(resource, graph);
    // Of these AWS gives the last part, under a name that is none of an attribute.
    if (attribute === 'StreamArn')
      return `${arnOf(resource, graph)}/stream/${token(stack, logicalId, 'StreamArn label')}`;
    if (attribute === 'MasterUserSecret') return managedSecretArn(resource, graph);
    return attribute === 'Ref' ? nameOf(resource) : whole;
  });
}

/** The secret in which RDS keeps the login of a database, under an id that it gives it. */
export function managedSecretArn(database: Resource, { account }: EnvironmentGraph): string {
  const { type, stack, logicalId, region = regionReference } = database;
  const kind = type === 'AWS::RDS::DBInstance' ? 'db' : 'cluster';
  const id = token(stack, logicalId, 'MasterUserSecret id');
  return `arn:aws:secretsmanager:${region}:${account ?? accountReference}:secret:rds!${kind}-${id}`;
}

/** Most texts are asked about again for every role. */
const read = new WeakMap<EnvironmentGraph, Map<string, readonly Piece[]>>();

/** A text of a template, as what it may be after a deploy. */
export function piecesOf(written: string, graph: EnvironmentGraph, as: 'pattern' | 'text'): readonly Piece[] {
  const ofGraph = remembered(read, graph, () => new Map<string, readonly Piece[]>());
  return remembered(ofGraph, as + written, () => findPieces(written, graph, as));
}

function findPieces(written: string, graph: EnvironmentGraph, as: 'pattern' | 'text'): readonly Piece[] {
  const pieces: Piece[] = [];
  const text = spelled(written, graph);
  const parts = /\uE000([^\uE000\uE002]*)\uE002|\{\{(resolve:ssm:[^}]*)\}\}|\$\{([^}]*)\}|([\s\S])/gu;
  for (const [, body, stored, variable, character = ''] of text.matchAll(parts)) {
    if (body !== undefined) pieces.push(...holesOf(body, graph));
    else if (stored !== undefined) pieces.push({ id: stored, span: 1, many: true, sort: 'open' });
    else if (variable !== undefined) pieces.push(variablePiece(variable));
    else if (as === 'text') pieces.push(character === '\uE003' ? freeText : character);
    else pieces.push(character === '*' ? anyText : character === '?' ? anyCharacter : character);
  }
  return pieces;
}

/** Stands in a text for what whoever asks may choose. */
export const chosen = '\uE003';

/** `${*}`, `${?}` and `${$}` are those characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function variablePiece(variable: string): Piece {
  if (variable === '*' || variable === '?' || variable === '$') return variable;
  if (variable.startsWith('AWS::'))
    return { id: variable, span: 1, many: true, characters: /[a-z0-9-]/, sort: 'place' };
  return { id: `variable ${variable}`, span: 1, many: true, sort: 'open' };
}

function holesOf(body: string, graph: EnvironmentGraph): Piece[] {
  const [stack = '', logicalId = '', attribute = ''] = body.split(separator);
  const resource = graph.get(stack, logicalId);
  if (attribute === secretSuffix) {
    const random: Hole = { id: body, span: 0, many: false, characters: /[A-Za-z0-9]/, sort: 'name' };
    return ['-', ...Array.from({ length: 6 }, (_, n) => (n === 0 ? { ...random, span: 6 } : random))];
  }
  if (!resource || attribute !== 'Ref' || !shapes[resource.type])
    return [{ id: body, span: 1, many: true, sort: 'open' }];
  const known = generated[resource.type];
  const characters = known?.characters ?? nameCharacters;
  const inner: Hole = { id: body, span: 0, many: false, characters, sort: 'name' };
  const some: Piece[] = [inner, { ...inner, many: true }];
  const pieces: Piece[] = [...(known?.begins ?? ''), ...some];
  if (hasStackName(resource.type)) {
    // <stack>-<logical id>-<random>; long logical ids are cut, never below their first letters.
    const kept = logicalId.slice(0, 8);
    pieces.push('-', ...(known?.lowercase ? kept.toLowerCase() : kept), ...some);
  }
  const first = pieces.indexOf(inner);
  pieces[first] = { ...inner, span: pieces.length - first };
  return pieces;
}

/** Names of secrets begin with the logical id; what has no name property has an id from its service. */
function hasStackName(type: string): boolean {
  return nameProperty[type] !== undefined && type !== 'AWS::SecretsManager::Secret';
}
