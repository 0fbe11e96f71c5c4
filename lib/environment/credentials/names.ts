import type { Construct } from 'constructs';
import { roleArn } from '../iam/role-arn.ts';
import { deploymentNames } from '../patching/names.ts';

/**
 * Names that two stacks, or a stack and a person at the command line, agree on. A secret declares its readers by
 * role name, because their stacks come later.
 */
export function credentialNames(shop: string, environment: string) {
  const secretPrefix = `${shop}/${environment}/`;
  const rotationRole = `${shop}-${environment}-rotation`;
  const { executionRole } = deploymentNames(shop, environment);
  return {
    /** Begins the name of every secret of the environment. */
    secretPrefix,
    secrets: {
      admin: `${secretPrefix}database-admin`,
      shop: `${secretPrefix}database`,
      application: `${secretPrefix}application`,
      mail: `${secretPrefix}mail`,
      exports: `${secretPrefix}export-passphrase`,
      exportsOf: (person: string) => `${secretPrefix}export-passphrase-of-${person}`,
    },
    /** Role of the function that rotates everything but the administrator. */
    rotationRole,
    rotationRoleArn: (scope: Construct) => roleArn(scope, rotationRole),
    /** Role ECS starts the shop's tasks with: it alone injects the shop's secrets. */
    executionRoleArn: (scope: Construct) => roleArn(scope, executionRole),
  };
}

/** The shop's database in the server, from which its logins take their names too. */
export function databaseName(shop: string): string {
  return shop.replaceAll('-', '_');
}
