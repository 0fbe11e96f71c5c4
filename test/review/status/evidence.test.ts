import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEvidence, writeEvidence } from '../../../lib/review/account/evidence.ts';
import { evidenceOf } from '../../../lib/review/status/evidence.ts';
import { questions } from '../../../lib/review/status/questions.ts';
import { awsError, recordedAws, stacks } from '../preflight/recorded.ts';
import { answersTo, environmentOn, healthy, now } from './operated.ts';

const folder = mkdtempSync(join(tmpdir(), 'secure-shop-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function evidence(answers = {}) {
  const operated = environmentOn(recordedAws({ ...healthy, ...answers }));
  const asked = await answersTo(questions.slice(0, 3), answers);
  const props = { version: '1.2.3', operated, answers: asked, configFile: 'examples/eccube-standard.ts' };
  return evidenceOf({ ...props, ended: now });
}

describe('evidence that a reviewer keeps', () => {
  it('holds when it was taken, the answers, and hashes of what was reviewed and of what runs', async () => {
    const found = await evidence();
    expect(found).toMatchObject({ version: '1.2.3', began: now.toISOString(), counts: { problem: 0 } });
    expect(found.config.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(found.templates).toHaveLength(stacks.length);
    for (const { reviewed, deployed, status } of found.templates) {
      expect(status).toBe('UPDATE_COMPLETE');
      expect(deployed).toBe(reviewed);
    }
  });

  it('shows a template that is another one, and one that nobody may read', async () => {
    const body = JSON.stringify({ Resources: { One: { Type: 'AWS::SNS::Topic' } } });
    const other = await evidence({ GetTemplateCommand: { TemplateBody: body } });
    expect(
      other.templates.every(({ reviewed, deployed }) => deployed !== null && deployed !== reviewed),
    ).toBe(true);
    const hidden = await evidence({ GetTemplateCommand: awsError('AccessDeniedException') });
    expect(hidden.templates.every(({ deployed }) => deployed === null)).toBe(true);
  });

  it('is read again, whatever the order of its keys, but not after a change', async () => {
    const file = join(folder, 'kept.json');
    writeEvidence(await evidence(), file);
    const kept = readFileSync(file, 'utf8');
    expect(readEvidence(file)).toMatchObject({ version: '1.2.3' });
    const { sha256, evidence: inner } = JSON.parse(kept);
    const turned = Object.fromEntries(Object.entries(inner).reverse());
    writeFileSync(file, JSON.stringify({ sha256, evidence: turned }));
    expect(readEvidence(file)).toMatchObject({ version: '1.2.3' });
    writeFileSync(file, kept.replace('UPDATE_COMPLETE', 'CREATE_COMPLETE'));
    expect(() => readEvidence(file)).toThrow(/was changed after it was written/);
    for (const other of ['{}', '[]', '{"evidence":{"format":"x"}}']) {
      writeFileSync(file, other);
      expect(() => readEvidence(file)).toThrow(/is nothing that "secure-shop status --evidence" wrote/);
    }
  });

  it('is never written over', async () => {
    const file = join(folder, 'once.json');
    writeEvidence(await evidence(), file);
    const kept = readFileSync(file, 'utf8');
    const again = await evidence();
    expect(() => writeEvidence(again, file)).toThrow(/exists and is not overwritten/);
    expect(() => writeEvidence(again, join(folder, 'no', 'such.json'))).toThrow(
      /cannot be written \(ENOENT: there is no such folder\)/,
    );
    expect(readFileSync(file, 'utf8')).toBe(kept);
  });
});
