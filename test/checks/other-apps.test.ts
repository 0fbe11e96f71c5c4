import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../lib/checks/check-templates.ts';

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-1111-2222-3333-444444444444';

/** Ordinary applications of other people, made with some care: little may be said about them, and only what is true. */
describe('an application that is no declared shop', () => {
  it('a static site with an API is called clean', () => {
    const stack = newStack();
    const logs = new s3.Bucket(stack, 'Logs', {
      ...closedBucket,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    });
    const site = new s3.Bucket(stack, 'Site', closedBucket);
    new cloudfront.Distribution(stack, 'Distribution', {
      defaultBehavior: {
        origin: origins.S3BucketOrigin.withOriginAccessControl(site),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      domainNames: ['www.example.com'],
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', certificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      logBucket: logs,
    });
    const table = new dynamodb.Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const handler = new lambda.Function(stack, 'Api', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({})'),
      environment: { TABLE: table.tableName },
    });
    table.grantReadWriteData(handler);
    new apigateway.LambdaRestApi(stack, 'RestApi', { handler });
    expect(findings(stack)).toEqual([
      expect.stringMatching(/^SecureShop-NET2\[OtherEntrance\] RestApi\w+ is a way in: whether on purpose/),
    ]);
  });

  it('a service behind a public load balancer, with Aurora, hears only what it lacks', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
      flowLogs: { all: {} },
      natGateways: 1,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'app', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    const database = new rds.DatabaseCluster(stack, 'Database', {
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_4 }),
      writer: rds.ClusterInstance.serverlessV2('writer'),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      storageEncrypted: true,
      deletionProtection: true,
      backup: { retention: Duration.days(14) },
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    const task = new ecs.FargateTaskDefinition(stack, 'Task');
    task.addContainer('web', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.29'),
      portMappings: [{ containerPort: 8080 }],
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
    });
    const service = new ecs.FargateService(stack, 'Service', {
      cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
      taskDefinition: task,
    });
    service.connections.allowTo(database, ec2.Port.tcp(5432));
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', {
      vpc,
      internetFacing: true,
      dropInvalidHeaderFields: true,
      deletionProtection: true,
    });
    balancer
      .addListener('Https', {
        port: 443,
        certificates: [{ certificateArn }],
        sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
      })
      .addTargets('web', { port: 8080, targets: [service] });
    balancer.addRedirect();

    expect(findings(stack)).toEqual([
      expect.stringMatching(
        /^SecureShop-NET1\[PublicAddress\] Balancer\w+ is internet-facing: whether that is/,
      ),
      // A public load balancer without any web ACL, a password that never changes under a shared key, a tag that moves:
      // each is so, and worth knowing.
      expect.stringMatching(/^SecureShop-NET3\[WebAclAssociated\] Balancer/),
      expect.stringMatching(/^SecureShop-SEC1\[RotationSchedule\] DatabaseSecret/),
      expect.stringMatching(/^SecureShop-SEC1\[SecretKey\] DatabaseSecret/),
      expect.stringMatching(/^SecureShop-PAT1\[ImageByDigest\] Task/),
    ]);
  });
});

