import { expect } from 'vitest';
import { type DatabaseServer, startPostgres } from '../../../credentials/support/servers.ts';
import { aws, type Row, throws } from '../bad-day.ts';
import { secretOf } from './credentials.ts';

/** What exports are read from; AWS alone is bad here. */
let database: DatabaseServer;

export async function startDatabase(): Promise<() => Promise<void>> {
  database = await startPostgres();
  return () => database.stop();
}

export const customerDataRows: Readonly<Record<string, Row>> = {
  export: {
    environment: () => ({
      DATABASE_CA: database.authority.pem,
      DESK: JSON.stringify({
        bucket: 'exports',
        queries: { customers: 'SELECT 1 AS id', orders: 'SELECT 2 AS id' },
        passphraseSecrets: { yui: secretOf('passphrase-of-yui') },
        loginSecret: secretOf('login'),
        rotationFunction: 'rotation',
      }),
    }),
    event: () => ({ kind: 'orders', person: 'yui', reason: 'stock-taking' }),
    answers: () => ({
      RotateSecret: () => ({ VersionId: 'new' }),
      DescribeSecret: () => ({ VersionIdsToStages: { old: ['AWSPREVIOUS'], new: ['AWSCURRENT'] } }),
      GetSecretValue({ SecretId, VersionId }) {
        if (SecretId === secretOf('passphrase-of-yui'))
          return VersionId === 'new' ? { SecretString: `{"passphrase":"${'x'.repeat(40)}"}` } : {};
        const login = { ...database.admin, scheme: 'single-user', dbname: 'postgres' };
        return { VersionId: 'login', SecretString: JSON.stringify(login) };
      },
      PutObject: () => '<Ok/>',
    }),
    right({ results }) {
      const [exported] = results;
      expect(exported).toMatchObject({ rows: 1, passphraseVersion: 'new' });
      expect(aws.inputsOf('PutObject')).toMatchObject([
        { Key: expect.stringContaining((exported as { readonly key: string }).key) },
      ]);
    },
    // The same file once more, or one of an export that nobody was told of.
    again: ({ results }) => expect(results).toMatchObject([{ rows: 1, passphraseVersion: 'new' }]),
    // The function runs one at a time, and whoever asks again gets another file.
    once: () => expect(aws.inputsOf('PutObject')).toHaveLength(3),
    givesUp: throws,
  },
};
