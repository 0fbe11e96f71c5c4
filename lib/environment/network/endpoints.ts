import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { cloudFormationBuckets, imageLayerBucket, packageBucket } from './dns-firewall.ts';

/** Buckets of this account, and those of AWS that tasks, functions and hosts cannot do without. Costs nothing. */
export function addS3Endpoint(vpc: ec2.Vpc): void {
  const { account, region } = Stack.of(vpc);
  const endpoint = vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const allow = (sid: string, statement: iam.PolicyStatementProps) =>
    endpoint.addToPolicy(
      new iam.PolicyStatement({ sid, principals: [new iam.AnyPrincipal()], ...statement }),
    );
  const objectsOf = (bucket: string) => `arn:aws:s3:::${bucket}/*`;

  allow('OwnBuckets', {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 's3:AbortMultipartUpload'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:ResourceAccount': account } },
  });
  allow('ImageLayers', { actions: ['s3:GetObject'], resources: [objectsOf(imageLayerBucket(region))] });
  // Functions answer CloudFormation through presigned URLs to its own buckets.
  allow('AnswersToCloudFormation', {
    actions: ['s3:PutObject'],
    resources: cloudFormationBuckets(region).map(objectsOf),
  });
  allow('PackagesOfAmazonLinux', {
    actions: ['s3:GetObject'],
    resources: [objectsOf(packageBucket(region))],
  });
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
      ],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Stack.of(vpc).account } },
    }),
  );
  return endpoint;
}
