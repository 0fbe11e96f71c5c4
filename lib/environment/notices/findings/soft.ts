import type { z } from 'zod';

/** What a finding may lack, or hold in another form than AWS describes: the finding is told without it. */
export function soft<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}
