import type { AlternatingPlan, Claim, Preparation, Session } from '../database.ts';
import { type Deadline, inBackground } from '../deadline.ts';
import { asFault, Fault } from '../errors.ts';
import type { AlternatingSecret } from '../secret.ts';
import { type Catalog, catalogIn, catalogQuestion } from './catalog.ts';
import { claimed } from './claim.ts';
import { assertMayActAs, handOver, offerAudit } from './ownership.ts';
import { assertOurs, roleStatements } from './roles.ts';
import { identifier, setPassword, transaction } from './sql.ts';

/** The owner, the two logins and their database. */
export async function prepare(admin: Session, plan: AlternatingPlan, claim: Claim): Promise<Preparation> {
  // Computed while the database answers.
  const password = inBackground(setPassword(plan.pending));
  const [row] = await claimed(admin, claim, catalogQuestion(plan));
  const catalog = catalogIn(row);
  const { username } = plan.pending;
  let tidying: readonly string[] = [];
  return {
    sessions: catalog.roles.get(username)?.sessions ?? 0,
    async set(connect) {
      assertOurs(catalog, plan);
      const statements = await roleStatements(catalog, plan);
      tidying = statements.tidying;
      if (statements.needed.length > 0) {
        await transaction(admin, async () => {
          for (const statement of statements.needed) {
            await admin.query(statement).catch(namingRemedy(statement, catalog));
          }
        });
      }
      if (catalog.databaseOwner === null) {
        await admin.query(`CREATE DATABASE ${identifier(plan.pending.database)}`);
        await giveDatabase(admin, plan.pending, connect);
      }
      await admin.query(await password).catch(namingRemedy(`ALTER ROLE ${identifier(username)}`, catalog));
    },
    tidy: (connect, deadline) => tidy(admin, plan, catalog, tidying, connect, deadline),
  };
}

async function tidy(
  admin: Session,
  plan: AlternatingPlan,
  catalog: Catalog,
  statements: readonly string[],
  connect: () => Promise<Session>,
  deadline: Deadline,
): Promise<string[]> {
  const { owner, database } = plan.pending;
  const warnings: string[] = [];
  const unless = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((thrown) => {
      warnings.push(`${asFault(thrown).message}; to do it by hand: ${what}`);
    });
  };
  for (const statement of statements) await unless(statement, () => admin.query(statement));

  // A run that died right after it created the database left it in the administrator's hands.
  if (catalog.databaseOwner === catalog.acting) {
    await unless(ownerStatement(plan.pending), () => giveDatabase(admin, plan.pending, connect));
  } else if (catalog.databaseOwner !== owner && catalog.databaseOwner !== null) {
    warnings.push(
      `database "${database}" belongs to role "${catalog.databaseOwner}"; to give it back: ${ownerStatement(plan.pending)}`,
    );
  }

  if (!catalog.owning) return warnings;
  const inside = await connect();
  try {
    warnings.push(...(await handOver(inside, plan.pending, deadline)));
  } finally {
    await inside.close();
  }
  return warnings;
}

function ownerStatement({ database, owner }: AlternatingSecret): string {
  return `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)}`;
}

/** Last of all what only the administrator may create in it. */
async function giveDatabase(
  admin: Session,
  secret: AlternatingSecret,
  connect: () => Promise<Session>,
): Promise<void> {
  const inside = await connect();
  try {
    await offerAudit(inside);
  } finally {
    await inside.close();
  }
  // Only who may act as the new owner may hand a database over to it.
  await assertMayActAs(admin, secret.owner);
  await admin.query(ownerStatement(secret));
}

/** Who may not change a role is told which of the rules of its version is in the way, and the statement that ends it. */
function namingRemedy(statement: string, catalog: Catalog): (thrown: unknown) => never {
  return (thrown) => {
    const fault = asFault(thrown);
    const [, role] = /^(?:(?:ALTER|COMMENT ON) ROLE|GRANT) ("(?:[^"]|"")+")/.exec(statement) ?? [];
    if (fault.category !== 'rights' || role === undefined) throw fault;
    throw new Fault(
      'rights',
      `administrator "${catalog.acting}" may not change role ${role}; a superuser can run: ${remedyFor(role, catalog)}`,
    );
  };
}

/**
 * From PostgreSQL 16 on only who has ADMIN OPTION on a role may change it, and a role that came through pg_upgrade, or
 * was made by somebody else, has no such administrator: https://www.postgresql.org/docs/16/role-attributes.html. Before,
 * only a superuser may change a role with REPLICATION: https://www.postgresql.org/docs/15/sql-alterrole.html
 */
function remedyFor(role: string, { acting, version, roles }: Catalog): string {
  const admin = identifier(acting);
  if (version >= 160000) return `ALTER ROLE ${admin} CREATEROLE; GRANT ${role} TO ${admin} WITH ADMIN OPTION`;
  const replicates = [...roles.values()].some(
    ({ name, powers }) => identifier(name) === role && powers.includes('REPLICATION'),
  );
  return replicates ? `ALTER ROLE ${role} NOREPLICATION` : `ALTER ROLE ${admin} CREATEROLE`;
}
