import type { Session } from '../database.ts';
import { scramVerifier } from '../password.ts';
import type { Login } from '../secret.ts';

export async function transaction(session: Session, work: () => Promise<void>): Promise<void> {
  await session.query('BEGIN');
  try {
    await work();
    await session.query('COMMIT');
  } catch (thrown) {
    await session.query('ROLLBACK').catch(() => {});
    throw thrown;
  }
}

export async function setPassword(login: Login): Promise<string> {
  const verifier = await scramVerifier(login.password);
  return `ALTER ROLE ${identifier(login.username)} PASSWORD ${literal(verifier)}`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function textArray(texts: readonly string[]): string {
  return `ARRAY[${texts.map(literal).join(', ')}]::text[]`;
}

/** Never depends on standard_conforming_strings: a backslash makes it an E'' literal. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}
