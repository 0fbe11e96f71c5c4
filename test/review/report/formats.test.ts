import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { findingsCsv } from '../../../lib/review/report/formats/csv.ts';
import { junitXml } from '../../../lib/review/report/formats/junit.ts';
import { notApplicableRows, rowsJson } from '../../../lib/review/report/formats/rows.ts';
import { findingsSarif } from '../../../lib/review/report/formats/sarif.ts';
import { summaryMarkdown } from '../../../lib/review/report/formats/summary.ts';
import { acknowledgedRow, evidenceOf, hostile, resourceOf, reviewOf, rowOf, ruleOf } from './reviews.ts';

const hostileRule = ruleOf({ id: `AwsSolutions-${hostile}`, info: hostile, explanation: hostile });
const hostileResource = resourceOf({ logicalId: hostile, path: hostile, stack: hostile, type: hostile });
const rows = [
  rowOf('compliant'),
  rowOf('non-compliant', { resource: resourceOf({ logicalId: 'Other', sources: [] }) }),
  rowOf('error', { reason: 'the value is known at the deploy only' }),
  rowOf('undecided', { reason: 'the peer is known at the deploy only' }),
  rowOf('non-compliant', { rule: hostileRule, resource: hostileResource, finding: hostile, reason: hostile }),
  acknowledgedRow(),
];
const review = reviewOf(rows);

describe('findings.sarif', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  const valid = ajv.compile(
    JSON.parse(readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8')),
  );
  const sarif = JSON.parse(findingsSarif(review));

  it('is valid SARIF 2.1.0, whatever names the templates use', () => {
    expect(valid(sarif), JSON.stringify(valid.errors)).toBe(true);
    expect(valid(JSON.parse(findingsSarif(reviewOf([]))))).toBe(true);
  });

  it('would not pass the schema with a result that lacks its message', () => {
    const broken = structuredClone(sarif);
    delete broken.runs[0].results[0].message;
    expect(valid(broken)).toBe(false);
  });

  it('holds every open, undecided and acknowledged row, and no compliant one', () => {
    const outcomes = sarif.runs[0].results.map(
      (result: { properties: { outcome: string } }) => result.properties.outcome,
    );
    expect(outcomes).toEqual(['non-compliant', 'error', 'undecided', 'non-compliant', 'acknowledged']);
  });

  it('points at the line that made the resource, relative to the project, and at its callers', () => {
    const [location] = sarif.runs[0].results[1].locations;
    expect(location.physicalLocation).toEqual({
      artifactLocation: { uri: 'lib/environment/vault/stack.ts', uriBaseId: 'ROOT' },
      region: { startLine: 34, startColumn: 5 },
    });
    expect(sarif.runs[0].results[1].relatedLocations[0].physicalLocation.artifactLocation.uri).toBe(
      'file:///elsewhere/app.ts',
    );
  });

  it('explains every rule, and points into the template where there is no source', () => {
    for (const rule of sarif.runs[0].tool.driver.rules) expect(rule.help.text).not.toBe('');
    const stack = {
      environment: 'production',
      name: 'shop-vault',
      file: 'deployed.json',
      template: { Resources: {} },
    };
    const bare = rowOf('non-compliant', { resource: resourceOf({ sources: [] }) });
    const [result] = JSON.parse(findingsSarif(reviewOf([bare], { stacks: [stack] }))).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('deployed.json');
  });

  it('holds no more than code scanning takes, the open ones first, and says so', () => {
    const many = [...Array.from({ length: 25_000 }, () => acknowledgedRow()), rowOf('non-compliant')];
    const { results, invocations } = JSON.parse(findingsSarif(reviewOf(many))).runs[0];
    expect(results).toHaveLength(25_000);
    expect(results.at(-1).properties.outcome).toBe('non-compliant');
    expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('1 more results are in rows.json');
    expect(valid({ ...sarif, runs: [{ ...sarif.runs[0], invocations }] })).toBe(true);
  });

  it('marks acknowledged findings as suppressed, with their reason', () => {
    expect(sarif.runs[0].results.at(-1).suppressions).toMatchObject([
      { kind: 'inSource', status: 'accepted', justification: 'this bucket receives the access logs itself' },
    ]);
  });
});

describe('findings.csv', () => {
  const lines = findingsCsv(review).split('\r\n');

  it('has the columns and words of cdk-nag 2', () => {
    expect(lines[0]).toBe('"Rule ID","Resource ID","Compliance","Exception Reason","Rule Level","Rule Info"');
    expect(lines[1]).toBe(
      '"AwsSolutions-S1","production/Vault/Bucket/Resource","Compliant","N/A","Error","The S3 Bucket has server access logs disabled."',
    );
    expect(lines.at(-2)).toContain('"Suppressed","this bucket receives the access logs itself","Error"');
  });

  it('never begins a cell like a formula', () => {
    const resource = resourceOf({ path: '=HYPERLINK("http://evil.example")' });
    const [, line] = findingsCsv(reviewOf([rowOf('compliant', { resource })])).split('\r\n');
    expect(line).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    for (const start of ['+', '-', '@', '\t', '\r']) {
      const reason = `${start}1`;
      expect(findingsCsv(reviewOf([acknowledgedRow({ reason })]))).toContain(`"'${start}1"`);
    }
  });
});

