import {
  BackupClient,
  DeleteRecoveryPointCommand,
  ListRecoveryPointsByBackupVaultCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-backup';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  EC2ServiceException,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { CloudFormationCustomResourceDeleteEvent, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clearVpc } from '../../../lib/environment/teardown/clear-vpc.ts';
import { deleteBucket } from '../../../lib/environment/teardown/delete-bucket.ts';
import { emptyVault } from '../../../lib/environment/teardown/empty-vault.ts';
import { forgetNames } from '../../../lib/environment/teardown/forget-names.ts';
import { stackGoes } from '../../../lib/environment/teardown/stack-goes.ts';
import { handler } from '../../../lib/environment/teardown/teardown.lambda.ts';
import type { Time } from '../../../lib/environment/teardown/time.ts';
import { program } from '../../support/programs.ts';
import { LoopbackAws } from '../admin/support/aws.ts';

const moto = program('moto_server');
const region = 'ap-northeast-1';

/** Minutes enough, and no waiting. */
function time(left = 600_000): Time & { pauses: number } {
  const pause = async () => {
    made.pauses += 1;
  };
  const made = { pauses: 0, left: () => left, pause };
  return made;
}

describe.skipIf(moto.missing)(`what goes with a disposable stack (needs moto: ${moto.install})`, () => {
  let aws: LoopbackAws;
  let s3: S3Client;
  let ec2: EC2Client;
  beforeAll(async () => {
    aws = await LoopbackAws.start(moto.path ?? '');
    process.env.AWS_REGION = region;
    s3 = new S3Client({ region });
    ec2 = new EC2Client({ region });
  });
  afterAll(() => {
    delete process.env.AWS_REGION;
    return aws.stop();
  });

  async function bucketWith(name: string, keys: readonly string[]): Promise<void> {
    const LocationConstraint = region;
    await s3.send(
      new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint } }),
    );
    const VersioningConfiguration = { Status: 'Enabled' as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration }));
    for (let at = 0; at < keys.length; at += 50) {
      const some = keys.slice(at, at + 50);
      await Promise.all(some.map((Key) => s3.send(new PutObjectCommand({ Bucket: name, Key, Body: 'x' }))));
    }
  }
  const exists = (Bucket: string) =>
    s3.send(new HeadBucketCommand({ Bucket })).then(
      () => true,
      () => false,
    );

  it('a bucket goes with more versions and delete markers than a page holds', async () => {
    const keys = Array.from({ length: 520 }, (_, index) => `logs/${index}`);
    await bucketWith('many', keys);
    const Objects = keys.map((Key) => ({ Key }));
    await s3.send(new DeleteObjectsCommand({ Bucket: 'many', Delete: { Objects } }));
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: 'many' }));
    expect(listed.IsTruncated).toBe(true);
    await deleteBucket(s3, 'many', time());
    expect(await exists('many')).toBe(false);
    await deleteBucket(s3, 'many', time());
  });

  it('a bucket goes whose versions a governance lock holds', async () => {
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'locked',
        CreateBucketConfiguration: { LocationConstraint: region },
        ObjectLockEnabledForBucket: true,
      }),
    );
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 365 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket: 'locked', ObjectLockConfiguration }));
    await s3.send(new PutObjectCommand({ Bucket: 'locked', Key: 'trail', Body: 'x' }));
    await deleteBucket(s3, 'locked', time());
    expect(await exists('locked')).toBe(false);
  });

  it('a bucket goes although logs arrive while it is deleted', async () => {
    await bucketWith('late', ['first']);
    const send = s3.send.bind(s3);
    let late = 1;
    const spy = vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => {
      if (command instanceof DeleteBucketCommand && late-- > 0) {
        await send(new PutObjectCommand({ Bucket: 'late', Key: 'late', Body: 'x' }));
      }
      return send(command as never);
    });
    const own = time();
    await deleteBucket(s3, 'late', own);
    spy.mockRestore();
    expect([await exists('late'), own.pauses]).toEqual([false, 1]);
  });

  it('tries again what S3 was too busy for, and gives up on what it may not delete', async () => {
    await bucketWith('busy', ['one']);
    const send = s3.send.bind(s3);
    const refusing = (...codes: string[]) =>
      vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => {
        const Code = command instanceof DeleteObjectsCommand ? codes.shift() : undefined;
        return Code ? { Errors: [{ Code, Message: 'no' }] } : send(command as never);
      });
    const denied = refusing('AccessDenied');
    await expect(deleteBucket(s3, 'busy', time())).rejects.toThrow(
      '1 versions in the bucket busy cannot be deleted: AccessDenied no',
    );
    denied.mockRestore();
    const busy = refusing('SlowDown', 'InternalError');
    await deleteBucket(s3, 'busy', time());
    busy.mockRestore();
    expect(await exists('busy')).toBe(false);
  });

  it('stops in time, says so, and goes on when it is asked again', async () => {
    await bucketWith('large', ['one', 'two']);
    await expect(deleteBucket(s3, 'large', time(10_000))).rejects.toThrow(
      'the bucket large is not empty yet, 2 versions were deleted; give the same "cdk destroy" again',
    );
    await deleteBucket(s3, 'large', time());
    expect(await exists('large')).toBe(false);
  });

  it('a VPC loses what GuardDuty and CloudFront made in it, and nothing else', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const VpcId = Vpc?.VpcId ?? '';
    const group = (GroupName: string) =>
      ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId }));
    await group('CloudFront-VPCOrigins-Service-SG');
    await group(`GuardDutyManagedSecurityGroup-${VpcId}`);
    await group('of-the-shop');
    const endpoint = (tags: { Key: string; Value: string }[]) =>
      ec2.send(
        new CreateVpcEndpointCommand({
          VpcId,
          VpcEndpointType: 'Interface',
          ServiceName: `com.amazonaws.${region}.guardduty-data`,
          TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: tags }],
        }),
      );
    await endpoint([{ Key: 'GuardDutyManaged', Value: 'true' }]);
    await endpoint([{ Key: 'Name', Value: 'ours' }]);
    await clearVpc(ec2, VpcId, time());
    await clearVpc(ec2, VpcId, time());
    const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    expect(SecurityGroups.map(({ GroupName }) => GroupName).sort()).toEqual(['default', 'of-the-shop']);
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
    expect(VpcEndpoints.filter(({ State }) => !/delet/i.test(State ?? '')).map(({ Tags }) => Tags)).toEqual([
      [{ Key: 'Name', Value: 'ours' }],
    ]);
  });

  it('waits for a group that something still uses, until the time is over', async () => {
    const used = new EC2ServiceException({ name: 'DependencyViolation', $fault: 'client', $metadata: {} });
    const answers = { refusals: 2 };
    const busy = new EC2Client({ region });
    vi.spyOn(busy, 'send').mockImplementation(async (command: unknown) => {
      if (command instanceof DescribeSecurityGroupsCommand) return { SecurityGroups: [{ GroupId: 'sg-1' }] };
      if (command instanceof DeleteSecurityGroupCommand && answers.refusals-- > 0) throw used;
      return {};
    });
    const own = time();
    await clearVpc(busy, 'vpc-1', own);
    expect(own.pauses).toBe(2);
    used.name = 'OperationNotPermitted';
    answers.refusals = 1;
    await clearVpc(busy, 'vpc-1', time());
    answers.refusals = 1;
    await expect(clearVpc(busy, 'vpc-1', time(1000))).rejects.toThrow(
      'in vpc-1 AWS still uses the security groups sg-1; give the same "cdk destroy" again',
    );
  });

  it('the names that no stack owns go, and those of another environment stay', async () => {
    const clients = {
      ssm: new SSMClient({ region }),
      secrets: new SecretsManagerClient({ region }),
      logs: new CloudWatchLogsClient({ region }),
    };
    const parameters = [
      ...Array.from({ length: 12 }, (_, index) => `/secure-shop/hana/staging/vpn/certificates/${index}`),
      '/secure-shop/hana/staging/image-digest',
      '/secure-shop/hana/staging2/image-digest',
    ];
    for (const Name of parameters) {
      await clients.ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }));
    }
    const secret = '/secure-shop/hana/staging/vpn/authority';
    await clients.secrets.send(new CreateSecretCommand({ Name: secret, SecretString: 'x' }));
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/ecs/x' }));
    const names = { parameterPath: '/secure-shop/hana/staging/', secret, logGroup: '/aws/ecs/x' };
    await forgetNames(clients, names);
    await forgetNames(clients, names);
    const { Parameters = [] } = await clients.ssm.send(new DescribeParametersCommand({}));
    expect(Parameters.map(({ Name }) => Name)).toEqual(['/secure-shop/hana/staging2/image-digest']);
    const { SecretList } = await clients.secrets.send(
      new ListSecretsCommand({ IncludePlannedDeletion: true }),
    );
    expect(SecretList).toEqual([]);
    expect((await clients.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  it('leaves everything when an update alone does without the custom resource', async () => {
    await bucketWith('living', ['picture']);
    const { StackId = '' } = await new CloudFormationClient({ region }).send(
      new CreateStackCommand({
        StackName: 'living',
        TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
      }),
    );
    const answers = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
    await handler(deletion(StackId), { getRemainingTimeInMillis: () => 600_000 } as Context);
    expect(JSON.parse(String(answers.mock.calls[0]?.[1]?.body))).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'bucket-living',
    });
    answers.mockRestore();
    expect(await exists('living')).toBe(true);
  });
});

