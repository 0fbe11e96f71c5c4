import { setTimeout as sleep } from 'node:timers/promises';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { customResourceHandler } from '../lambda/custom-resource.ts';
import { clearVpc } from './clear-vpc.ts';
import { deleteBucket } from './delete-bucket.ts';
import { emptyVault } from './empty-vault.ts';
import { forgetNames } from './forget-names.ts';
import type { Leftover } from './leftover.ts';
import { stackGoes } from './stack-goes.ts';
import type { Time } from './time.ts';

/** S3 slows down whoever deletes much at once. */
const maxAttempts = 10;

/** Custom resource: deletes what would outlive a disposable environment, or keep its stack from being deleted. */
export const handler = customResourceHandler(async (event, context) => {
  const leftover = JSON.parse(String(event.ResourceProperties.Leftover)) as Leftover;
  if (event.RequestType === 'Delete' && (await stackGoes(new CloudFormationClient(), event.StackId))) {
    await remove(leftover, { left: () => context.getRemainingTimeInMillis(), pause: (ms) => sleep(ms) });
  }
  return { physicalResourceId: `${leftover.kind}-${leftover.name}` };
});

function remove(leftover: Leftover, time: Time): Promise<void> {
  switch (leftover.kind) {
    case 'bucket':
      return deleteBucket(new S3Client({ maxAttempts }), leftover.name, time);
    case 'vault':
      return emptyVault(new BackupClient({ maxAttempts }), leftover.name, time);
    case 'vpc':
      return clearVpc(new EC2Client(), leftover.name, time);
    case 'names':
      return forgetNames(
        { ssm: new SSMClient(), secrets: new SecretsManagerClient(), logs: new CloudWatchLogsClient() },
        leftover.names,
      );
  }
}
