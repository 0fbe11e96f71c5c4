import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, display, hasUnknown } from '../values.ts';
import { isForeignAccount } from './restrictions.ts';

/** Stores that Resource Access Manager hands to other accounts, and the call by which these then read them. */
const shared: Readonly<Record<string, string>> = {
  // Cloned: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Clone.Cross-Account.html
  'AWS::RDS::DBCluster': 'rds:RestoreDBClusterToPointInTime',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'backup:StartRestoreJob',
  'AWS::SSM::Parameter': 'ssm:GetParameter',
};

export interface Shared {
  readonly name: string;
  readonly action: string;
  readonly source: Resource;
  readonly answer: 'yes' | 'unknown';
}

/** Those outside the account whom a share lets read a store. */
export function sharedWith(target: Resource, graph: EnvironmentGraph): readonly Shared[] {
  const action = shared[target.type];
  if (action === undefined) return [];
  return graph.ofType('AWS::RAM::ResourceShare').flatMap((source) => {
    const holds = mayRefer(source.properties.ResourceArns, target, graph);
    if (holds === 'no') return [];
    return graph.possible(source.properties.Principals, !source.conditional).flatMap(({ value, certain }) => {
      const name = nameOf(asWritten(value), graph);
      const isSure = certain && holds === 'yes' && !hasUnknown(value);
      return name === undefined
        ? []
        : [{ name, action, source, answer: isSure ? 'yes' : 'unknown' } as const];
    });
  });
}

/** Of the own account and its roles the identity policies tell. */
function nameOf(principal: string, graph: EnvironmentGraph): string | undefined {
  if (hasUnknown(principal)) return 'a principal known only after deployment';
  if (/^arn:[^:]*:organizations:/.test(principal)) return `any principal of organization ${principal}`;
  return isForeignAccount(principal, graph.account) ? `account ${display(principal)}` : undefined;
}
