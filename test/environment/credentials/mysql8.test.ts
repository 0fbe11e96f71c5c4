import { describe, expect, it } from 'vitest';
import { answerOf, type Row, type Session } from '../../../lib/environment/credentials/rotation/database.ts';
import { Deadline } from '../../../lib/environment/credentials/rotation/deadline.ts';
import { mysql } from '../../../lib/environment/credentials/rotation/mysql/dialect.ts';
import { parseSecret } from '../../../lib/environment/credentials/rotation/secret.ts';

/** A session of MySQL 8 as far as these statements ask it; what it is told stays in `statements`. */
function server(variables: Readonly<Record<string, string>>): Session & { readonly statements: string[] } {
  const statements: string[] = [];
  const { version, version_comment: comment } = variables;
  const answers: readonly [RegExp, readonly Row[]][] = [
    [
      /^SHOW VARIABLES/,
      Object.entries(variables).map(([Variable_name, Value]) => ({ Variable_name, Value })),
    ],
    [/CURRENT_USER\(\)/, [{ account: 'shop@%', read_only: 0, mine: 1, version, comment, folding: 0 }]],
    [/information_schema.processlist/, [{ sessions: 0 }]],
  ];
  const answer = (sql: string) => {
    statements.push(sql.replace(/\s+/g, ' '));
    return answers.find(([asked]) => asked.test(sql))?.[1] ?? [];
  };
  return {
    statements,
    query: async (sql) => answerOf(sql.split(';\n').map(answer)),
    async close() {},
  };
}

/** Both logins created in a database that is not there yet. */
async function setFirst(session: Session): Promise<void> {
  const plan = {
    current: secretOf(),
    pending: secretOf({ username: 'shop_b', password: 'the-next-secret' }),
    marker: 'mine',
  };
  const { set } = await mysql.prepareAlternating(session, plan, { name: 'x', deadline: new Deadline(1000) });
  await set(() => Promise.reject(new Error('needs no second session')));
}

const fields = {
  engine: 'aurora-mysql',
  host: 'db.example.jp',
  port: 3306,
  dbname: 'shop_db',
  username: 'shop_a',
  password: 'not-to-be-shown',
  baseName: 'shop',
  logins: ['shop_a', 'shop_b'],
  adminSecretArn: 'admin',
};
const secretOf = (changes: object = {}) => {
  const { secret } = parseSecret('v', JSON.stringify({ ...fields, ...changes }), 'AWSCURRENT');
  if (secret.scheme !== 'alternating-users') throw new Error('not the secret of this test');
  return secret;
};

/** In the grammar of https://dev.mysql.com/doc/refman/8.0/en/alter-user.html, of which MariaDB's differs. */
describe('statements for MySQL 8', () => {
  const sha2 = { version: '8.0.39', version_comment: 'MySQL Community Server', authentication_policy: '*,,' };
  const aurora = {
    version: '8.0.mysql_aurora.3.08.0',
    default_authentication_plugin: 'mysql_native_password',
  };
  const hashOf = {
    caching_sha2_password: String.raw`\$A\$005\$[A-Za-z0-9]{20}[./A-Za-z0-9]{43}`,
    mysql_native_password: String.raw`\*[0-9A-F]{40}`,
  };
  const kinds = [
    ['caching_sha2_password', sha2],
    ['mysql_native_password', aurora],
  ] as const;

  it.each(kinds)('%s: keep the password in use beside the new one', async (plugin, variables) => {
    const session = server(variables);
    const login = secretOf();
    await mysql.setSingle(session, session, login, { ...login, password: 'the-next' });
    const [first, second] = session.statements.filter((sql) => sql.startsWith('ALTER USER'));
    const identified = `^ALTER USER \`shop\`@\`%\` IDENTIFIED WITH ${plugin} AS '${hashOf[plugin]}'`;
    expect(first).toMatch(new RegExp(`${identified}$`));
    expect(second).toMatch(new RegExp(`${identified} RETAIN CURRENT PASSWORD PASSWORD EXPIRE NEVER$`));
  });

  it.each(kinds)(
    '%s: create both logins with the declared privileges, hashes only',
    async (plugin, variables) => {
      const session = server(variables);
      await setFirst(session);
      const told = session.statements.join('\n');
      for (const login of ['shop_a', 'shop_b']) {
        expect(told).toMatch(
          new RegExp(
            `CREATE USER \`${login}\`@\`%\` IDENTIFIED WITH ${plugin} AS '${hashOf[plugin]}' REQUIRE SSL\n`,
          ),
        );
        expect(told).toContain(`GRANT ALL PRIVILEGES ON \`shop\\_db\`.* TO \`${login}\`@\`%\``);
      }
      expect(session.statements.at(-1)).toMatch(
        /^ALTER USER `shop_b`@`%` IDENTIFIED WITH .* REQUIRE SSL WITH MAX_QUERIES_PER_HOUR 0 .* ACCOUNT UNLOCK PASSWORD EXPIRE NEVER$/,
      );
      expect(told).not.toMatch(/not-to-be-shown|the-next-secret|IDENTIFIED (BY|VIA)/);
    },
  );

  it.each([
    ['8.0.39', true],
    ['8.0.mysql_aurora.3.08.0', true],
    ['5.7.mysql_aurora.2.11.5', false],
    ['8.0.13', false],
    ['9.7.0', true],
  ])(
    'version %s: a second password of the login is discarded where there can be one: %s',
    async (version, discarded) => {
      const session = server({ ...sha2, version });
      await setFirst(session);
      const said = session.statements.indexOf('ALTER USER `shop_b`@`%` DISCARD OLD PASSWORD');
      expect(said >= 0).toBe(discarded);
      expect(said).toBeLessThan(session.statements.length - 1);
    },
  );

  it('take the name of a database as it is where partial revokes make wildcards ordinary', async () => {
    const session = server({ ...sha2, partial_revokes: 'ON' });
    await setFirst(session);
    expect(session.statements.join('\n')).toContain('GRANT ALL PRIVILEGES ON `shop_db`.* TO');
  });
});
