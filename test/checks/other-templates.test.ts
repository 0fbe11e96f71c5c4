import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../lib/checks/check-templates.ts';

const account = '111122223333';
const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://x/y' } } };

/** Outcomes of a rule on the first resource of a template. */
function outcomeOf(rule: string, Type: string, Properties: object, own: string | undefined = account) {
  const template = { Resources: { Thing: { Type, Properties } } };
  const rows = checkTemplates([{ name: 'S', template, account: own, region: 'eu-west-1' }]).rows;
  return rows.find(({ rule: id, resource }) => id.endsWith(rule) && resource.logicalId === 'Thing')?.outcome;
}

const allow = (AWS: string) => ({
  Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sqs:SendMessage', Resource: '*' }],
});
const trust = (AWS: string) => ({
  AssumeRolePolicyDocument: {
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  },
});
const eks = (settings: object) => ({ ResourcesVpcConfig: { SubnetIds: ['subnet-1'], ...settings } });
const trailOf = (settings: object) => ({
  IsLogging: true,
  EnableLogFileValidation: true,
  KMSKeyId: 'alias/logs',
  IsMultiRegionTrail: true,
  S3BucketName: 'x',
  ...settings,
});
const build = (settings: object) => ({ Source: { Type: 'GITHUB' }, ...settings });
const brokers = (settings: object) => ({ BrokerNodeGroupInfo: { ClientSubnets: ['subnet-1'], ...settings } });
const lambda = (Runtime: string) => ({ Runtime, Handler: 'x', Code: { S3Bucket: 'b', S3Key: 'k' } });

