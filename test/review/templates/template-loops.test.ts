import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { readTemplate } from '../../../lib/review/templates/template-file.ts';
import { temporaryFolder, write } from '../report/files.ts';

const read = (template: object) => readTemplate(write(temporaryFolder(), 'a.json', template)).template;

describe('a loop of a template', () => {
  const loop = (collection: unknown) => ({
    'Fn::ForEach::Buckets': [
      'Name',
      collection,
      {
        'Bucket&{Name}': {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: { 'Fn::Sub': 'shop-$'.concat('{Name}') }, Tag: { Ref: 'Name' } },
        },
      },
    ],
  });

  it('is unrolled over values, and over what a parameter is by default', () => {
    const Parameters = { Names: { Type: 'CommaDelimitedList', Default: 'a-1, b' } };
    for (const collection of [['a-1', 'b'], { Ref: 'Names' }]) {
      expect(read({ Parameters, Resources: loop(collection) }).Resources).toEqual({
        Bucketa1: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: { 'Fn::Sub': 'shop-a-1' }, Tag: 'a-1' },
        },
        Bucketb: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'shop-b' }, Tag: 'b' } },
      });
    }
  });

  it('is refused when only a deploy knows over what it runs', () => {
    const Parameters = { Names: { Type: 'CommaDelimitedList' } };
    expect(() => read({ Parameters, Resources: loop({ Ref: 'Names' }) })).toThrow(
      /runs over what only a deploy knows/,
    );
  });

  it('ends, however many loops there are in it', () => {
    const many = Array.from({ length: 100 }, (_, index) => String(index));
    const inner = (depth: number): object =>
      depth === 0
        ? { 'B&{V1}': { Type: 'AWS::S3::Bucket' } }
        : { [`Fn::ForEach::L${depth}`]: [`V${depth}`, many, inner(depth - 1)] };
    expect(
      Object.keys(read({ Resources: { Own: { Type: 'AWS::S3::Bucket' }, ...inner(5) } }).Resources).length,
    ).toBeLessThan(500);
  });
});

it('what steers a terminal or turns the order of a line is made visible', () => {
  const { Resources } = read({
    Resources: {
      A: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: '\u001b[2Ja\u202eb\u0085', Kept: 'a\n\tb 顧客' },
      },
    },
  });
  expect(Resources.A?.Properties).toEqual({ BucketName: '\\u001b[2Ja\\u202eb\\u0085', Kept: 'a\n\tb 顧客' });
});

it('a named pipe is refused, and does not wait for ever', () => {
  const file = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [file]);
  expect(() => readTemplate(file)).toThrow(UserError);
});

it('a cloud assembly of a version that nobody knows yet is refused', () => {
  const folder = temporaryFolder();
  write(folder, 'manifest.json', { version: '99.0.0', artifacts: {} });
  expect(() => readAssembly(folder)).toThrow(/is of version 99.0.0 of cloud assemblies/);
});