/** What a template leaves to a deploy, or to what is outside of it, is neither kept nor broken. */
describe('of what templates do not hold, the checks cannot decide', () => {
  const vpc = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' } },
  };
  const outcomeOf = (rule: string, resources: object) => {
    const template = {
      Parameters: { Choice: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
      Resources: resources,
    };
    const { rows } = checkTemplates([{ name: 'Other', template }]);
    return rows
      .filter((row) => row.rule === `SecureShop-${rule}` && row.resource.logicalId === 'It')
      .map(({ outcome }) => outcome);
  };
  const choice = { Ref: 'Choice' };

  it.each([
    ['NET1[PublicAddress]', 'AWS::RDS::DBInstance', { PubliclyAccessible: choice }],
    ['NET1[PublicAddress]', 'AWS::RDS::DBCluster', { PubliclyAccessible: choice }],
    ['NET1[PublicAddress]', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: choice }],
    [
      'NET1[PublicAddress]',
      'AWS::ECS::Service',
      { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: choice } } },
    ],
    ['NET1[PublicSubnet]', 'AWS::EC2::Subnet', { MapPublicIpOnLaunch: choice, CidrBlock: '10.0.2.0/24' }],
    ['DAT1[Encrypted]', 'AWS::RDS::DBInstance', { StorageEncrypted: choice }],
    ['DAT1[Encrypted]', 'AWS::EFS::FileSystem', { Encrypted: choice }],
    [
      'DAT1[BucketClosed]',
      'AWS::S3::Bucket',
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: choice,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    ],
    ['DAT1[KeyRotation]', 'AWS::KMS::Key', { EnableKeyRotation: choice }],
    [
      'PAT1[ImageByDigest]',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Name: 'a', Image: choice }] },
    ],
    ['ALM1[AlarmHeard]', 'AWS::CloudWatch::Alarm', { AlarmActions: [choice] }],
    ['SEC1[MasterSecret]', 'AWS::RDS::DBCluster', { ManageMasterUserPassword: choice }],
    [
      'ADM2[VpnGroups]',
      'AWS::EC2::ClientVpnAuthorizationRule',
      { ClientVpnEndpointId: choice, TargetNetworkCidr: '10.0.0.0/16', AuthorizeAllGroups: true },
    ],
  ])('%s of %s whose switch is a parameter', (rule, type, properties) => {
    expect(outcomeOf(rule, { ...vpc, It: { Type: type, Properties: properties } })).toEqual(['undecided']);
  });

  const vpn = (network: string) => ({
    ...vpc,
    It: {
      Type: 'AWS::EC2::ClientVpnEndpoint',
      Properties: {
        ClientCidrBlock: '10.9.0.0/22',
        AuthenticationOptions: [{ Type: 'certificate-authentication' }],
      },
    },
    Association: {
      Type: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
      Properties: { ClientVpnEndpointId: { Ref: 'It' }, SubnetId: { Ref: 'Subnet' } },
    },
    Authorization: {
      Type: 'AWS::EC2::ClientVpnAuthorizationRule',
      Properties: {
        ClientVpnEndpointId: { Ref: 'It' },
        TargetNetworkCidr: network,
        AuthorizeAllGroups: true,
      },
    },
  });

  it('which web ACL stands at a load balancer that a deploy gives one', () => {
    const balancer = { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} };
    const given = (WebACLArn: unknown) => ({
      It: balancer,
      Given: {
        Type: 'AWS::WAFv2::WebACLAssociation',
        Properties: { ResourceArn: { Ref: 'It' }, WebACLArn },
      },
    });
    expect(outcomeOf('NET3[WebAclAssociated]', given(choice))).toEqual(['undecided']);
    expect(outcomeOf('NET3[WebAclAssociated]', given('none'))).toEqual(['non-compliant']);
  });

  const caching = (behavior: object) => ({
    It: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: [{ Id: 'shop', DomainName: 'shop.example.com', CustomOriginConfig: {} }],
          DefaultCacheBehavior: {
            TargetOriginId: 'shop',
            ViewerProtocolPolicy: 'https-only',
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          },
          CacheBehaviors: [{ TargetOriginId: 'shop', ViewerProtocolPolicy: 'https-only', ...behavior }],
        },
      },
    },
  });

  it('whether what CloudFront keeps of an origin is a page of a customer', () => {
    // Managed-CachingOptimized and Managed-CachingDisabled, as the default above
    const keeps = { PathPattern: '/mypage/*', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' };
    const keepsNot = { PathPattern: '/mypage/*', CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' };
    expect(outcomeOf('NET2[CachePolicy]', caching(keeps))).toEqual(['undecided']);
    expect(outcomeOf('NET2[CachePolicy]', caching(keepsNot))).toEqual(['compliant']);
  });

  it('whom an identity provider lets in, where all its groups may connect', () => {
    const federated = (more: object) => ({
      Endpoint: {
        Type: 'AWS::EC2::ClientVpnEndpoint',
        Properties: { AuthenticationOptions: [{ Type: 'federated-authentication' }] },
      },
      It: {
        Type: 'AWS::EC2::ClientVpnAuthorizationRule',
        Properties: { ClientVpnEndpointId: { Ref: 'Endpoint' }, TargetNetworkCidr: '10.0.0.0/16', ...more },
      },
    });
    expect(outcomeOf('ADM2[VpnGroups]', federated({ AuthorizeAllGroups: true }))).toEqual(['undecided']);
    expect(outcomeOf('ADM2[VpnGroups]', federated({ AccessGroupId: 'admins' }))).toEqual(['compliant']);
  });

  it('but look at each password that a deploy may give a database', () => {
    const database = (MasterUserPassword: unknown) => ({
      It: { Type: 'AWS::RDS::DBCluster', Properties: { MasterUserPassword } },
    });
    const none = { Ref: 'AWS::NoValue' };
    const stored = '{{resolve:secretsmanager:shop/db:SecretString:password}}';
    const either = (password: unknown) => database({ 'Fn::If': ['Maybe', none, password] });
    expect(outcomeOf('SEC1[MasterSecret]', either(stored))).toEqual(['compliant']);
    expect(outcomeOf('SEC1[MasterSecret]', either(choice))).toEqual(['non-compliant']);
    expect(outcomeOf('SEC1[MasterSecret]', either('wordpress'))).toEqual(['non-compliant']);
  });

  it('but look at a container that a deploy may leave out', () => {
    const sidecar = (container: object) => ({
      It: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [
            { 'Fn::If': ['Maybe', { Name: 'sidecar', ...container }, { Ref: 'AWS::NoValue' }] },
          ],
        },
      },
    });
    expect(outcomeOf('PAT1[TaskHardening]', sidecar({ Privileged: true }))).toEqual(['non-compliant']);
    expect(outcomeOf('PAT1[TaskHardening]', sidecar({}))).toEqual(['compliant']);
    expect(
      outcomeOf(
        'NET4[TlsVerified]',
        sidecar({ Environment: [{ Name: 'NODE_TLS_REJECT_UNAUTHORIZED', Value: '0' }] }),
      ),
    ).toEqual(['non-compliant']);
  });

  it('and take the identity by which CloudFront reads a bucket for CloudFront', () => {
    const bucketPolicy = (CanonicalUser: unknown) => ({
      Bucket: { Type: 'AWS::S3::Bucket' },
      Identity: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' },
      It: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::x/*',
                Principal: { CanonicalUser },
              },
            ],
          },
        },
      },
    });
    const own = { 'Fn::GetAtt': ['Identity', 'S3CanonicalUserId'] };
    expect(outcomeOf('DAT2[PublicPolicy]', bucketPolicy(own))).toEqual(['compliant']);
    expect(outcomeOf('DAT2[PublicPolicy]', bucketPolicy('79a59df900b949e5'))).toEqual(['non-compliant']);
  });

  it('who may connect to a VPN without a handler, and what clients find where they may go', () => {
    expect(outcomeOf('ADM2[VpnSessions]', vpn('0.0.0.0/0'))).toEqual(['undecided']);
    expect(outcomeOf('NET4[VpnReach]', vpn('0.0.0.0/0'))).toEqual(['undecided']);
    expect(outcomeOf('NET4[VpnReach]', vpn('10.0.1.0/24'))).toEqual(['compliant']);
  });

  it('whether anybody restarts tasks when the secret that they hold was rotated', () => {
    const holds = {
      It: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
      Rotation: {
        Type: 'AWS::SecretsManager::RotationSchedule',
        Properties: { SecretId: { Ref: 'It' }, RotationRules: { AutomaticallyAfterDays: 30 } },
      },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ContainerDefinitions: [{ Name: 'a', Secrets: [{ Name: 'P', ValueFrom: { Ref: 'It' } }] }],
        },
      },
      Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' } } },
    };
    expect(outcomeOf('SEC2[Refreshed]', holds)).toEqual(['undecided']);
  });
});

const closedBucket: s3.BucketProps = {
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  encryption: s3.BucketEncryption.S3_MANAGED,
  enforceSSL: true,
};

function newStack(): Stack {
  const app = new App({ analyticsReporting: false });
  return new Stack(app, 'Other', { env: { account: '111122223333', region: 'ap-northeast-1' } });
}

function findings(stack: Stack): string[] {
  const app = stack.node.root as App;
  const templates = app
    .synth({ skipValidation: true })
    .stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return checkTemplates(templates)
    .rows.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'undecided')
    .map(({ rule, resource, reason }) => `${rule} ${resource.logicalId} ${reason}`);
}
