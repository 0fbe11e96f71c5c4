import { createHash } from 'node:crypto';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { UserError } from '../../../cli/user-error.ts';
import { readParameter } from '../../read-parameter.ts';
import { belongTogether, type CertificateContent, type KeyPair, readCertificate } from '../pki/authority.ts';
import type { VpnContext } from './context.ts';
import { isoDate } from './dates.ts';

/** The certificate authority as Secrets Manager holds it. Its key is nowhere else, and no stack may read it. */
export interface StoredAuthority extends KeyPair {
  readonly content: CertificateContent;
  /** Version of the secret. */
  readonly version: string;
}

const secretShape = z.object({ certificate: z.string(), privateKey: z.string() });

export async function loadAuthority(context: VpnContext): Promise<StoredAuthority | undefined> {
  const name = context.names.authoritySecret;
  try {
    const { SecretString, VersionId } = await context.secretsManager.send(
      new GetSecretValueCommand({ SecretId: name }),
    );
    return await parseAuthority(name, SecretString ?? '', VersionId ?? '');
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    if (error instanceof InvalidRequestException) {
      throw new UserError([
        `the secret "${name}" is marked for deletion. Without it no admin can be added or revoked: restore it with "aws secretsmanager restore-secret --secret-id ${name} --region ${context.environment.region}"`,
      ]);
    }
    throw error;
  }
}

/** @throws UserError when there is none, or it has expired */
export async function requireAuthority(context: VpnContext): Promise<StoredAuthority> {
  const authority = await loadAuthority(context);
  if (!authority) {
    throw new UserError([
      `${context.environment.name} has no certificate authority yet: run "secure-shop vpn init" first`,
    ]);
  }
  if (authority.content.notAfter <= context.now()) {
    throw new UserError([
      `the certificate authority expired on ${isoDate(authority.content.notAfter)} and every certificate with it: run "secure-shop vpn init --replace-authority", then follow docs/runbooks/vpn.md, "The authority expires"`,
    ]);
  }
  return authority;
}

/** @returns the authority that stands: another operator's, when he was first */
export async function createAuthoritySecret(
  context: VpnContext,
  authority: KeyPair,
): Promise<StoredAuthority> {
  const { shop, environment, names } = context;
  try {
    await context.secretsManager.send(
      new CreateSecretCommand({
        Name: names.authoritySecret,
        Description: `Certificate authority of the admin VPN of ${shop.name} ${environment.name}. Read by the people who run "secure-shop vpn", by nothing else.`,
        KmsKeyId: await credentialsKey(context),
        SecretString: JSON.stringify(authority),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  return requireAuthority(context);
}

/**
 * Puts a new authority in place of the old one, which stays readable as the previous version.
 * The version's id follows from the one it replaces, so of two operators at once only the first succeeds.
 */
export async function replaceAuthoritySecret(
  context: VpnContext,
  old: StoredAuthority,
  authority: KeyPair,
): Promise<StoredAuthority> {
  try {
    await context.secretsManager.send(
      new PutSecretValueCommand({
        SecretId: context.names.authoritySecret,
        ClientRequestToken: successorOf(old.version),
        SecretString: JSON.stringify(authority),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
  }
  return requireAuthority(context);
}

/** Written by the stack: it also proves that these are the environment's own account and region. */
async function credentialsKey(context: VpnContext): Promise<string> {
  const { environment, names } = context;
  const arn = await readParameter(context.ssm, names.credentialsKeyParameter);
  if (arn === undefined) {
    throw new UserError([
      `${environment.name} has no key for credentials yet (no parameter ${names.credentialsKeyParameter} in ${environment.region}): deploy it once without admin.vpn.certificateArn, and check that these AWS credentials belong to account ${environment.account}`,
    ]);
  }
  const account = arn.split(':')[4];
  if (account !== environment.account) {
    throw new UserError([
      `these AWS credentials belong to account ${account}, but the config says that ${environment.name} is in ${environment.account}`,
    ]);
  }
  return arn;
}

async function parseAuthority(name: string, text: string, version: string): Promise<StoredAuthority> {
  // Whatever is wrong with it, the message must not quote the secret.
  const broken = new UserError([
    `the secret "${name}" does not hold a certificate authority. If it was edited by hand, restore its earlier version (docs/runbooks/vpn.md)`,
  ]);
  try {
    const { certificate, privateKey } = secretShape.parse(JSON.parse(text));
    if (!(await belongTogether({ certificate, privateKey }))) throw broken;
    return { certificate, privateKey, content: await readCertificate(certificate), version };
  } catch {
    throw broken;
  }
}

function successorOf(version: string): string {
  const hash = createHash('sha256').update(`successor of ${version}`).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
