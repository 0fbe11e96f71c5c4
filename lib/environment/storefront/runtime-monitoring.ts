import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * AWS's account, by region, that holds the agent GuardDuty adds to each task.
 * https://docs.aws.amazon.com/guardduty/latest/ug/ecs-runtime-agent-ecr-image-uri.html
 */
const agentAccounts: Readonly<Record<string, string>> = {
  'ap-northeast-1': '533107202818',
  'ap-northeast-2': '914738172881',
  'ap-northeast-3': '273192626886',
  'ap-south-1': '251508486986',
  'ap-southeast-1': '174946120834',
  'ap-southeast-2': '005257825471',
  'ca-central-1': '354763396469',
  'eu-central-1': '323658145986',
  'eu-north-1': '591436053604',
  'eu-west-1': '694911143906',
  'eu-west-2': '892757235363',
  'eu-west-3': '665651866788',
  'sa-east-1': '758426053663',
  'us-east-1': '593207742271',
  'us-east-2': '307168627858',
  'us-west-2': '733349766148',
};

/** Lets the execution role pull GuardDuty's agent; without it a task starts, but nobody watches inside. */
export function allowRuntimeMonitoring(executionRole: iam.Role, region: string): void {
  const account = agentAccounts[region];
  if (!account) throw new Error(`no account of the GuardDuty agent is known for ${region}`);
  executionRole.addToPolicy(
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      resources: [`arn:aws:ecr:${region}:${account}:repository/aws-guardduty-agent-fargate`],
    }),
  );
}
