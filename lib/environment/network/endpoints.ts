import { Lazy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { outsideNeeds } from './outside/outside-needs.ts';

/** Buckets of this account, and those of AWS that tasks, functions and hosts cannot do without. Costs nothing. */
export function addS3Endpoint(vpc: ec2.Vpc): void {
  const { account } = Stack.of(vpc);
  const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const allow = (sid: string, statement: iam.PolicyStatementProps) =>
    endpoint.addToPolicy(
      new iam.PolicyStatement({ sid, principals: [new iam.AnyPrincipal()], ...statement }),
    );

  allow('OwnBuckets', {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 's3:AbortMultipartUpload'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:ResourceAccount': account } },
  });
  // Image layers, packages, patches; functions answer CloudFormation through presigned URLs to its own buckets.
  for (const action of ['s3:GetObject', 's3:PutObject']) {
    allow(action === 's3:GetObject' ? 'ReadFromAws' : 'AnswerToAws', {
      actions: [action],
      resources: Lazy.list({
        produce: () =>
          outsideNeeds(vpc)
            .buckets.filter((bucket) => bucket.action === action)
            .map(({ name }) => `arn:aws:s3:::${name}/*`),
      }),
    });
  }
}

/**
 * Secrets for principals of this account, over AWS's own network: whoever stole another account's credentials cannot
 * carry anything out through it. Costs about 10 USD a month and zone.
 */
export function addSecretsManagerEndpoint(
  vpc: ec2.Vpc,
  subnets: ec2.SubnetSelection,
  securityGroup: ec2.ISecurityGroup,
): ec2.InterfaceVpcEndpoint {
  const endpoint = vpc.addInterfaceEndpoint('SecretsManager', {
    service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    subnets,
    securityGroups: [securityGroup],
    open: false,
  });
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      sid: 'OwnSecrets',
      principals: [new iam.AnyPrincipal()],
      actions: [
        'secretsmanager:GetSecretValue',
        'secretsmanager:DescribeSecret',
        'secretsmanager:ListSecretVersionIds',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
        'secretsmanager:GetRandomPassword',
        'secretsmanager:RotateSecret',
      ],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(vpc).account } },
    }),
  );
  return endpoint;
}
