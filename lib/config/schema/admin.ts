import { z } from 'zod';
import {
  certificateArn,
  certifiedName,
  cidr,
  clockTime,
  emailAddress,
  officeAddress,
  samlProviderArn,
  slug,
  weekday,
} from './texts.ts';

const person = z.strictObject({
  name: slug('the name', 32).describe(
    'Name in the VPN certificate and in the logs; one certificate a person.',
  ),
  email: emailAddress.describe('Address of this person; with single sign-on, the one they sign in with.'),
});

const businessHours = z
  .strictObject({
    days: z
      .array(weekday)
      .min(1)
      .default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'])
      .describe('Days on which the VPN accepts connections.'),
    from: clockTime.default('08:00').describe('First minute, in the time zone of the shop.'),
    to: clockTime.default('20:00').describe('Last minute, in the time zone of the shop; later than `from`.'),
    closedOn: z
      .array(z.iso.date('write a date as "YYYY-MM-DD"'))
      .max(60, 'write at most 60 days, and take those out that have passed')
      .default([])
      .describe('Holidays on which the VPN stays closed.'),
  })
  .describe('Hours in which the VPN accepts connections.');

const vpn = z.strictObject({
  certificateArn: certificateArn
    .optional()
    .describe(
      'ACM certificate of the VPN server, in the region of the environment, as `secure-shop vpn init` prints it. Until it is given no VPN exists, and without `admin.secureBrowser` the admin screens answer nobody.',
    ),
  clientCidr: cidr
    .default('10.250.0.0/22')
    .describe(
      'Private addresses handed to VPN clients, /12 to /22, apart from the VPC; cannot be changed later.',
    ),
  hours: businessHours
    .optional()
    .describe(
      'Hours in which the VPN accepts connections. Default: always, in tier `starter` 08:00 to 20:00 on weekdays.',
    ),
  opens: z
    .enum(['on-demand', 'hours'])
    .default('on-demand')
    .describe(
      'When the VPN is attached to the network at all: `on-demand` for some hours after `secure-shop vpn open` or the runbook, `hours` for all of `hours`. Shut, it costs nothing and answers nobody.',
    ),
  sessionHours: z
    .union([z.literal(8), z.literal(10), z.literal(12), z.literal(24)])
    .default(8)
    .describe('Hours after which a VPN session ends.'),
  samlProviderArn: samlProviderArn
    .optional()
    .describe('IAM SAML provider: adds single sign-on (with its MFA) to the certificate.'),
});

const secureBrowser = z.strictObject({
  // https://docs.aws.amazon.com/workspaces-web/latest/APIReference/API_IpRule.html
  from: z
    .array(
      officeAddress.refine(
        (block) => !block.includes(':'),
        'write IPv4 addresses: the portal knows no others',
      ),
    )
    .min(1, 'name at least one address from which the portal may be opened, or take `from` out')
    .max(100, 'write at most 100 addresses')
    .optional()
    .describe(
      'Public IPv4 addresses from which the portal may be opened, such as those of the office. Default: from anywhere, by whoever signs in.',
    ),
});

export const admin = z.strictObject({
  people: z
    .array(person)
    .min(1, 'name at least one person, or nobody can reach the admin screens')
    .max(50, 'name at most 50 people: the settings of the function that decides hold no more')
    .describe('Who may reach the admin screens, each with a certificate of their own.'),
  host: certifiedName
    .optional()
    .describe('Private host name of the admin screens. Default: `admin.` before the domain.'),
  vpn: vpn.prefault({}).describe('The Client VPN through which admins come in.'),
  secureBrowser: secureBrowser
    .optional()
    .describe(
      'Opens the admin screens in a browser that runs in AWS (Amazon WorkSpaces Secure Browser), from which nothing can be copied, printed, downloaded or uploaded: `{}` is enough. People sign in through IAM Identity Center. Without `vpn.certificateArn` it is the only way in, with it the second. Default: there is none.',
    ),
});
