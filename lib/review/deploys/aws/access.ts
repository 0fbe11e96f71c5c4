import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { awsIn } from '../../../cli/aws-client-config.ts';
import { progress } from '../../../cli/output.ts';
import type { ChangeSetAccess } from './change-sets.ts';

/** AWS as the command line reaches it, with the credentials of its user. */
export function awsAccess(): ChangeSetAccess {
  return {
    client: (region) => new CloudFormationClient(awsIn(region)),
    storage: (region) => new S3Client(awsIn(region)),
    pause: (seconds) => sleep(seconds * 1000),
    say: progress,
  };
}
