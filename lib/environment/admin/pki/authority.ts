import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/**
 * The X.509 side of the admin VPN: one certificate authority an environment, which signs the VPN server's
 * certificate, one certificate for each admin, and the list of those revoked.
 */

/** Client VPN takes RSA certificates of 2048 bits from ACM. */
const rsa2048 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

const day = 24 * 60 * 60 * 1000;
export const authorityDays = 5 * 365;
/** Longer than that, some TLS clients refuse a server certificate. */
const serverCertificateDays = 825;
export const clientCertificateMaxDays = 90;
export const revocationListDays = 180;

/** A clock that runs a little slow must not refuse a fresh certificate. */
const clockTolerance = 5 * 60 * 1000;

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  /** PKCS #8, unencrypted unless said otherwise. Never log it. */
  readonly privateKey: string;
}

export interface CertificateDates {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface RevokedCertificate {
  readonly serial: string;
  readonly revokedAt: Date;
}

export async function createAuthority(name: string, now: Date): Promise<KeyPair> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [name] }],
    ...validity(now, authorityDays),
    keys,
    signingAlgorithm: rsa2048,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: await exportKey(keys.privateKey) };
}

export async function issueServerCertificate(
  authority: KeyPair,
  serverName: string,
  now: Date,
): Promise<KeyPair> {
  return issue(authority, {
    serial: newSerial(),
    commonName: serverName,
    alternativeName: serverName,
    usage: x509.ExtendedKeyUsage.serverAuth,
    ...validity(now, serverCertificateDays),
  });
}

/** @param serial chosen by the caller, so that it can be registered before the certificate exists */
export async function issueClientCertificate(
  authority: KeyPair,
  options: { serial: string; commonName: string } & CertificateDates,
): Promise<KeyPair> {
  return issue(authority, { ...options, usage: x509.ExtendedKeyUsage.clientAuth });
}

/** The whole list: a VPN endpoint keeps none but the last one imported. */
export async function createRevocationList(
  authority: KeyPair,
  revoked: readonly RevokedCertificate[],
  now: Date,
): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const nextUpdate = earlier(new Date(now.getTime() + revocationListDays * day), issuer.notAfter);
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subjectName,
    thisUpdate: new Date(now.getTime() - clockTolerance),
    nextUpdate,
    entries: revoked.map(({ serial, revokedAt }) => ({
      serialNumber: serial,
      revocationDate: revokedAt,
      // Without a reason the library writes an empty list of extensions, which RFC 5280 (5.1) forbids.
      reason: x509.X509CrlReason.privilegeWithdrawn,
    })),
    signingAlgorithm: rsa2048,
    signingKey: await importKey(authority.privateKey),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export())],
  });
  // OpenVPN and Client VPN know this label only; the library's own is "CRL".
  return `${x509.PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
}

export interface RevocationListContent {
  readonly entries: readonly RevokedCertificate[];
  readonly nextUpdate: Date | undefined;
}

export function readRevocationList(pem: string): RevocationListContent {
  const list = new x509.X509Crl(pem);
  return {
    entries: list.entries.map(({ serialNumber, revocationDate }) => ({
      serial: normalizeSerial(serialNumber),
      revokedAt: revocationDate,
    })),
    nextUpdate: list.nextUpdate,
  };
}

export interface CertificateContent extends CertificateDates {
  readonly commonName: string | undefined;
  readonly serial: string;
  /** Of the certificate itself, SHA-256. */
  readonly fingerprint: string;
}

/** @throws Error when the text holds no certificate */
export async function readCertificate(pem: string): Promise<CertificateContent> {
  const certificate = new x509.X509Certificate(pem);
  return {
    commonName: certificate.subjectName.getField('CN')[0],
    serial: normalizeSerial(certificate.serialNumber),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    fingerprint: Buffer.from(await certificate.getThumbprint('SHA-256')).toString('hex'),
  };
}

/** Whether this authority signed that certificate, whatever the dates say. */
export async function isIssuedBy(certificate: string, authority: string): Promise<boolean> {
  return new x509.X509Certificate(certificate).verify({
    publicKey: new x509.X509Certificate(authority).publicKey,
    signatureOnly: true,
  });
}

/** Whether key and certificate belong together. @throws Error when either is unreadable */
export async function belongTogether({ certificate, privateKey }: KeyPair): Promise<boolean> {
  const probe = randomBytes(32);
  const signature = await webcrypto.subtle.sign(rsa2048, await importKey(privateKey), probe);
  const publicKey = await new x509.X509Certificate(certificate).publicKey.export(rsa2048, ['verify']);
  return webcrypto.subtle.verify(rsa2048, publicKey, signature, probe);
}

/** The same key under a passphrase (PKCS #8, AES-256). */
export function encryptKey(privateKey: string, passphrase: string): string {
  return createPrivateKey(privateKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();
}

/** Positive and 127 bits long, so that no two parties write it differently. */
export function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

export function validity(now: Date, days: number): CertificateDates {
  return {
    notBefore: seconds(now.getTime() - clockTolerance),
    notAfter: seconds(now.getTime() + days * day),
  };
}

async function issue(
  authority: KeyPair,
  options: {
    serial: string;
    commonName: string;
    alternativeName?: string;
    usage: x509.ExtendedKeyUsage;
  } & CertificateDates,
): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: options.serial,
    subject: [{ CN: [options.commonName] }],
    issuer: issuer.subjectName,
    notBefore: options.notBefore,
    // A certificate that outlives its issuer is refused anyway, with a message nobody understands.
    notAfter: earlier(options.notAfter, issuer.notAfter),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.privateKey),
    signingAlgorithm: rsa2048,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
        true,
      ),
      // The one thing that keeps an admin's certificate from posing as the server, and the reverse.
      new x509.ExtendedKeyUsageExtension([options.usage], false),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await issuer.publicKey.export()),
      ...(options.alternativeName
        ? [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: options.alternativeName }])]
        : []),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: await exportKey(keys.privateKey) };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(rsa2048, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [encoded] = x509.PemConverter.decode(pem);
  if (!encoded) throw new Error('no private key in the text');
  return webcrypto.subtle.importKey('pkcs8', encoded, rsa2048, false, ['sign']);
}

/** X.509 dates have no milliseconds. */
function seconds(time: number): Date {
  return new Date(Math.floor(time / 1000) * 1000);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function normalizeSerial(serial: string): string {
  return serial.toLowerCase().replace(/^0+(?=.)/, '');
}
