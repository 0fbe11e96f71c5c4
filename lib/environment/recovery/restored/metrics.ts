/** What the tests of restores measure; CloudWatch keeps it for fifteen months. */
export const restoreMetrics = {
  namespace: 'SecureShop/Recovery',
  /** Minutes from the start of a restore until its data could be read: the recovery time that holds. */
  minutes: 'MinutesUntilRead',
  rows: 'Rows',
  files: 'Files',
} as const;

/** Beside the table, a metric of rows names whose it is: `shop-production`. */
export function rowDimensions(environment: string, table: string): Record<string, string> {
  return { Environment: environment, Table: table };
}

/** Of files, beside those of the database. */
export function fileDimensions(environment: string): Record<string, string> {
  return { Environment: environment, Store: 'files' };
}
