import { identityEdits } from '../../model/access/access-tables.ts';
import { contractOf } from '../../model/declarations.ts';
import { at } from '../../model/values.ts';
import { controlEditActions } from '../dat2/control-edits.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Calls that read what customers entrusted, or get at it in one more step. */
const reading = [
  'athena:StartQueryExecution',
  'backup:StartRestoreJob',
  'backup:StartBackupJob',
  'cloudformation:CreateChangeSet',
  'cloudformation:UpdateStack',
  'codebuild:StartBuild',
  'dynamodb:Scan',
  'ec2:CreateSnapshot',
  'ecr:BatchGetImage',
  'ecr:PutImage',
  'ecs:RegisterTaskDefinition',
  'ecs:RunTask',
  'ecs:UpdateService',
  'elasticfilesystem:ClientMount',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PassRole',
  'iam:PutRolePermissionsBoundary',
  'kms:CreateGrant',
  'kms:Decrypt',
  'lambda:InvokeFunction',
  'logs:Unmask',
  'rds:CopyDBClusterSnapshot',
  'rds:CreateDBClusterSnapshot',
  'rds:DownloadDBLogFilePortion',
  'rds-data:ExecuteStatement',
  's3:DeleteObject',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'ssm:GetParameter',
  'ssm:PutParameter',
  'sts:AssumeRole',
];

/**
 * Whatever somebody attaches to the role of a contractor one day, its boundary leaves nothing of all this. A log group is
 * read only where the policy names it.
 */
export const contractorBoundary = defineRule({
  invariant: 'OPS1',
  finding: 'ContractorBoundary',
  en: 'The boundary of a contractor leaves no way to read data, touch backups and logs, switch off a control or change itself',
  ja: '委託先の権限境界は、データの閲覧、バックアップやログの操作、統制の停止、自身の変更を許さない',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, { graph, access }) {
    if (!contractOf(role)) return skip('is not the role of a contractor');
    if (!graph.target(role.properties.PermissionsBoundary, 'AWS::IAM::ManagedPolicy'))
      return fail('has no permissions boundary that these templates show');
    const left = [...new Set([...reading, ...identityEdits, ...controlEditActions])].filter((action) =>
      access.couldBeLet(role, action),
    );
    if (left.length > 0)
      return fail(
        `its boundary leaves ${left.slice(0, 3).join(', ')}${left.length > 3 ? ` and ${left.length - 3} more` : ''}`,
      );
    const ofBuilds = graph
      .ofType('AWS::CodeBuild::Project')
      .map(({ properties }) => graph.target(at(properties.LogsConfig, 'CloudWatchLogs', 'GroupName')));
    const others = graph
      .ofType('AWS::Logs::LogGroup')
      .filter((group) => !ofBuilds.includes(group) && access.couldBeLet(role, 'logs:GetLogEvents', group));
    return others.length > 0
      ? fail(
          `its boundary leaves the logs in ${others.map(({ logicalId }) => logicalId).join(', ')}; those of builds are enough`,
        )
      : pass('its boundary leaves none of the calls that read, reach further or switch something off');
  },
});
