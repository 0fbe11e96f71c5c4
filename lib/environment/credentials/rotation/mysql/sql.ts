export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function account(username: string, host: string): string {
  return `${identifier(username)}@${identifier(host)}`;
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