describe('junit.xml', () => {
  const xml = junitXml(review);

  it('has a case for each row and counts them', () => {
    expect(xml.match(/<testcase /g)).toHaveLength(rows.length);
    expect(xml).toContain('<testsuite name="AwsSolutions" tests="6" failures="2" errors="1" skipped="2"');
  });

  it('stays well-formed with any name in it', () => {
    const odd = junitXml(reviewOf([rowOf('non-compliant', { finding: `\u0000\u001b\uFFFF${hostile}` })]));
    for (const text of [xml, odd]) {
      expect(text).not.toMatch(/<script|<img/);
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      expect(text.replace(/&(amp|lt|gt|quot|#10);/g, '')).not.toContain('&');
      expect(balanced(text)).toBe(true);
    }
  });

  /** Each opening tag closed in order: enough to catch an unescaped angle bracket or quote. */
  function balanced(text: string): boolean {
    const open: string[] = [];
    for (const [, end, name = '', self] of text.matchAll(/<(\/?)([a-z]+)(?:\s[a-z]+="[^"<>]*")*(\/?)>/g)) {
      if (end && open.pop() !== name) return false;
      if (!end && !self) open.push(name);
    }
    return open.length === 0 && !/<(?!\/?[a-z]+[\s/>]|\?xml)/.test(text);
  }
});

describe('summary.md', () => {
  it('counts and names what is open', () => {
    const summary = summaryMarkdown(reviewOf([rowOf('compliant'), rowOf('non-compliant')]));
    expect(summary).toContain('**1 open finding.**');
    expect(summary).toContain('| AwsSolutions | 1 | 1 | 0 | **1** |');
    expect(summary).toContain('production/Vault/Bucket, lib/environment/vault/stack.ts:34:5');
  });

  it('says so when nothing is', () => {
    expect(summaryMarkdown(reviewOf([rowOf('compliant')]))).toContain('**No open finding.**');
  });

  it('says what was not well when somebody asked last, and lets none of it become markup', () => {
    const answer = { check: 'image', source: 'https://x.example', about: hostile, says: '9 days\n# old' };
    const asked = evidenceOf([
      { ...answer, standing: 'problem' },
      { ...answer, standing: 'ready', about: 'tasks' },
    ]);
    const summary = summaryMarkdown(reviewOf([rowOf('compliant')], { statuses: [asked] }));
    expect(summary).toContain('1 overdue or wrong, 0 to look at, 0 not seen, 1 as they should be.');
    expect(summary).toMatch(/^- \*\*problem\*\* .*9 days \\# old$/m);
    expect(summary).not.toMatch(/<script|\n# old|tasks/);
  });

  it('lets no name become markup, a link or a mention', () => {
    const summary = summaryMarkdown(
      reviewOf([rowOf('non-compliant', { rule: hostileRule, finding: `${hostile}\n# x @octocat |` })]),
    );
    expect(summary).not.toMatch(/<script|<img|@octocat|\n# x|(?<!\\)\[x\]|http:\/\//);
    const table = summary.split('\n').filter((line) => line.startsWith('| ') && line.includes('alert'));
    expect(table).toHaveLength(1);
    expect(table[0]?.match(/(?<!\\)\|/g)).toHaveLength(4);
  });

  it('stays short enough for a comment, however long the words are', () => {
    const reason = 'x'.repeat(100_000);
    const long = Array.from({ length: 60 }, () => rowOf('error', { finding: reason, reason }));
    const text = { en: 'y '.repeat(300), ja: '' };
    const notices = Array.from({ length: 200 }, () => ({ kind: 'template', environment: '', text }) as const);
    const summary = summaryMarkdown(reviewOf(long, { notices }));
    expect(summary.length).toBeLessThan(65_536);
    expect(summary).toMatch(/The rest is in the report\.\n$/);
  });

  it('stays short enough for a comment', () => {
    const many = Array.from({ length: 3000 }, (_, n) =>
      rowOf('non-compliant', { resource: resourceOf({ logicalId: `B${n}` }) }),
    );
    const summary = summaryMarkdown(reviewOf(many));
    expect(summary.length).toBeLessThan(65_536);
    expect(summary).toContain('and 2950 more in the report.');
  });
});

describe('rows.json', () => {
  it('has the fields other programs read', () => {
    const { rows: written } = JSON.parse(rowsJson(review));
    expect(written).toHaveLength(rows.length);
    expect(written[1]).toEqual({
      rule: 'AwsSolutions-S1',
      pack: 'AwsSolutions',
      resource: {
        environment: 'production',
        stack: 'shop-vault',
        logicalId: 'Other',
        type: 'AWS::S3::Bucket',
        path: 'production/Vault/Bucket/Resource',
      },
      outcome: 'non-compliant',
      reason: 'The S3 Bucket has server access logs disabled.',
      severity: 'error',
    });
    expect(written.at(-1)).toMatchObject({
      outcome: 'acknowledged',
      source: 'lib/environment/vault/stack.ts:34:5',
      acknowledgedAt: 'package.json:2:1',
    });
  });

  it('keeps the pairs that did not apply, and can write them out as rows', () => {
    const resources = [resourceOf({ logicalId: 'A' }), resourceOf({ logicalId: 'B' })];
    const sparse = reviewOf([], { resources, tallies: [{ rule: ruleOf(), notApplicable: [1] }] });
    expect(JSON.parse(rowsJson(sparse)).notApplicable).toEqual([
      { pack: 'AwsSolutions', rule: 'AwsSolutions-S1', resources: [1] },
    ]);
    expect([...notApplicableRows(sparse)]).toMatchObject([
      { outcome: 'not-applicable', resource: { logicalId: 'B' }, rule: 'AwsSolutions-S1' },
    ]);
  });
});

it('the workflow files are YAML', () => {
  for (const name of ['ci.yml', 'review.yml']) {
    const text = readFileSync(new URL(`../../../.github/workflows/${name}`, import.meta.url), 'utf8');
    expect(parseDocument(text).errors).toEqual([]);
  }
});
