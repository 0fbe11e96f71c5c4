import { at, hasToken, list, text, type Value } from '../../../checks/model/values.ts';
import { valuesAt } from '../demands/checks.ts';
import type { DeployedResource } from './deployment.ts';

interface InnerRow {
  /** Every type where it is left out. */
  readonly type?: string;
  /** Where the lists are: a path, `*` for each member. @default the properties themselves */
  readonly within?: string;
  /** Lists whose members share one set of names. */
  readonly lists: readonly string[];
  /** What no two members may have alike. */
  readonly by: string;
  /** Values that may stand there any number of times. */
  readonly except?: readonly string[];
  readonly source: string;
}

const docs = 'https://docs.aws.amazon.com';
const tasks = `${docs}/AmazonECS/latest/APIReference`;

/** What must be unique within the lists of one resource. */
const innerUnique: readonly InnerRow[] = [
  {
    lists: ['Tags'],
    by: 'Key',
    source: `${docs}/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html`,
  },
  ...['WebACL', 'RuleGroup'].flatMap((type) =>
    ['Priority', 'Name'].map((by) => ({
      type: `AWS::WAFv2::${type}`,
      lists: ['Rules'],
      by,
      source: `${docs}/waf/latest/APIReference/API_Rule.html`,
    })),
  ),
  {
    type: 'AWS::Route53Resolver::FirewallRuleGroup',
    lists: ['FirewallRules'],
    by: 'Priority',
    source: `${docs}/Route53/latest/APIReference/API_route53resolver_CreateFirewallRule.html`,
  },
  {
    type: 'AWS::Events::Rule',
    lists: ['Targets'],
    by: 'Id',
    source: `${docs}/eventbridge/latest/APIReference/API_Target.html`,
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    lists: ['Conditions'],
    by: 'Field',
    except: ['http-header', 'query-string'],
    source: `${docs}/elasticloadbalancing/latest/application/rule-condition-types.html`,
  },
  ...(
    [
      ['Origins', 'Id'],
      ['CacheBehaviors', 'PathPattern'],
    ] as const
  ).map(([name, by]) => ({
    type: 'AWS::CloudFront::Distribution',
    within: 'DistributionConfig',
    lists: [name],
    by,
    source: `${docs}/cloudfront/latest/APIReference/API_DistributionConfig.html`,
  })),
  ...(
    [
      ['ContainerDefinitions', 'Name'],
      ['Volumes', 'Name'],
    ] as const
  ).map(([name, by]) => ({
    type: 'AWS::ECS::TaskDefinition',
    lists: [name],
    by,
    source: `${tasks}/API_RegisterTaskDefinition.html`,
  })),
  {
    type: 'AWS::ECS::TaskDefinition',
    within: 'ContainerDefinitions.*',
    lists: ['Environment', 'Secrets'],
    by: 'Name',
    source: `${tasks}/API_ContainerDefinition.html`,
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    within: 'ContainerDefinitions.*',
    lists: ['MountPoints'],
    by: 'ContainerPath',
    source: `${tasks}/API_ContainerDefinition.html`,
  },
  {
    type: 'AWS::CodeBuild::Project',
    within: 'Environment',
    lists: ['EnvironmentVariables'],
    by: 'Name',
    source: `${docs}/codebuild/latest/APIReference/API_EnvironmentVariable.html`,
  },
  ...['DefaultCacheBehavior', 'CacheBehaviors.*'].map((within) => ({
    type: 'AWS::CloudFront::Distribution',
    within: `DistributionConfig.${within}`,
    lists: ['FunctionAssociations', 'LambdaFunctionAssociations'],
    by: 'EventType',
    source: `${docs}/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html`,
  })),
  {
    type: 'AWS::S3::Bucket',
    within: 'LifecycleConfiguration',
    lists: ['Rules'],
    by: 'Id',
    source: `${docs}/AmazonS3/latest/userguide/intro-lifecycle-rules.html`,
  },
  ...(
    [
      ['Stages', undefined],
      ['Actions', 'Stages.*'],
    ] as const
  ).map(([name, within]) => ({
    type: 'AWS::CodePipeline::Pipeline',
    ...(within && { within }),
    lists: [name],
    by: 'Name',
    source: `${docs}/codepipeline/latest/userguide/reference-pipeline-structure.html`,
  })),
  {
    type: 'AWS::Backup::BackupPlan',
    within: 'BackupPlan',
    lists: ['BackupPlanRule'],
    by: 'RuleName',
    source: `${docs}/aws-backup/latest/devguide/API_BackupRule.html`,
  },
];

export interface InnerCollision {
  readonly property: string;
  readonly value: string;
  readonly source: string;
}

/** Members of the lists of a resource that have the same number or name. */
export function innerCollisions({ type, properties }: DeployedResource): InnerCollision[] {
  return innerUnique
    .filter((row) => row.type === undefined || row.type === type)
    .flatMap(({ within, lists, by, except = [], source }) =>
      valuesAt(properties, within?.split('.') ?? []).flatMap((holder) =>
        twice(lists.flatMap((name) => list(at(holder, name))).flatMap((member) => nameOf(at(member, by))))
          .filter((value) => !except.includes(value))
          .map((value) => ({ property: `${lists.join(' or ')}.${by}`, value, source })),
      ),
    );
}

function nameOf(value: Value | undefined): string[] {
  const written = text(value);
  return written === undefined || hasToken(written) ? [] : [written];
}

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
