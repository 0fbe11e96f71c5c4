import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainAwsErrors } from '../../lib/cli/aws-errors.ts';
import { messagesInJapanese } from '../../lib/cli/language/messages.ja.ts';
import { translator } from '../../lib/cli/language/pattern.ts';
import { packageVersion } from '../../lib/cli/package-root.ts';
import { exitOnUserError, type UserError } from '../../lib/cli/user-error.ts';
import { vpnCommand } from '../../lib/environment/admin/command.ts';
import { rotateCommand } from '../../lib/environment/credentials/command.ts';
import { patchCommand } from '../../lib/environment/patching/command.ts';
import { costCommand } from '../../lib/review/cost/command.ts';
import { preflightCommand } from '../../lib/review/preflight/command.ts';
import { tryCommand } from '../../lib/review/rehearsal/command.ts';
import { reviewCommand } from '../../lib/review/report/command.ts';

const subcommand = (name: string) => {
  const found = vpnCommand().commands.find((each) => each.name() === name);
  if (!found) throw new Error(`no "vpn ${name}"`);
  return found;
};

describe('every command', () => {
  const ofOneEnvironment = {
    'vpn list': subcommand('list'),
    rotate: rotateCommand(),
    patch: patchCommand(),
    try: tryCommand(),
    preflight: preflightCommand(),
  };
  const optionsOf = (command: Command) => command.options.map(({ flags }) => flags);

  it.each(Object.entries({ ...ofOneEnvironment, review: reviewCommand(), cost: costCommand() }))(
    '%s finds the shop by -c and --config',
    (_, command) => expect(optionsOf(command)).toContain('-c, --config <file>'),
  );

  it.each(Object.entries(ofOneEnvironment))(
    '%s finds the environment by -e and --environment',
    (_, command) => expect(optionsOf(command)).toContain('-e, --environment <name>'),
  );
});

describe('without AWS credentials', () => {
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_ENDPOINT_URL']) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  });
  afterEach(() => vi.unstubAllEnvs());

  it.each<[string, () => Command, string[]]>([
    ['vpn list', vpnCommand, ['list']],
    ['rotate --status', rotateCommand, ['--status']],
    ['rotate', rotateCommand, ['database']],
    ['patch --status', patchCommand, ['--status']],
    ['preflight', preflightCommand, []],
  ])('%s says what is missing, and no stack trace', async (_, command, args) => {
    await expect(command().parseAsync([...args, '-e', 'production'], { from: 'user' })).rejects.toMatchObject(
      {
        name: 'UserError',
        problems: [expect.stringMatching(/^found no AWS credentials: sign in, or set AWS_PROFILE/)],
      },
    );
  });
});

describe('credentials that are not there', () => {
  it('an unknown profile is told by its name', async () => {
    vi.stubEnv('AWS_PROFILE', 'nobody');
    const error = Object.assign(new Error('Could not resolve'), { name: 'CredentialsProviderError' });
    const explained = explainAwsErrors(() => Promise.reject(error));
    await expect(explained).rejects.toMatchObject({
      problems: [expect.stringMatching(/for the profile "nobody" that AWS_PROFILE names/)],
    });
    vi.unstubAllEnvs();
  });

  it.each([
    [
      'CredentialsProviderError',
      'The SSO session associated with this profile has expired.',
      /"aws sso login"/,
    ],
    ['CredentialsProviderError', 'Could not load credentials from any providers', /^found no AWS cred/],
    ['TokenProviderError', 'SSO Token is expired. Please run aws sso login', /"aws sso login"/],
    ['ExpiredToken', 'The security token included in the request is expired', /have expired: sign in/],
    ['RequestTimeTooSkewed', 'The difference between … is too large.', /^the clock of this computer/],
    ['SignatureDoesNotMatch', 'Signature expired: 1 is now earlier than 2', /^the clock of this computer/],
    ['InvalidSignatureException', 'Signature not yet current: 2', /^the clock of this computer/],
    ['SignatureDoesNotMatch', 'The request signature we calculated', /^the secret access key/],
    ['InvalidClientTokenId', 'The security token is invalid', /the region is not enabled/],
    ['Blocked', 'This account is currently blocked', /^AWS has suspended this account/],
    ['AccessDeniedException', 'Your account is suspended', /^AWS has suspended this account/],
    ['AccessDeniedException', 'no', /^AWS refused: AccessDeniedException: no\./],
  ])('%s (%s) is told with what to do, in both languages', async (name, message, says) => {
    vi.stubEnv('AWS_PROFILE', '');
    const error = Object.assign(new Error(message), { name, $metadata: {} });
    const explained: UserError = await explainAwsErrors(() => Promise.reject(error)).catch(
      (thrown) => thrown,
    );
    expect(explained.problems).toEqual([expect.stringMatching(says)]);
    expect(translator(messagesInJapanese)(explained.problems[0] ?? '')).toMatch(/[ぁ-ん]/);
    vi.unstubAllEnvs();
  });

  it.each([
    ['no name is found', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
    ['the connection breaks', { code: 'ECONNRESET', syscall: 'read', $metadata: {} }],
    ['a proxy shows a certificate of its own', { code: 'SELF_SIGNED_CERT_IN_CHAIN', $metadata: {} }],
  ])('where %s, AWS is not reached, instead of refusing', async (_, of) => {
    const explained = explainAwsErrors(() => Promise.reject(Object.assign(new Error('no'), of)));
    await expect(explained).rejects.toMatchObject({
      problems: [expect.stringContaining(`cannot reach AWS (${of.code})`)],
    });
    const file = Object.assign(new Error('no'), { code: 'EISDIR', syscall: 'read', path: '/' });
    await expect(explainAwsErrors(() => Promise.reject(file))).rejects.toBe(file);
  });
});

it('says which folder it needs, and no stack trace, where nothing temporary can be written', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/secure-shop.mjs', '--help'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: '/nonexistent' },
  });
  expect(stderr).toMatch(/^\/nonexistent: nothing can be written there \(ENOENT.*\); set TMPDIR .*\n$/);
  expect(status).toBe(2);
});

it.each([
  [
    'below a file',
    () => writeFileSync('package.json/x', ''),
    /^package\.json\/x: the file system refuses it \(ENOTDIR: .*, open\)/,
  ],
  [
    'over a folder',
    () => writeFileSync('docs', ''),
    /^docs: the file system refuses it \(EISDIR: .*, open\)/,
  ],
])('what cannot be written %s is said in clear words, and ends with 2', async (_, write, says) => {
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const before = process.exitCode;
  await exitOnUserError(async () => write());
  const code = process.exitCode;
  process.exitCode = before;
  spy.mockRestore();
  expect(said.join('')).toMatch(says);
  expect(code).toBe(2);
  await expect(exitOnUserError(() => Promise.reject(new TypeError('a mistake of ours')))).rejects.toThrow();
});

it('--version says which version runs', () => {
  const { stdout } = spawnSync(process.execPath, ['bin/secure-shop.mjs', '--version'], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(packageVersion);
});
