import { z } from 'zod';
import { page, scripts } from './payment-page.ts';
import { allowedDomain } from './texts.ts';

export const payment = z.strictObject({
  provider: z
    .enum(['stripe', 'payjp', 'square', 'gmo-payment-gateway', 'paypal', 'none'])
    .describe(
      'Payment provider whose hosted fields take the card data. Decides which hosts the content-security-policy and the DNS allow-list name.',
    ),
  extraScriptHosts: z
    .array(allowedDomain)
    .default([])
    .describe('Further hosts whose scripts the shop pages may run. Each weakens the page: keep it empty.'),
  extraStyleHosts: z
    .array(allowedDomain)
    .default([])
    .describe('Further hosts whose styles the shop pages may use.'),
  extraFontHosts: z
    .array(allowedDomain)
    .default([])
    .describe('Further hosts whose fonts the shop pages may use.'),
  extraImageHosts: z
    .array(allowedDomain)
    .default([])
    .describe('Further hosts whose pictures the shop pages may show.'),
  extraFrameHosts: z
    .array(allowedDomain)
    .default([])
    .describe(
      'Further hosts the shop pages may show in a frame, such as the 3-D Secure page of a card issuer that the provider does not frame itself.',
    ),
  scripts: scripts
    .optional()
    .describe(
      'Every script of the payment page with its reason, as `secure-shop scripts learn` finds them; `secure-shop scripts check` tells of any other. Default: nothing has been learned.',
    ),
  page: page
    .optional()
    .describe(
      'What else of the payment page is compared, as `secure-shop scripts learn` writes it. Default: nothing has been learned.',
    ),
  watch: z
    .boolean()
    .default(true)
    .describe(
      'Whether a canary reads the payment page every six hours and an alarm tells what `scripts` and `page` do not hold; it needs both.',
    ),
});

export type PaymentProvider = z.output<typeof payment>['provider'];
