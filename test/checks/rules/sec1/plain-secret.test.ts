import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../../lib/checks/check-templates.ts';
import { plainSecret } from '../../../../lib/checks/rules/sec1/plain-secret.ts';

/** What is said of the resource `Thing` of a template; nothing when no secret is seen. */
function told(Type: string, Properties: object, sections: object = {}): string[] {
  const template = { Resources: { Thing: { Type, Properties } }, ...sections };
  return checkTemplates([{ name: 'S', template }], [plainSecret])
    .rows.filter(({ outcome }) => outcome === 'non-compliant')
    .map(({ reason }) => reason);
}

const base64 = (text: string) => ({ 'Fn::Base64': text });

describe('a secret in plain text is seen', () => {
  it.each<[string, string, object]>([
    ['of a person', 'AWS::IAM::User', { LoginProfile: { Password: 'b@dP@$sW0rD' } }],
    ['of a cache', 'AWS::ElastiCache::ReplicationGroup', { AuthToken: 'averylongtokenforredis' }],
    ['of a broker', 'AWS::AmazonMQ::Broker', { Users: [{ Username: 'a', Password: 'hunter2hunter2' }] }],
    ['of a database', 'AWS::RDS::DBInstance', { MasterUsername: 'a', MasterUserPassword: 'Password1' }],
    ['of a warehouse', 'AWS::Redshift::Cluster', { MasterUserPassword: 'Password1' }],
    ['of an endpoint', 'AWS::DMS::Endpoint', { MongoDbSettings: { Password: 'Password1' } }],
    [
      'of a webhook',
      'AWS::CodePipeline::Webhook',
      { AuthenticationConfiguration: { SecretToken: 'abcdef1' } },
    ],
    ['of an app', 'AWS::Amplify::App', { AccessToken: 'abcdefgh' }],
    [
      'of an identity provider',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      { Actions: [{ AuthenticateOidcConfig: { ClientSecret: 'abcdef' } }] },
    ],
    ['of an API', 'AWS::ApiGateway::ApiKey', { Value: 'd41d8cd98f00b204e9800998ecf8427e' }],
    [
      'in user data',
      'AWS::EC2::Instance',
      { UserData: base64('#!/bin/sh\nexport DB_PASSWORD=Sup3rSecret\n') },
    ],
    [
      'in user data that is encoded already',
      'AWS::EC2::LaunchTemplate',
      {
        LaunchTemplateData: {
          UserData: Buffer.from('#!/bin/sh\nexport DB_PASSWORD=Sup3rSecret\n').toString('base64'),
        },
      },
    ],
    [
      'in a command line',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Command: ['sh', '-c', 'mysql -h db -u root -pSup3rSecret shop'] }] },
    ],
    ['in inline code', 'AWS::Lambda::Function', { Code: { ZipFile: 'const apiKey = "a1b2c3d4e5f6";' } }],
    [
      'in a webhook address',
      'AWS::Lambda::Function',
      { Environment: { Variables: { HOOK: 'https://hooks.slack.com/services/T000/B000/XXXXXXXX' } } },
    ],
    [
      'in an address',
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Environment: [{ Name: 'DB', Value: 'mysql://shop:pw12@db/shop' }] }] },
    ],
    [
      'in build steps',
      'AWS::CodeBuild::Project',
      {
        Source: {
          BuildSpec: 'phases:\n  build:\n    commands:\n      - docker login --password hunter22!\n',
        },
      },
    ],
    [
      'in a variable that CloudFormation fills, beside who uses it',
      'AWS::Lambda::Function',
      {
        Environment: {
          Variables: {
            DSN: '{{resolve:secretsmanager:a:SecretString:username}}:{{resolve:secretsmanager:a:SecretString:password}}',
          },
        },
      },
    ],
    [
      'in a plain parameter',
      'AWS::RDS::DBInstance',
      { MasterUserPassword: '{{resolve:ssm:/db/password:1}}' },
    ],
    [
      'in settings of a platform',
      'AWS::ElasticBeanstalk::Environment',
      { OptionSettings: [{ OptionName: 'DB_PASSWORD', Value: 'Sup3rSecret' }] },
    ],
  ])('%s', (_, type, properties) => {
    expect(told(type, properties)).toHaveLength(1);
  });

  it('in a parameter by default, or one that CloudFormation shows', () => {
    const password = { MasterUserPassword: { Ref: 'Password' } };
    const parameters = (Password: object) => ({ Parameters: { Password: { Type: 'String', ...Password } } });
    expect(
      told('AWS::RDS::DBInstance', password, parameters({ NoEcho: true, Default: 'Password1' })),
    ).toHaveLength(1);
    expect(told('AWS::RDS::DBInstance', password, parameters({}))).toEqual([
      'MasterUserPassword is the parameter Password, which CloudFormation shows: it lacks NoEcho',
    ]);
    expect(told('AWS::RDS::DBInstance', password, parameters({ NoEcho: true }))).toEqual([]);
  });

  it('in what a host reads of its own description', () => {
    const files = (content: string) => ({ config: { files: { '/etc/app.conf': { content } } } });
    const described = (metadata: object) => {
      const Resources = { Thing: { Type: 'AWS::EC2::Instance', Properties: {}, Metadata: metadata } };
      const Parameters = { Password: { Type: 'String', NoEcho: true } };
      return checkTemplates([{ name: 'S', template: { Parameters, Resources } }], [plainSecret]).rows.map(
        ({ outcome, reason }) => `${outcome}: ${reason}`,
      );
    };
    const login = (password: unknown) => ({
      'AWS::CloudFormation::Authentication': { archive: { type: 'basic', username: 'a', password } },
    });
    expect(described(login('badpassword'))).toEqual([
      'non-compliant: AWS::CloudFormation::Authentication.archive.password holds a secret in plain text',
    ]);
    expect(described({ 'AWS::CloudFormation::Init': files('db_password=Sup3rSecret') })).toHaveLength(1);
    expect(described(login({ Ref: 'Password' }))).toEqual([]);
    expect(described({ 'AWS::CloudFormation::Init': files('port=8080') })).toEqual([]);
  });

  it('in an output', () => {
    const Outputs = { Leak: { Value: '{{resolve:secretsmanager:shop:SecretString:password}}' } };
    expect(told('AWS::S3::Bucket', {}, { Outputs })).toEqual([
      'output Leak hands out a secret in plain text',
    ]);
  });
});

