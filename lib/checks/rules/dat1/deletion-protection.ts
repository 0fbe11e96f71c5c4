import { dataClassOf } from '../../model/declarations.ts';
import { isSwitchedOn } from '../../model/protections.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, isTrue } from '../../model/values.ts';
import { evidenceIn } from '../log1/log-groups.ts';
import {
  defineRule,
  expectProperty,
  fail,
  holdsCustomerData,
  isClusterMember,
  pass,
  skip,
  type Verdict,
} from '../rule.ts';

const withSwitch = [
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
];
const tables = ['AWS::DynamoDB::Table'];
const kept = ['Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** A store is deleted neither by one call nor by an edit of the template. */
export const deletionProtection = defineRule({
  invariant: 'DAT1',
  finding: 'DeletionProtection',
  en: 'Every store is protected from deletion',
  ja: '各ストアが削除から保護されている',
  appliesTo: [
    ...withSwitch,
    ...tables,
    'AWS::EFS::FileSystem',
    'AWS::S3::Bucket',
    'AWS::KMS::Key',
    'AWS::Backup::BackupVault',
    'AWS::ECR::Repository',
    'AWS::Cognito::UserPool',
    'AWS::SecretsManager::Secret',
    'AWS::Logs::LogGroup',
  ],
  judge(store, { disposable, declared, graph }) {
    if (disposable) return skip('the environment is disposable');
    if (isClusterMember(store)) return skip('holds nothing apart from its cluster');
    if (!matters(store, declared, graph)) return skip('holds nothing that must outlive the stack');
    const verdicts: Verdict[] = [];
    if (withSwitch.includes(store.type)) verdicts.push(switchOf(store, graph));
    if (tables.includes(store.type))
      verdicts.push(expectProperty(store, ['DeletionProtectionEnabled'], isTrue, 'true'));
    for (const [name, policy] of [
      ['DeletionPolicy', store.deletionPolicy],
      ['UpdateReplacePolicy', store.updateReplacePolicy],
    ] as const) {
      // Databases take a snapshot when nothing is said.
      const fine =
        policy === undefined ? store.type === 'AWS::RDS::DBCluster' && !declared : kept.includes(policy);
      verdicts.push(
        fine
          ? pass(`${name} is ${policy ?? 'Snapshot'}`)
          : fail(`${name} is ${policy ?? 'Delete'}; expected Retain or Snapshot`),
      );
    }
    return verdicts;
  },
});

/** In the template, or by a schedule of it that switches it on again and again; not against what the template says. */
function switchOf(store: Resource, graph: EnvironmentGraph): Verdict {
  return store.properties.DeletionProtection === undefined && isSwitchedOn(store, graph)
    ? pass('a schedule switches DeletionProtection on')
    : expectProperty(store, ['DeletionProtection'], isTrue, 'true');
}

function matters(store: Resource, declared: boolean, graph: EnvironmentGraph): boolean {
  if (holdsCustomerData(store)) return true;
  if (!declared) return false;
  const dataClass = dataClassOf(store);
  if (store.type === 'AWS::KMS::Key' || store.type === 'AWS::Backup::BackupVault') return true;
  if (store.type === 'AWS::Logs::LogGroup') return keepsEvidence(store, graph);
  // Other stores may be made again; customer data, evidence, the images to go back to and the logins may not.
  return store.type === 'AWS::SecretsManager::Secret' || (dataClass !== undefined && dataClass !== 'public');
}

/** Logs that prove who did what, and those of the function that decides who connects. */
function keepsEvidence(group: Resource, graph: EnvironmentGraph): boolean {
  if (evidenceIn(group, graph) !== undefined) return true;
  return graph.ofType('AWS::EC2::ClientVpnEndpoint').some(({ properties }) => {
    const handler = graph.target(
      at(properties, 'ClientConnectOptions', 'LambdaFunctionArn'),
      'AWS::Lambda::Function',
    );
    return handler && graph.target(at(handler.properties, 'LoggingConfig', 'LogGroup'), group.type) === group;
  });
}
