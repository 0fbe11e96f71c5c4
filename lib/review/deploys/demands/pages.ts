/** Where AWS says what it takes, by service. */
export const docs = 'https://docs.aws.amazon.com';

export const api = {
  acm: `${docs}/acm/latest/APIReference`,
  backup: `${docs}/aws-backup/latest/devguide`,
  cloudfront: `${docs}/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html`,
  cloudwatch: `${docs}/AmazonCloudWatch/latest/APIReference`,
  codebuild: `${docs}/codebuild/latest/APIReference`,
  ec2: `${docs}/AWSEC2/latest/APIReference`,
  ecs: `${docs}/AmazonECS/latest/APIReference`,
  elb: `${docs}/elasticloadbalancing/latest/APIReference`,
  events: `${docs}/eventbridge/latest/APIReference`,
  iam: `${docs}/IAM/latest/APIReference`,
  kms: `${docs}/kms/latest/APIReference`,
  lambda: `${docs}/lambda/latest/api`,
  logs: `${docs}/AmazonCloudWatchLogs/latest/APIReference`,
  rds: `${docs}/AmazonRDS/latest/APIReference`,
  route53: `${docs}/Route53/latest/APIReference`,
  s3: `${docs}/AmazonS3/latest/userguide`,
  secrets: `${docs}/secretsmanager/latest/apireference`,
  sns: `${docs}/sns/latest/api`,
  sqs: `${docs}/AWSSimpleQueueService/latest/APIReference`,
  ssm: `${docs}/systems-manager/latest/APIReference`,
  waf: `${docs}/waf/latest`,
};
