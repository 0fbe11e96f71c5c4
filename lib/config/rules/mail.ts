import { found } from '../problem.ts';
import { expectation } from '../reader.ts';
import { mail as mailSchema } from '../schema/mail.ts';
import { type EnvironmentDraft, environmentPath, type PlatformDraft, type Report } from './rule.ts';

/** A shop that sends no mail loses its customers' orders without a word: whoever wants that says it. */
export function checkMail(
  name: string,
  environment: EnvironmentDraft,
  platform: PlatformDraft | undefined,
  report: Report,
): void {
  const { mail, domain, account, region } = environment;
  const path = environmentPath(name, 'mail');
  const isPreset = platform?.preset !== undefined && platform.preset !== 'custom';
  if (isPreset && !('mail' in environment)) {
    report(path, `missing, so no customer would hear of an order; ${expectation(mailSchema)}`);
    return;
  }
  if (typeof mail !== 'object') return;
  if ('provider' in mail) {
    const { from } = mail;
    const host = from?.slice(from.lastIndexOf('@') + 1).toLowerCase();
    if (from === undefined || domain === undefined || host === domain || host?.endsWith(`.${domain}`)) return;
    report(
      [...path, 'from'],
      `${found(from)}, for which SES signs only with a name of the shop; write an address at its domain, such as "shop@${domain}"`,
    );
    return;
  }
  const [, , , secretRegion, secretAccount] = ('secret' in mail ? mail.secret : undefined)?.split(':') ?? [];
  if (secretRegion === undefined || secretAccount === undefined) return;
  if (region === undefined || account === undefined) return;
  if (secretRegion === region && secretAccount === account) return;
  report(
    [...path, 'secret'],
    `found a secret of account ${secretAccount} in ${secretRegion}; write one of account ${account} in ${region}, where the tasks of the shop read it`,
  );
}