/** Each with its harmless twin: what the rule says of the one and of the other. */
describe("somebody else's template", () => {
  it.each<[string, string, string, object, object]>([
    ['SFTP for the Internet', 'NET2[OtherEntrance]', 'AWS::Transfer::Server', {}, { EndpointType: 'VPC' }],
    [
      'a layer for everybody',
      'NET2[OtherEntrance]',
      'AWS::Lambda::LayerVersionPermission',
      { Principal: '*' },
      { Principal: account },
    ],
    [
      'a function without sign-in',
      'NET2[OtherEntrance]',
      'AWS::Lambda::Url',
      { AuthType: 'NONE' },
      { AuthType: 'AWS_IAM' },
    ],
    [
      'a public Kubernetes endpoint',
      'NET1[PublicAddress]',
      'AWS::EKS::Cluster',
      eks({}),
      eks({ EndpointPublicAccess: false }),
    ],
    [
      'one for some networks',
      'NET1[PublicAddress]',
      'AWS::EKS::Cluster',
      eks({ PublicAccessCidrs: ['0.0.0.0/0'] }),
      eks({ PublicAccessCidrs: ['203.0.113.0/24'] }),
    ],
    [
      'a public broker',
      'NET1[PublicAddress]',
      'AWS::AmazonMQ::Broker',
      { PubliclyAccessible: true },
      { PubliclyAccessible: false },
    ],
    [
      'public brokers of Kafka',
      'NET1[PublicAddress]',
      'AWS::MSK::Cluster',
      brokers({ ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } } }),
      brokers({}),
    ],
    ['a public warehouse', 'NET1[PublicAddress]', 'AWS::Redshift::Cluster', { PubliclyAccessible: true }, {}],
    [
      'Kafka in plain text',
      'NET4[DatabaseCertificate]',
      'AWS::MSK::Cluster',
      { EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } } },
      {},
    ],
    [
      'DocumentDB without TLS',
      'NET4[DatabaseCertificate]',
      'AWS::DocDB::DBClusterParameterGroup',
      { Parameters: { tls: 'disabled' } },
      { Parameters: { tls: 'enabled' } },
    ],
    [
      'Redshift without TLS',
      'NET4[DatabaseCertificate]',
      'AWS::Redshift::ClusterParameterGroup',
      { Parameters: [] },
      { Parameters: [{ ParameterName: 'require_ssl', ParameterValue: 'true' }] },
    ],
    [
      'OpenSearch with an old TLS',
      'NET4[DatabaseCertificate]',
      'AWS::OpenSearchService::Domain',
      {
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07' },
        NodeToNodeEncryptionOptions: { Enabled: true },
      },
      {
        DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-2019-07' },
        NodeToNodeEncryptionOptions: { Enabled: true },
      },
    ],
    [
      'a replica without recovery',
      'DAT1[Recoverable]',
      'AWS::DynamoDB::GlobalTable',
      {
        Replicas: [
          { Region: 'eu-west-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
          { Region: 'eu-west-2' },
        ],
      },
      {
        Replicas: [
          { Region: 'eu-west-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        ],
      },
    ],
    [
      'IMDSv1',
      'ADM2[HostAccess]',
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: {} },
      { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } },
    ],
    [
      'IMDSv1 of a launch configuration',
      'ADM2[HostAccess]',
      'AWS::AutoScaling::LaunchConfiguration',
      {},
      { MetadataOptions: { HttpTokens: 'required' } },
    ],
    [
      'a runtime long dead',
      'PAT2[Runtimes]',
      'AWS::Lambda::Function',
      lambda('python2.7'),
      lambda('nodejs24.x'),
    ],
    ['another', 'PAT2[Runtimes]', 'AWS::Lambda::Function', lambda('go1.x'), lambda('provided.al2023')],
    [
      'another account that may assume',
      'DAT2[Trust]',
      'AWS::IAM::Role',
      trust('arn:aws:iam::999988887777:root'),
      trust(`arn:aws:iam::${account}:root`),
    ],
    [
      'a trail of one region',
      'LOG1[Trail]',
      'AWS::CloudTrail::Trail',
      trailOf({ IsMultiRegionTrail: false }),
      trailOf({}),
    ],
    [
      'a trail of writes alone',
      'LOG1[Trail]',
      'AWS::CloudTrail::Trail',
      trailOf({ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }),
      trailOf({ EventSelectors: [{ ReadWriteType: 'All' }] }),
    ],
    [
      'a build that takes its source from anybody',
      'NET4[TlsVerified]',
      'AWS::CodeBuild::Project',
      build({ Source: { Type: 'GITHUB_ENTERPRISE', InsecureSsl: true } }),
      build({ Source: { Type: 'GITHUB_ENTERPRISE', InsecureSsl: false } }),
    ],
    [
      'a build without a log',
      'PAT1[BuildProject]',
      'AWS::CodeBuild::Project',
      build({ LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' } } }),
      build({ LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'ENABLED' } } }),
    ],
  ])('with %s hears so', (_, rule, type, weak, harmless) => {
    expect(outcomeOf(rule, type, weak)).toBe('non-compliant');
    expect(outcomeOf(rule, type, harmless)).not.toBe('non-compliant');
  });

  it.each<[string, string, string, object]>([
    [
      'who an account by its number is',
      'DAT2[Trust]',
      'AWS::IAM::Role',
      trust('arn:aws:iam::999988887777:root'),
    ],
    [
      'whose a stream by its number is',
      'DAT2[OtherAccount]',
      'AWS::DynamoDB::Table',
      { KinesisStreamSpecification: { StreamArn: 'arn:aws:kinesis:eu-west-1:999988887777:stream/x' } },
    ],
    [
      'whether a trail is one of all regions',
      'LOG1[Trail]',
      'AWS::CloudTrail::Trail',
      trailOf({ IsMultiRegionTrail: { Ref: 'Public' } }),
    ],
    [
      'what an include puts into a group',
      'NET4[OpenGroup]',
      'AWS::EC2::SecurityGroup',
      { GroupDescription: 'x', ...include },
    ],
    [
      'what an include puts into a policy',
      'DAT2[WildcardPolicy]',
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument: { Statement: [include] } },
    ],
    [
      'what an include makes of a trust',
      'DAT2[Trust]',
      'AWS::IAM::Role',
      { AssumeRolePolicyDocument: include },
    ],
    ['whether an entrance is one on purpose', 'NET2[OtherEntrance]', 'AWS::ApiGateway::RestApi', {}],
    [
      'whether an address is public',
      'NET1[PublicAddress]',
      'AWS::AmazonMQ::Broker',
      { PubliclyAccessible: { Ref: 'Public' } },
    ],
  ])('does not decide %s', (_, rule, type, properties) => {
    const template = {
      Parameters: { Public: { Type: 'String' } },
      Resources: { Thing: { Type: type, Properties: properties } },
    };
    const { rows } = checkTemplates([{ name: 'S', template }]);
    expect(rows.find(({ rule: id }) => id.endsWith(rule))?.outcome).toBe('undecided');
  });

  it('a definite fault is not hidden behind what a deploy decides', () => {
    const interfaces = [{ AssociatePublicIpAddress: { Ref: 'Public' } }, { AssociatePublicIpAddress: true }];
    expect(outcomeOf('NET1[PublicAddress]', 'AWS::EC2::Instance', { NetworkInterfaces: interfaces })).toBe(
      'non-compliant',
    );
    const block = { BlockPublicAcls: { 'Fn::ImportValue': 'x' }, BlockPublicPolicy: false };
    expect(
      outcomeOf('DAT1[BucketClosed]', 'AWS::S3::Bucket', { PublicAccessBlockConfiguration: block }),
    ).toBe('non-compliant');
  });

  it('a policy of a queue that lets in another account hears so, and none where nobody told the account', () => {
    const queue = { Queues: [], PolicyDocument: allow('999988887777') };
    expect(outcomeOf('DAT2[PublicPolicy]', 'AWS::SQS::QueuePolicy', queue)).toBe('non-compliant');
    const template = { Resources: { Thing: { Type: 'AWS::SQS::QueuePolicy', Properties: queue } } };
    const { rows } = checkTemplates([{ name: 'S', template }]);
    expect(rows.find(({ rule }) => rule.endsWith('DAT2[PublicPolicy]'))?.outcome).toBe('undecided');
  });
});
