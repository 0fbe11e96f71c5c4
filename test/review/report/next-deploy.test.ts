import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/review/deploys/finding.ts';
import type { ResourceChange } from '../../../lib/review/deploys/model/changes.ts';
import type { PlannedStack } from '../../../lib/review/deploys/plan.ts';
import { nextDeployMarkdown } from '../../../lib/review/report/formats/next-deploy.ts';
import { rowsJson } from '../../../lib/review/report/formats/rows.ts';
import { summaryMarkdown } from '../../../lib/review/report/formats/summary.ts';
import { nextDeploy } from '../../../lib/review/report/next-deploy.ts';
import { nextDeployLines } from '../../../lib/review/report/next-deploy-text.ts';
import { pageNextDeploy } from '../../../lib/review/report/page/next-deploy.ts';
import { stack } from '../deploys/stacks.ts';
import { hostile, planned, reviewOf } from './reviews.ts';

const bucket = (name: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: name } });
const topic = { Type: 'AWS::SNS::Topic' };

const changes = Array.from(
  { length: 500 },
  (_, index): ResourceChange => ({
    id: `Resource${index}`,
    type: 'AWS::S3::Bucket',
    kind: 'replaced',
    uncertain: false,
    properties: ['BucketName'],
  }),
);
const findings = Array.from(
  { length: 500 },
  (_, index): Finding => ({
    effect: index === 499 ? 'refused' : 'left',
    constraint: 'retained',
    environment: 'production',
    stack: 'shop-data',
    resource: `Resource${index}`,
    says: 'stays, as its DeletionPolicy says '.repeat(10),
    way: 'Delete it by hand.',
    commands: [`aws s3 rb s3://a-bucket-${index}`],
    source: 'https://docs.aws.amazon.com/cdk/',
  }),
);
const huge = planned(
  Array.from({ length: 100 }, (_, index): PlannedStack => {
    const place = { stack: `shop-${index}`, environment: 'production', region: 'ap-northeast-1' };
    return { ...place, action: 'changed', changes, findings, minutes: 3 };
  }),
);

describe('what the next deploy does', () => {
  const before = [
    stack('shop-vault', { Topic: topic }),
    stack('shop-data', { Media: bucket('one'), Gone: { ...bucket('gone') } }, { dependsOn: ['shop-vault'] }),
  ];
  const after = [
    stack('shop-vault', { Topic: topic }),
    stack('shop-data', { Media: bucket('two'), New: topic }, { dependsOn: ['shop-vault'] }),
  ];
  const changed = nextDeploy('cdk.out.before', before, after);

  it('is told stack by stack on the terminal, with what is lost and the way out', () => {
    expect(nextDeployLines(changed)).toEqual([
      'What the next deploy does, from cdk.out.before:',
      '2. shop-data (ap-northeast-1)',
      '   changed: 1 created, 1 replaced, 1 removed, about 1 minute',
      '   replaced Media (AWS::S3::Bucket): BucketName',
      '   removed Gone (AWS::S3::Bucket)',
      '   created New (AWS::SNS::Topic)',
      ...nextDeployLines(changed).slice(6, -2),
      'Unchanged: 1 of 2 stacks.',
      'refused: 0, data lost: 2, interrupts: 0, stays: 0; about 1 minute',
    ]);
    expect(nextDeployLines(changed).join('\n')).toContain('   DATA LOST  Gone (AWS::S3::Bucket) ');
  });

  it('keeps to 80 columns on the terminal, but for words that are longer and commands', () => {
    for (const line of [...nextDeployLines(changed), ...nextDeployLines(huge)]) {
      const wide = line.length > 80 && !/^ {6}(\$ |https:)/.test(line);
      expect(wide && line).toBe(false);
    }
  });

  it('is told of a first deploy, and by the same words as plan where AWS refuses it', () => {
    const twice = nextDeploy(
      'nothing',
      [],
      [stack('shop-data', { One: bucket('same'), Two: bucket('same') })],
    );
    expect(nextDeployLines(twice).join('\n')).toMatch(
      /created: 2 created[\s\S]*REFUSED {2}Two[\s\S]*refused: 1/,
    );
    expect(nextDeployMarkdown(twice).join('\n')).toContain('- **REFUSED** shop-data: Two');
  });

  it('stays small in every form but rows.json, however large the plan is, and tells the worst first', () => {
    expect(
      nextDeployLines(huge).filter((line) => line.startsWith('1. ') || line.startsWith('   ')).length,
    ).toBeLessThan(100 * 120);
    const markdown = nextDeployMarkdown(huge);
    expect(markdown.length).toBeLessThan(120);
    expect(markdown.find((line) => line.startsWith('- '))).toContain('**REFUSED** shop-0: Resource499');
    const review = reviewOf([], { nextDeploy: huge });
    expect(summaryMarkdown(review).length).toBeLessThan(65_536);
    const [first] = pageNextDeploy(huge).stacks;
    expect(first).toMatchObject({
      moreChanges: 400,
      moreFindings: 400,
      effects: { refused: 1, left: 499 },
    });
    expect(first?.findings[0]?.effect).toBe('refused');
    expect(JSON.parse(rowsJson(reviewOf([], { nextDeploy: changed }))).nextDeploy).toMatchObject({
      from: 'cdk.out.before',
      lost: 2,
      stacks: [{ action: 'unchanged' }, { action: 'changed', changes: expect.any(Array) }],
    });
  });

  it('cannot become markup, a mention or a line of its own in a pull request', () => {
    const [finding] = findings;
    if (!finding) throw new Error('there are findings');
    const evil: PlannedStack = {
      stack: hostile,
      environment: hostile,
      region: '',
      action: 'changed',
      changes: [{ id: hostile, type: hostile, kind: 'replaced', uncertain: true, properties: [hostile] }],
      findings: [{ ...finding, resource: hostile, says: `${hostile}\n# a heading`, way: hostile }],
      minutes: 0,
    };
    const markdown = nextDeployMarkdown({ ...planned([evil]), from: `${hostile}\n# a heading` }).join('\n');
    expect(markdown).not.toMatch(/<|^# |https?:\/\/evil|[^\u200B]@x/m);
  });
});
