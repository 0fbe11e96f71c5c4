import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { findingsOcsf } from '../../../lib/review/report/formats/ocsf.ts';
import { assessmentResultsOscal } from '../../../lib/review/report/formats/oscal.ts';
import { requirementStatuses } from '../../../lib/review/report/requirements.ts';
import { program } from '../../support/programs.ts';
import { acknowledgedRow, hostile, resourceOf, reviewOf, rowOf, ruleOf } from './reviews.ts';

// Both schemas come with Python packages: OCSF's own one, and NIST's as the models of trestle.
const trestle = program('trestle');
const python = (code: string, input = '') =>
  execFileSync(join(dirname(trestle.path ?? ''), 'python3'), ['-c', code], {
    encoding: 'utf8',
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  });

const net1 = ruleOf({ pack: 'SecureShop', id: 'SecureShop-NET1[PublicSubnet]', info: 'No public subnet' });
const rows = [
  rowOf('compliant', { rule: net1 }),
  rowOf('non-compliant', { resource: resourceOf({ logicalId: 'Other', sources: [] }) }),
  rowOf('error', { reason: 'the rule threw' }),
  rowOf('undecided', { reason: 'known at the deploy only' }),
  rowOf('non-compliant', {
    rule: ruleOf({ id: hostile, info: hostile }),
    resource: resourceOf({
      environment: hostile,
      stack: hostile,
      logicalId: hostile,
      path: hostile,
      type: hostile,
    }),
    finding: hostile,
  }),
  acknowledgedRow(),
];
const review = reviewOf(rows, { sources: requirementStatuses(rows) });

describe.skipIf(trestle.missing)(`the exports for other tools (${trestle.install})`, () => {
  it('findings.ocsf.json holds detection findings of OCSF 1.5.0, and nothing that holds', () => {
    const schema = python(`
import json
from ocsf_json_schema import get_ocsf_schema, OcsfJsonSchemaEmbedded
schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version='1.5.0'))
print(json.dumps(schema.get_class_schema(class_name='detection_finding', profiles=[])))`);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const valid = ajv.compile(JSON.parse(schema));
    const findings: Record<string, unknown>[] = JSON.parse(findingsOcsf(review));
    for (const finding of findings) expect(valid(finding), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...findings[0], severity_id: undefined, time: 'now' })).toBe(false);
    expect(findings.map(({ status, status_code }) => [status_code, status])).toEqual([
      ['non-compliant', 'New'],
      ['error', 'New'],
      ['undecided', 'Unknown'],
      ['non-compliant', 'New'],
      ['acknowledged', 'Suppressed'],
    ]);
  });

  it("assessment-results.oscal.json is what NIST's schema asks for, with and without findings", () => {
    const validate = (text: string) =>
      python(
        'import sys\nfrom trestle.oscal.assessment_results import Model\nModel.model_validate_json(sys.stdin.read())',
        text,
      );
    for (const each of [review, reviewOf([])]) validate(assessmentResultsOscal(each));
    const broken = assessmentResultsOscal(review).replaceAll('"not-satisfied"', '"perhaps"');
    expect(() => validate(broken)).toThrow();
  });
});

describe('assessment-results.oscal.json', () => {
  it('calls satisfied only what is wholly met, and says whose the rest is', () => {
    const [result] = JSON.parse(assessmentResultsOscal(review))['assessment-results'].results;
    const target = (id: string) =>
      result.findings.find(({ title }: { title: string }) => title === id).target.status;
    expect(target('PCI-1.3')).toMatchObject({ state: 'satisfied', reason: 'pass' });
    expect(target('PCI-12.6')).toMatchObject({
      state: 'not-satisfied',
      remarks: expect.stringMatching(/^yours: /),
    });
    expect(target('PCI-8.4')).toMatchObject({ state: 'not-satisfied', reason: 'fail' });
  });

  it('gives each thing the same id in every report of the same review', () => {
    expect(assessmentResultsOscal(review)).toBe(assessmentResultsOscal(review));
  });
});
