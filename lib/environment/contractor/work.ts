import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeploymentNames } from '../patching/names.ts';

export interface Workplace {
  readonly names: DeploymentNames;
  /** What names of the environment's stacks begin with, such as `hana-candles-production-`. */
  readonly stackPrefix: string;
  /** Log group of builds and releases, the one that holds nothing of customers. */
  readonly buildLogArns: readonly string[];
}

/**
 * What a contractor does (OPS1): release what the repository holds, through the scan gate; restart; see what is up.
 *
 * Not among it, because each would read or reach further: updating the service (it takes other images, networks and a
 * shell), deploying stacks (the deployer may do anything), and the logs of the shop, the web ACL and the database,
 * which hold customers' addresses.
 */
export function contractorWork(scope: Construct, { names, ...place }: Workplace): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const arn = (service: string, resource: string, resourceName?: string) =>
    stack.formatArn({ service, resource, ...(resourceName !== undefined && { resourceName }) });
  const pipeline = arn('codepipeline', names.pipeline);
  return [
    new iam.PolicyStatement({
      sid: 'Release',
      actions: [
        'codepipeline:GetPipelineExecution',
        'codepipeline:GetPipelineState',
        'codepipeline:ListActionExecutions',
        'codepipeline:ListPipelineExecutions',
        'codepipeline:StartPipelineExecution',
      ],
      resources: [pipeline],
    }),
    new iam.PolicyStatement({
      // The service starts another task in place of the one that is stopped.
      sid: 'Restart',
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [arn('ecs', 'task', `${names.cluster}/*`)],
    }),
    new iam.PolicyStatement({
      sid: 'SeeServices',
      actions: ['ecs:DescribeClusters', 'ecs:DescribeServices'],
      resources: [
        arn('ecs', 'cluster', names.cluster),
        arn('ecs', 'service', `${names.cluster}/${names.service}`),
      ],
    }),
    new iam.PolicyStatement({
      sid: 'ReadBuildLogs',
      actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
      resources: [...place.buildLogArns],
    }),
    new iam.PolicyStatement({
      sid: 'SeeDeploys',
      actions: ['cloudformation:DescribeStackEvents', 'cloudformation:DescribeStacks'],
      resources: [arn('cloudformation', 'stack', `${place.stackPrefix}*`)],
    }),
    new iam.PolicyStatement({
      sid: 'SeeWhatIsUp',
      actions: [
        'cloudwatch:DescribeAlarmHistory',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetMetricData',
        'cloudwatch:GetMetricStatistics',
        'cloudwatch:ListMetrics',
        'ecs:ListTasks',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'inspector2:ListFindings',
        'rds:DescribeDBClusters',
        'rds:DescribeDBInstances',
      ],
      resources: ['*'],
    }),
  ];
}
