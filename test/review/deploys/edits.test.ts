import { beforeAll, describe, expect, it } from 'vitest';
import { demands } from '../../../lib/review/deploys/demands/all.ts';
import type { Finding } from '../../../lib/review/deploys/finding.ts';
import { Deployment } from '../../../lib/review/deploys/model/deployment.ts';
import { effectsIn, planDeploy } from '../../../lib/review/deploys/plan.ts';
import { deployRows } from '../../../lib/review/report/deploy-rows.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import type { StackTemplate } from '../../../lib/review/templates/template-tree.ts';
import { exampleAssembly } from '../../support/synthesize.ts';
import { type Edit, Edited } from './edited.ts';
import { harmlessEdits, refusedEdits } from './edits.ts';

let shop: readonly StackTemplate[];
beforeAll(() => {
  shop = readAssembly(exampleAssembly('examples/eccube-standard.ts')).stacks;
});

function planned(edits: readonly Pick<Edit, 'make'>[]): readonly Finding[] {
  const edited = new Edited(shop);
  for (const { make } of edits) make(edited);
  return effectsIn(planDeploy(undefined, new Deployment(edited.stacks)), 'refused');
}

const constraintOf = ({ id, constraint = id }: Edit) => constraint;

/** Edits that are told apart by what is found, so that few plans show all of them. */
function batches(): Edit[][] {
  const found: Edit[][] = [];
  for (const edit of refusedEdits) {
    const batch = found.find(
      (others) =>
        !edit.alone && others.every((other) => !other.alone && constraintOf(other) !== constraintOf(edit)),
    );
    if (batch) batch.push(edit);
    else found.push([edit]);
  }
  return found;
}

describe('an edit that AWS would refuse is planned as refused, with what it is about and the way out', () => {
  it.each(
    batches().map((batch) => [batch.map(({ id, says }) => `${id}: ${says}`).join('; '), batch] as const),
  )('%s', (_, batch) => {
    const findings = planned(batch);
    const missed = batch.filter(
      (edit) => !findings.some(({ constraint }) => constraint === constraintOf(edit)),
    );
    expect(missed.map(({ id, says }) => `${id}: ${says}`)).toEqual([]);
    for (const { way, source, says } of findings) {
      expect(way.length, says).toBeGreaterThan(10);
      expect(source, says).toMatch(/^https:\/\//);
    }
  });
});

it('edits that AWS takes are planned without a word', () => {
  expect(planned(harmlessEdits).map(({ resource, says }) => `${resource} ${says}`)).toEqual([]);
});

it('a review says what a plan says', () => {
  const edited = new Edited(shop);
  for (const { id, make } of refusedEdits)
    if (['log-retention', 'iam-texts', 'dns-names'].includes(id)) make(edited);
  const rows = deployRows(edited.stacks, []);
  const refused = effectsIn(planDeploy(undefined, new Deployment(edited.stacks)), 'refused');
  expect(rows.map(({ finding }) => finding).toSorted()).toEqual(
    refused.map(({ constraint }) => `Template-Deployable[${constraint}]`).toSorted(),
  );
  expect(rows.length).toBeGreaterThan(2);
});

it('every demand has an edit that breaks it', () => {
  const broken = new Set(refusedEdits.map(({ id, constraint }) => constraint ?? id));
  expect(demands.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});
