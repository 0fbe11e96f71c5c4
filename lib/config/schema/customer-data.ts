import { z } from 'zod';
import { urlPath } from './texts.ts';

export const customerData = z.strictObject({
  screens: z
    .enum(['closed', 'open'])
    .optional()
    .describe(
      'Screens and calls of the shop software that hand out many customers or orders at once: `closed` answers 403 to everybody, over the VPN as well; lists and single orders stay open. Default: `closed` with `exports` or `exportPaths`, `open` otherwise.',
    ),
  exportPaths: z
    .array(urlPath('/staff/orders/csv'))
    .max(10, 'write at most 10 paths; one covers everything below it')
    .default([])
    .describe(
      'Such screens that the preset does not know, as of plugins or a shop of your own: each is closed with everything below it.',
    ),
});
