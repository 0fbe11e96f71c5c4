import { describe, expect, it } from 'vitest';
import { printedJson } from '../../../lib/review/report/formats/rows.ts';
import { summaryMarkdown } from '../../../lib/review/report/formats/summary.ts';
import type { EnvironmentProof } from '../../../lib/review/report/proof.ts';
import { reservations } from '../../../lib/review/report/standings.ts';
import { acknowledgedRow, reviewOf, rowOf, ruleOf } from './reviews.ts';

const rule = (id: string) => ruleOf({ pack: 'SecureShop', id: `SecureShop-${id}` });

/** One connection and one way to read that only a deploy decides. */
const proof: EnvironmentProof = {
  environment: 'production',
  nodes: [{ name: 'Data/Database', kind: 'database' }],
  paths: [{ from: 'Peer', to: 'Data/Database', ports: '5432', via: ['Group'], decided: false }],
  access: [
    {
      principal: 'Data/Reader',
      target: { name: 'Data/Media', type: 'AWS::S3::Bucket' },
      action: 's3:GetObject',
      how: 'ReaderPolicy',
      declared: undefined,
      decided: false,
    },
  ],
};

describe('an invariant that no open finding is against', () => {
  const rows = [
    rowOf('compliant', { rule: rule('NET1[PublicSubnet]') }),
    acknowledgedRow({ rule: rule('NET2[WebAclBlocks]') }),
    rowOf('undecided', { rule: rule('DAT1[Encrypted]') }),
    rowOf('non-compliant', { rule: rule('SEC1[SecretKey]') }),
    rowOf('undecided', { rule: rule('SEC1[SecretReaders]') }),
  ];
  const review = reviewOf(rows, { proofs: [proof] });

  it('holds but for what is accepted or undecided of it, each by name', () => {
    expect(reservations(rows, [proof])).toEqual([
      { id: 'NET2', accepted: ['SecureShop-NET2[WebAclBlocks]'], doubts: [] },
      { id: 'NET4', accepted: [], doubts: ['Peer to Data/Database, 5432'] },
      { id: 'DAT1', accepted: [], doubts: ['SecureShop-DAT1[Encrypted]'] },
      { id: 'DAT2', accepted: [], doubts: ['Data/Reader: s3:GetObject on Data/Media'] },
    ]);
  });

  it('is told so in summary.md', () => {
    const summary = summaryMarkdown(review).replaceAll('\\', '');
    expect(summary).toContain('- **NET2** does not hold, accepted: SecureShop-NET2[WebAclBlocks]');
    expect(summary).toContain('- **DAT1** holds, but for 1 undecided: SecureShop-DAT1[Encrypted]');
    expect(summary).not.toContain('**NET1**');
    expect(summary).not.toContain('**SEC1**');
  });

  it('is told so in --json', () => {
    const { invariants } = JSON.parse(printedJson(review, false));
    const states = invariants.map(({ id, state }: { id: string; state: string }) => [id, state]);
    expect(Object.fromEntries(states)).toMatchObject({
      NET1: 'holds',
      NET2: 'acknowledged',
      NET4: 'undecided',
      DAT1: 'undecided',
      SEC1: 'broken',
    });
  });
});
