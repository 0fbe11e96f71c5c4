import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareReader } from '../../declarations/declare.ts';
import { asBlock } from '../address-block.ts';
import { deskNames } from '../desk-names.ts';
import { detailOf } from '../detection/detail-of.ts';
import { roleArn } from '../iam/role-arn.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { ExportsBucket } from './exports-bucket.ts';
import { PersonRole } from './person-role.ts';
import { presetQueries } from './queries.ts';

export interface CustomerDataStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly exports: NonNullable<Environment['exports']>;
  readonly network: FunctionNetwork;
  /** Reaches the database and AWS, and nothing more: that of the rotation. */
  readonly databaseClients: ec2.ISecurityGroup;
  readonly keys: Pick<ShopKeys, 'customerData' | 'credentials' | 'logs'>;
  readonly accessLogs: s3.IBucket;
  readonly shopSecret: secretsmanager.ISecret;
  /** Of each person, by name. */
  readonly passphrases: ReadonlyMap<string, secretsmanager.ISecret>;
  readonly rotationFunctionArn: string;
  /** Role of the backups, which may restore any bucket; no plan selects this one. */
  readonly backupRole: iam.IRole;
  readonly alarmTopic: sns.ITopic;
}

/**
 * The desk through which customer data leaves (DAT3): a function writes an export, encrypted, for one named person, who
 * alone opens it, and the owner hears of it.
 *
 * A function and not a task of the shop: it holds none of the shop's code, image or rights, so that neither a plugin nor
 * whoever builds images gets at what it reads.
 */
export class CustomerDataStack extends Stack {
  constructor(scope: Construct, id: string, props: CustomerDataStackProps) {
    super(scope, id, props);
    const { shop, environment, exports, keys } = props;
    const names = deskNames(shop.name, environment);
    const bucket = new ExportsBucket(this, 'Exports', {
      bucketName: names.bucket,
      key: keys.customerData,
      accessLogs: props.accessLogs,
      disposable: environment.disposable,
      days: exports.days,
      writerArn: roleArn(this, names.exportRole),
      readerArns: exports.people.map(({ name }) => roleArn(this, names.personRole(name))),
      from: exports.from.map(asBlock),
      vpcId: props.network.vpc.vpcId,
    });
    declareReader(bucket, props.backupRole, 'may restore what is backed up, which exports are not');
    for (const { name, signsInAs } of exports.people) {
      const passphrase = props.passphrases.get(name);
      if (passphrase === undefined) throw new Error(`no passphrase for the exports of ${name}`);
      const { email = '' } = environment.admin.people.find((person) => person.name === name) ?? {};
      new PersonRole(this, `Person-${name}`, {
        roleName: names.personRole(name),
        person: name,
        email,
        signsInAs,
        bucket,
        bucketName: names.bucket,
        bucketKey: keys.customerData,
        passphrase,
        passphraseKey: keys.credentials,
      });
    }
    this.makeExporter(props, names);
    this.tellEachOpening(names.bucket, props.alarmTopic);
  }

  private makeExporter(props: CustomerDataStackProps, names: ReturnType<typeof deskNames>): void {
    const { shop, environment, exports, keys, shopSecret } = props;
    const passphrases = [...props.passphrases.values()];
    const { preset } = shop.platform;
    const queries = preset === 'custom' ? exports.queries : (exports.queries ?? presetQueries[preset]);
    const exporter = new HardenedFunction(this, 'Export', {
      name: 'export',
      roleName: names.exportRole,
      description: 'Writes an export of customer data for one named person',
      timeout: Duration.minutes(15),
      memoryMiB: 1_024,
      network: props.network,
      securityGroups: [props.databaseClients],
      logs: functionLogs(keys.logs, environment),
      alarmTopic: props.alarmTopic,
      // One at a time, or two would share the passphrase that rotated between them.
      reservedConcurrency: 1,
      environment: {
        DESK: this.toJsonString({
          bucket: names.bucket,
          queries,
          passphraseSecrets: Object.fromEntries(
            [...props.passphrases].map(([person, { secretArn }]) => [person, secretArn]),
          ),
          loginSecret: shopSecret.secretArn,
          rotationFunction: props.rotationFunctionArn,
        }),
      },
    });
    if (!exporter.role) throw new Error('a function of this project always has a role');
    const allow = (actions: string[], resources: string[], conditions?: Record<string, object>) =>
      exporter.addToRolePolicy(
        new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) }),
      );
    const via = (service: string) => ({
      StringEquals: { 'kms:ViaService': `${service}.${this.region}.amazonaws.com` },
    });
    const passphraseArns = passphrases.map(({ secretArn }) => secretArn);
    allow(['secretsmanager:GetSecretValue'], [shopSecret.secretArn, ...passphraseArns]);
    allow(['secretsmanager:DescribeSecret', 'secretsmanager:RotateSecret'], passphraseArns);
    // Whoever asks for a rotation must be let to call its function.
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
    allow(['lambda:InvokeFunction'], [props.rotationFunctionArn]);
    allow(['kms:Decrypt'], [keys.credentials.keyArn], via('secretsmanager'));
    const objects = exports.people.map(({ name }) => `arn:aws:s3:::${names.bucket}/${name}/*`);
    allow(['s3:PutObject'], objects);
    allow(['kms:GenerateDataKey'], [keys.customerData.keyArn], via('s3'));
    acknowledge(
      exporter.role,
      ...objects.map((pattern) => ({
        rule: `IAM5[Resource::${pattern}]` as const,
        reason:
          'Exports have the names of the moments at which they were made. Compensated: writing only, below the names of the people whom the config names, in one bucket that refuses everybody else.',
      })),
    );
    new ssm.StringParameter(this, 'ExportFunction', {
      parameterName: names.functionParameter,
      description: 'Where "secure-shop export" finds the function',
      stringValue: exporter.functionName,
    });
    for (const secret of [shopSecret, ...passphrases]) declareReader(secret, exporter.role, 'writes exports');
  }

  /**
   * Reading an object is a data event, which the trail records for this bucket, and what a trail records comes to
   * EventBridge. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
   */
  private tellEachOpening(bucketName: string, alarmTopic: sns.ITopic): void {
    new events.Rule(this, 'Opened', {
      description: 'Somebody opened an export of customer data, or tried to',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['s3.amazonaws.com'],
          eventName: ['GetObject'],
          requestParameters: { bucketName: [bucketName] },
        },
      },
      targets: [
        new targets.SnsTopic(alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `${detailOf('userIdentity.arn')} opened the export ${detailOf('requestParameters.key')} from ${detailOf('sourceIPAddress')}, at ${events.EventField.time}, or tried to. If you expect nobody: docs/customer-data.md`,
          ),
        }),
      ],
    });
  }
}
