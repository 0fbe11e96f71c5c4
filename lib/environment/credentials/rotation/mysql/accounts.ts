import {
  type AlternatingPlan,
  type Claim,
  inOneTrip,
  type Preparation,
  type Row,
  type Session,
} from '../database.ts';
import { asFault, Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import { type AlternatingSecret, otherLogin } from '../secret.ts';
import {
  databaseTarget,
  type Grant,
  GrantDifferences,
  grant,
  grantsIn,
  grantsQuestion,
  isRoutineOf,
  revoke,
} from './grants.ts';
import {
  createDatabase,
  createMarks,
  foreignDatabase,
  foreignLogin,
  type MarkQuestion,
  markDatabase,
  markLogin,
  marksQuestions,
} from './marks.ts';
import { claimQuestion, identifiedBy, learn, type Server, serverOf } from './server.ts';
import { account, literal } from './sql.ts';

/** All a rotation must know before it changes an account, from one round trip. */
interface Facts {
  readonly sessions: number;
  /** The accounts there are, on the declared host. */
  readonly accounts: ReadonlyMap<string, Limits>;
  readonly markedLogins: ReadonlySet<string>;
  readonly databaseExists: boolean;
  readonly databaseMarked: boolean;
  /** Of each account that is there. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

/** How much of each an account may have, 0 for any number. */
interface Limits {
  readonly queries: number;
  readonly updates: number;
  readonly connections: number;
  readonly atOnce: number;
}

const unlimited: Limits = { queries: 0, updates: 0, connections: 0, atOnce: 0 };

export async function prepare(admin: Session, plan: AlternatingPlan, claim: Claim): Promise<Preparation> {
  const facts = await factsOf(admin, plan, claim);
  const warnings: string[] = [];
  return {
    sessions: facts.sessions,
    set: async () => {
      warnings.push(...(await setAlternating(admin, plan, facts)));
    },
    tidy: async () => warnings,
  };
}

async function factsOf(admin: Session, plan: AlternatingPlan, claim: Claim): Promise<Facts> {
  const { logins, loginHost } = plan.pending;
  const ask = (more: readonly string[]) =>
    inOneTrip(admin, [claimQuestion(claim), factsQuestion(plan), ...more]);
  const [claimed = [], facts = [], ...shown] = await ask(grantsQuestions(logins, loginHost)).catch(
    async (thrown) => {
      // The first time of all there are no tables to ask, and no accounts.
      if (asFault(thrown).category !== 'rights') throw thrown;
      await createMarks(admin);
      return await ask([]).catch(namingRights);
    },
  );
  if (Number(learn(admin, claimed[0]).mine) !== 1) {
    throw new Fault('locked', 'another run works on this secret; wait until it ends');
  }
  const of = (kind: string) => facts.filter((row) => row.fact === kind);
  const accounts = new Map(of('account').map((row) => [String(row.name), limitsIn(row)]));
  return {
    sessions: Number(of('sessions')[0]?.a ?? 0),
    accounts,
    markedLogins: new Set(of('login').map(({ name }) => String(name))),
    databaseExists: of('database').length > 0,
    databaseMarked: of('mark').length > 0,
    grants:
      shown.length > 0 ? grantsOf(logins, shown) : await grantsOfAll(admin, [...accounts.keys()], loginHost),
  };
}

function limitsIn({ a, b, c, d }: Row): Limits {
  return { queries: Number(a), updates: Number(b), connections: Number(c), atOnce: Number(d) };
}

/** In one answer, which server and client handle in half the time of one for each table. */
function factsQuestion(plan: AlternatingPlan): string {
  const { username, logins, loginHost, database } = plan.pending;
  // The tables differ in their collations, which a union would refuse.
  const named = (column: string) => `CONVERT(${column} USING utf8mb4) COLLATE utf8mb4_bin`;
  const mark = ([table, condition, column]: MarkQuestion, kind: string) =>
    `SELECT '${kind}', ${named(column)}, 0, 0, 0, 0 FROM ${table} WHERE ${condition}`;
  const marks = marksQuestions(plan);
  return [
    `SELECT 'sessions' AS fact, ${named(`''`)} AS name, COUNT(*) AS a, ${seeing} AS b, 0 AS c, 0 AS d
       ${sessionsOf(username)}`,
    `SELECT 'account', ${named('User')}, max_questions, max_updates, max_connections, max_user_connections FROM mysql.user
      WHERE User IN (${logins.map(literal).join(', ')}) AND Host = ${literal(loginHost)}`,
    mark(marks.logins, 'login'),
    mark(marks.databases, 'mark'),
    `SELECT 'database', ${named(`''`)}, 0, 0, 0, 0 FROM information_schema.schemata
      WHERE schema_name = ${literal(database)}`,
  ].join('\n UNION ALL ');
}

function namingRights(thrown: unknown): never {
  const fault = asFault(thrown);
  if (fault.category !== 'rights') throw fault;
  throw new Fault(
    'rights',
    `the administrator needs PROCESS, which shows the sessions of others, CREATE USER and SELECT on mysql.*: ${fault.message}`,
  );
}

/**
 * Sessions of others that a login has. Without PROCESS a server shows nobody but oneself, and says nothing of it; the
 * second table is refused then. An event runs as its definer, and is no client: it comes from no port.
 */
export function sessionsQuestion(username: string): string {
  return `SELECT COUNT(*) AS sessions, ${seeing} AS seeing ${sessionsOf(username)}`;
}

const seeing = '(SELECT COUNT(*) FROM information_schema.innodb_cmp)';

function sessionsOf(username: string): string {
  return `FROM information_schema.processlist
   WHERE user = ${literal(username)} AND NOT (command IN ('Connect', 'Daemon') AND host NOT LIKE '%:%')`;
}

/** @returns what could not be done, and is no reason to stop */
async function setAlternating(admin: Session, plan: AlternatingPlan, facts: Facts): Promise<string[]> {
  const { pending, current } = plan;
  const inUse = otherLogin(pending);
  const server = await serverOf(admin);
  for (const login of facts.accounts.keys()) {
    if (!facts.markedLogins.has(login)) throw foreignLogin(login, plan);
  }
  const { grants } = facts;
  await assertDatabase(admin, plan, facts, server, [...grants.values()].flat());

  const create = async (username: string, password: string) => {
    await markLogin(admin, username, plan);
    await admin.query(
      `CREATE USER ${account(username, pending.loginHost)} ${identifiedBy(server, [password])} REQUIRE SSL`,
    );
    await assertGrants(admin, username, pending, server, []);
  };
  // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
  if (!facts.accounts.has(inUse)) await create(inUse, current.password);
  if (!facts.accounts.has(pending.username)) await create(pending.username, generatePassword());
  const own = grants.get(pending.username) ?? [];
  const warnings = facts.accounts.has(pending.username)
    ? await assertGrants(admin, pending.username, pending, server, own)
    : [];
  warnings.push(...(await shareRoutines(admin, pending, server, own, grants.get(inUse) ?? [])));

  const name = account(pending.username, pending.loginHost);
  // A password that RETAIN CURRENT PASSWORD kept would outlive every rotation.
  if (server.retainsPasswords) await admin.query(`ALTER USER ${name} DISCARD OLD PASSWORD`);
  const limits = facts.accounts.get(inUse) ?? unlimited;
  await admin.query(
    `ALTER USER ${name} ${identifiedBy(server, [pending.password])}
       REQUIRE SSL WITH MAX_QUERIES_PER_HOUR ${limits.queries} MAX_UPDATES_PER_HOUR ${limits.updates}
       MAX_CONNECTIONS_PER_HOUR ${limits.connections} MAX_USER_CONNECTIONS ${limits.atOnce}
       ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
  );
  return warnings;
}

async function grantsOfAll(
  admin: Session,
  logins: readonly string[],
  host: string,
): Promise<ReadonlyMap<string, readonly Grant[]>> {
  if (logins.length === 0) return new Map();
  return grantsOf(logins, await inOneTrip(admin, grantsQuestions(logins, host)));
}

function grantsQuestions(logins: readonly string[], host: string): string[] {
  return logins.map((login) => grantsQuestion(account(login, host)));
}

function grantsOf(
  logins: readonly string[],
  shown: readonly (readonly Row[])[],
): ReadonlyMap<string, readonly Grant[]> {
  return new Map(logins.map((login, index) => [login, grantsIn(shown[index] ?? [])]));
}

/** One that exists is taken for the shop's only where it is marked, or its logins have had rights on it all along. */
async function assertDatabase(
  admin: Session,
  plan: AlternatingPlan,
  { databaseExists, databaseMarked }: Facts,
  server: Server,
  grants: readonly Grant[],
): Promise<void> {
  if (databaseExists && !databaseMarked) {
    const target = databaseTarget(plan.pending.database, server);
    if (!grants.some(({ on }) => on === target)) throw foreignDatabase(plan);
  }
  if (!databaseMarked) await markDatabase(admin, plan);
  if (!databaseExists) await admin.query(createDatabase(plan.pending));
}

/** Grants what is declared, and takes back everything else that may be taken back. */
async function assertGrants(
  admin: Session,
  username: string,
  secret: AlternatingSecret,
  server: Server,
  found: readonly Grant[],
): Promise<string[]> {
  const name = account(username, secret.loginHost);
  const target = databaseTarget(secret.database, server);
  const { missing, extra } = new GrantDifferences(found, secret.grants, secret.database, server);
  const warnings = await revoke(admin, extra, name);
  // To take one privilege out of ALL takes the others along on some servers.
  const touched = extra.some(({ on }) => on === target);
  if (missing.length > 0 || touched) await grant(admin, secret.grants, target, name);
  return warnings;
}

/** The rights a login got on the routines it created, for its twin as well. */
async function shareRoutines(
  admin: Session,
  secret: AlternatingSecret,
  server: Server,
  own: readonly Grant[],
  twins: readonly Grant[],
): Promise<string[]> {
  const warnings: string[] = [];
  const name = account(secret.username, secret.loginHost);
  for (const { privileges, on } of twins.filter((one) => isRoutineOf(one, secret.database, server))) {
    const has = own.find((one) => one.on === on)?.privileges ?? [];
    if (privileges.every((privilege) => has.includes(privilege))) continue;
    const statement = `GRANT ${privileges.join(', ')} ON ${on} TO ${name}`;
    await admin.query(statement).catch((thrown) => {
      const { category, message } = asFault(thrown);
      if (category !== 'rights' && category !== 'internal') throw thrown;
      warnings.push(`a routine stays with the login that created it (${message}); run: ${statement}`);
    });
  }
  return warnings;
}
