/**
 * What the JSON of a secret says. The names are those AWS's own rotation functions read (engine, host, port,
 * dbname, username, password, masterarn), so that existing secrets keep working; `scheme` decides how the secret
 * rotates, because it then travels with the secret and one function serves all of them.
 */
export type Scheme = 'alternating-users' | 'single-user' | 'generated';
export type Engine = 'postgres' | 'mysql';
