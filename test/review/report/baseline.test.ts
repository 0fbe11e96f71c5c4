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
          'production/Stranger: secretsmanager:GetSecretValue on production/Secret (not to be decided)',
        ],
        removed: [],
      },
      { kind: 'connection', added: ['Internet -> production/Shop on 22'], removed: [] },
      { kind: 'allowedName', added: ['production: evil.example'], removed: [] },
      { kind: 'country', added: ['production: US'], removed: [] },
      { kind: 'person', added: ['production: taro'], removed: [] },
      {
        kind: 'hours',
        added: ['production: {"from":"09:00"}'],
        removed: ['production: "at any time"'],
      },
      { kind: 'subscriber', added: [], removed: ['production: hana@example.com'] },
      {
        kind: 'resource',
        added: ['production/Data/Media (AWS::S3::Bucket)'],
        removed: ['shop/A (AWS::S3::Bucket)'],
      },
    ]);
  });

  it('says so when it holds nothing of the kind', () => {
    const bare = readBaseline(write(temporaryFolder(), 'rows.json', { rows: [] }));
    expect(changeSince(bare, [], none).facts).toBeUndefined();
  });
});
