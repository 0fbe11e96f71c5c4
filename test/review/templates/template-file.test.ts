import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { readTemplate, stackNameOf } from '../../../lib/review/templates/template-file.ts';
import { temporaryFolder, write } from '../report/files.ts';

function problemsOf(content: unknown, name = 'shop.template.json'): string[] {
  const file = write(temporaryFolder(), name, content);
  try {
    readTemplate(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map((problem) => problem.replace(file, basename(file)));
  }
  return [];
}

const bucket = { Type: 'AWS::S3::Bucket' };

describe('a template that cannot be one', () => {
  it.each([
    ['is empty', '', 'shop.template.json: is empty'],
    ['is no JSON', '{ "Resources": ', /is no valid JSON: /],
    ['is no YAML', 'Resources:\n  - a: [', /is no valid YAML: /],
    ['is a list', '[]', 'shop.template.json: holds no template but a list'],
    ['is a text', 'hello', 'shop.template.json: holds no template but a string'],
    [
      'has no resources',
      { Outputs: {} },
      'shop.template.json: has no "Resources" section (found nothing), so it is no CloudFormation template',
    ],
    ['has a list of resources', { Resources: [bucket] }, /has no "Resources" section \(found a list\)/],
    ['has empty resources', { Resources: {} }, 'shop.template.json: its "Resources" section is empty'],
    [
      'has a resource that is a text',
      { Resources: { A: 'bucket' } },
      /resource "A" is a string where an object belongs/,
    ],
    [
      'has a resource without a type',
      { Resources: { A: {} } },
      'shop.template.json: resource "A" has no "Type"',
    ],
    [
      'has a type that is none',
      { Resources: { A: { Type: 'bucket' } } },
      /resource "A" has the type "bucket"; write one such as "AWS::S3::Bucket"/,
    ],
    [
      'has properties that are a list',
      { Resources: { A: { ...bucket, Properties: [] } } },
      /"Properties" of resource "A" is a list where an object belongs/,
    ],
    [
      'has script in a logical id',
      { Resources: { '<script>alert(1)</script>': bucket } },
      /is no logical id: CloudFormation takes letters and digits/,
    ],
    [
      'has a logical id of JavaScript',
      '{"Resources":{"constructor":{"Type":"AWS::S3::Bucket"}}}',
      /"constructor" cannot be reviewed as a logical id/,
    ],
    [
      'has prototype pollution',
      '{"Resources":{"__proto__":{"Type":"AWS::S3::Bucket"}}}',
      /"__proto__" is no logical id/,
    ],
    [
      'is expanded by CloudFormation',
      { Resources: { 'Fn::ForEach::Buckets': [] } },
      /review the processed template/,
    ],
    [
      'has too many resources',
      { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`B${n}`, bucket])) },
      /has 501 resources; CloudFormation takes at most 500/,
    ],
    [
      'says a thing twice',
      '{"Resources":{"A":{"Type":"AWS::S3::Bucket"},\n"A":{"Type":"AWS::SQS::Queue"}}}',
      'shop.template.json: line 2: "A" stands twice in the same object, and only one of the two would be reviewed',
    ],
    ['says a thing twice in YAML', 'Resources:\n  A: {}\n  A: {}\n', /keys must be unique at line 3/],
    ['is compressed', Buffer.from([0x1f, 0x8b, 8, 0]), /is compressed \(gzip\); unpack it first/],
    ['is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), /is no text in UTF-8/],
    ['is written in Latin-1', Buffer.from('Description: caf\u00e9', 'latin1'), /is no text in UTF-8/],
    [
      'holds itself, twice over',
      'Resources: &all\n  A: *all\n  B: *all\n',
      'shop.template.json: is nested more than 100 levels deep',
    ],
  ])('because it %s', (_, content, message) => {
    expect(problemsOf(content)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  it('because it is nested deeper than any real one', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(problemsOf(`{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"X":${deep}}}}}`)).toEqual([
      'shop.template.json: is nested more than 100 levels deep',
    ]);
    expect(problemsOf(`Resources:\n  A: ${'['.repeat(20_000)}`, 'shop.yaml')).toEqual([
      'shop.yaml: is no valid YAML: is nested too deeply',
    ]);
  });

  it('because its aliases explode', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    expect(problemsOf(lines.join('\n'), 'shop.yaml')).toEqual([
      expect.stringMatching(/is no valid YAML: .*alias/i),
    ]);
  });

  it('because it is far too large', () => {
    expect(problemsOf(`{"Resources":"${'x'.repeat(9 * 1024 * 1024)}"}`)).toEqual([
      'shop.template.json: 9.0 MB is no CloudFormation template; CloudFormation takes at most 1 MB',
    ]);
  });

  it('because it is YAML of a size that takes long to read and cannot be deployed', () => {
    expect(problemsOf(`Description: ${'x'.repeat(2 * 1024 * 1024)}`, 'shop.yaml')).toEqual([
      'shop.yaml: 2.0 MB is no CloudFormation template; CloudFormation takes at most 1 MB',
    ]);
  });

  it('because nobody could deploy it, white space left out', () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [`T${n}`, { Type: 'AWS::SNS::Topic', Name: 'x'.repeat(4000) }]),
    );
    expect(problemsOf(JSON.stringify({ Resources }, null, 2))).toEqual([
      'shop.template.json: 1.5 MB once white space is taken out; CloudFormation takes at most 1 MB',
    ]);
  });

  it('because the file is missing or a folder', () => {
    const folder = temporaryFolder();
    expect(() => readTemplate(`${folder}/none.json`)).toThrow(`${folder}/none.json: no such file`);
    expect(() => readTemplate(folder)).toThrow(`${folder}: is a folder, not a file`);
  });

  it('is told about every problem at once, and about no more than a screen of them', () => {
    const Resources = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`A${n}`, {}]));
    const problems = problemsOf({ Resources });
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('shop.template.json: 80 more problems like these');
  });
});

