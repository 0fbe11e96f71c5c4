import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exitOnUserError } from '../../../lib/cli/user-error.ts';
import { reviewCommand } from '../../../lib/review/report/command.ts';
import { temporaryFolder, write } from './files.ts';

let output: string[];
let errors: string[];
/** Without the end of the last one. */
const lines = (text: unknown) => String(text).replace(/\n$/, '').split('\n');

beforeEach(() => {
  output = [];
  errors = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(...lines(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => errors.push(...lines(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs `secure-shop review`. @returns its exit code */
async function review(...args: string[]): Promise<number> {
  process.exitCode = undefined;
  const command = reviewCommand().exitOverride((stop) => {
    process.exitCode = stop.exitCode === 0 ? 0 : 2;
    throw stop;
  });
  command.configureOutput({ writeErr: (text) => errors.push(text), writeOut: (text) => output.push(text) });
  try {
    await exitOnUserError(() => command.parseAsync(args, { from: 'user' }).then(() => undefined));
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('commander.') !== true) throw error;
  }
  return Number(process.exitCode ?? 0);
}

const bucket = (name: string, properties: object = {}) => ({
  [name]: { Type: 'AWS::S3::Bucket', Properties: properties },
});
const topic = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/shop' } },
};

/** Templates are not the shop's own: only a stock pack is asked, so that its findings are known. */
const asked = ['--packs', 'AwsSolutions'];

describe('secure-shop review', () => {
  it('exits with 1 on an open finding, names it, and writes every form of the report', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', { Resources: bucket('Media') });
    const out = join(folder, 'reports');
    expect(await review('--template', template, '--out', out, ...asked)).toBe(1);
    expect(output.join('\n')).toContain(
      `data/Media  (${template}:1:15)\n  The S3 Bucket has server access logs disabled.\n  AwsSolutions-S1`,
    );
    expect(output.join('\n')).toMatch(
      /pack +rules evaluated +compliant +acknowledged +open\nAwsSolutions +131 +\d+ +0 +2/,
    );
    expect(readdirSync(out).sort()).toEqual([
      'assessment-results.oscal.json',
      'findings.csv',
      'findings.ocsf.json',
      'findings.sarif',
      'index.html',
      'junit.xml',
      'rows.json',
      'summary.md',
    ]);
  });

  it('exits with 0 when nothing is open', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'ok.json', {
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/shop' } } },
    });
    expect(await review('--template', template, '--out', folder, '--packs', 'HIPAA.Security')).toBe(0);
    expect(output.at(-1)).toBe('No open finding to act on.');
  });

  it('exits with 1 under --strict on what the templates leave undecided, and only then', async () => {
    const folder = temporaryFolder();
    const role = (resource: unknown) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } },
          ],
        },
        Policies: [
          {
            PolicyName: 'read',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: resource }],
            },
          },
        ],
      },
    });
    const login = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shop-login' } };
    const open = write(folder, 'open.json', {
      Parameters: { Where: { Type: 'String' } },
      Resources: { Login: login, Reader: role({ Ref: 'Where' }) },
    });
    const decided = write(folder, 'decided.json', {
      Resources: {
        Login: login,
        Reader: role({
          'Fn::Sub': `arn:aws:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:elsewhere-abcdef`,
        }),
      },
    });
    const run = (template: string, ...more: string[]) =>
      review('--template', template, '--out', folder, '--packs', 'SecureShop', ...more);
    expect(await run(open, '--fail-on', 'never')).toBe(0);
    const rows = JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'));
    expect(rows.invariants.some(({ undecided }: { undecided: number }) => undecided > 0)).toBe(true);
    expect(await run(open, '--strict')).toBe(1);
    expect(output.join('\n')).toMatch(/But for 1 undecided ways to read/);
    output = [];
    await run(decided, '--fail-on', 'never');
    expect(output.join('\n')).not.toContain('undecided');
  });

  it.each([
    {
      what: 'what a rule could not decide',
      resource: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://example.com/a.json', NotificationARNs: ['arn'] },
      },
      strict: 1,
    },
    { what: 'a resource that nobody judged', resource: { Type: 'Custom::Thing' }, strict: 2 },
    { what: 'a type that AWS does not have', resource: { Type: 'AWS::S3::Buckt' }, without: 1, strict: 2 },
    { what: 'what was judged and holds', resource: topic.Topic, strict: 0 },
  ])('exits with $strict under --strict on $what', async ({ resource, strict, without = 0 }) => {
    const folder = temporaryFolder();
    const template = write(folder, 'one.json', { Resources: { One: resource } });
    const run = ['--template', template, '--out', folder, '--packs', 'HIPAA.Security'];
    expect(await review(...run)).toBe(without);
    expect(await review(...run, '--strict')).toBe(strict);
  });

  it('takes several templates as one environment and keeps their names apart', async () => {
    const folder = temporaryFolder();
    const first = write(folder, 'a/data.json', { Resources: bucket('Media') });
    const second = write(folder, 'b/data.yaml', 'Resources:\n  Media:\n    Type: AWS::S3::Bucket\n');
    await review('--template', first, second, '--out', folder, '--json', ...asked);
    const { rows } = JSON.parse(output.join(''));
    expect(new Set(rows.map(({ resource }: { resource: { stack: string } }) => resource.stack))).toEqual(
      new Set(['data', 'data-2']),
    );
  });

  it('prints rows as JSON, and with --all those that do not apply too', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', { Resources: { ...bucket('Media'), ...topic } });
    await review('--template', template, '--out', folder, '--json', ...asked);
    const few = JSON.parse(output.join(''));
    expect(few.rows[0]).toMatchObject({
      pack: 'AwsSolutions',
      resource: { stack: 'data', logicalId: 'Media' },
    });
    output = [];
    await review('--template', template, '--out', folder, '--json', '--all', ...asked);
    expect(JSON.parse(output.join('')).rows).toHaveLength(131 * 2);
  });

  it('fails only on what a baseline does not hold', async () => {
    const folder = temporaryFolder();
    const before = write(folder, 'data.json', { Resources: bucket('Media') });
    await review('--template', before, '--out', join(folder, 'before'), ...asked);
    const baseline = join(folder, 'before', 'rows.json');

    const same = ['--template', before, '--out', folder, '--baseline', baseline, ...asked];
    expect(await review(...same)).toBe(0);
    expect(output).toContain(`Against ${baseline}: 0 new, 0 newly accepted, 2 remaining, 0 resolved.`);

    write(folder, 'data.json', { Resources: bucket('Exports') });
    expect(await review(...same)).toBe(1);
    expect(output).toContain(`Against ${baseline}: 2 new, 0 newly accepted, 0 remaining, 2 resolved.`);
    const summary = readFileSync(join(folder, 'summary.md'), 'utf8');
    expect(summary).toContain('### New findings');
    expect(summary).toContain('+ data/Exports (AWS::S3::Bucket)');
    expect(output).toContain('Changed resources: 1 new, 1 gone');
  });

  it('takes what could not be decided then for known, and a second finding beside a known one for new', async () => {
    const folder = temporaryFolder();
    const nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://example.com/a.json' },
    };
    const template = write(folder, 'data.json', { Resources: { Nested: nested } });
    const asked = [
      '--template',
      template,
      '--out',
      folder,
      '--fail-on',
      'undecided',
      '--packs',
      'AwsSolutions',
    ];
    expect(await review(...asked)).toBe(1);
    const baseline = join(folder, 'baseline.json');
    writeFileSync(baseline, readFileSync(join(folder, 'rows.json')));
    expect(await review(...asked, '--baseline', baseline)).toBe(0);
    write(folder, 'data.json', { Resources: { Nested: nested, Other: nested } });
    expect(await review(...asked, '--baseline', baseline)).toBe(1);
  });

  it('says that nothing was checked when no rule applies', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', { Resources: { A: { Type: 'Custom::Thing' } } });
    expect(await review('--template', template, '--out', folder, '--packs', 'HIPAA.Security')).toBe(0);
    expect(output.at(-1)).toMatch(/^Nothing was checked/);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('**Nothing was checked.**');
  });

  it('reads the acknowledgements that cdk-nag writes into templates, and tells a disposable environment', async () => {
    const folder = temporaryFolder();
    const rules_to_suppress = [
      { id: 'AwsSolutions-S1', reason: 'receives the access logs itself' },
      { id: 'AwsSolutions::AwsSolutions-S10', reason: 'read through a gateway that asks for TLS' },
    ];
    const template = write(folder, 'data.json', {
      Metadata: { 'secure-shop:environment': { environment: 'staging', disposable: true } },
      Resources: { Media: { Type: 'AWS::S3::Bucket', Metadata: { cdk_nag: { rules_to_suppress } } } },
    });
    expect(await review('--template', template, '--out', folder, ...asked)).toBe(0);
    expect(output.join('\n')).toMatch(/AwsSolutions +131 +\d+ +2 +0/);
    expect(errors.join('\n')).toContain('NOTICE data is disposable');
  });

  it('fails on the level it is told to', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', { Resources: bucket('Media') });
    const base = ['--template', template, '--out', folder, ...asked];
    expect(await review(...base, '--fail-on', 'never')).toBe(0);
    expect(await review(...base, '--fail-on', 'error')).toBe(1);
  });

  it('shows a resource no pack can read as a finding', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', {
      Resources: { Broken: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { a: 1 } } }, ...topic },
    });
    expect(await review('--template', template, '--out', folder, ...asked)).toBe(1);
    expect(output.join('\n')).toContain('Template-Readable');
  });
});

