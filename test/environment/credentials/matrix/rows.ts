import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { createAuthority } from '../support/authority.ts';
import { freePort } from '../support/ports.ts';
import { errorRows } from './error-rows.ts';
import { type Fault, killAt, passwordStatement, secretsCall } from './faults.ts';
import { objectRows } from './object-rows.ts';
import { ownerRows } from './owner-rows.ts';
import type { Row } from './row.ts';
import { secretsRows } from './secrets-rows.ts';
import { settingRows } from './setting-rows.ts';
import {
  account,
  applicationSession,
  atOnce,
  byHand,
  changeByHand,
  created,
  cutAfter,
  cutConnections,
  disableRotation,
  drop,
  due,
  hold,
  impatient,
  killed,
  malformed,
  must,
  plantFunctions,
  proxied,
  redirectTo,
  release,
  restoreAdmin,
  restoreCurrent,
  saying,
  set,
  silentPort,
  spoilAdmin,
  spoilCurrent,
  tested,
  throttled,
  triedOnce,
  upTo,
  versionWith,
  writePendingByHand,
} from './strikes.ts';
export const rows: readonly Row[] = [
  // ------------------------------------------------------------------------------------------------------ create
  {
    id: 'create-killed-before',
    fault: 'create: killed before the pending version is written',
    error: 'secrets-manager',
    strike: killed('createSecret', [], () => killAt('before', secretsCall('PutSecretValue'))),
  },
  {
    id: 'create-killed-after',
    fault: 'create: killed after the pending version is written',
    error: 'secrets-manager',
    strike: killed('createSecret', [], () => killAt('after', secretsCall('PutSecretValue'))),
  },
  {
    id: 'create-throttled',
    fault: 'create: throttled for a while',
    strike: async (world, token) => {
      const calls: Record<string, number> = {};
      await world.all(token, {
        before({ kind, what }) {
          calls[what] = (calls[what] ?? 0) + 1;
          if (kind === 'secrets' && calls[what] === 1) throw throttled;
        },
      });
      must(Object.keys(calls).length >= 4, 'each operation was throttled once');
    },
  },
  {
    id: 'create-throttled-out',
    fault: 'create: throttled past the deadline',
    error: 'secrets-manager',
    strike: async (world, token) => {
      const fault: Fault = {
        before({ kind }) {
          if (kind === 'secrets') throw throttled;
        },
      };
      await world.step(token, 'createSecret', fault, impatient);
    },
  },
  malformed('create-not-json', 'AWSCURRENT is not JSON', () => 'password=123'),
  malformed('create-key-missing', 'a key is missing in AWSCURRENT', ({ host: _, ...rest }) => rest),
  malformed('create-engine', 'wrong engine in AWSCURRENT', (fields) => ({ ...fields, engine: 'oracle' })),
  malformed('create-port', 'bad port in AWSCURRENT', (fields) => ({ ...fields, port: '54x2' })),
  {
    id: 'create-disabled',
    fault: 'create: rotation is disabled',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await disableRotation(world);
      await world.step(token, 'createSecret');
    },
  },
  {
    id: 'create-answer-lost',
    fault: 'create: the pending version was written, the answer was lost',
    strike: async (world, token) => {
      let lost = false;
      await world.all(token, {
        after({ what }) {
          if (lost || what !== 'PutSecretValue') return;
          lost = true;
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
        },
      });
      must(lost, 'an answer was lost');
    },
  },
  {
    id: 'create-broken-answers',
    fault: 'every step: each second answer of Secrets Manager is an error 500, or half of one',
    strike: async (world, token) => {
      let calls = 0;
      await world.all(token, {
        before({ kind }) {
          if (kind !== 'secrets' || ++calls % 2 === 0) return;
          const half = calls % 4 === 1;
          throw Object.assign(new Error('broken'), {
            name: half ? 'SyntaxError' : 'UnknownError',
            $metadata: { httpStatusCode: half ? 200 : 500 },
          });
        },
      });
    },
  },
  {
    id: 'create-key-denied',
    fault: 'create: the key refuses to encrypt',
    error: 'secrets-manager',
    strike: killed('createSecret', [], () => ({
      before({ what }) {
        if (what === 'PutSecretValue') throw Object.assign(new Error('no'), { name: 'EncryptionFailure' });
      },
    })),
  },
  {
    id: 'create-at-once',
    fault: 'create: four at once',
    strike: async (world, token) => {
      await atOnce(world, token, 'createSecret');
      await upTo(world, token, ['setSecret', 'testSecret', 'finishSecret']);
    },
  },
  // --------------------------------------------------------------------------------------------------------- set
  {
    id: 'set-killed-before',
    fault: 'set: killed before the password is set',
    error: 'internal',
    strike: killed('setSecret', created, () => killAt('before', passwordStatement)),
  },
  {
    id: 'set-killed-after',
    fault: 'set: killed after the password is set',
    error: 'internal',
    strike: killed('setSecret', created, () => killAt('after', passwordStatement)),
  },
  {
    id: 'set-database-dies',
    fault: 'set: database dies after the password is set',
    error: 'internal',
    strike: async (world, token) => {
      await upTo(world, token, created);
      const dies: Fault = {
        async after(point) {
          if (!passwordStatement(point)) return;
          await world.server.restart();
          throw new Error('the connection is gone');
        },
      };
      await world.step(token, 'setSecret', dies);
    },
  },
  {
    id: 'set-refused',
    fault: 'set: database unreachable (nothing listens)',
    error: 'unreachable',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', redirectTo(await freePort()), impatient);
    },
  },
  {
    id: 'set-silent',
    fault: 'set: silent host (accepts, never answers)',
    error: 'unreachable',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', redirectTo(await silentPort(world)), impatient);
    },
    mend: release,
  },
  {
    id: 'set-read-only',
    fault: 'set: read-only host (failover)',
    error: 'read-only',
    liveAfterwards: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      if (world.server.engine === 'postgres') {
        await world.root('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()');
        await new Promise((resolve) => setTimeout(resolve, 100));
      } else await world.root('SET GLOBAL read_only = 1');
      await world.step(token, 'setSecret');
    },
    mend: async (world) => {
      if (world.server.engine === 'postgres') {
        await world.root(
          'SET transaction_read_only = off',
          'ALTER SYSTEM RESET default_transaction_read_only',
          'SELECT pg_reload_conf()',
        );
        await new Promise((resolve) => setTimeout(resolve, 100));
      } else await world.root('SET GLOBAL read_only = 0');
    },
  },
  {
    id: 'set-catalog-locked',
    mariadbOnly: true,
    fault: 'set: catalog lock held',
    error: 'locked',
    strike: async (world, token) => {
      await upTo(world, token, created);
      const root = await world.server.root();
      if (world.server.engine === 'postgres') {
        await root.query('BEGIN');
        await root.query('LOCK TABLE pg_authid IN SHARE ROW EXCLUSIVE MODE');
        hold(world, root, 'ROLLBACK');
      } else {
        await root.query('LOCK TABLES mysql.global_priv WRITE');
        hold(world, root, 'UNLOCK TABLES');
      }
      await world.step(token, 'setSecret', undefined, triedOnce);
    },
    mend: release,
  },
  {
    id: 'set-previous-malformed',
    fault: 'set: AWSPREVIOUS malformed',
    strike: async (world, token) => {
      await spoilCurrent(world, () => '{"half": ');
      await restoreCurrent(world);
      must(
        Object.keys(await world.service.stages(world.secretId)).length > 2,
        'a malformed version is there',
      );
      await world.all(token);
    },
  },
  {
    id: 'set-previous-missing',
    fault: 'set: no AWSPREVIOUS, first rotation ever',
    strike: async (world, token) => {
      await world.all(token);
    },
  },
  {
    id: 'set-user-dropped',
    fault: 'set: the user in use dropped by hand',
    schemes: ['alternating', 'single'],
    strike: async (world, token) => {
      await drop(world, (await world.current()).username);
      await world.all(token);
    },
  },
  {
    id: 'set-due-dropped',
    fault: 'set: the user that is due dropped by hand',
    schemes: ['alternating'],
    strike: async (world, token) => {
      await drop(world, await due(world));
      await world.all(token);
    },
  },
  {
    id: 'set-password-by-hand',
    fault: 'set: password of the user in use changed by hand',
    schemes: ['alternating', 'single'],
    strike: async (world, token) => {
      await changeByHand(world, (await world.current()).username);
      await world.all(token);
    },
  },
  {
    id: 'set-password-by-hand-admin',
    fault: "set: the administrator's password set to that of an unlabelled version",
    schemes: ['admin'],
    strike: async (world, token) => {
      const abandoned = await world.service.startRotation(world.secretId);
      await world.step(abandoned, 'createSecret');
      const { username, password } = await world.current('AWSPENDING');
      await world.service.startRotation(world.secretId);
      await world.root(
        world.server.engine === 'postgres'
          ? `ALTER ROLE ${username} PASSWORD '${password}'`
          : `ALTER USER ${username}@'%' IDENTIFIED BY '${password}'`,
      );
      must(!(await world.live()), 'AWSCURRENT does not work');
      void token;
      await world.rotated();
    },
    retryRefused: true,
  },
  {
    id: 'set-admin-wrong',
    fault: 'set: administrator secret wrong',
    schemes: ['alternating'],
    error: 'authentication',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await spoilAdmin(world);
      await world.step(token, 'setSecret');
    },
    mend: restoreAdmin,
  },
  {
    id: 'set-admin-missing',
    fault: 'set: administrator secret missing',
    schemes: ['alternating'],
    error: 'malformed',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', {
        before({ kind, input }) {
          if (kind === 'secrets' && input?.SecretId === world.adminId) {
            throw Object.assign(new Error('gone'), { name: 'ResourceNotFoundException' });
          }
        },
      });
    },
  },
  {
    id: 'set-admin-mid-rotation',
    fault: "set: the administrator's secret is itself half rotated",
    schemes: ['alternating'],
    strike: async (world, token) => {
      await upTo(world, token, created);
      const { engine, host, port, username, password } = world.server.admin;
      // The database still has the password of a version that is neither current nor previous any more.
      for (const wrong of ['not yet in use', 'nor this one']) {
        await world.service.overwrite(world.adminId, { engine, host, port, username, password: wrong });
      }
      must(password.length > 0, 'the admin has a password');
      await upTo(world, token, ['setSecret', 'testSecret', 'finishSecret']);
      await restoreAdmin(world);
    },
  },
  {
    id: 'set-at-once',
    fault: 'set: four at once',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await atOnce(world, token, 'setSecret');
      await upTo(world, token, ['testSecret', 'finishSecret']);
    },
  },
  {
    id: 'set-foreign',
    fault: 'set: an unrelated user has the name that is due',
    schemes: ['alternating'],
    error: 'foreign',
    strike: async (world, token) => {
      const name = await due(world);
      await upTo(world, token, created);
      if (world.server.engine === 'postgres') {
        await drop(world, name);
        await world.root(`CREATE ROLE ${account(world, name)} LOGIN PASSWORD 'of somebody else'`);
      } else {
        await world.root(
          `DELETE FROM secure_shop_rotation.logins WHERE login = '${name}'`,
          `ALTER USER ${account(world, name)} IDENTIFIED BY 'of somebody else'`,
        );
      }
      await world.step(token, 'setSecret');
    },
    mend: async (world) => {
      const name = await due(world);
      const session = await world.server.connect({
        ...(await world.current()),
        database: world.server.engine === 'postgres' ? 'postgres' : undefined,
        username: name,
        password: 'of somebody else',
      });
      await session.close();
      await drop(world, name);
    },
  },
  {
    id: 'set-untrusted',
    fault: 'set: certificate of an unknown authority',
    error: 'tls',
    strike: async (world, token) => {
      await upTo(world, token, created);
      const { pem } = await createAuthority('Somebody else');
      await world.step(token, 'setSecret', undefined, { databases: databasesTrusting(pem) });
    },
  },
  {
    id: 'set-wrong-host',
    fault: 'set: certificate of another host',
    error: 'tls',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', { redirect: (login) => ({ ...login, host: '127.0.0.1' }) });
    },
  },
  {
    id: 'set-expired',
    fault: 'set: certificate expired',
    error: 'tls',
    schemes: ['alternating'],
    liveAfterwards: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.server.restartWith(await world.server.authority.issue({ expired: true }));
      await world.step(token, 'setSecret');
    },
    mend: async (world) => world.server.restartWith(await world.server.authority.issue()),
  },
  {
    id: 'set-plaintext',
    fault: 'set: server offers no TLS',
    error: 'tls',
    schemes: ['alternating'],
    liveAfterwards: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.server.restartWith(undefined);
      await world.step(token, 'setSecret');
    },
    mend: async (world) => world.server.restartWith(await world.server.authority.issue()),
  },
  {
    id: 'set-connections',
    fault: 'set: too many connections',
    error: 'out-of-connections',
    schemes: ['alternating'],
    strike: async (world, token) => {
      await upTo(world, token, created);
      const { username } = world.server.admin;
      await world.root(
        world.server.engine === 'postgres'
          ? `ALTER ROLE ${username} CONNECTION LIMIT 1`
          : `ALTER USER ${username}@'%' WITH MAX_USER_CONNECTIONS 1`,
      );
      const session = await world.server.connect(world.server.admin);
      hold(world, session);
      await world.step(token, 'setSecret');
    },
    mend: async (world) => {
      await release(world);
      const { username } = world.server.admin;
      if (world.server.engine === 'postgres') {
        await world.root(`ALTER ROLE ${username} CONNECTION LIMIT -1`);
      } else await world.root(`ALTER USER ${username}@'%' WITH MAX_USER_CONNECTIONS 0`);
    },
  },
  {
    id: 'set-in-use',
    fault: 'set: the shop still uses the login that is due',
    schemes: ['alternating'],
    error: 'in-use',
    strike: async (world, token) => {
      // A task that started with the login of before, and was never restarted.
      const before = await world.current();
      await world.rotated();
      const task = await world.server.connect(before).catch(() => undefined);
      if (task === undefined) throw new Error('the login of before does not work any more');
      hold(world, applicationSession(world, task));
      void token;
      const next = await world.service.startRotation(world.secretId);
      await world.step(next, 'createSecret');
      await world.step(next, 'setSecret');
    },
    mend: release,
    retryRefused: true,
  },
  {
    id: 'set-cancelled',
    fault: 'set: rotation cancelled after create',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      await disableRotation(world);
      await world.step(token, 'setSecret');
    },
  },
  {
    id: 'set-deleted',
    fault: 'set: the secret was scheduled for deletion',
    error: 'secrets-manager',
    strike: killed('setSecret', created, () => ({
      before({ what }) {
        if (what !== 'GetSecretValue') return;
        throw Object.assign(
          new Error("You can't perform this operation on the secret because it was marked for deletion."),
          { name: 'InvalidRequestException' },
        );
      },
    })),
  },
  {
    id: 'set-pending-by-hand',
    fault: 'set: AWSPENDING written by hand, for another host',
    error: 'malformed',
    retryRefused: true,
    strike: async (world, token) => {
      await writePendingByHand(world, token, { host: 'elsewhere.example' });
      await world.all(token);
    },
  },
  {
    id: 'set-promoted-by-hand',
    fault: 'set: AWSCURRENT moved to the pending version by hand before it was set',
    schemes: ['single', 'admin'],
    strike: async (world, token) => {
      await upTo(world, token, created);
      const before = await versionWith(world, 'AWSCURRENT');
      await world.service.label(world.secretId, 'AWSCURRENT', token, before);
      await upTo(world, token, ['setSecret', 'testSecret', 'finishSecret']);
    },
  },
  {
    id: 'set-locked-by-hand',
    fault: 'set: the user in use locked by hand',
    schemes: ['alternating', 'single'],
    strike: async (world, token) => {
      const name = account(world, (await world.current()).username);
      await byHand(world, {
        postgres: [`ALTER ROLE ${name} NOLOGIN VALID UNTIL '2001-01-01'`],
        mysql: [`ALTER USER ${name} ACCOUNT LOCK`],
      });
      await world.all(token);
    },
  },
  {
    id: 'set-expired-by-hand',
    fault: 'set: password of the user in use expired',
    schemes: ['alternating', 'single'],
    strike: async (world, token) => {
      const name = account(world, (await world.current()).username);
      await byHand(world, {
        postgres: [`ALTER ROLE ${name} PASSWORD NULL`],
        mysql: [`ALTER USER ${name} PASSWORD EXPIRE`],
      });
      await world.all(token);
    },
  },
  {
    id: 'set-plugin-by-hand',
    mariadbOnly: true,
    fault: 'set: the user in use logs in another way since a change by hand',
    schemes: ['alternating', 'single'],
    strike: async (world, token) => {
      const name = account(world, (await world.current()).username);
      await byHand(world, {
        postgres: [`ALTER ROLE ${name} PASSWORD 'md5${'0'.repeat(32)}'`],
        mysql: [`ALTER USER ${name} IDENTIFIED VIA unix_socket`],
      });
      await world.all(token);
    },
  },
  {
    id: 'set-hostile-settings',
    fault: 'set: timeouts, search path and read-only among the settings of the user in use',
    engines: ['postgres'],
    schemes: ['alternating'],
    strike: async (world, token) => {
      const before = await world.current();
      const settings = [
        `statement_timeout = '1ms'`,
        `lock_timeout = '1ms'`,
        `idle_in_transaction_session_timeout = '1ms'`,
        `search_path = 'nowhere'`,
        `standard_conforming_strings = off`,
        'default_transaction_read_only = on',
      ];
      await world.root(
        ...settings.map((setting) => `ALTER ROLE ${account(world, before.username)} SET ${setting}`),
      );
      await world.all(token);
      // What it carried over would keep this test from writing as the shop.
      for (const { username } of [before, await world.current()]) {
        await world.root(`ALTER ROLE ${account(world, username)} RESET default_transaction_read_only`);
      }
    },
  },
  {
    id: 'set-hostile-functions',
    fault: "set: functions in the shop's database that would run as the administrator",
    engines: ['postgres'],
    schemes: ['alternating'],
    strike: async (world, token) => {
      await plantFunctions(world);
      try {
        await world.all(token);
      } finally {
        await world.root(`ALTER ROLE ${world.server.admin.username} RESET search_path`);
      }
      const inside = await world.server.root(world.database);
      const ran = await inside.query(`SELECT FROM ran WHERE who = '${world.server.admin.username}'`);
      await inside.query('DROP TABLE stray, left_over');
      await inside.close();
      must(ran.length === 0, 'no function of the shop ran as the administrator');
    },
  },
  {
    id: 'set-database-dropped',
    fault: "set: the shop's database dropped by hand",
    schemes: ['alternating'],
    strike: async (world, token) => {
      await upTo(world, token, created);
      await byHand(world, {
        postgres: [`DROP DATABASE "${world.database}" WITH (FORCE)`],
        mysql: [`DROP DATABASE \`${world.database}\``],
      });
      await upTo(world, token, ['setSecret', 'testSecret', 'finishSecret']);
    },
  },
  {
    id: 'set-password-check',
    mariadbOnly: true,
    fault: 'set: a password check of the server refuses hashes',
    engines: ['mysql'],
    schemes: ['alternating'],
    error: 'rights',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.root(`INSTALL SONAME 'simple_password_check'`);
      try {
        await saying('strict_password_validation = OFF', () => world.step(token, 'setSecret'));
      } finally {
        await world.root(`UNINSTALL SONAME 'simple_password_check'`);
      }
    },
  },
  {
    id: 'set-reset-in-handshake',
    fault: 'set: connection reset in the middle of the TLS handshake',
    error: 'unreachable',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', await proxied(world, cutAfter(400, 'reset')), impatient);
    },
    mend: release,
  },
  {
    id: 'set-silence-in-handshake',
    fault: 'set: host silent from the middle of the TLS handshake on',
    error: 'unreachable',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'setSecret', await proxied(world, cutAfter(400, 'silence')), impatient);
    },
    mend: release,
  },
  {
    id: 'set-slow-network',
    fault: 'every step: a slow network that cuts everything into small pieces',
    strike: async (world, token) => {
      const fault = await proxied(world, (piece, to) => {
        for (let at = 0; at < piece.length; at += 50) {
          const part = piece.subarray(at, at + 50);
          setTimeout(() => to.writable && to.write(part), 10);
        }
      });
      await world.all(token, fault);
    },
    mend: release,
  },
  {
    id: 'set-connection-lost',
    fault: 'set: connection cut in the middle, once',
    strike: async (world, token) => {
      await upTo(world, token, created);
      let cut = false;
      const fault: Fault = {
        async before(point) {
          if (cut || !passwordStatement(point)) return;
          cut = true;
          await cutConnections(world);
        },
      };
      await world.step(token, 'setSecret', fault, { patience: 5000 });
      must(cut, 'the connection was cut');
      await upTo(world, token, ['testSecret', 'finishSecret']);
    },
  },
  // -------------------------------------------------------------------------------------------------------- test
  {
    id: 'test-database-down',
    fault: 'test: database down',
    error: 'unreachable',
    strike: async (world, token) => {
      await upTo(world, token, set);
      await world.step(token, 'testSecret', redirectTo(await freePort()), impatient);
    },
  },
  {
    id: 'test-rights-gone',
    fault: 'test: rights of the new login taken away after set',
    schemes: ['alternating'],
    error: 'rights',
    strike: async (world, token) => {
      const name = await due(world);
      await upTo(world, token, set);
      await world.root(
        world.server.engine === 'postgres'
          ? `REVOKE "${world.database}_owner" FROM ${account(world, name)} GRANTED BY rds_admin`
          : `REVOKE ALL PRIVILEGES ON \`${world.database}\`.* FROM ${account(world, name)}`,
      );
      await world.step(token, 'testSecret');
    },
  },
  {
    id: 'test-label-removed',
    fault: 'test: AWSPENDING taken away by hand',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, set);
      await world.service.clearPending(world.secretId, token);
      await world.step(token, 'testSecret');
    },
  },
  // ------------------------------------------------------------------------------------------------------ finish
  {
    id: 'finish-killed-before',
    fault: 'finish: killed before the label moves',
    error: 'secrets-manager',
    strike: killed('finishSecret', tested, () =>
      killAt('before', secretsCall('UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT' })),
    ),
  },
  {
    id: 'finish-throttled',
    fault: 'finish: throttled past the deadline',
    error: 'secrets-manager',
    strike: async (world, token) => {
      await upTo(world, token, tested);
      const fault: Fault = {
        before({ what }) {
          if (what === 'UpdateSecretVersionStage') throw throttled;
        },
      };
      await world.step(token, 'finishSecret', fault, impatient);
    },
  },
  {
    id: 'finish-killed-after',
    fault: 'finish: killed after the label moved',
    error: 'secrets-manager',
    strike: killed('finishSecret', tested, () =>
      killAt('before', secretsCall('UpdateSecretVersionStage', { VersionStage: 'AWSPENDING' })),
    ),
  },
  {
    id: 'finish-answer-lost',
    fault: 'finish: the label moved, the answer was lost',
    strike: async (world, token) => {
      await upTo(world, token, tested);
      let lost = false;
      await world.step(token, 'finishSecret', {
        after({ what }) {
          if (lost || what !== 'UpdateSecretVersionStage') return;
          lost = true;
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
        },
      });
    },
  },
  {
    id: 'finish-without-set',
    fault: 'finish without set',
    schemes: ['alternating'],
    error: 'authentication',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.step(token, 'finishSecret');
    },
  },
  {
    id: 'finish-current-moved',
    fault: 'finish: AWSCURRENT moved since the rotation began',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, tested);
      await world.service.overwrite(world.secretId, await world.service.fields(world.secretId));
      await world.step(token, 'finishSecret');
    },
  },
  {
    id: 'finish-newer',
    fault: 'finish: a newer rotation began after test',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, tested);
      await world.service.startRotation(world.secretId);
      await world.step(token, 'finishSecret');
    },
  },
  {
    id: 'finish-rolled-back',
    fault: 'finish: AWSCURRENT put back by hand to the version before',
    retryRefused: true,
    strike: async (world, token) => {
      await world.all(token);
      const before = await versionWith(world, 'AWSPREVIOUS');
      await world.service.label(world.secretId, 'AWSCURRENT', before, token);
      await world.rotated();
    },
  },
  {
    id: 'finish-at-once',
    fault: 'finish: four at once',
    strike: async (world, token) => {
      await upTo(world, token, tested);
      await atOnce(world, token, 'finishSecret');
    },
  },
  // ------------------------------------------------------------------------------------------------------- order
  {
    id: 'order-repeated',
    fault: 'every step delivered three times',
    strike: async (world, token) => {
      for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
        for (let time = 0; time < 3; time++) await world.step(token, step);
      }
    },
  },
  {
    id: 'order-late',
    fault: 'steps of a finished rotation delivered again',
    strike: async (world, token) => {
      await world.all(token);
      for (const step of ['setSecret', 'createSecret', 'testSecret', 'finishSecret']) {
        await world.step(token, step);
      }
    },
  },
  {
    id: 'order-unknown-token',
    fault: 'token that is no version of the secret',
    error: 'stale',
    strike: async (world) => {
      await world.step('00000000-0000-4000-8000-000000000000', 'createSecret');
    },
  },
  {
    id: 'order-newer',
    fault: 'AWSPENDING on a newer rotation',
    error: 'stale',
    retryRefused: true,
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.service.startRotation(world.secretId);
      await world.step(token, 'setSecret');
    },
  },
  {
    id: 'order-set-before-create',
    fault: 'set before create',
    error: 'malformed',
    strike: async (world, token) => {
      await world.step(token, 'setSecret');
    },
  },
  {
    id: 'all-at-once',
    fault: 'two functions run the whole rotation at once',
    strike: async (world, token) => {
      const patience = { patience: 30_000 };
      await Promise.all([world.all(token, undefined, patience), world.all(token, undefined, patience)]);
    },
  },
  ...ownerRows,
  ...objectRows,
  ...errorRows,
  ...settingRows,
  ...secretsRows,
];
