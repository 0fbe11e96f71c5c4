import { z } from 'zod';

export const databaseKinds = ['instance', 'aurora'] as const;

export const database = z.strictObject({
  kind: z
    .enum(databaseKinds)
    .optional()
    .describe(
      '`instance`: one RDS instance with its own disk, the cheapest. `aurora`: Aurora Serverless v2, which grows with the shop. Key, TLS, logs, recovery and rotation are the same. Default: `instance` in tier `starter`, `aurora` above. An environment that exists changes its kind by docs/runbooks/database-kind.md only.',
    ),
  standby: z
    .boolean()
    .optional()
    .describe(
      'Whether an `instance` has a standby in another zone, at twice the price. Default: not in tier `starter`. Aurora has the standbys of its tier.',
    ),
  movedFrom: z
    .enum(databaseKinds)
    .optional()
    .describe(
      'The kind of the database whose data was moved here, from the deploy in which docs/runbooks/database-kind.md says so; without it `secure-shop plan` refuses another kind.',
    ),
});
