import { describe, expect, it } from 'vitest';
import { changeSince, readBaseline } from '../../../lib/review/report/baseline.ts';
import { type Facts, factsOf } from '../../../lib/review/report/facts.ts';
import { rowsJson } from '../../../lib/review/report/formats/rows.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { temporaryFolder, write } from './files.ts';
import { acknowledgedRow, reviewOf, rowOf } from './reviews.ts';

const none = factsOf([], []);

/** What an earlier review wrote down. */
function baselineOf(rows: Parameters<typeof reviewOf>[0], facts: Facts = none) {
  return readBaseline(write(temporaryFolder(), 'rows.json', rowsJson(reviewOf(rows, { facts }))));
}

describe('the baseline', () => {
  it('calls resolved what holds now, or is gone', () => {
    const baseline = baselineOf([rowOf('non-compliant')]);
    expect(changeSince(baseline, [rowOf('compliant')], none).resolved).toHaveLength(1);
    expect(changeSince(baseline, [], none).resolved).toHaveLength(1);
  });

  it('calls newly accepted what was open, and not resolved', () => {
    const change = changeSince(baselineOf([rowOf('non-compliant')]), [acknowledgedRow()], none);
    expect(change).toMatchObject({ added: [], remaining: 0, resolved: [] });
    expect(change.accepted).toHaveLength(1);
  });

  it('calls undecided what was open and cannot be decided any more, and not resolved', () => {
    const change = changeSince(baselineOf([rowOf('non-compliant')]), [rowOf('undecided')], none);
    expect(change.undecided).toHaveLength(1);
    expect(change.resolved).toEqual([]);
  });

  it('knows what was accepted for the same reason, and no other', () => {
    const baseline = baselineOf([acknowledgedRow()]);
    expect(changeSince(baseline, [acknowledgedRow()], none).accepted).toEqual([]);
    expect(changeSince(baseline, [acknowledgedRow({ reason: 'another' })], none).accepted).toHaveLength(1);
  });

  it('names readers, connections, names, countries, people, hours, addresses and resources that came or went', () => {
    const declared = (metadata: Record<string, unknown>): StackTemplate => ({
      environment: 'production',
      name: 'shop',
      file: 'shop.json',
      template: { Resources: { A: { Type: 'AWS::S3::Bucket', Metadata: metadata } } },
    });
    const before = declared({
      'secure-shop:allowed-domains': ['example.com'],
      'secure-shop:countries': ['JP'],
      'secure-shop:connection-rules': { people: ['hana'] },
      'secure-shop:subscribers': ['hana@example.com'],
    });
    const after = declared({
      'secure-shop:allowed-domains': ['example.com', 'evil.example'],
      'secure-shop:countries': ['JP', 'US'],
      'secure-shop:connection-rules': { people: ['hana', 'taro'], hours: { from: '09:00' } },
      'secure-shop:subscribers': [],
      'aws:cdk:path': 'production/Data/Media/Resource',
    });
    const proof = {
      environment: 'production',
      nodes: [],
      paths: [{ from: 'Internet', to: 'production/Shop', ports: '22', via: [], decided: true }],
      access: [
        {
          principal: 'production/Stranger',
          target: { name: 'production/Secret', type: 'AWS::SecretsManager::Secret' },
          action: 'secretsmanager:GetSecretValue',
          how: 'direct',
          declared: false,
          decided: false,
        },
      ],
    };
    const baseline = baselineOf([], factsOf([before], []));
    expect(changeSince(baseline, [], factsOf([before], [])).facts).toEqual([]);
    expect(changeSince(baseline, [], factsOf([after], [proof])).facts).toEqual([
      {
        kind: 'reader',
        added: [
          'production/Stranger: secretsmanager:GetSecretValue on production/Secret (undeclared) (not to be decided)',
        ],
        removed: [],
        changed: [],
      },
      { kind: 'connection', added: ['Internet -> production/Shop on 22'], removed: [], changed: [] },
      { kind: 'allowedName', added: ['production: evil.example'], removed: [], changed: [] },
      { kind: 'country', added: ['production: US'], removed: [], changed: [] },
      { kind: 'person', added: ['production: taro'], removed: [], changed: [] },
      {
        kind: 'hours',
        added: ['production: {"from":"09:00"}'],
        removed: ['production: "at any time"'],
        changed: [],
      },
      { kind: 'subscriber', added: [], removed: ['production: hana@example.com'], changed: [] },
      {
        kind: 'resource',
        added: ['production/Data/Media (AWS::S3::Bucket)'],
        removed: ['shop/A (AWS::S3::Bucket)'],
        changed: [],
      },
    ]);
  });

  it('says nothing of packs that did not run, and of proofs nobody asked for', () => {
    const baseline = baselineOf([rowOf('non-compliant')], factsOf([], []));
    const change = changeSince(baseline, [], factsOf([], undefined), ['AwsSolutions']);
    expect(change).toMatchObject({ resolved: [], unasked: 1, facts: [] });
    expect(changeSince(baseline, [], none, ['HIPAA.Security'])).toMatchObject({ unasked: 0 });
  });

  it('names a notice that came', () => {
    const text = { en: 'the web ACL only counts', ja: '検知のみ' };
    const now = factsOf([], [], [{ environment: 'production', text }]);
    expect(changeSince(baselineOf([]), [], now).facts).toEqual([
      { kind: 'notice', added: [`production: ${text.en}`], removed: [], changed: [] },
    ]);
  });

  it('says so when it holds nothing of the kind', () => {
    const bare = readBaseline(write(temporaryFolder(), 'rows.json', { rows: [] }));
    expect(changeSince(bare, [], none).facts).toBeUndefined();
  });
});
