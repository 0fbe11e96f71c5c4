import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../../declarations/acknowledge.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { closedGroup, connect, ports } from '../network/security-groups.ts';
import { restoreWindowHours } from './backed-up.ts';
import type { Contents } from './restored/contents.ts';
import { copyPrefix } from './restored/copy-prefix.ts';
import { judging, judgingReason, runOnTestDays } from './test-days.ts';

export interface RestoreReaderProps {
  /** Names the environment in metrics: `shop-production`. */
  readonly environment: string;
  readonly planArn: string;
  readonly kind: 'instance' | 'aurora';
  /** Name of the shop's database in it. */
  readonly database: string;
  /** Where copies are restored to. */
  readonly subnetGroupName: string;
  readonly contents: Contents;
  /** Id of the file system that media are on. @default they are not on one */
  readonly fileSystemId?: string;
  /** What every copy is encrypted with. */
  readonly customerDataKey: kms.IKey;
  /** Of the copy: this function is let in, and nobody else. */
  readonly copyGroup: ec2.SecurityGroup;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Reads what the monthly restore test brought back (DAT1): a copy that nobody opened is a hope, too. It counts rows and
 * asks for the date of the newest order; a person hears when the copy is empty, old, half, or not to be read.
 *
 * It holds no credential: it sets a password on the copy, in its memory only. Its rights end at names that AWS Backup
 * gives to copies, its network at their security group, so that the live database is out of its reach twice over.
 */
export class RestoreReader extends Construct {
  readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: RestoreReaderProps) {
    super(scope, id);
    const ownGroup = closedGroup(
      this,
      'Group',
      props.network.vpc,
      'Reads databases of restore tests, and reaches no other',
    );
    connect(ownGroup, props.copyGroup, ports.database, 'Restore reader to the database of a restore test');
    const copies = this.copiesOf(props);

    const reader = new HardenedFunction(this, 'Function', {
      name: 'restore-reader',
      description: 'Reads what a restore test brought back: counts and the newest date',
      timeout: Duration.minutes(9),
      environment: {
        SETTINGS: Stack.of(this).toJsonString({
          environment: props.environment,
          planArn: props.planArn,
          database: props.database,
          contents: props.contents,
          fileSystem: props.fileSystemId,
          keyArn: props.customerDataKey.keyArn,
          group: props.copyGroup.securityGroupId,
          resources: copies.resources,
          windowHours: restoreWindowHours,
          topicArn: props.alarmTopic.topicArn,
        }),
      },
      network: props.network,
      securityGroups: [props.network.securityGroup, ownGroup],
      logs: props.logs,
      alarmTopic: props.alarmTopic,
    });
    if (reader.role === undefined) throw new Error('a function of this project always has a role');
    this.role = reader.role;
    this.allow(reader.role, copies);

    runOnTestDays(this, reader);
  }

  /** Whatever kind the database has: the copy of one, and of Aurora the instance that it is read through. */
  private copiesOf({ kind, subnetGroupName, customerDataKey }: RestoreReaderProps): Copies {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({
        service: 'rds',
        resource,
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
    const instances = arn('db', `${copyPrefix}*`);
    const clusters = arn('cluster', `${copyPrefix}*`);
    const statements = [
      new iam.PolicyStatement({
        actions: ['rds:DescribeDBInstances', 'rds:DeleteDBInstance'],
        resources: [instances],
      }),
    ];
    if (kind === 'instance') {
      statements[0]?.addActions('rds:ModifyDBInstance');
      return { statements, resources: [instances] };
    }
    const defaults = ['pg', 'og'].map((resource) => arn(resource, 'default*'));
    const subnetGroup = arn('subgrp', subnetGroupName);
    statements.push(
      new iam.PolicyStatement({
        actions: ['rds:DescribeDBClusters', 'rds:ModifyDBCluster', 'rds:DeleteDBCluster'],
        resources: [clusters],
      }),
      new iam.PolicyStatement({
        actions: ['rds:CreateDBInstance'],
        resources: [instances, clusters, ...defaults, subnetGroup],
        conditions: { BoolIfExists: { 'rds:PubliclyAccessible': 'false' } },
      }),
      ...this.keyOfCopies(customerDataKey),
    );
    return { statements, resources: [instances, clusters, ...defaults, subnetGroup] };
  }

  /**
   * Aurora uses the key of a cluster on behalf of whoever makes an instance in it.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html
   */
  private keyOfCopies({ keyArn }: kms.IKey): iam.PolicyStatement[] {
    const viaDatabases = { 'kms:ViaService': `rds.${Stack.of(this).region}.amazonaws.com` };
    return [
      new iam.PolicyStatement({
        actions: ['kms:DescribeKey'],
        resources: [keyArn],
        conditions: { StringEquals: viaDatabases },
      }),
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources: [keyArn],
        conditions: { StringEquals: viaDatabases, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    ];
  }

  private allow(role: iam.IRole, { statements, resources }: Copies): void {
    const policy = new iam.ManagedPolicy(this, 'Copies', {
      description: `Opens copies of restore tests, and says what is in them, in ${Stack.of(this).stackName}`,
      roles: [role],
      statements: [...statements, judging('cloudwatch:GetMetricStatistics')],
    });
    const patterns = resources.filter((resource) => resource.endsWith('*'));
    acknowledge(
      policy,
      { rule: 'IAM5[Resource::*]', reason: judgingReason },
      ...patterns.map((pattern) => ({ rule: `IAM5[Resource::${pattern}]` as const, reason: copiesReason })),
    );
  }
}

interface Copies {
  readonly statements: readonly iam.PolicyStatement[];
  /** What they name, as the function finds it in its settings. */
  readonly resources: readonly string[];
}

const copiesReason =
  'AWS Backup gives each copy of a restore test a name of its own, of which only the beginning is known; an instance of Aurora takes the default groups of its engine. Compensated: nothing else of the shop has such a name, each copy is deleted within hours, and the network of the function ends at the security group of the copies.';
