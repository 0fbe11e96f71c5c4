/** What a function logged: Lambda wraps a line in a record of its own when it logs JSON. @returns undefined for no object */
export function loggedIn(line: string): Readonly<Record<string, unknown>> | undefined {
  const outer = parsed(line);
  const message = outer?.message;
  if (typeof message === 'string') return parsed(message) ?? outer;
  return isRecord(message) ? message : outer;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
