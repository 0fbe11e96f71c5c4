import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly secure: boolean;
  /** Headers and body as they arrived, quoted-printable undone. */
  readonly text: string;
}

export const mailLogin = { username: 'shop-sender', password: "p@ss:w/rd?&#' %é" };

/** A mail server on loopback that keeps what it receives. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** User names that tried to log in. */
  readonly tried: string[] = [];
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      authMethods: ['PLAIN', 'LOGIN'],
      ...options,
      onAuth: ({ username, password }, _session, callback) => {
        this.tried.push(username ?? '');
        if (username === mailLogin.username && password === mailLogin.password)
          callback(null, { user: username });
        else callback(new Error('wrong login'));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            user: session.user,
            secure: session.secure,
            text: decoded(Buffer.concat(chunks).toString('latin1')),
          });
          callback();
        });
      },
    });
    // A client that hangs up, as one must that does not trust the certificate, is no fault of the server.
    this.server.on('error', () => undefined);
  }

  listen(): Promise<number> {
    return new Promise((resolve) => {
      const listening = this.server.listen(0, '127.0.0.1', () =>
        resolve((listening.address() as AddressInfo).port),
      );
    });
  }

  /** The one mail whose text holds the words. */
  mail(words: string): ReceivedMail {
    const [found, ...others] = this.received.filter(({ text }) => text.includes(words));
    if (!found || others.length > 0) {
      throw new Error(`${found ? others.length + 1 : 0} mails with "${words}"`);
    }
    return found;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function decoded(text: string): string {
  const bytes = /quoted-printable/i.test(text)
    ? text
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
