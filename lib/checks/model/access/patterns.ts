const globs = new Map<string, RegExp>();

/** Whether a policy pattern with `*` and `?` covers the text. */
export function globMatches(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!ignoreCase && !/[*?]/.test(pattern)) return false;
  const key = `${ignoreCase}${pattern}`;
  let compiled = globs.get(key);
  if (!compiled) {
    const source = pattern
      .replace(/\*+/g, '*')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    compiled = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
    globs.set(key, compiled);
  }
  return compiled.test(value);
}
