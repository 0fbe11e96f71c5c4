import { globMatches } from '../../model/access/patterns.ts';
import { exportsOf } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, map, text, type Value } from '../../model/values.ts';
import {
  type Context,
  defineRule,
  fail,
  holdsCustomerData,
  isClusterMember,
  pass,
  skip,
  type Verdict,
} from '../rule.ts';

const backedUpTypes = [
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::EFS::FileSystem',
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::DocDB::DBCluster',
];

/** Some plan selects the store, by name or by a tag that it carries. */
export const backedUp = defineRule({
  invariant: 'DAT1',
  finding: 'BackedUp',
  en: 'Every store of customer data is selected by a backup plan',
  ja: '顧客データの各ストアがバックアッププランに選択されている',
  appliesTo: backedUpTypes,
  judge(store, context) {
    if (!holdsCustomerData(store)) return skip('holds no customer data');
    if (exportsOf(store)) return skip('holds copies that are deleted within days');
    if (isClusterMember(store)) return skip('is backed up with its cluster');
    const selection = context.graph
      .ofType('AWS::Backup::BackupSelection')
      .find((each) => selects(each, store, context.graph));
    if (selection) return judgeSelection(selection, context);
    return context.declared ? fail('no backup selection names it or a tag of it') : elsewhere(context);
  },
});

/** A selection does something with a plan and a role that may back up. */
function judgeSelection(selection: Resource, { graph, access }: Context): Verdict {
  const role = graph.target(at(selection.properties, 'BackupSelection', 'IamRoleArn'), 'AWS::IAM::Role');
  const held = role ? list(role.properties.ManagedPolicyArns) : [];
  // The service's own policy is not described here; a role of one's own says what it may.
  const mayBackUp =
    !role ||
    held.some((arn) => /PolicyFor(S3)?Backup$|BackupFullAccess$/.test(text(arn) ?? '')) ||
    [
      'backup:StartBackupJob',
      'rds:CreateDBClusterSnapshot',
      's3:GetInventoryConfiguration',
      'elasticfilesystem:Backup',
    ].some((action) => access.may(role, action));
  if (!mayBackUp) return fail(`${role?.logicalId} may back nothing up`);
  const plan = graph.target(selection.properties.BackupPlanId, 'AWS::Backup::BackupPlan');
  if (!plan && selection.properties.BackupPlanId === undefined)
    return fail(`${selection.logicalId} selects it for no plan`);
  return at(selection.properties, 'BackupSelection', 'IamRoleArn') === undefined
    ? fail(`${selection.logicalId} names no role that backs up`)
    : pass(`is selected by ${selection.logicalId}`);
}

/** A selection that selects nothing, or for no plan, is a control that does not run. */
export const backupSelection = defineRule({
  invariant: 'DAT1',
  finding: 'BackupSelection',
  en: 'Every backup selection belongs to a plan and selects a store',
  ja: '各バックアップ選択はプランに属し、ストアを選択する',
  appliesTo: ['AWS::Backup::BackupSelection'],
  judge(selection, context) {
    const stores = context.graph
      .ofType(...backedUpTypes)
      .filter((store) => selects(selection, store, context.graph));
    return stores.length === 0 && context.declared
      ? fail('selects no store of these templates')
      : judgeSelection(selection, context);
  },
});

/** Backup is often set up once for a whole account, where an application's template cannot show it. */
function elsewhere({ graph }: Context): Verdict {
  return graph.ofType('AWS::Backup::BackupPlan').length > 0
    ? fail('a backup plan exists, but it does not select this')
    : skip('backups are not part of these templates');
}

export function selects(selection: Resource, store: Resource, graph: EnvironmentGraph): boolean {
  const choice = at(selection.properties, 'BackupSelection');
  const excluded = list(at(choice, 'NotResources')).some((value) => isNamed(value, store, graph));
  if (excluded) return false;
  // Conditions narrow a selection; whether a store meets them depends on tags that may change.
  if (Object.values(map(at(choice, 'Conditions'))).some((each) => list(each).length > 0)) return false;
  if (list(at(choice, 'Resources')).some((value) => isNamed(value, store, graph))) return true;
  const tags = tagsOf(store);
  return list(at(choice, 'ListOfTags')).some(
    (tag) => tags.get(text(at(tag, 'ConditionKey')) ?? '') === text(at(tag, 'ConditionValue')),
  );
}

function isNamed(value: Value, store: Resource, graph: EnvironmentGraph): boolean {
  const service = store.type.split('::')[1]?.toLowerCase() ?? '';
  const word =
    { rds: 'rds', efs: 'elasticfilesystem', dynamodb: 'dynamodb', s3: 's3', docdb: 'rds' }[service] ??
    service;
  return (
    graph.target(value, store.type) === store ||
    graph.target(typeof value === 'string' ? graph.canonicalArn(value) : value, store.type) === store ||
    value === '*' ||
    (typeof value === 'string' && /[*?]/.test(value) && coversKind(value, word, store.type))
  );
}

/** `arn:aws:rds:*:*:cluster:*` means every cluster, whatever it is called. */
function coversKind(pattern: string, service: string, type: string): boolean {
  const kind =
    {
      'AWS::RDS::DBCluster': 'cluster:',
      'AWS::RDS::DBInstance': 'db:',
      'AWS::EFS::FileSystem': 'file-system/',
      'AWS::DynamoDB::Table': 'table/',
      'AWS::DocDB::DBCluster': 'cluster:',
    }[type] ?? '';
  const probe =
    service === 's3'
      ? 'arn:aws:s3:::zz9-probe'
      : `arn:aws:${service}:xx-probe-1:000000000000:${kind}zz9-probe`;
  return globMatches(pattern, probe);
}

function tagsOf(store: Resource): Map<string, string | undefined> {
  const written = store.properties.Tags ?? store.properties.FileSystemTags;
  return new Map(list(written).map((tag) => [text(at(tag, 'Key')) ?? '', text(at(tag, 'Value'))]));
}