describe('secure-shop review --from', () => {
  /** A cloud assembly with a topic of that name. */
  function assemblyWith(logicalId: string): string {
    const folder = temporaryFolder();
    const properties = { templateFile: 'alarms.json', stackName: 'shop-alarms' };
    const environment = 'aws://111122223333/ap-northeast-1';
    const artifacts = { alarms: { type: 'aws:cloudformation:stack', environment, properties } };
    write(folder, 'manifest.json', { version: '40.0.0', artifacts });
    const { Type, Properties } = topic.Topic;
    const Resources = { [logicalId]: { Type, Properties: { ...Properties, TopicName: 'alarms' } } };
    write(folder, 'alarms.json', { Resources });
    return folder;
  }
  const reviewed = (assembly: string, from: string, out: string, ...more: string[]) =>
    review('--assembly', assembly, '--from', from, '--out', out, '--packs', 'HIPAA.Security', ...more);

  it('tells in every form what the next deploy does', async () => {
    const folder = temporaryFolder();
    expect(await reviewed(assemblyWith('Alarms'), 'nothing', folder)).toBe(0);
    expect(output.join('\n')).toContain(
      [
        'What the next deploy does, from nothing:',
        '1. shop-alarms (ap-northeast-1)',
        '   created: 1 created, about 1 minute',
        'refused: 0, data lost: 0, interrupts: 0, stays: 0; about 1 minute',
      ].join('\n'),
    );
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('### What the next deploy does');
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('"nextDeploy":{"from":"nothing"');
    const { nextDeploy } = JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'));
    expect(nextDeploy.stacks).toMatchObject([{ action: 'created', region: 'ap-northeast-1' }]);
  });

  it('exits with 1 when AWS would refuse the change, though the templates alone are in order', async () => {
    const [before, after, folder] = [assemblyWith('Alarms'), assemblyWith('Bells'), temporaryFolder()];
    expect(await reviewed(after, before, folder)).toBe(1);
    expect(output.join('\n')).toMatch(/REFUSED {2}Bells \(AWS::SNS::Topic\)/);
    expect(output.at(-1)).toBe('No open finding to act on. But AWS would refuse the next deploy.');
    expect(await reviewed(after, before, folder, '--fail-on', 'never')).toBe(0);
    expect(await reviewed(after, after, folder)).toBe(0);
    expect(output.join('\n')).toContain('Unchanged: 1 of 1 stacks.');
  });
});

