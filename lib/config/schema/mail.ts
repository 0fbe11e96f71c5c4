import { z } from 'zod';
import { domainName, emailAddress, secretArn } from './texts.ts';

const smtp = z.strictObject({
  host: domainName.describe(
    'Mail server through which the shop sends its mails; its certificate must name this host.',
  ),
  port: z
    .union([z.literal(465), z.literal(587), z.literal(2465), z.literal(2587)], {
      error: 'write a mail submission port that speaks TLS: 465, 587, 2465 or 2587',
    })
    .default(587)
    .describe(
      'Its submission port: 465 and 2465 speak TLS at once, 587 and 2587 after STARTTLS, which is required.',
    ),
  from: emailAddress.describe('Sender of the mails; the mail server must let the login send from it.'),
  secret: secretArn
    .optional()
    .describe(
      'Existing secret with the keys `username` and `password`. Default: a new one, `SHOP/ENVIRONMENT/mail`, into which you write the login once.',
    ),
});

const ses = z.strictObject({
  provider: z
    .literal('ses', { error: 'write "ses"' })
    .describe(
      'Amazon SES in the home region. Signs as the domain (DKIM), and the shop sends with the short-lived credentials of its own tasks: there is no password.',
    ),
  from: emailAddress
    .optional()
    .describe('Sender of the mails, at the domain of the shop. Default: `shop@` and the domain.'),
});

export const mail = z.union([z.literal('none'), smtp, ses]);

/** Ports on which TLS begins with the connection; on the others it begins with STARTTLS. */
export const implicitTlsPorts: readonly number[] = [465, 2465];
