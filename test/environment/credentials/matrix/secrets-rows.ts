import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { secretsCall } from './faults.ts';
import type { Row } from './row.ts';
import {
  created,
  malformed,
  must,
  refuses,
  restoreCurrent,
  saying,
  spoilCurrent,
  tested,
  upTo,
  versionWith,
  writePendingByHand,
} from './strikes.ts';

const writes = secretsCall('PutSecretValue');
const everyStep = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** Secrets Manager refuses to write, and the error says what a person does next. */
function refusedWrite(id: string, what: string, name: string, words: string, says: string): Row {
  return {
    id,
    fault: `create: ${what}`,
    error: 'secrets-manager',
    strike: async (world, token) => {
      await saying(says, () => world.step(token, 'createSecret', refuses(writes, name, words)()));
    },
  };
}

/** Answers of Secrets Manager and states of a secret, each told by its cause and by what comes next. */
export const secretsRows: readonly Row[] = [
  malformed(
    'create-bytes',
    'AWSCURRENT holds bytes (SecretBinary)',
    (fields) => Buffer.from(JSON.stringify(fields)),
    'put-secret-value --secret-string',
  ),
  refusedWrite(
    'create-versions-full',
    'the secret has as many versions as it may have',
    'LimitExceededException',
    'You exceeded the quota',
    'rotate again a day later',
  ),
  refusedWrite(
    'create-replica',
    'the secret is a replica of one in another region',
    'InvalidRequestException',
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
    'rotate it in its primary region',
  ),
  refusedWrite(
    'create-managed',
    'another service manages the secret',
    'InvalidRequestException',
    'The secret is managed by another service, and you must use that service to update it.',
    'let that service rotate it',
  ),
  refusedWrite(
    'create-request-malformed',
    'Secrets Manager finds the request malformed',
    'InvalidParameterException',
    'a value that is not told',
    'CloudTrail',
  ),
  {
    id: 'create-other-content',
    fault: 'create: somebody wrote another value to the pending version before',
    strike: async (world, token) => {
      const { username } = await world.current();
      const due = username.endsWith('_a') ? username.replace(/_a$/, '_b') : username.replace(/_b$/, '_a');
      await writePendingByHand(world, token, {
        password: 'written-by-hand-0123456789',
        ...(world.scheme === 'alternating' ? { username: due } : {}),
      });
      await world.all(token);
      must((await world.current()).password === 'written-by-hand-0123456789', 'that value counts');
    },
  },
  {
    id: 'set-pending-bytes',
    fault: 'set: AWSPENDING was written by hand as bytes (SecretBinary)',
    error: 'malformed',
    retryRefused: true,
    strike: async (world, token) => {
      await world.service.client.send(
        new PutSecretValueCommand({
          SecretId: world.secretId,
          ClientRequestToken: token,
          SecretBinary: Buffer.from('{}'),
          VersionStages: ['AWSPENDING'],
        }),
      );
      await saying('SecretBinary', () => world.all(token));
    },
  },
  {
    id: 'set-admin-elsewhere',
    fault: 'set: the secret is a promoted replica, and its administrator is in the region of before',
    schemes: ['alternating'],
    error: 'malformed',
    retryRefused: true,
    strike: async (world, token) => {
      await spoilCurrent(world, (fields) => ({
        ...fields,
        adminSecretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/admin-AbCdEf',
      }));
      await upTo(world, token, created);
      await saying('us-east-1', () => world.step(token, 'setSecret'));
    },
    mend: restoreCurrent,
  },
  {
    id: 'set-pending-moved-back',
    fault: 'set: AWSPENDING was put on the version of AWSCURRENT by hand',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      const current = await versionWith(world, 'AWSCURRENT');
      await world.service.label(world.secretId, 'AWSPENDING', current, token);
      await saying('start a new rotation', () => world.step(token, 'setSecret'));
    },
  },
  {
    id: 'order-token-of-current',
    fault: 'every step for the version of AWSCURRENT, which carries AWSPENDING as well',
    strike: async (world, token) => {
      await world.all(token);
      const current = await versionWith(world, 'AWSCURRENT');
      const before = await world.service.fields(world.secretId);
      await world.service.label(world.secretId, 'AWSPENDING', current);
      await upTo(world, current, everyStep);
      must(
        JSON.stringify(await world.service.fields(world.secretId)) === JSON.stringify(before),
        'nothing was changed',
      );
    },
  },
  {
    id: 'order-old-version',
    fault: 'a step for a version of the secret that carries no label any more',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      const old = await versionWith(world, 'AWSPREVIOUS');
      await world.all(token);
      await world.rotated();
      await saying('start a new rotation', () => world.step(old, 'setSecret'));
    },
  },
  {
    id: 'finish-deleted',
    fault: 'finish: the secret was scheduled for deletion after test',
    error: 'secrets-manager',
    strike: async (world, token) => {
      await upTo(world, token, tested);
      const deleted = refuses(
        ({ kind }) => kind === 'secrets',
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
      await saying('restore-secret', () => world.step(token, 'finishSecret', deleted()));
    },
  },
];
