import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, Stack, Stage } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { warningsIn } from '../scripts/other-scanners/examples.ts';
import { entriesOf, reducedTemplates } from '../scripts/other-scanners/reduced-templates.ts';
import { allExampleFiles, exampleAssembly } from './support/synthesize.ts';

/** The template of an environment: a bucket with its key, and more. */
const environment = (name: string, bucket: object = {}, more: object = {}) =>
  JSON.stringify({
    Metadata: { 'secure-shop:environment': { shop: 'hana', environment: name, account: '111122223333' } },
    Parameters: { Days: { Type: 'Number' } },
    Resources: {
      Key: { Type: 'AWS::KMS::Key', Properties: { PendingWindowInDays: { Ref: 'Days' } } },
      Media: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: `hana-${name}`, Encryption: { 'Fn::GetAtt': ['Key', 'Arn'] }, ...bucket },
        Metadata: { 'aws:cdk:path': `${name}/Media`, 'secure-shop:data-class': 'public' },
      },
      ...more,
    },
    Outputs: { Bucket: { Value: { Ref: 'Media' } } },
  });

const resourcesOf = (...texts: string[]) =>
  reducedTemplates(texts).map(({ Resources = {} }) => Object.keys(Resources).sort());

describe('templates for other scanners', () => {
  it('show what is the same under another name once, and without our metadata of resources', () => {
    const [template, ...more] = reducedTemplates([environment('production'), environment('staging')]);
    expect(more).toEqual([]);
    const whole = JSON.parse(environment('production'));
    const Media = { ...whole.Resources.Media, Metadata: { 'aws:cdk:path': 'production/Media' } };
    expect(template).toEqual({ ...whole, Resources: { ...whole.Resources, Media } });
  });

  it('show what differs in one value, with what it refers to', () => {
    const versioned = environment('staging', { VersioningConfiguration: { Status: 'Enabled' } });
    expect(resourcesOf(environment('production'), versioned, environment('third'))).toEqual([
      ['Key', 'Media'],
      ['Key', 'Media'],
    ]);
  });

  it('show a further resource alone, and a parameter with what uses it', () => {
    const topic = environment('staging', {}, { Topic: { Type: 'AWS::SNS::Topic' } });
    expect(resourcesOf(environment('a-longer-name-of-production'), topic)).toEqual([
      ['Key', 'Media'],
      ['Topic'],
    ]);
    const other = environment('staging').replace('"Number"', '"String"');
    expect(resourcesOf(environment('production'), other)).toEqual([['Key', 'Media'], ['Key']]);
  });

  it('show every resource, output and parameter of every example, and nothing that refers to what is left out', () => {
    const texts = allExampleFiles.flatMap((example) =>
      readdirSync(exampleAssembly(example), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.template.json'))
        .map((file) => readFileSync(join(exampleAssembly(example), file), 'utf8')),
    );
    const reduced = reducedTemplates(texts);
    const size = (templates: readonly string[]) => templates.join('').length;
    expect(size(reduced.map((template) => JSON.stringify(template)))).toBeLessThan(size(texts) / 2);

    const shapes = (each: string) => entriesOf(each).map(({ shape }) => shape);
    const shown = new Set(reduced.flatMap((template) => shapes(JSON.stringify(template))));
    expect(texts.flatMap(shapes).filter((shape) => !shown.has(shape))).toEqual([]);
    const dangling = reduced.flatMap((template) => {
      const ids = Object.values(template).flatMap((section) => Object.keys(section));
      const text = JSON.stringify(template);
      const references = [...text.matchAll(/\{"Ref":"(\w+)"\}|\{"Fn::GetAtt":\["(\w+)"/g)];
      return references.map(([, ref, attribute]) => ref ?? attribute ?? '').filter((id) => !ids.includes(id));
    });
    expect(dangling).toEqual([]);
  });
});

it('a warning in a stack of a stage, which no synth prints, is seen', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'production'), 'Data');
  expect(warningsIn(app)).toEqual([]);
  Annotations.of(stack).addWarningV2('shop:small', 'too small');
  expect(warningsIn(app)).toEqual([expect.stringMatching(/^production\/Data: too small/)]);
});
