import { globMatches } from '../../model/access/patterns.ts';
import type { Statement } from '../../model/access/policies.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';
import { policyDocuments, policyHolders } from './policy-documents.ts';

/**
 * Actions that take no resource, so that `*` is the only thing that can be written. From the service authorization
 * reference: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
const withoutResource = [
  'ec2:Describe*',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
  'ec2:GetSecurityGroupsForVpc',
  'ec2:GetManagedPrefixListEntries',
  'ecr:GetAuthorizationToken',
  'ecs:List*',
  'ecs:DescribeTaskDefinition',
  'ecs:RegisterTaskDefinition',
  'ecs:DeregisterTaskDefinition',
  'xray:Put*',
  'xray:GetSampling*',
  'cloudwatch:PutMetricData',
  'cloudwatch:GetMetric*',
  'cloudwatch:ListMetrics',
  'cloudwatch:Describe*',
  'logs:DescribeLogGroups',
  'logs:DescribeQueries',
  'logs:StopQuery',
  'logs:GetQueryResults',
  'logs:CreateLogDelivery',
  'logs:*LogDeliver*',
  'logs:*ResourcePolic*',
  'ssm:DescribeParameters',
  'ssm:DescribeInstance*',
  // What the agent of a managed host says about itself and asks for its patches.
  'ssm:DescribeAssociation',
  'ssm:DescribeDocument',
  'ssm:GetDeployablePatchSnapshotForInstance',
  'ssm:GetDocument',
  'ssm:GetManifest',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:PutComplianceItems',
  'ssm:PutConfigurePackageResult',
  'ssm:PutInventory',
  'ssm:Update*Association*Status',
  'ssm:UpdateInstanceInformation',
  'ssmmessages:*',
  'ec2messages:*',
  's3:ListAllMyBuckets',
  's3:GetAccountPublicAccessBlock',
  'sts:GetCallerIdentity',
  'secretsmanager:GetRandomPassword',
  'secretsmanager:ListSecrets',
  'kms:ListAliases',
  'kms:ListKeys',
  'tag:GetResources',
  'iam:List*',
  'rds:Describe*',
  'inspector2:*',
  'securityhub:BatchImportFindings',
  'securityhub:GetFindings',
  'guardduty:List*',
  'access-analyzer:*',
  'config:Put*',
  'config:Describe*',
  'config:Get*',
  'elasticloadbalancing:Describe*',
  'route53:ListHostedZones*',
  'route53:GetChange',
  'acm:ListCertificates',
  'cloudfront:List*',
  'route53resolver:List*',
  'codebuild:ListProjects',
  'backup:List*',
  'backup:PutRestoreValidationResult',
  'ce:*',
  'cloudtrail:LookupEvents',
  'sns:ListTopics',
  'bedrock:List*',
  'budgets:ViewBudget',
  'servicequotas:*',
  'waf*:List*',
];

/** No policy says "anything" where it could name a thing. */
export const wildcardPolicy = defineRule({
  invariant: 'DAT2',
  finding: 'WildcardPolicy',
  en: 'No policy allows every action of a service, or an action on every resource that could be named',
  ja: 'ポリシーは全アクションや、特定できるはずの全リソースを許可しない',
  appliesTo: policyHolders,
  judge(holder, { graph, declared }) {
    const statements = policyDocuments(holder, graph).filter((statement) => statement.effect === 'Allow');
    if (statements.length === 0) return skip('holds no statement of its own');
    return statements.map((statement) => judge(statement, declared));
  },
});

function judge(statement: Statement, declared: boolean): Verdict {
  if (statement.notActions)
    return fail(`allows everything but ${statement.notActions.join(', ')} (NotAction)`);
  if (statement.notResources) return fail('allows everything but the resources it names (NotResource)');
  const all = statement.actions.filter(
    (action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action) && !isWithoutResource(action),
  );
  if (all.length > 0)
    return declared || all.includes('*') || isEverything(statement)
      ? fail(`allows ${all.join(', ')}`)
      : pass('allows a service on resources it names');
  if (!isEverything(statement)) return pass('names actions and resources');
  const nameable = statement.actions.filter((action) => !isWithoutResource(action));
  if (nameable.length === 0) return pass('uses "*" only for actions that take no resource');
  if (Object.keys(statement.conditions).length > 0) return pass('limits "*" by conditions');
  return declared || nameable.some(isDangerous)
    ? fail(`allows ${nameable.join(', ')} on every resource`)
    : pass('allows harmless actions on every resource');
}

function isEverything(statement: Statement): boolean {
  return statement.resources.some(
    (resource) =>
      resource === '*' ||
      // Of S3 alone the first word is a name: all objects of one bucket.
      /^arn:[^:]*:(s3:[^:]*:[^:]*:\*(\/\*)?|(?!s3:)([a-z0-9-]+|\*):[^:]*:[^:]*:(\*|[a-z-]+[:/]\*))$/.test(
        resource,
      ),
  );
}

function isWithoutResource(action: string): boolean {
  return withoutResource.some((pattern) => globMatches(pattern, action, true));
}

/** In other people's templates only what opens data or rights is worth a report. */
function isDangerous(action: string): boolean {
  return /^(\*|iam:.*|sts:AssumeRole.*|kms:(Decrypt|\*|Put.*|CreateGrant|ReEncrypt.*)|secretsmanager:(Get.*|Put.*|\*)|s3:(\*|Get\*|GetObject.*|Put.*Policy)|rds:\*|dynamodb:\*|lambda:UpdateFunctionCode|ecs:ExecuteCommand)$/i.test(
    action,
  );
}