describe('a template', () => {
  it.each(['utf8', 'utf16le'] as const)('may begin with a byte order mark (%s)', (encoding) => {
    const text = Buffer.from('\ufeff{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}', encoding);
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    [
      'JSON',
      'a.json',
      '{\n "Outputs": {"B": {"Value": "\\"B\\": {"}},\n "Resources": {\n  "B": {"Type": "AWS::S3::Bucket"}}}',
    ],
    ['YAML', 'a.yaml', 'Outputs:\n  B: {}\nResources:\n  B:\n    Type: AWS::S3::Bucket\n'],
  ])('tells where each resource stands in its %s', (_, name, content) => {
    const file = write(temporaryFolder(), name, content);
    expect([...readTemplate(file).lines]).toEqual([['B', { file, line: 4, column: 3 }]]);
  });

  it('of the Serverless Application Model leads from what is made to what is written', () => {
    const file = write(
      temporaryFolder(),
      'sam.yaml',
      'Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n',
    );
    const { template, lines } = readTemplate(file);
    expect(template.Resources.FRole?.Type).toBe('AWS::IAM::Role');
    expect(lines.get('FRole')).toEqual({ file, line: 3, column: 3 });
  });
});

describe('a template in YAML', () => {
  it('means what CloudFormation takes it for: merges, and the booleans of YAML 1.1', () => {
    const file = write(
      temporaryFolder(),
      'shop.yaml',
      'x: &db {Type: AWS::RDS::DBInstance}\nResources:\n  A:\n    <<: *db\n    Properties: {PubliclyAccessible: yes, StorageEncrypted: Off, Engine: "yes"}\n',
    );
    expect(readTemplate(file).template.Resources.A).toEqual({
      Type: 'AWS::RDS::DBInstance',
      Properties: { PubliclyAccessible: true, StorageEncrypted: false, Engine: 'yes' },
    });
  });

  it('may use every short form of the intrinsic functions', () => {
    const file = write(
      temporaryFolder(),
      'shop.yaml',
      [
        'Resources:',
        '  B:',
        '    Type: AWS::S3::Bucket',
        '    Properties:',
        '      a: !Ref P',
        '      b: !GetAtt X.Outputs.Arn',
        '      c: !GetAtt [X, Arn]',
        "      d: !Join ['', [a, !Ref P]]",
        '      e: !If [C, !Ref P, !Ref "AWS::NoValue"]',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours
        '      f: !Sub "${P}-x"',
        '      g: !Select [0, !GetAZs ""]',
        '      h: 2012-10-17',
      ].join('\n'),
    );
    expect(readTemplate(file).template.Resources.B?.Properties).toEqual({
      a: { Ref: 'P' },
      b: { 'Fn::GetAtt': ['X', 'Outputs.Arn'] },
      c: { 'Fn::GetAtt': ['X', 'Arn'] },
      d: { 'Fn::Join': ['', ['a', { Ref: 'P' }]] },
      e: { 'Fn::If': ['C', { Ref: 'P' }, { Ref: 'AWS::NoValue' }] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours
      f: { 'Fn::Sub': '${P}-x' },
      g: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      h: '2012-10-17',
    });
  });
});

it.each([
  ['cdk.out/Shop-Data.template.json', 'Shop-Data'],
  ['vpc.yaml', 'vpc'],
  ['1 <b>odd name.yml', 'b-odd-name'],
  ['日本.json', 'Template'],
])('the stack of %s is called %s', (file, name) => {
  expect(stackNameOf(file)).toBe(name);
});
