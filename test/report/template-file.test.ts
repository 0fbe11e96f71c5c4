import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/cli/user-error.ts';
import { readTemplate, stackNameOf } from '../../lib/report/template-file.ts';
import { temporaryFolder, write } from './files.ts';

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
      expect.stringMatching(/is no valid YAML/),
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

describe('a template in YAML', () => {
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
    expect(readTemplate(file).Resources.B?.Properties).toEqual({
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