function deletion(StackId: string): CloudFormationCustomResourceDeleteEvent {
  return {
    RequestType: 'Delete',
    ServiceToken: 'arn',
    ResponseURL: 'https://cloudformation.example/',
    StackId,
    RequestId: 'request',
    LogicalResourceId: 'Removal',
    PhysicalResourceId: 'bucket-living',
    ResourceType: 'Custom::Removal',
    ResourceProperties: { ServiceToken: 'arn', Leftover: JSON.stringify({ kind: 'bucket', name: 'living' }) },
  };
}

it.each([
  ['DELETE_IN_PROGRESS', true],
  ['ROLLBACK_IN_PROGRESS', true],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', false],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', false],
  [undefined, false],
])('a stack that is in %s goes: %s', async (StackStatus, goes) => {
  const cloudFormation = new CloudFormationClient({ region });
  vi.spyOn(cloudFormation, 'send').mockImplementation(async () => ({ Stacks: [{ StackStatus }] }));
  expect(await stackGoes(cloudFormation, 'arn')).toBe(goes);
});

describe('a backup vault', () => {
  const gone = () => new ResourceNotFoundException({ message: 'gone', $metadata: {} });

  /** Each poll of the vault finds what is left by then; a list of two comes in two pages. */
  function vaultWith(...polls: { RecoveryPointArn: string; Status: string }[][]) {
    const deleted: string[] = [];
    const backup = new BackupClient({ region });
    vi.spyOn(backup, 'send').mockImplementation(async (command: unknown) => {
      if (command instanceof DeleteRecoveryPointCommand) {
        deleted.push(command.input.RecoveryPointArn ?? '');
        if (command.input.RecoveryPointArn === 'expired') throw gone();
      }
      if (!(command instanceof ListRecoveryPointsByBackupVaultCommand)) return {};
      const [poll] = polls;
      if (!poll) throw gone();
      if (command.input.NextToken === undefined && poll.length > 1) {
        return { RecoveryPoints: poll.slice(0, 1), NextToken: 'more' };
      }
      polls.shift();
      return { RecoveryPoints: poll.slice(-1) };
    });
    return { backup, deleted };
  }
  const point = (RecoveryPointArn: string, Status = 'COMPLETED') => ({ RecoveryPointArn, Status });

  it('is emptied page by page, and waits until AWS has deleted what it was told to', async () => {
    const { backup, deleted } = vaultWith(
      [point('one'), point('expired', 'EXPIRED')],
      [point('one', 'DELETING'), point('new', 'CREATING')],
      [point('new')],
      [],
    );
    const own = time();
    await emptyVault(backup, 'vault', own);
    expect([deleted, own.pauses]).toEqual([['one', 'expired', 'new'], 3]);
  });

  it('says what it still holds when the time is over, and is content when it is gone', async () => {
    const full = vaultWith([point('one', 'CREATING')]);
    await expect(emptyVault(full.backup, 'vault', time(0))).rejects.toThrow(
      'the backup vault vault still holds 1 recovery points; give the same "cdk destroy" again',
    );
    await emptyVault(vaultWith().backup, 'vault', time(0));
    const refused = vaultWith([point('one', 'EXPIRED'), point('two', 'DELETING')]);
    await expect(emptyVault(refused.backup, 'vault', time(0))).rejects.toThrow(
      'still holds 2 recovery points, 1 of which AWS Backup could not delete (EXPIRED)',
    );
  });
});