describe('secure-shop review exits with 2 and one line for each problem', () => {
  it.each([
    [
      'a template that is not there',
      ['--template', 'no-such-file.json'],
      ['no-such-file.json: no such file'],
    ],
    [
      'two bad templates',
      ['--template', 'none.json', 'neither.json'],
      ['none.json: no such file', 'neither.json: no such file'],
    ],
    ['a folder that is not there', ['--assembly', 'no-such-folder'], ['no-such-folder: no such folder']],
    ['a config that is not there', ['--config', 'none.config.ts'], [/none.config.ts: .*no such file/]],
    [
      'a pack nobody knows',
      ['--packs', 'AwsSolution'],
      [/--packs: no pack is called "AwsSolution"; write one of AwsSolutions, /],
    ],
    [
      'a baseline that is not there',
      ['--baseline', 'none.json', '--template', 'package.json'],
      ['none.json: no such file'],
    ],
    [
      'a baseline that is none',
      ['--baseline', 'package.json', '--template', 'package.json'],
      [/package.json: holds no rows/],
    ],
    ['a template that is none', ['--template', 'package.json'], [/package.json: has no "Resources" section/]],
    ['an unknown option', ['--confg', 'x'], [/unknown option '--confg'/]],
    ['an unknown level', ['--fail-on', 'sometimes'], [/sometimes/]],
    ['two sources at once', ['--template', 'a', '--assembly', 'b'], [/cannot be used with/]],
    ['no template', ['--template'], [/argument missing/]],
    ['nothing that was deployed', ['--from', 'no-such-folder'], ['--from no-such-folder: no such folder']],
    [
      'a file that is no assembly',
      ['--from', 'package.json'],
      [/--from package.json: is no folder; name the one/],
    ],
    [
      'an empty answer',
      ['--from', ' '],
      [/--from: write the folder of an earlier cloud assembly, or "nothing"/],
    ],
    [
      'templates, that do not say how they are deployed',
      ['--from', 'nothing', '--template', 'package.json'],
      [/'--from <what>' cannot be used with option '--template/],
    ],
  ])('for %s', async (_, args, messages) => {
    expect(await review('--out', temporaryFolder(), ...args)).toBe(2);
    const told = errors.join('\n');
    for (const message of messages) expect(told).toMatch(message);
    expect(told).not.toMatch(/\n\s+at /);
  });

  it('for a folder it cannot write', async () => {
    const folder = temporaryFolder();
    const template = write(folder, 'data.json', { Resources: topic });
    const file = write(folder, 'taken', 'a file');
    expect(await review('--template', template, '--out', join(file, 'reports'), ...asked)).toBe(2);
    expect(errors.join('\n')).toMatch(
      /^--out: nothing can be written into \S+ \(ENOTDIR: a file stands where a folder is meant\)/m,
    );
    expect(errors.join('\n')).not.toContain('Reading');
  });
});

it('npx --no-install secure-shop and npm run review are the same command, and need no network', async () => {
  const folder = temporaryFolder();
  const template = write(folder, 'data.json', { Resources: {} });
  const env = { ...process.env, npm_config_offline: 'true', npm_config_registry: 'http://127.0.0.1:9' };
  for (const command of [
    ['npx', '--no-install', 'secure-shop', 'review', '--template', template],
    ['npm', 'run', '--silent', 'review', '--', '--template', template],
  ]) {
    const [program = '', ...args] = command;
    const run = promisify(execFile)(program, args, { env });
    await expect(run).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"Resources" section is empty'),
    });
  }
});