describe('nothing is said of', () => {
  it.each<[string, string, object]>([
    [
      'a reference to a secret',
      'AWS::RDS::DBInstance',
      { MasterUserPassword: '{{resolve:secretsmanager:shop:SecretString:password}}' },
    ],
    [
      'as whom and where a secret is used',
      'AWS::Lambda::Function',
      {
        Environment: {
          Variables: {
            DB_USER: '{{resolve:secretsmanager:shop:SecretString:username}}',
            DB_HOST: { 'Fn::Sub': `{{resolve:secretsmanager:\${Thing}:SecretString:host:AWSCURRENT}}` },
          },
        },
      },
    ],
    ['a secure parameter', 'AWS::IAM::User', { LoginProfile: { Password: '{{resolve:ssm-secure:/a/b:1}}' } }],
    ['the name of a key', 'AWS::EKS::Nodegroup', { RemoteAccess: { Ec2SshKey: 'ops' } }],
    [
      'a choice',
      'AWS::EC2::LaunchTemplate',
      { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } },
    ],
    [
      'where a secret is',
      'AWS::Lambda::Function',
      {
        Environment: {
          Variables: { SECRET_ARN: 'arn:aws:secretsmanager:x', TOKEN_TTL: '3600', PASSWORD_POLICY: 'long' },
        },
      },
    ],
    [
      'a secret by its ARN',
      'AWS::DMS::Endpoint',
      { MySqlSettings: { SecretsManagerSecretId: 'shop/database' } },
    ],
    [
      'code that fetches one',
      'AWS::Lambda::Function',
      { Code: { ZipFile: 'const token = await secrets.get(process.env.TOKEN_ARN);' } },
    ],
    [
      'a script that is given one',
      'AWS::EC2::Instance',
      { UserData: base64('password=$(aws secretsmanager get-secret-value)\n') },
    ],
    [
      'dimensions of a metric',
      'AWS::CloudWatch::Alarm',
      { Dimensions: [{ Name: 'Secret', Value: 'shop/database' }] },
    ],
  ])('%s', (_, type, properties) => {
    expect(told(type, properties)).toEqual([]);
  });
});
