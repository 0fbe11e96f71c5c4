import {
  GetParametersByPathCommand,
  ParameterAlreadyExists,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { UserError } from '../../../cli/user-error.ts';

/**
 * The register of admin certificates: who holds which, until when, and which are revoked.
 *
 * It only grows. Every fact is an SSM parameter of its own, created once and never overwritten, and SSM refuses a
 * second creation of the same name. So two operators at once, or one who is interrupted and starts again, cannot
 * undo each other, and no certificate can be un-revoked from the command line. Nothing in it is secret.
 *
 *     certificates/hana/3          serial, validity and issuer: number 3 is taken
 *     certificates/hana/3/outcome  "issued" once the file is in the operator's hands, or "abandoned"
 *     certificates/hana/3/revoked  when it was revoked
 */
export interface RegisteredCertificate {
  readonly person: string;
  readonly number: number;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256 fingerprint of the authority that signed it. */
  readonly authority: string;
  /** Pending: an issue that is under way, or was interrupted. */
  readonly outcome: Outcome | 'pending';
  readonly revokedAt?: Date;
}

export type Outcome = 'issued' | 'abandoned';

export type NewCertificate = Omit<RegisteredCertificate, 'outcome' | 'revokedAt'>;

type CertificateId = Pick<RegisteredCertificate, 'person' | 'number'>;

export class CertificateRegister {
  private readonly ssm: SSMClient;
  private readonly folder: string;

  /** @param folder such as "/secure-shop/hana-candles/production/vpn/certificates" */
  constructor(ssm: SSMClient, folder: string) {
    this.ssm = ssm;
    this.folder = folder;
  }

  /** @throws Error when the register holds something it never wrote */
  async all(): Promise<RegisteredCertificate[]> {
    return this.read(this.folder);
  }

  async of(person: string): Promise<RegisteredCertificate[]> {
    return this.read(`${this.folder}/${person}`);
  }

  /** @returns false when the number is taken already */
  async reserve(certificate: NewCertificate): Promise<boolean> {
    const { serial, notBefore, notAfter, authority } = certificate;
    return this.create(this.name(certificate), JSON.stringify({ serial, notBefore, notAfter, authority }));
  }

  /** @returns the outcome that stands: another operator's, when he was first */
  async settle(certificate: CertificateId, outcome: Outcome): Promise<Outcome> {
    if (await this.create(`${this.name(certificate)}/outcome`, outcome)) return outcome;
    const standing = await this.find(certificate);
    return standing?.outcome === 'issued' ? 'issued' : 'abandoned';
  }

  /** @returns when it was revoked: earlier than now, when somebody did it before */
  async revoke(certificate: CertificateId, now: Date): Promise<Date> {
    if (await this.create(`${this.name(certificate)}/revoked`, now.toISOString())) return now;
    const standing = await this.find(certificate);
    return standing?.revokedAt ?? now;
  }

  private async find({ person, number }: CertificateId): Promise<RegisteredCertificate | undefined> {
    return (await this.of(person)).find((certificate) => certificate.number === number);
  }

  private name({ person, number }: CertificateId): string {
    return `${this.folder}/${person}/${number}`;
  }

  private async create(name: string, value: string): Promise<boolean> {
    try {
      await this.ssm.send(
        new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: false }),
      );
      return true;
    } catch (error) {
      if (error instanceof ParameterAlreadyExists) return false;
      throw error;
    }
  }

  private async read(path: string): Promise<RegisteredCertificate[]> {
    const facts = new Map<string, string>();
    let NextToken: string | undefined;
    do {
      const page = await this.ssm.send(
        new GetParametersByPathCommand({ Path: path, Recursive: true, NextToken }),
      );
      for (const { Name, Value } of page.Parameters ?? []) {
        if (Name !== undefined && Value !== undefined) facts.set(Name.slice(this.folder.length + 1), Value);
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return assemble(facts);
  }
}

/** Valid, handed out, and not revoked: its holder may connect. */
export function isActive(certificate: RegisteredCertificate, now: Date): boolean {
  return (
    certificate.outcome === 'issued' &&
    certificate.revokedAt === undefined &&
    certificate.notBefore <= now &&
    now < certificate.notAfter
  );
}

/** Must stand on the revocation list: somebody may hold it, and nobody may use it. */
export function isBarred(certificate: RegisteredCertificate, now: Date): boolean {
  const withdrawn = certificate.revokedAt !== undefined || certificate.outcome === 'abandoned';
  return withdrawn && now < certificate.notAfter;
}

/** @param facts parameter values by name below the register's folder, such as "hana/3/outcome" */
function assemble(facts: ReadonlyMap<string, string>): RegisteredCertificate[] {
  const certificates: RegisteredCertificate[] = [];
  for (const [name, value] of facts) {
    const match = /^([a-z][a-z0-9-]*)\/([1-9]\d*)$/.exec(name);
    if (!match?.[1] || !match[2]) continue;
    const revoked = facts.get(`${name}/revoked`);
    certificates.push({
      person: match[1],
      number: Number(match[2]),
      ...parseCertificate(name, value),
      outcome: parseOutcome(name, facts.get(`${name}/outcome`)),
      ...(revoked === undefined ? {} : { revokedAt: parseDate(`${name}/revoked`, revoked) }),
    });
  }
  return certificates.sort((a, b) => a.person.localeCompare(b.person) || a.number - b.number);
}

function parseCertificate(
  name: string,
  value: string,
): Pick<RegisteredCertificate, 'serial' | 'notBefore' | 'notAfter' | 'authority'> {
  const written: unknown = parseJson(name, value);
  if (typeof written !== 'object' || written === null) throw foreign(name);
  const { serial, authority, notBefore, notAfter } = written as Record<string, unknown>;
  if (typeof serial !== 'string' || !/^[0-9a-f]{2,40}$/.test(serial)) throw foreign(name);
  if (typeof authority !== 'string' || !/^[0-9a-f]{64}$/.test(authority)) throw foreign(name);
  return {
    serial,
    authority,
    notBefore: parseDate(name, notBefore),
    notAfter: parseDate(name, notAfter),
  };
}

function parseOutcome(name: string, value: string | undefined): RegisteredCertificate['outcome'] {
  if (value === undefined) return 'pending';
  if (value !== 'issued' && value !== 'abandoned') throw foreign(`${name}/outcome`);
  return value;
}

function parseDate(name: string, value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw foreign(name);
  return date;
}

function parseJson(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw foreign(name);
  }
}

function foreign(name: string): Error {
  return new UserError([
    `the register entry "${name}" was not written by secure-shop, so that nobody can tell who may connect: set the parameter back to its first version (docs/runbooks/vpn.md)`,
  ]);
}
