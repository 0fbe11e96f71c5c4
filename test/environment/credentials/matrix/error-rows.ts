import type { Engine } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { adminPassword } from '../support/servers.ts';
import { type Fault, secretsCall } from './faults.ts';
import type { Row } from './row.ts';
import {
  account,
  byHand,
  created,
  due,
  impatient,
  killed,
  malformed,
  must,
  refuses,
  restoreCurrent,
  saying,
  spoilCurrent,
  tested,
  upTo,
  versionWith,
} from './strikes.ts';
import type { World } from './world.ts';

const alternating = { schemes: ['alternating'] } as const;
const everyStep = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/** The administrator's account cannot be used until it is mended. */
function adminRow(id: string, what: string, spoil: Statements, mend: Statements): Row {
  const run = async (world: World, statements: Statements) => {
    const name = account(world, world.server.admin.username);
    await world.root(statements[world.server.engine](name));
  };
  return {
    id,
    fault: `set: the administrator ${what}`,
    ...alternating,
    error: 'authentication',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await run(world, spoil);
      await world.step(token, 'setSecret');
    },
    mend: (world) => run(world, mend),
  };
}

type Statements = Readonly<Record<Engine, (name: string) => string>>;

/** What goes wrong outside of the rotation, each named by its cause. */
export const errorRows: readonly Row[] = [
  {
    ...malformed('create-reserved-name', 'a name that the server keeps for itself in AWSCURRENT', (fields) =>
      fields.engine === 'postgres'
        ? { ...fields, baseName: 'pg_shop', logins: ['pg_shop_a', 'pg_shop_b'], username: 'pg_shop_a' }
        : { ...fields, dbname: 'mysql' },
    ),
    ...alternating,
  },
  {
    id: 'create-denied',
    fault: 'create: the policy of the secret or of its key refuses to read it',
    error: 'secrets-manager',
    strike: async (world, token) => {
      const denied = refuses(({ what }) => what === 'GetSecretValue', 'AccessDeniedException');
      await saying('policy', () => world.step(token, 'createSecret', denied()));
    },
  },
  {
    id: 'create-decryption',
    fault: 'create: the key of the secret is disabled, past the deadline',
    error: 'secrets-manager',
    strike: async (world, token) => {
      const disabled = refuses(({ what }) => what === 'GetSecretValue', 'DecryptionFailure');
      await saying('key', () => world.step(token, 'createSecret', disabled(), impatient));
    },
  },
  {
    id: 'create-secret-gone',
    fault: 'create: the secret does not exist any more',
    error: 'secrets-manager',
    strike: killed('createSecret', [], refuses(secretsCall('DescribeSecret'), 'ResourceNotFoundException')),
  },
  {
    id: 'set-no-database',
    fault: 'set: the database that AWSCURRENT names does not exist',
    schemes: ['single', 'admin'],
    error: 'rights',
    liveAfterwards: true,
    retryRefused: true,
    strike: async (world, token) => {
      await spoilCurrent(world, (fields) => ({ ...fields, dbname: 'nowhere' }));
      await upTo(world, token, created);
      await world.step(token, 'setSecret');
    },
    mend: restoreCurrent,
  },
  adminRow(
    'set-admin-locked',
    'was locked by hand',
    { postgres: (name) => `ALTER ROLE ${name} NOLOGIN`, mysql: (name) => `ALTER USER ${name} ACCOUNT LOCK` },
    { postgres: (name) => `ALTER ROLE ${name} LOGIN`, mysql: (name) => `ALTER USER ${name} ACCOUNT UNLOCK` },
  ),
  adminRow(
    'set-admin-expired',
    'has a password that expired',
    {
      postgres: (name) => `ALTER ROLE ${name} VALID UNTIL '2001-01-01'`,
      mysql: (name) => `ALTER USER ${name} PASSWORD EXPIRE`,
    },
    {
      postgres: (name) => `ALTER ROLE ${name} VALID UNTIL 'infinity'`,
      // The mark of a password that has expired goes with the password.
      mysql: (name) => `ALTER USER ${name} IDENTIFIED BY '${adminPassword}'`,
    },
  ),
  {
    id: 'set-admin-may-not',
    fault: 'set: the administrator lost the right to change logins',
    ...alternating,
    engines: ['postgres'],
    error: 'rights',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.root(`ALTER ROLE ${account(world, world.server.admin.username)} NOCREATEROLE`);
      await saying('CREATEROLE', () => world.step(token, 'setSecret'));
    },
    mend: (world) => world.root(`ALTER ROLE ${account(world, world.server.admin.username)} CREATEROLE`),
  },
  {
    id: 'set-promoted-by-hand-alternating',
    fault: 'set: AWSCURRENT moved to the pending version by hand before that login was set',
    ...alternating,
    strike: async (world, token) => {
      await upTo(world, token, created);
      const before = await versionWith(world, 'AWSCURRENT');
      await world.service.label(world.secretId, 'AWSCURRENT', token, before);
      must(!(await world.live()), 'AWSCURRENT does not work');
      await upTo(world, token, everyStep.slice(1));
    },
  },
  {
    id: 'set-labels-by-hand',
    fault: 'every step: AWSPREVIOUS taken away, and labels of a person on the versions',
    strike: async (world, token) => {
      const previous = await versionWith(world, 'AWSPREVIOUS');
      const current = await versionWith(world, 'AWSCURRENT');
      await world.service.label(world.secretId, 'BEFORE-THE-SALE', current);
      if (previous !== '') await world.service.unlabel(world.secretId, 'AWSPREVIOUS', previous);
      await world.step(token, 'createSecret');
      await world.service.label(world.secretId, 'BEFORE-THE-SALE', token, current);
      await upTo(world, token, everyStep.slice(1));
      await world.service.unlabel(world.secretId, 'BEFORE-THE-SALE', token);
    },
  },
  {
    id: 'set-due-renamed',
    fault: 'set: the login that is due was renamed by hand',
    ...alternating,
    strike: async (world, token) => {
      const name = await due(world);
      const old = `${name}_old`;
      await byHand(world, {
        postgres: [`DROP ROLE IF EXISTS "${old}"`, `ALTER ROLE "${name}" RENAME TO "${old}"`],
        mysql: [
          `DROP USER IF EXISTS \`${old}\`@'%'`,
          `RENAME USER ${account(world, name)} TO \`${old}\`@'%'`,
        ],
      });
      await world.all(token);
    },
  },
  {
    id: 'finish-denied',
    fault: 'finish: the policy of the secret refuses to move the label',
    error: 'secrets-manager',
    strike: killed(
      'finishSecret',
      tested,
      refuses(secretsCall('UpdateSecretVersionStage'), 'AccessDeniedException'),
    ),
  },
  {
    id: 'every-step-out-of-time',
    fault: 'every step: out of time in the middle, then again',
    strike: async (world, token) => {
      for (const step of everyStep) {
        const slow: Fault = { before: () => new Promise((resolve) => setTimeout(resolve, 60)) };
        const late = await world.step(token, step, slow, { milliseconds: 90, patience: 1 }).then(
          () => false,
          (thrown) => thrown instanceof Error && thrown.name === 'RotationError',
        );
        must(late || step === 'createSecret', `${step} was out of time`);
        await world.step(token, step);
      }
    },
  },
  {
    id: 'set-pending-refused',
    fault: 'set: Secrets Manager refuses to read AWSPENDING in the state the secret is in',
    error: 'secrets-manager',
    strike: async (world, token) => {
      await world.step(token, 'createSecret');
      const refused = refuses(
        ({ what, input }) => what === 'GetSecretValue' && input?.VersionId === token,
        'InvalidRequestException',
      );
      await saying('write nothing', () => world.step(token, 'setSecret', refused()));
    },
  },
];
