import { whereToReportAbsence } from '../absence.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/**
 * Services whose resources these rules know: each either has rules of its own or can neither let anyone in nor let
 * anything out.
 */
const known = [
  'AccessAnalyzer',
  'ApplicationAutoScaling',
  'Backup',
  'Budgets',
  'CDK',
  'CE',
  'CertificateManager',
  'Chatbot',
  'CloudFormation::WaitCondition',
  'CloudFormation::WaitConditionHandle',
  'CloudFormation::CustomResource',
  'CloudFront',
  'CloudTrail',
  'CloudWatch',
  'CodeBuild',
  'CodePipeline',
  'Cognito',
  'Config',
  'DynamoDB',
  'EC2',
  'ECR',
  'ECS',
  'EFS',
  'ElastiCache',
  'ElasticLoadBalancingV2',
  'Events',
  'GuardDuty',
  'IAM',
  'KMS',
  'Lambda::EventInvokeConfig',
  'Lambda::Function',
  'Lambda::LayerVersion',
  'Lambda::Permission',
  'Lambda::Url',
  'Lambda::Version',
  'Logs',
  'Macie',
  'RDS',
  'ResourceGroups',
  'Route53',
  'Route53Resolver',
  'S3',
  'SES',
  'SNS',
  'SQS',
  'SSM',
  'Scheduler',
  'SecretsManager',
  'SecurityHub',
  'StepFunctions',
  'Synthetics',
  'WAFv2',
  'WorkSpacesWeb',
];

/** Of a kind of resource that no rule knows nobody has said that it is safe: it is reported, not passed. */
export const knownKinds = defineRule({
  invariant: 'NET2',
  finding: 'KnownKinds',
  en: 'The shop holds only kinds of resources that these checks know',
  ja: 'ショップは本チェックが対象とする種類のリソースだけを含む',
  appliesTo: ['*'],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    const unknown = graph.resources
      .filter(({ type }) => type.startsWith('AWS::') && !isKnown(type))
      .map(
        (resource): Finding => ({
          resource,
          ...fail(`no rule knows what a ${resource.type} lets in or out`),
        }),
      );
    const where = whereToReportAbsence(graph);
    return unknown.length === 0 && where
      ? [{ resource: where, ...pass('every resource of the environment is of a kind that rules are about') }]
      : unknown;
  },
});

function isKnown(type: string): boolean {
  const [, service = '', kind = ''] = type.split('::');
  return known.includes(service) || known.includes(`${service}::${kind}`);
}
