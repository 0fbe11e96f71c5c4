import { coversAction, type Statement } from '../../model/access/policies.ts';
import { protectiveActions } from '../../model/protections.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';
import { policyDocuments, policyHolders } from './policy-documents.ts';

/**
 * Calls that switch a control off, delete what it keeps or rewrite what it decides. A deployment makes controls; what
 * runs in the shop needs none of these. Names: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const edits: Readonly<Record<string, readonly string[]>> = {
  'access-analyzer': ['DeleteAnalyzer', 'CreateArchiveRule'],
  backup: [
    'DeleteBackupPlan',
    'DeleteBackupSelection',
    'DeleteBackupVault',
    'DeleteBackupVaultAccessPolicy',
    'DeleteRecoveryPoint',
    'PutBackupVaultAccessPolicy',
    'StartCopyJob',
    'UpdateBackupPlan',
    'UpdateRecoveryPointLifecycle',
  ],
  cloudfront: ['AssociateDistributionWebACL', 'DisassociateDistributionWebACL', 'UpdateDistribution'],
  cloudtrail: ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
  cloudwatch: ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm', 'SetAlarmState'],
  codebuild: ['CreateProject', 'UpdateProject'],
  codepipeline: ['PutApprovalResult', 'UpdatePipeline'],
  config: ['DeleteConfigurationRecorder', 'DeleteDeliveryChannel', 'StopConfigurationRecorder'],
  ec2: [
    'AcceptVpcPeeringConnection',
    'AssociateAddress',
    'AttachInternetGateway',
    'AuthorizeClientVpnIngress',
    'AuthorizeSecurityGroupEgress',
    'AuthorizeSecurityGroupIngress',
    'CreateNetworkAclEntry',
    'CreateRoute',
    'CreateVpcPeeringConnection',
    'DeleteFlowLogs',
    'ModifyClientVpnEndpoint',
    'ModifyInstanceAttribute',
    'ModifyNetworkInterfaceAttribute',
    'ModifySnapshotAttribute',
    'ModifySubnetAttribute',
    'ModifyVpcEndpoint',
    'ReplaceRoute',
  ],
  ecr: ['DeleteRepository', 'PutImageTagMutability', 'PutReplicationConfiguration', 'SetRepositoryPolicy'],
  ecs: ['ExecuteCommand'],
  elasticfilesystem: [
    'CreateReplicationConfiguration',
    'DeleteFileSystem',
    'ModifyMountTargetSecurityGroups',
    'PutBackupPolicy',
    'PutFileSystemPolicy',
  ],
  elasticloadbalancing: [
    'CreateListener',
    'CreateRule',
    'DeleteRule',
    'ModifyListener',
    'ModifyLoadBalancerAttributes',
    'ModifyRule',
    'SetRulePriorities',
    'SetSecurityGroups',
    'SetWebAcl',
  ],
  events: ['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'],
  guardduty: ['ArchiveFindings', 'CreateFilter', 'DeleteDetector', 'UpdateDetector'],
  iam: ['CreateAccessKey', 'CreateLoginProfile', 'CreateRole', 'CreateUser', 'DeleteRolePermissionsBoundary'],
  kms: ['DisableKey', 'DisableKeyRotation', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  lambda: ['AddPermission', 'CreateFunctionUrlConfig', 'UpdateFunctionCode', 'UpdateFunctionConfiguration'],
  logs: [
    'DeleteLogGroup',
    'DeleteLogStream',
    'DeleteRetentionPolicy',
    'DeleteSubscriptionFilter',
    'DisassociateKmsKey',
    'PutSubscriptionFilter',
  ],
  organizations: ['LeaveOrganization'],
  rds: [
    'DeleteDBCluster',
    'DeleteDBInstance',
    'ModifyDBCluster',
    'ModifyDBClusterParameterGroup',
    'ModifyDBClusterSnapshotAttribute',
    'ModifyDBInstance',
    'ModifyDBSnapshotAttribute',
    'RestoreDBClusterFromSnapshot',
    'RestoreDBClusterToPointInTime',
    'StartExportTask',
  ],
  // Signing in to the database by IAM is for people; what runs in the shop has a credential that rotates.
  'rds-db': ['connect'],
  route53: ['ChangeResourceRecordSets'],
  route53resolver: [
    'DisassociateFirewallRuleGroup',
    'UpdateFirewallConfig',
    'UpdateFirewallDomains',
    'UpdateFirewallRule',
  ],
  s3: [
    'BypassGovernanceRetention',
    'DeleteBucket',
    'DeleteBucketPolicy',
    'PutBucketAcl',
    'PutBucketPolicy',
    'PutBucketPublicAccessBlock',
    'PutBucketVersioning',
    'PutEncryptionConfiguration',
    'PutLifecycleConfiguration',
    'PutReplicationConfiguration',
  ],
  scheduler: ['DeleteSchedule', 'UpdateSchedule'],
  secretsmanager: [
    'CancelRotateSecret',
    'DeleteResourcePolicy',
    'DeleteSecret',
    'PutResourcePolicy',
    'ReplicateSecretToRegions',
  ],
  securityhub: ['DisableSecurityHub', 'UpdateFindings'],
  sns: ['AddPermission', 'DeleteTopic', 'SetTopicAttributes', 'Unsubscribe'],
  sqs: ['AddPermission', 'PurgeQueue', 'SetQueueAttributes'],
  ssm: ['SendCommand', 'StartSession'],
  wafv2: [
    'DeleteLoggingConfiguration',
    'DeleteWebACL',
    'DisassociateWebACL',
    'UpdateIPSet',
    'UpdateRegexPatternSet',
    'UpdateWebACL',
  ],
  'workspaces-web': [
    'AssociateBrowserSettings',
    'AssociateNetworkSettings',
    'AssociateSessionLogger',
    'AssociateUserSettings',
    'DisassociateIpAccessSettings',
    'DisassociateSessionLogger',
    'UpdateBrowserSettings',
    'UpdateIpAccessSettings',
    'UpdateNetworkSettings',
    'UpdateSessionLogger',
    'UpdateUserSettings',
  ],
};
export const controlEditActions = Object.entries(edits).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
);

/** What runs in the shop cannot switch off, delete or rewrite what guards it. */
export const controlEdits = defineRule({
  invariant: 'DAT2',
  finding: 'ControlEdits',
  en: 'No role of the shop may switch off, delete or rewrite a control',
  ja: 'ショップのどのロールも統制を停止・削除・変更できない',
  appliesTo: policyHolders,
  judge(holder, { graph, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const statements = policyDocuments(holder, graph).filter((statement) => statement.effect === 'Allow');
    if (statements.length === 0) return skip('holds no statement of its own');
    const protective = protectiveIn(holder, graph);
    const found = statements
      .filter((statement) => !isOwnSchedule(statement, graph) && !isOfCopies(statement))
      .flatMap((statement) => editIn(statement, protective));
    return found.length > 0
      ? fail(`allows ${[...new Set(found)].join(', ')}`)
      : pass('leaves the controls as they are');
  },
});

/** What every role that carries the policy may call only where a schedule switches a protection on with it. */
function protectiveIn(holder: Resource, graph: EnvironmentGraph): readonly string[] {
  const roles =
    holder.type === 'AWS::IAM::Role'
      ? [holder]
      : list(holder.properties.Roles).map((value) => graph.target(value, 'AWS::IAM::Role'));
  const [first = [], ...others] = roles.map((role) => (role ? protectiveActions(role, graph) : []));
  return first.filter((action) => others.every((each) => each.includes(action)));
}

/** Schedules that code makes for itself are no control: what these templates make has another name. */
function isOwnSchedule({ actions: allowed, resources }: Statement, graph: EnvironmentGraph): boolean {
  const controls = graph.ofType('AWS::Scheduler::Schedule').map(({ properties }) => text(properties.Name));
  return (
    allowed.every((action) => /^scheduler:\w+$/.test(action)) &&
    resources.length > 0 &&
    resources.every((resource) => {
      const name = /:schedule\/default\/([\w-]+)$/.exec(resource)?.[1];
      return name !== undefined && !controls.includes(name);
    })
  );
}

/**
 * What a restore test brought up guards nothing, and AWS Backup alone gives this name.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
function isOfCopies({ actions, resources }: Statement): boolean {
  return (
    actions.every((action) => /^rds:(Modify|Delete)DB(Cluster|Instance)$|^rds:Describe/.test(action)) &&
    resources.length > 0 &&
    resources.every((resource) => /:(cluster|db):awsbackup-restore-test-\*$/.test(resource))
  );
}

function editIn(statement: Statement, protective: readonly string[]): string[] {
  const found = controlEditActions.filter(
    (action) =>
      coversAction(statement, action) === 'yes' &&
      // A pattern covers more than the call that is made.
      !(protective.includes(action) && statement.actions.includes(action)),
  );
  return found.length > 3 ? [...found.slice(0, 3), `${found.length - 3} more`] : found;
}
