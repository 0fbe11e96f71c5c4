import { UserError } from '../../../cli/user-error.ts';
import { authorityWarningDays, serverCertificateRenewalDays } from '../periods.ts';
import { authorityDays, createAuthority } from '../pki/authority.ts';
import {
  createAuthoritySecret,
  loadAuthority,
  replaceAuthoritySecret,
  requireAuthority,
  type StoredAuthority,
} from './authority-secret.ts';
import type { VpnContext } from './context.ts';
import { inDays, isoDate } from './dates.ts';
import {
  authoritiesOf,
  findServerCertificates,
  importServerCertificate,
  type ServerCertificate,
} from './server-certificate.ts';

export interface InitOptions {
  /** Starts a new authority: every admin's certificate becomes worthless with the next deploy. */
  readonly replaceAuthority?: boolean;
}

/**
 * Makes sure there is an authority and a server certificate, and renews the latter when its end is near. Each
 * step looks for what is there first: run it as often as you like.
 */
export async function init(context: VpnContext, options: InitOptions = {}): Promise<ServerCertificate> {
  const authority = await ensureAuthority(context, options);
  const server = await ensureServerCertificate(context, authority);
  context.say(`Certificate of the VPN server: valid until ${isoDate(server.notAfter)}.`);
  if (context.environment.admin.vpn.certificateArn === server.arn) {
    context.say('The config names it already. Nothing to deploy.');
  } else {
    context.say('Put it into the config of this environment and deploy:');
    context.say(`  admin: { vpn: { certificateArn: '${server.arn}' } }`);
  }
  return server;
}

async function ensureAuthority(context: VpnContext, options: InitOptions): Promise<StoredAuthority> {
  const existing = await loadAuthority(context);
  if (options.replaceAuthority) {
    if (!existing)
      throw new UserError(['there is no authority to replace: run "secure-shop vpn init" alone']);
    if (await isReplacementUnderWay(context, existing)) {
      context.say(
        `The authority was replaced already, valid until ${isoDate(existing.content.notAfter)}; the config still names a certificate of the old one.`,
      );
      return existing;
    }
    const authority = await replaceAuthoritySecret(context, existing, await newAuthority(context));
    context.say(
      `New certificate authority, valid until ${isoDate(authority.content.notAfter)}. The VPN trusts the old one until the next deploy; after it, issue every person a new certificate.`,
    );
    return authority;
  }
  if (!existing) {
    const authority = await createAuthoritySecret(context, await newAuthority(context));
    context.say(`Certificate authority: valid until ${isoDate(authority.content.notAfter)}.`);
    return authority;
  }
  const authority = await requireAuthority(context);
  context.say(`Certificate authority: exists, valid until ${isoDate(authority.content.notAfter)}.`);
  if (inDays(authority.content.notAfter, context.now()) < authorityWarningDays) {
    context.say('It ends soon: follow docs/runbooks/vpn.md, "The authority expires".');
  }
  return authority;
}

/** So that a replacement that was interrupted, or not deployed yet, is finished and not begun anew. */
async function isReplacementUnderWay(context: VpnContext, authority: StoredAuthority): Promise<boolean> {
  const configured = context.environment.admin.vpn.certificateArn;
  if (!configured) return false;
  return !(await authoritiesOf(context, configured)).includes(authority.content.fingerprint);
}

function newAuthority(context: VpnContext): ReturnType<typeof createAuthority> {
  const { shop, environment } = context;
  // The year tells a successor from its predecessor in error messages of VPN clients.
  const name = `${shop.name} ${environment.name} VPN ${context.now().getUTCFullYear() + Math.floor(authorityDays / 365)}`;
  return createAuthority(name, context.now());
}

async function ensureServerCertificate(
  context: VpnContext,
  authority: StoredAuthority,
): Promise<ServerCertificate> {
  const standing = await standingServerCertificate(context, authority);
  if (standing) {
    if (!isRenewable(standing, authority, context.now())) return standing;
    context.say('The certificate of the VPN server ends soon: renewed in place.');
    return importServerCertificate(context, authority, standing.arn);
  }
  // Two operators at once may import one each. Both are good: the config says which one counts.
  return importServerCertificate(context, authority);
}

/** The one the config names, otherwise the first in the agreed order. */
async function standingServerCertificate(
  context: VpnContext,
  authority: StoredAuthority,
): Promise<ServerCertificate | undefined> {
  const all = await findServerCertificates(context, authority);
  return all.find(({ arn }) => arn === context.environment.admin.vpn.certificateArn) ?? all[0];
}

/** A certificate already as long-lived as its authority gains nothing from being renewed. */
function isRenewable(server: ServerCertificate, authority: StoredAuthority, now: Date): boolean {
  return (
    inDays(server.notAfter, now) < serverCertificateRenewalDays &&
    server.notAfter < authority.content.notAfter
  );
}
